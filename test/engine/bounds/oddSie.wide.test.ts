import type { EngineResult } from '../../../engine';
import { itemWith } from '../sie/files';
import { countVouchers, startWorld, type World } from '../support/world';
import { longestPieceDuring } from '../../clock/longestPiece';

let world: World;
beforeEach(async () => {
	world = await startWorld();
});
afterEach(async () => {
	await world.close();
});

const IMPORT = { resource: 'journalEntry', operation: 'importSie', binaryPropertyName: 'data', journalId: 'A' };
const HEAD = '#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#RAR 0 20260101 20261231\n';
const VOUCHER = '#VER A 1 20260601 "x"\n{\n#TRANS 1930 {} 1\n#TRANS 3004 {} -1\n}\n';

async function imports(file: Buffer | string): Promise<EngineResult> {
	return await world.run(IMPORT, { input: [itemWith(file)] });
}

test.each<[string, Buffer | string]>([
	['behind a byte order mark', `\uFEFF${HEAD}${VOUCHER}`],
	['with lines that end as on a Macintosh', (HEAD + VOUCHER).replaceAll('\n', '\r')],
	['with all line ends mixed', (HEAD + VOUCHER).replaceAll('{\n', '{\r\n').replaceAll('-1\n', '-1\r')],
	['with empty lines and blanks around all of it', `\r\n\n${(HEAD + VOUCHER).replaceAll('\n', ' \t\r\n\r\n')}`],
	['with names that objects inherit', `${HEAD}#DIM 1 __proto__\n#OBJEKT 1 __proto__ constructor\n#KONTO 1930 __proto__\n${VOUCHER}`],
	['with a million accounts', `${HEAD}${'#KONTO 1930 "Bank"\n'.repeat(1_000_000)}${VOUCHER}`],
	['with 200,000 accounts that there are not', HEAD + Array.from({ length: 200_000 }, (_, at) => `#KONTO ${at} a\n`).join('') + VOUCHER],
])(
	'a SIE file %s is imported, once',
	async (_, file) => {
		const before = countVouchers(world.sandbox);
		const work = imports(file);
		// Of it, n8n's own work and garbage collections are the largest part.
		expect(await longestPieceDuring(work)).toBeLessThan(600);
		const { error } = await work;
		expect(error?.message).toBeUndefined();
		const again = await imports(file);
		expect(again.json()).toMatchObject([{ already_posted: true }]);
		expect(countVouchers(world.sandbox)).toBe(before + 1);
		expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('1930');
	},
	60_000,
);

test.each<[string, Buffer | string, RegExp]>([
	['in UTF-16', Buffer.from(`\uFEFF${HEAD}${VOUCHER}`, 'utf16le'), /binary or UTF-16/],
	['of NUL bytes', '\0'.repeat(1_000_000), /binary or UTF-16/],
	['with a voucher in a voucher', `${HEAD}#VER A 1 20260601\n{\n${VOUCHER}}\n`, /Line 7.* has no closing brace/],
	['with braces in braces', `${HEAD}#VER A 1 20260601\n{\n{\n#TRANS 1930 {} 1\n}\n}\n`, /\{ stands where no voucher begins/],
	['with a row in a row', `${HEAD}#VER A 1 20260601\n{\n#TRANS 1930 {#TRANS 3004 {} -1} 1\n}\n`, /Line 7/],
	['with an amount of 400 digits', `${HEAD}#VER A 1 20260601\n{\n#TRANS 1930 {} ${'9'.repeat(400)}\n}\n`, /Line 7/],
])('a SIE file %s is refused, and nothing is posted', async (_, file, says) => {
	const before = countVouchers(world.sandbox);
	const { error } = await imports(file);
	expect(error?.message).toMatch(says);
	expect(String(error?.message).length).toBeLessThan(1000);
	expect(countVouchers(world.sandbox)).toBe(before);
});
