import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { RunNodeOptions } from '../../../../engine';
import { BANK, Desk, DRY } from './support';

/** Rows that nothing groups, or nonsense does: what becomes one entry of them balances, and would be wrong all the same. */
const desk = new Desk();
const UNGROUPED: INodeParameters = { allItems: false, number: '' };

const two = (column: string, values: Array<string | number> = [1001, 1002]): IDataObject[] =>
	values.flatMap((value, index) => {
		const amount = 100 * (index + 1);
		const more: IDataObject = { [column]: value };
		return [
			{ ...more, account: 1510, debit: amount },
			{ ...more, account: 3004, credit: amount },
		];
	});

describe('Group By is empty, and', () => {
	it.each([
		...['Fakturanr', 'Invoice No', 'order_id', 'orderId', 'paymentid', 'Payment ID', 'transaction_id', 'id', 'Ref', 'Löpnr', 'OCR'],
		...['Customer Order ID', 'Order', 'Betalningsreferens', 'Order ID (Shop)'],
	])('%s numbers several entries: the column is named, and both ways out', async (column) => {
		const result = await desk.post(two(column), UNGROUPED);
		expect(result.error?.message).toContain(
			`groupBy: it is empty, and the input items have different numbers in '${column}' (item 0: 1001, item 2: 1002). Name the field that tells which entry an item belongs to, such as '${column}', or turn on 'One Entry of All Items'.`,
		);
		expect(desk.added()).toBe(0);
	});

	it.each([
		...['Radnr', 'line_id', 'item_id', 'Kundnr', 'Anställningsnr', 'employee_id', 'Artikelnr', 'paid', 'tid', 'casino', 'Vår referens'],
		...['department_id', 'Avdelningsnr', 'store_id', 'Varugruppsnr', 'Löneartsnr', 'payment_method_id', 'merchant_id'],
	])('%s says what a line is about', async (column) => {
		const values = column === 'Vår referens' ? ['Åsa', 'Bo'] : [1, 2];
		expect((await desk.post(two(column, values), { ...UNGROUPED, ...DRY })).error?.message).toBeUndefined();
	});

	it('payments of a day are each an entry where the bank balances them', async () => {
		const payments = [1, 2].map((id) => ({ id, account: 3004, amount: 100 * id }));
		expect((await desk.post(payments, { ...UNGROUPED, ...BANK })).error?.message).toMatch(/different numbers in 'id'/);
		expect(desk.added()).toBe(0);
		expect((await desk.post(payments, { ...BANK, ...DRY })).error?.message).toBeUndefined();
	});

	it('a number of each row’s own does not matter where an entry needs two of them', async () => {
		const rows = two('v', [1]).map((row, id) => ({ ...row, id }));
		expect((await desk.post(rows, { ...UNGROUPED, ...DRY })).error?.message).toBeUndefined();
	});
});

describe('Group By', () => {
	it.each(['#N/A', '#SAKNAS!', 'undefined', 'null', 'NaN', 'None', '[object Object]', 'INV-undefined'])(
		'%s, which a program writes for nothing, is no group',
		async (value) => {
			const result = await desk.post(two('order', [value]), { ...UNGROUPED, groupBy: 'order' });
			expect(result.error?.message).toMatch(/^groupBy: item 0 has no number in its column 'order': "/);
			expect(result.error?.message).toContain(`"${value}"`);
			expect(desk.added()).toBe(0);
		},
	);

	it('leaves the other groups be where errors go on', async () => {
		const result = await desk.post(two('order', ['NaN', 'O-1']), { ...UNGROUPED, groupBy: 'order' }, { onError: 'continueRegularOutput' });
		expect(result.json().map(({ error_code }) => error_code)).toEqual(['ERROR_DATA_VALIDATION', 'ERROR_DATA_VALIDATION', undefined]);
		expect(desk.added()).toBe(1);
	});
});

it('an error names the fields that the item has, and no others', async () => {
	const rows = [
		{ Ver: 1, Datum: '2026-10-05', Konto: 5410, Debet: 5 },
		{ Ver: 1, Datum: '', Konto: 1930, Kredit: 5 },
	];
	const { error } = await desk.post(rows, { ...UNGROUPED, date: '', groupBy: 'Ver' });
	expect(error?.message).toContain("item 1 has no date. It has the fields 'Ver', 'Datum', 'Konto', 'Kredit'. Give");
});

it('Execute Once, with which n8n leaves out all rows but the first, is refused', async () => {
	const payments = [100, 250].map((amount) => ({ account: 3004, amount }));
	const { error } = await desk.post(payments, BANK, { executeOnce: true });
	expect(error?.message).toMatch(/^linesSource: the node's setting 'Execute Once' is on, .*'One Entry of All Items'/);
	expect(desk.added()).toBe(0);
});

describe('files on the rows of an entry', () => {
	const withFiles = (...names: Array<string | undefined>): RunNodeOptions['input'] =>
		names.map((name, index) => ({
			json: index === 0 ? { account: 5410, amount: 5 } : { account: 1930, amount: -5 },
			...(name !== undefined && {
				binary: { data: { data: Buffer.from(`%PDF ${name}`).toString('base64'), mimeType: 'application/pdf', fileName: name } },
			}),
		}));
	const more: INodeParameters = { additionalFields: { binaryPropertyName: 'data' } };

	it('that differ are refused: an entry takes one', async () => {
		const { error } = await desk.post(withFiles('a.pdf', 'b.pdf'), more);
		expect(error?.message).toMatch(/^binaryPropertyName: .*item 0 has 'a\.pdf', item 1 has 'b\.pdf'.*Add Attachment/);
		expect(desk.added()).toBe(0);
	});

	it('are one where n8n copied it to each, and on whichever row it is', async () => {
		for (const input of [withFiles('c.pdf', 'c.pdf'), withFiles(undefined, 'c.pdf'), withFiles('c.pdf', undefined)]) {
			const result = await desk.post(input, { ...more, ...DRY });
			expect(result.error?.message).toBeUndefined();
			expect(result.json()[0]).toMatchObject({ attachments_info: { attachments: [{ filename: 'c.pdf' }] } });
		}
		expect((await desk.post(withFiles(undefined, undefined), more)).error?.message).toMatch(
			/^binaryPropertyName: item 0 has no binary field/,
		);
	});
});
