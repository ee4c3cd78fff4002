import type { VatBox } from './table';

/** The boxes of the VAT return as the form (SKV 4700) names them, in few words, the amount to pay last. */
const NAMES: ReadonlyArray<[box: VatBox, name: string]> = [
	['05', 'Sales with VAT'],
	['06', 'Withdrawals with VAT'],
	['07', 'Sales by the margin scheme'],
	['08', 'Rents with VAT'],
	['10', 'Output VAT 25 %'],
	['11', 'Output VAT 12 %'],
	['12', 'Output VAT 6 %'],
	['20', 'Goods bought from the EU'],
	['21', 'Services bought from the EU'],
	['22', 'Services bought from outside the EU'],
	['23', 'Goods bought in Sweden, buyer owes the VAT'],
	['24', 'Services bought in Sweden, buyer owes the VAT'],
	['30', 'VAT owed on purchases 25 %'],
	['31', 'VAT owed on purchases 12 %'],
	['32', 'VAT owed on purchases 6 %'],
	['35', 'Goods sold to the EU'],
	['36', 'Goods sold outside the EU'],
	['37', 'Triangular trade, purchases of goods'],
	['38', 'Triangular trade, sales of goods'],
	['39', 'Services sold to companies in the EU'],
	['40', 'Services sold elsewhere outside Sweden'],
	['41', 'Sales in Sweden, buyer owes the VAT'],
	['42', 'Other sales without VAT'],
	['50', 'Goods imported'],
	['60', 'VAT owed on imports 25 %'],
	['61', 'VAT owed on imports 12 %'],
	['62', 'VAT owed on imports 6 %'],
	['48', 'Input VAT to deduct'],
	['49', 'VAT to pay (negative: to get back)'],
];

/** Box and name of each box, such as `05 Sales with VAT`, in the order of the form. */
export function namedBoxes(boxes: ReadonlyMap<VatBox, number>): Array<[name: string, kronor: number]> {
	return NAMES.map(([box, name]) => [`${box} ${name}`, boxes.get(box) ?? 0]);
}
