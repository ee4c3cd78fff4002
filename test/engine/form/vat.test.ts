import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { countVouchers, startWorld, type World } from '../support/world';

describe('VAT in the form of an entry', () => {
	let world: World;
	let before: number;
	const added = (): number => countVouchers(world.sandbox) - before;

	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(() => {
		world.reconnect();
		before = countVouchers(world.sandbox);
	});
	afterAll(async () => {
		await world.close();
	});

	const journal = (...line: IDataObject[]): INodeParameters => ({
		resource: 'journalEntry',
		operation: 'create',
		journalId: 'A',
		date: '2026-06-01',
		lines: { line: line as INodeParameters[] },
	});
	const asJson = (...lines: IDataObject[]): INodeParameters => ({ ...journal(), linesSource: 'json', linesJson: JSON.stringify(lines) });

	it('has the fields that it needs as soon as it is added, which say that there is none where they are left as they are', async () => {
		const untouched = { gross: false, tax_code: { __rl: true, mode: 'list', value: '' } };
		const both = journal({ account: '1930', debit: '1', tax_info: untouched }, { account: '3004', credit: '1', tax_info: untouched });
		const { error, hints, json } = await world.run(both, { typeVersion: 1.1 });
		expect(error).toBeUndefined();
		expect(json()[0]).toMatchObject({ amount: 1, accounts: '1930, 3004' });
		expect(hints().filter((hint) => hint.includes('VAT'))).toEqual([]);
		const vat = new FortnoxAccounting().description.properties
			.filter(({ name }) => name === 'lines')
			.flatMap(({ options = [] }) => options.flatMap((option) => ('values' in option ? option.values : [])))
			.filter(({ name }) => name === 'tax_info');
		expect(vat.length).toBeGreaterThan(0);
		for (const { default: value, options = [] } of vat) {
			expect(value).toEqual(untouched);
			const code = options.find(({ name }) => name === 'tax_code');
			expect(code && 'modes' in code && code.modes?.find(({ name }) => name === 'list')?.placeholder).toBe('No VAT yet: choose…');
		}
	});

	it.each([{ gross: true }, { tax_amount: '250' }, { vat_account: '2641' }])('is refused without a code where it says %j', async (tax) => {
		const { error } = await world.run(journal({ account: '5410', debit: '1250', tax_info: tax }, { account: '1930', credit: '1250' }));
		expect(error?.message).toMatch(/^lines\[0\]\.tax_info\.tax_code: give the VAT code/);
		expect(added()).toBe(0);
	});

	it('is refused on an account of VAT', async () => {
		const onVat = { account: '2641', debit: '250', tax_info: { tax_code: 'I 25' } };
		const { error } = await world.run(journal({ account: '5410', debit: '1000' }, onVat, { account: '1930', credit: '1312,50' }));
		expect(error).toMatchObject({ context: { error_code: 'ERROR_VAT_BASE_ACCOUNT' } });
		expect(error?.message).toMatch(/^lines\[1\]\.tax_info\.tax_code: account 2641 is itself an account of VAT/);
		expect(added()).toBe(0);
	});

	it.each([1930, 1910, 1510, 2440])('is refused on %d, where nothing is that was bought', async (account) => {
		const paid = { account: String(account), credit: '125', tax_info: { tax_code: 'I 25', gross: true } };
		const { error } = await world.run(asJson({ account: '5410', debit: '125' }, paid));
		expect(error).toMatchObject({ context: { error_code: 'ERROR_VAT_BASE_ACCOUNT' } });
		expect(error?.message).toMatch(
			new RegExp(`^lines\\[1\\]\\.tax_info\\.tax_code: account ${account} is one of .* on the line of what was bought`),
		);
		expect(added()).toBe(0);
	});

	it.each([1220, 1460, 1710, 5410])('is booked on %d, which may be bought', async (account) => {
		const bought = { account: String(account), debit: 100, tax_info: { tax_code: 'I 25' } };
		const { error, json } = await world.run(asJson(bought, { account: '2440', credit: 125 }));
		expect(error).toBeUndefined();
		expect(json()[0]?.items).toHaveLength(3);
	});

	it('is none where JSON has an empty code, as a hint says', async () => {
		const other = { account: '3004', credit: 1 };
		const blank = await world.run(asJson({ account: '1930', debit: 1, tax_info: { tax_code: '', tax_amount: '' } }, other));
		expect(blank.error).toBeUndefined();
		expect(blank.hints()).toContainEqual(expect.stringMatching(/^lines\[0\]\.tax_info: tax_code is empty, so the line has no VAT/));
		const meant = await world.run(asJson({ account: '1930', debit: 1, tax_info: { tax_code: null, tax_amount: 0 } }, other));
		expect(meant.error).toBeUndefined();
		expect(meant.hints().join()).not.toMatch(/no VAT/);
	});
});
