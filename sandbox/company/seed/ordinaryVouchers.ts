import type { VoucherInput } from '../types';

/** The 18 months of 2021 and 2022, in two vouchers. */
export const LONG_YEAR: readonly VoucherInput[] = [
	{
		date: '2021-09-14',
		description: 'Startinköp varor',
		rows: [
			{ account: 4010, debit: 4_000_000 },
			{ account: 2641, debit: 1_000_000 },
			{ account: 1930, credit: 5_000_000 },
		],
	},
	{
		date: '2022-12-30',
		description: 'Årets försäljning, sammandrag',
		rows: [
			{ account: 1930, debit: 12_500_000 },
			{ account: 3001, credit: 10_000_000 },
			{ account: 2611, credit: 2_500_000 },
		],
	},
];

/** 2026 until March: of every series that other parts of Fortnox book, and A/3 with a removed row. */
export const YEAR_2026: readonly VoucherInput[] = [
	{
		date: '2026-03-06',
		description: 'Hyra mars',
		comments: 'Faktura från hyresvärden, pärm 3',
		rows: [
			{ account: 5010, debit: 1_500_000, costCenter: 'BUTIK' },
			{ account: 2641, debit: 375_000 },
			{ account: 1930, credit: 1_875_000 },
		],
	},
	{
		date: '2026-01-02',
		description: 'Kontorsmaterial',
		rows: [
			{ account: 6110, debit: 42_400 },
			{ account: 2641, debit: 10_600 },
			{ account: 1910, credit: 53_000 },
		],
	},
	{
		date: '2026-02-17',
		description: 'Konsult webbplats, rättad rad',
		comments: 'Rad 2 ströks: fel konto',
		rows: [
			{
				account: 6550,
				debit: 2_000_000,
				project: '1',
				costCenter: 'WEBB',
				transactionInformation: 'Timmar vecka 6-7',
			},
			{ account: 6540, debit: 2_000_000, removed: true },
			{ account: 2641, debit: 500_000 },
			{ account: 1930, credit: 2_500_000 },
		],
	},
	{
		date: '2026-01-31',
		description: 'Dagskassa, kort och kontant',
		rows: [
			{ account: 1580, debit: 812_540 },
			{ account: 1911, debit: 164_060 },
			{ account: 3001, credit: 600_000, costCenter: 'BUTIK' },
			{ account: 3002, credit: 150_000, costCenter: 'BUTIK' },
			{ account: 3003, credit: 54_340, costCenter: 'BUTIK' },
			{ account: 2611, credit: 150_000 },
			{ account: 2621, credit: 18_000 },
			{ account: 2631, credit: 3_260 },
			{ account: 3740, credit: 1_000 },
		],
	},
	{
		series: 'B',
		date: '2026-01-15',
		description: 'Kundfaktura 1001',
		referenceType: 'INVOICE',
		referenceNumber: '1001',
		rows: [
			{ account: 1510, debit: 1_250_000 },
			{ account: 3001, credit: 1_000_000 },
			{ account: 2611, credit: 250_000 },
		],
	},
	{
		series: 'C',
		date: '2026-02-14',
		description: 'Inbetalning faktura 1001',
		referenceType: 'INVOICEPAYMENT',
		referenceNumber: '1001',
		rows: [
			{ account: 1930, debit: 1_250_000 },
			{ account: 1510, credit: 1_250_000 },
		],
	},
	{
		series: 'D',
		date: '2026-01-20',
		description: 'Leverantörsfaktura 501',
		referenceType: 'SUPPLIERINVOICE',
		referenceNumber: '501',
		rows: [
			{ account: 4010, debit: 800_000 },
			{ account: 2641, debit: 200_000 },
			{ account: 2440, credit: 1_000_000 },
		],
	},
];
