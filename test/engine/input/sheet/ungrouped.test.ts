import type { IDataObject, INodeParameters } from 'n8n-workflow';

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

	it.each(['Radnr', 'line_id', 'item_id', 'Kundnr', 'Anställningsnr', 'employee_id', 'Artikelnr', 'paid', 'tid', 'casino', 'Vår referens'])(
		'%s says what a line is about',
		async (column) => {
			const values = column === 'Vår referens' ? ['Åsa', 'Bo'] : [1, 2];
			expect((await desk.post(two(column, values), { ...UNGROUPED, ...DRY })).error?.message).toBeUndefined();
		},
	);

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
