import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { EngineResult } from '../../../../engine';
import { BALANCED, BANK, Desk, DRY, hintOf, sheet } from './support';

/** Rows in which a field has a column with the unified model's name and another one by its heading: neither is lost. */
const desk = new Desk();

/** What the node says of the first rows of an entry. */
function rowsOf(result: EngineResult, ...fields: string[]): unknown[][] {
	expect(result.error?.message).toBeUndefined();
	return (result.json()[0]?.items as IDataObject[]).map((row) => fields.map((field) => row[field]));
}

describe('each row has the value that is there', () => {
	it('where two sources call a field differently', async () => {
		const input = [
			{ account: 5410, debit: 5, cost_center: 'BUTIK', project: 1 },
			{ account: 6110, debit: 5, Kst: 'WEBB', Projekt: '1' },
			{ Konto: 1930, Kredit: 10, Text: 'Bank' },
		];
		const result = await desk.post(input);
		expect(rowsOf(result, 'account_number', 'debit', 'credit', 'cost_center', 'project', 'description')).toEqual([
			['5410', 5, 0, 'BUTIK', '1', null],
			['6110', 5, 0, 'WEBB', '1', null],
			['1930', 0, 10, null, null, 'Bank'],
		]);
		expect(hintOf(result)).toContain(
			"by their headings: 'Konto' as account, 'Kredit' as credit, 'Kst' as cost_center, 'Projekt' as project",
		);
		expect(hintOf(result)).not.toContain('not read');
	});

	it('where a node before added empty fields of the model’s names', async () => {
		const row = { account: '6110', amount: 10, cost_center: '', Kst: 'BUTIK', description: null, Text: 'Papper', project: '', Projekt: '' };
		const result = await desk.post([row], BALANCED);
		expect(rowsOf(result, 'cost_center', 'description', 'project')[0]).toEqual(['BUTIK', 'Papper', null]);
		expect(hintOf(result)).toContain("headings: 'Kst' as cost_center, 'Text' as description.");
	});

	it('where both say the same, however it is written, without a hint', async () => {
		const row = { account: 6110, Konto: '6110', amount: 1250, Belopp: '1 250,00', date: '2026-10-05', Datum: '2026-10-05T08:00:00' };
		const result = await desk.post([row], { ...BALANCED, date: '' });
		expect([result.error?.message, hintOf(result)]).toEqual([undefined, '']);
	});

	it('of several headings too, where the model’s name leaves it to them', async () => {
		const rows = [
			{ account: 6110, amount: 1, cost_center: 'BUTIK', Kst: 'BUTIK', Resultatenhet: '' },
			{ account: 6310, amount: 1, cost_center: '', Kst: '', Resultatenhet: 'WEBB' },
		];
		expect(rowsOf(await desk.post(rows, { ...BALANCED, ...DRY }), 'cost_center').slice(0, 2)).toEqual([['BUTIK'], ['WEBB']]);
	});
});

