import { paysVat } from '../../../nodes/shared/ledger/vat/mixedSettlement';
import { toVatRow } from '../../../nodes/shared/ledger/vat/vatReturn';
import { row } from './support';

describe('VAT that is paid past the account of the settlement', () => {
	it.each<[string, boolean, Array<[number, number]>]>([
		[
			'to the tax account',
			true,
			[
				[2611, 25_000],
				[2641, -10_000],
				[1630, -15_000],
			],
		],
		[
			'from the tax account, of purchases alone',
			true,
			[
				[2641, -10_000],
				[1639, 10_000],
			],
		],
		[
			'over the bank, with VAT of sales',
			true,
			[
				[2611, 25_000],
				[2641, -10_000],
				[1930, -15_000],
			],
		],
		[
			'in whole kronor',
			true,
			[
				[2611, 25_050],
				[1930, -25_000],
				[3740, -50],
			],
		],
		[
			'not over the bank, of purchases alone',
			false,
			[
				[2641, 10_000],
				[1930, -10_000],
			],
		],
		[
			'not with a krona besides',
			false,
			[
				[2611, 25_100],
				[1930, -25_000],
				[7991, -100],
			],
		],
		[
			'not with a sale',
			false,
			[
				[3001, 100_000],
				[2611, 25_000],
				[1930, -125_000],
			],
		],
		[
			'not with a sale without a code',
			false,
			[
				[3590, 100_000],
				[2611, 25_000],
				[1930, -125_000],
			],
		],
		[
			'not with a purchase',
			false,
			[
				[5410, -40_000],
				[2641, -10_000],
				[1630, 50_000],
			],
		],
		[
			'not against a debt',
			false,
			[
				[2611, 25_000],
				[2890, -25_000],
			],
		],
		[
			'not between accounts of VAT',
			false,
			[
				[2611, 25_000],
				[2621, -25_000],
			],
		],
		[
			'not over the account of the settlement',
			false,
			[
				[2611, 25_000],
				[2650, -25_000],
			],
		],
		[
			'not without VAT',
			false,
			[
				[1630, 25_000],
				[1930, -25_000],
			],
		],
	])('is what goes %s', (_, expected, rows) => {
		const all = rows.map(([account, amount]) => row(account, amount));
		const ofVat = all.flatMap((one) => toVatRow(one, () => '') ?? []);
		expect(paysVat(ofVat, all) !== undefined).toBe(expected);
	});
});
