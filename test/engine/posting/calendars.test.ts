import type { INodeParameters } from 'n8n-workflow';

import { moveClock } from '../../clock/fixedDate';
import { itemWith, preSystemFile, voucher } from '../sie/files';
import { entry } from '../support/entry';
import { countVouchers, startWorld, type World } from '../support/world';

/** Two minutes around a midnight in Stockholm, which is given as an instant. */
const MIDNIGHTS = [
	{ name: 'New Year', tenantId: 1001, midnight: '2025-12-31T23:00:00Z' },
	{ name: '1 May, in a company with a broken year', tenantId: 1002, midnight: '2026-04-30T22:00:00Z' },
];

/** Ways of leaving the day to the node. */
const WITHOUT_A_DAY: Array<[what: string, INodeParameters]> = [
	['lines in JSON', {}],
	[
		'lines of the form',
		{
			linesSource: 'define',
			lines: {
				line: [
					{ account: '1930', debit: 100 },
					{ account: '3004', credit: 100 },
				],
			},
		},
	],
	[
		'a financial entry',
		{ resource: 'financialEntry', financialCounterpartAccount: '1930', linesJson: '[{"account":"3004","amount":100}]' },
	],
	['an entry with VAT', { linesJson: '[{"account":"3001","credit":100,"tax_info":{"tax_code":"MP1"}},{"account":"1930","debit":125}]' }],
];

describe.each([
	['the end of a month', '2026-10-31T23:00:00Z'],
	['the end of a quarter, in summer time', '2026-09-30T22:00:00Z'],
	['the end of a day', '2026-06-15T22:00:00Z'],
	['midnight in UTC, which is 1 a.m.', '2026-11-30T00:00:00Z'],
])('a number without a date at %s', (_when, midnight) => {
	const start = Date.now();
	let world: World;
	beforeEach(async () => {
		moveClock(Date.parse(midnight) - 60_000);
		world = await startWorld();
	});
	afterEach(async () => {
		moveClock(start);
		await world.close();
	});

	it.each(WITHOUT_A_DAY)('is found again on its own day: %s', async (_what, fields) => {
		const numbered = entry({ ...fields, number: 'P-8', date: '' });
		const before = countVouchers(world.sandbox);
		const [first] = (await world.run(numbered)).json();
		moveClock(Date.parse(midnight) + 60_000);
		world.reconnect();
		const [again] = (await world.run(numbered)).json();
		expect([again?.id, again?.date, again?.already_posted]).toEqual([first?.id, first?.date, true]);
		expect(countVouchers(world.sandbox) - before).toBe(1);
	});
});

describe.each(MIDNIGHTS)('a number without a date at $name', ({ tenantId, midnight }) => {
	let world: World;
	const start = Date.now();
	const at = (minutes: number): void => moveClock(Date.parse(midnight) + minutes * 60_000);

	beforeEach(async () => {
		at(-1);
		world = await startWorld({ tenantId });
		const company = world.sandbox.company(tenantId);
		company.setLocked(null);
		if (company.yearOf('2026-01-01') === undefined) company.openYear('2026-01-01', '2026-12-31');
	});
	afterEach(async () => {
		moveClock(start);
		await world.close();
	});

	it.each(['the same process', 'a new process'])('is posted a minute before midnight, and found a minute after in %s', async (process) => {
		const fields = entry({ number: 'P-9', date: '', journalId: '' });
		const before = countVouchers(world.sandbox, tenantId);
		const first = await world.run(fields);
		expect(first.error).toBeUndefined();
		at(1);
		if (process === 'a new process') world.reconnect();
		const again = await world.run(fields);
		expect(again.json()[0]).toMatchObject({ id: first.json()[0]?.id, date: first.json()[0]?.date, already_posted: true });
		expect(countVouchers(world.sandbox, tenantId) - before).toBe(1);
		const other = await world.run({ ...fields, number: 'P-10' });
		expect(other.json()[0]?.financial_year_id).not.toBe(first.json()[0]?.financial_year_id);
	});

	it('whose content changes over midnight is an error that names the entry', async () => {
		const fields: INodeParameters = entry({ number: 'P-9', date: '', journalId: '' });
		const [first] = (await world.run(fields)).json();
		at(1);
		world.reconnect();
		const { error } = await world.run({ ...fields, description: 'Annat' });
		expect(error?.context?.error_code).toBe('ERROR_NUMBER_ALREADY_USED');
		expect(error?.message).toContain(String(first?.id));
	});
});

it('a voucher of a SIE file that was reversed comes back with what reverses it', async () => {
	const world = await startWorld();
	try {
		const file = { input: [itemWith(preSystemFile(voucher('L 1')))] };
		const importIt = async () =>
			await world.run({ resource: 'journalEntry', operation: 'importSie', binaryPropertyName: 'data', journalId: 'A' }, file);
		const [imported] = (await importIt()).json();
		const [reversal] = (await world.run({ resource: 'journalEntry', operation: 'reverse', journalEntryId: String(imported?.id) })).json();
		const count = countVouchers(world.sandbox);
		for (const process of ['the same', 'a new']) {
			if (process === 'a new') world.reconnect();
			expect((await importIt()).json()[0]).toMatchObject({ id: imported?.id, already_posted: true, reversed_by: reversal?.id });
		}
		expect(countVouchers(world.sandbox)).toBe(count);
	} finally {
		await world.close();
	}
});
