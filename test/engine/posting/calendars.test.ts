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
		const importIt = async () => await world.run(
			{ resource: 'journalEntry', operation: 'importSie', binaryPropertyName: 'data', journalId: 'A' },
			file,
		);
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
