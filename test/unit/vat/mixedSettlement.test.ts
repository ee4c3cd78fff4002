import { rowsBesideSettlement } from '../../../nodes/shared/ledger/vat/mixedSettlement';
import { toVatRow } from '../../../nodes/shared/ledger/vat/vatReturn';
import { row } from './support';

/** Accounts beside the settlement, of an entry with these rows. */
function beside(...rows: Array<[account: number, amount: number]>): number[] {
	const all = rows.map(([account, amount]) => row(account, amount));
	const ofVat = all.flatMap((one) => toVatRow(one, () => '') ?? []);
	return rowsBesideSettlement(ofVat, all).map(({ account }) => account);
}

describe('rows beside the settlement of VAT', () => {
	it.each<[string, Array<[number, number]>, number[]]>([
		[
			'none in a settlement',
			[
				[2611, 25_000],
				[2641, -10_000],
				[2650, -15_000],
			],
			[],
		],
		[
			'none where öre are rounded',
			[
				[2611, 25_050],
				[3740, -50],
				[2650, -25_000],
			],
			[],
		],
		[
			'none where öre are rounded on an account of costs',
			[
				[2611, 25_050],
				[7991, -50],
				[2650, -25_000],
			],
			[],
		],
		[
			'what is taxed',
			[
				[3001, -100_000],
				[2611, -25_000],
				[2650, 125_000],
			],
			[3001],
		],
		[
			'what is taxed, without VAT',
			[
				[3001, -100_000],
				[2650, 100_000],
			],
			[3001],
		],
		[
			'a cost with its VAT',
			[
				[5410, 10_000],
				[2641, 2_500],
				[2650, -12_500],
			],
			[5410],
		],
		[
			'costs that the VAT is on together',
			[
				[5410, 5_000],
				[5460, 5_000],
				[2641, 2_500],
				[2650, -12_500],
			],
			[5410, 5460],
		],
		[
			'a cost that is credited',
			[
				[5410, -10_000],
				[2641, -2_500],
				[2650, 12_500],
			],
			[5410],
		],
		[
			'a sale with its VAT',
			[
				[3590, -10_000],
				[2611, -2_500],
				[2650, 12_500],
			],
			[3590],
		],
		[
			'no cost beside VAT of the other side',
			[
				[5410, 10_000],
				[2641, -2_500],
				[2650, -7_500],
			],
			[],
		],
		[
			'no cost beside VAT of sales',
			[
				[5410, 10_000],
				[2611, 2_500],
				[2650, -12_500],
			],
			[],
		],
		[
			'no sale beside VAT that is deducted',
			[
				[3590, -10_000],
				[2641, -2_500],
				[2650, 12_500],
			],
			[],
		],
		[
			'no cost that is too small for the VAT',
			[
				[5410, 9_599],
				[2641, 2_500],
				[2650, -12_099],
			],
			[],
		],
		[
			'a cost that just bears the VAT, rounded to a krona',
			[
				[5410, 9_600],
				[2641, 2_500],
				[2650, -12_100],
			],
			[5410],
		],
		[
			'no cost of a krona',
			[
				[5410, 100],
				[2641, 25],
				[2650, -125],
			],
			[],
		],
		[
			'a cost of an öre more',
			[
				[5410, 101],
				[2641, 25],
				[2650, -126],
			],
			[5410],
		],
		[
			'no payment from the bank',
			[
				[1930, 10_000],
				[2641, 2_500],
				[2650, -12_500],
			],
			[],
		],
	])('are %s', (_, rows, accounts) => {
		expect(beside(...rows)).toEqual(accounts);
	});

	it.each([
		[999, false],
		[1000, true],
		[1499, true],
		[1500, false],
		[1699, false],
		[1700, true],
		[1799, true],
		[1800, false],
		[3999, false],
		[4000, true],
		[7999, true],
		[8000, false],
	])('are bought on %d: %s', (account, isBought) => {
		expect(beside([account, 10_000], [2641, 2_500], [2650, -12_500])).toEqual(isBought ? [account] : []);
	});

	it.each([
		[2999, false],
		[3010, true],
		[3739, true],
		[3740, false],
		[3749, false],
		[3750, true],
		[3999, true],
		[4000, false],
	])('are sold on %d: %s', (account, isSold) => {
		expect(beside([account, -10_000], [2611, -2_500], [2650, 12_500])).toEqual(isSold ? [account] : []);
	});
});