describe('a row in which the two differ', () => {
	it.each<[string, IDataObject, INodeParameters, [field: string, taken: unknown], other: string]>([
		['a cost center', { account: 6110, amount: 1, cost_center: 'BUTIK', Kst: 'WEBB' }, BALANCED, ['cost_center', 'BUTIK'], 'Kst'],
		['an amount', { account: 6110, amount: 100, Belopp: '125,00' }, BALANCED, ['debit', 100], 'Belopp'],
		['an account', { account: 6110, Konto: 6310, amount: -1 }, BANK, ['account_number', '6110'], 'Konto'],
	])('is taken by the model’s name, and a hint names the other column: %s', async (_what, row, parameters, [field, taken], other) => {
		const result = await desk.post([row], { ...parameters, ...DRY });
		expect(rowsOf(result, field).flat()).toContain(taken);
		expect(hintOf(result)).toContain(`Columns of the input that were not read: '${other}'.`);
	});

	it('by two headings is refused', async () => {
		const { error } = await desk.post([{ account: 6110, amount: 1, project: '', Projekt: 1, Proj: 2 }], BALANCED);
		expect(error?.message).toContain(
			"lines[0].project: the row has '1' in its column 'Projekt' and '2' in 'Proj', and both mean it. Correct one of them, or take the column that is not meant out of the items.",
		);
		expect(desk.added()).toBe(0);
	});

	it('is taken by the model’s name where it is a text, and a hint names the other column', async () => {
		const result = await desk.post([{ account: 6110, amount: 1, description: 'Papper', text: 'Inköp', id: 7 }], BALANCED);
		expect(rowsOf(result, 'description')[0]).toEqual(['Papper']);
		expect(hintOf(result)).toBe("Columns of the input that were not read: 'text'.");
	});

	it('counts as read for the other rows where it was', async () => {
		const rows = [
			{ account_number: 6110, debit: 1, description: 'Papper', text: 'Inköp' },
			{ account_number: 1930, credit: 1, description: null, text: 'Inköp' },
		];
		const result = await desk.post(rows);
		expect(rowsOf(result, 'description')).toEqual([['Papper'], ['Inköp']]);
		expect(hintOf(result)).toBe(
			"Columns of the input were read by their headings: 'account_number' as account, 'text' as description where 'description' is empty.",
		);
	});

	it('is the form’s where that says it, without a hint where it has it from the column', async () => {
		const row = { account: 6110, amount: 1, description: '', text: 'Inköp', date: '2026-10-06', Datum: '2026-10-05' };
		const form = { ...BALANCED, date: '={{ $json.Datum }}', entryDescription: '={{ $json.text }}' };
		const result = await desk.post([row], form);
		expect(rowsOf(result, 'description')[0]).toEqual([null]);
		expect(result.json()[0]).toMatchObject({ date: '2026-10-05', description: 'Inköp' });
		expect(hintOf(result)).toMatch(/^Date: the node's field Date says '2026-10-05', and item 0 has '2026-10-06' in its column 'date'/);
		expect(hintOf(result)).not.toContain('not read');
	});
});

it('an error names the column that the row has', async () => {
	const rows = [
		{ account: 6310, amount: 100, currency: 'SEK' },
		{ account: 1930, amount: -100, Valuta: 'EUR' },
	];
	expect((await desk.post(rows)).error?.message).toMatch(/^currency: item 1 has 'EUR' in its field 'Valuta'/);
	expect((await desk.post(rows.reverse())).error?.message).toMatch(/^currency: item 0 has 'EUR' in its field 'Valuta'/);
	const sides = [
		{ account: 1930, debit: 0, credit: 0, amount: '' },
		{ account: 6570, Debet: 0, credit: 0, Summa: 100 },
	];
	expect((await desk.post(sides, BALANCED)).error?.message).toMatch(/^lines\[1\]: 'Debet' and 'credit' are 0, and 'Summa' is 100\.00/);
});

it('VAT beside a gross amount of either name is used, and beside none refused', async () => {
	const gross = [
		{ account: 5410, gross_amount: 125, tax_code: 'I', Moms: 25 },
		{ account: 5410, Brutto: 250, Momskod: 'I', Moms: 50 },
	];
	expect(desk.booked(await desk.post(gross, BALANCED))).toEqual([
		[5410, 100],
		[2641, 25],
		[5410, 200],
		[2641, 50],
		[1930, -375],
	]);
	const net = [...gross, { account: 5410, debit: 100, gross_amount: '', Moms: 25 }];
	expect((await desk.post(net, BALANCED)).error?.message).toMatch(/^lines\[2\]\.gross_amount: .*would not be booked/);
});

it('amounts of another currency beside the model’s are named as not read, also where nothing else has a heading', async () => {
	const result = await desk.post([{ account: 6310, amount: 1100, 'Belopp EUR': 100, id: 7 }], BALANCED);
	expect(hintOf(result)).toBe("Columns of the input that were not read: 'Belopp EUR'.");
});

it('the list of what was not read leaves out what has a hint of its own', async () => {
	const result = await desk.post(sheet('Konto;Belopp;comments;tenant_id;Antal', [6310, 100, 'Se avtal', '', 2]), BALANCED);
	expect(hintOf(result)).toContain("that were not read: 'Antal'.");
	expect(hintOf(result)).toContain("Comments: item 0 has a field 'comments', which was not read.");
});
