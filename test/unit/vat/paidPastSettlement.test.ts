import { paysVat } from '../../../nodes/shared/ledger/vat/mixedSettlement';
import { toVatRow } from '../../../nodes/shared/ledger/vat/vatReturn';
import { row } from './support';

describe('VAT that is paid past the account of the settlement', () => {
	it.each<[string, 'taxAccount' | 'money' | undefined, Array<[number, number]>]>([
		[
			'to the tax account',
			'taxAccount',
			[
				[2611, 25_000],
				[2641, -10_000],
				[1630, -15_000],
			],
		],
		[
			'from the tax account, of purchases alone',
			'taxAccount',
			[
				[2641, -10_000],
				[1639, 10_000],
			],
		],
		[
			'over the bank, with VAT of sales',
			'money',
			[
				[2611, 25_000],
				[2641, -10_000],
				[1930, -15_000],
			],
		],
		[
			'in whole kronor',
			'money',
			[
				[2611, 25_050],
				[1930, -25_000],
				[3740, -50],
			],
		],
		[
			'not over the bank, of purchases alone',
			undefined,
			[
				[2641, 10_000],
				[1930, -10_000],
			],
		],
		[
			'not with a krona besides',
			undefined,
			[
				[2611, 25_100],
				[1930, -25_000],
				[7991, -100],
			],
		],
		[
			'not with a sale',
			undefined,
			[
				[3001, 100_000],
				[2611, 25_000],
				[1930, -125_000],
			],
		],
		[
			'not with a sale without a code',
			undefined,
			[
				[3590, 100_000],
				[2611, 25_000],
				[1930, -125_000],
			],
		],
		[
			'not with a purchase',
			undefined,
			[
				[5410, -40_000],
				[2641, -10_000],
				[1630, 50_000],
			],
		],
		[
			'not against a debt',
			undefined,
			[
				[2611, 25_000],
				[2890, -25_000],
			],
		],
		[
			'not between accounts of VAT',
			undefined,
			[
				[2611, 25_000],
				[2621, -25_000],
			],
		],
		[
			'not over the account of the settlement',
			undefined,
			[
				[2611, 25_000],
				[2650, -25_000],
			],
		],
		[
			'not without VAT',
			undefined,
			[
				[1630, 25_000],
				[1930, -25_000],
			],
		],
	])('is what goes %s', (_, expected, rows) => {
		const all = rows.map(([account, amount]) => row(account, amount));
		const ofVat = all.flatMap((one) => toVatRow(one, () => '') ?? []);
		expect(paysVat(ofVat, all)).toBe(expected);
	});

	it.each([
		[1629, undefined],
		[1630, 'taxAccount'],
		[1639, 'taxAccount'],
		[1640, undefined],
		[1899, undefined],
		[1900, 'money'],
		[1999, 'money'],
		[2000, undefined],
	])('over %d is %s', (account, expected) => {
		const all = [row(2611, 25_000), row(account, -25_000)];
		expect(
			paysVat(
				all.flatMap((one) => toVatRow(one, () => '') ?? []),
				all,
			),
		).toBe(expected);
	});
});
