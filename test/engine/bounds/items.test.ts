import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { MOST_FILE_BYTES } from '../../../nodes/shared/fortnox/bounds';
import { MOST_ROWS, MOST_SIE_BYTES } from '../../../nodes/shared/ledger/bounds';
import { itemWith, preSystemFile, voucher } from '../sie/files';
import { entry } from '../support/entry';
import { countVouchers, startWorld, type World } from '../support/world';

const LINES = [
	{ account: '1930', debit: 1 },
	{ account: '3004', credit: 1 },
];

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(async () => {
	await world.close();
});

/** An object in an object in an object … */
function nested(levels: number): unknown {
	let value: unknown = 'innermost';
	for (let level = 0; level < levels; level++) value = { more: value };
	return value;
}

/** Runs what goes over a bound: it is refused by that field, and nothing is sent that writes. */
async function refused(parameters: INodeParameters, input?: INodeExecutionData[]): Promise<string> {
	const before = countVouchers(world.sandbox);
	const posts = world.requests('POST', /^\/3\//).length;
	const { error } = await world.run(parameters, input === undefined ? {} : { input });
	expect(countVouchers(world.sandbox)).toBe(before);
	expect(world.requests('POST', /^\/3\//)).toHaveLength(posts);
	return error?.message ?? '';
}

describe('what a workflow hands over is bounded', () => {
	it('an entry of more rows than Fortnox’s answer can show', async () => {
		const rows = Array.from({ length: MOST_ROWS / 2 + 1 }, () => LINES).flat();
		const message = await refused(entry({ linesJson: JSON.stringify(rows) }));
		expect(message).toContain(`lines: the entry has ${rows.length} rows, and at most ${MOST_ROWS}`);
	});

	it('a text of JSON that would be parsed for long', async () => {
		const message = await refused(entry({ linesJson: JSON.stringify(LINES) + ' '.repeat(4 * 1024 * 1024) }));
		expect(message).toMatch(/^linesJson: .*at most 4194304 are read/);
	});

	it('lines that are nested without end, as text', async () => {
		const message = await refused(entry({ linesJson: JSON.stringify([{ ...LINES[0], extra: nested(500) }, LINES[1]]) }));
		expect(message).toMatch(/^lines: .*nested more than 100 levels deep/);
	});

	it('input items that are nested without end, as rows', async () => {
		const rows = LINES.map((line) => ({ json: { ...line, extra: nested(500) as string } }));
		const message = await refused(entry({ linesSource: 'inputItems', allItems: true }), rows);
		expect(message).toMatch(/^lines: .*nested more than 100 levels deep/);
	});

	it('a SIE file of more bytes than are imported, before it is decoded', async () => {
		const importing = { resource: 'journalEntry', operation: 'importSie', binaryPropertyName: 'data' };
		const message = await refused(importing, [itemWith(Buffer.alloc(MOST_SIE_BYTES + 1, 0x20))]);
		expect(message).toContain('32 MB');
	});

	it('an attachment of more bytes than are read, before it is read, and with it the others of the run', async () => {
		const tooLarge = itemWith(Buffer.alloc(MOST_FILE_BYTES + 1));
		const attaching = { resource: 'journalEntry', operation: 'addAttachment', journalEntryId: 'A-1-4', binaryPropertyName: 'data' };
		expect(await refused(attaching, [itemWith('a receipt'), tooLarge])).toMatch(/^binaryPropertyName: .* at most 128 MB are read at once/);
		const posting = entry({ additionalFields: { binaryPropertyName: 'data' } });
		expect(await refused(posting, [itemWith('a receipt'), tooLarge])).toMatch(/at most 128 MB are read at once/);
	});

	it('a field of a SIE line that is no field', async () => {
		const importing = { resource: 'journalEntry', operation: 'importSie', binaryPropertyName: 'data' };
		const written = preSystemFile(voucher('A 1', '20260601', '100.00', 'Payroll')).toString('latin1');
		const file = Buffer.from(written.replace('Payroll', 'x'.repeat(8 * 1024 + 1)), 'latin1');
		expect(await refused(importing, [itemWith(file)])).toMatch(/has 8193 characters, and at most 8192 are read/);
	});
});
