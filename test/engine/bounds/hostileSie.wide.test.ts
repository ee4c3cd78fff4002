import { MOST_ROWS } from '../../../nodes/shared/ledger/bounds';
import { itemWith } from '../sie/files';
import { countVouchers, startWorld, type World } from '../support/world';
import { longestPieceDuring } from '../../clock/longestPiece';

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(async () => {
	await world.close();
});

const HEAD = '#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#RAR 0 20260101 20261231\n';
const rows = (number: number): string => '#TRANS 1930 {} 1\n#TRANS 3004 {} -1\n'.repeat(number / 2);
const inVoucher = (text: string): string => `#VER A 1 20260601 "x"\n{\n${text}}\n`;

/** Bigger than what any user has, and small enough to be read in a test; in one piece, each took a second and more. */
const FILES: Array<[what: string, lines: string, says: RegExp]> = [
	['300,000 rows in one voucher', inVoucher(rows(300_000)), new RegExp(`has 300000 rows, and at most ${MOST_ROWS}`)],
	['a line of 10 MB', `#PROSA ${'x'.repeat(10_000_000)}\n`, /the line is longer than 1 MB/],
	['a field of 900 kB', inVoucher(`#TRANS 1930 {} 1 20260601 "${'x'.repeat(900_000)}"\n`), /has 900000 characters, and at most 8192/],
	['a quotation mark that never ends', inVoucher(`#TRANS 1930 {} 1 20260601 "${'x '.repeat(400_000)}\n`), /no closing quotation mark/],
	['quotation marks in quotation marks', inVoucher(`#TRANS 1930 {} 1 20260601 "${'\\" x" '.repeat(150_000)}\n`), /Line 7/],
	['braces in braces', inVoucher(`#TRANS 1930 ${'{'.repeat(500_000)} 1\n`), /Line 7/],
	['objects without end', inVoucher(`#TRANS 1930 {${'1 a '.repeat(200_000)}} 1\n`), /more than 100 objects/],
	['a voucher that never ends', `#VER A 1 20260601 "x"\n{\n${rows(200_000)}`, /the file ends inside the voucher/],
];

/** Of computing in one piece, of which n8n's own work and garbage collections are the largest part. */
const MOST_MS = 600;

describe.each(FILES)('a SIE file with %s', (_, lines, says) => {
	test('is refused, while others have their turn, and nothing is posted', async () => {
		const before = countVouchers(world.sandbox);
		const item = itemWith(HEAD + lines);
		const importing = { resource: 'journalEntry', operation: 'importSie', binaryPropertyName: 'data' };
		let longest = Infinity;
		// What is computed in one piece is so every time; the collection of garbage is not.
		for (let time = 0; longest >= MOST_MS && time < 3; time++) {
			const work = world.run({ ...importing, options: { rowDates: 'voucherDate' } }, { input: [item] });
			longest = await longestPieceDuring(work);
			const { error } = await work;
			expect(error?.message).toMatch(says);
			expect(String(error?.message).length).toBeLessThan(2000);
			expect(countVouchers(world.sandbox)).toBe(before);
		}
		expect(longest).toBeLessThan(MOST_MS);
	});
});
