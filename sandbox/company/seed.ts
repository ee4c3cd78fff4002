import { stockholmDate } from './clock';
import { sandboxChart, VOUCHER_SERIES } from './chart';
import { carryForward } from './carryForward';
import type { CompanyState } from './company';
import { newCompany } from './newCompany';
import type { VoucherInput } from './types';
import type { SandboxYear } from './year';

/** Three companies, the same at every start. All names and numbers are made up. */
export function seedCompanies(now: () => number): CompanyState[] {
	return [ordinaryCompany(now), brokenYearCompany(now), smallCompany(now)];
}

function furnish(
	year: SandboxYear,
	extraSeries: ReadonlyArray<readonly [string, string, boolean]> = [],
): SandboxYear {
	for (const account of sandboxChart()) year.setAccount(account);
	for (const [code, description, manual] of [...VOUCHER_SERIES, ...extraSeries]) {
		year.series.set(code, { code, description, manual, nextNumber: 1 });
	}
	return year;
}

/** Keeps "today" inside a financial year when the sandbox is used after the last seeded one. */
function openYearsUntilToday(state: CompanyState): void {
	const today = stockholmDate(state.now());
	for (let last = state.yearsNewestFirst()[0]; last && last.toDate < today; last = state.yearsNewestFirst()[0]) {
		const shift = (date: string) => `${Number(date.slice(0, 4)) + 1}${date.slice(4)}`;
		state.openYear(shift(last.fromDate), shift(last.toDate));
	}
}

/** Booked on the morning of its own date. */
function book(state: CompanyState, voucher: VoucherInput): void {
	state.addVoucher({ createdAt: Date.parse(`${voucher.date}T08:30:00Z`), ...voucher });
}

const SEEDED_AT = Date.UTC(2026, 0, 2, 9, 30);

function ordinaryCompany(now: () => number): CompanyState {
	const state = newCompany(
		{
			tenantId: 1001,
			name: 'Björkdalens Handel AB',
			organizationNumber: '559900-1012',
			address: 'Storgatan 12',
			city: 'Björkdalen',
			zipCode: '123 45',
			phone: '08-000 00 00',
			user: { id: '11', name: 'Åsa Öberg', email: 'asa@bjorkdalen.example', systemAdministrator: true },
			unlicensedScopes: [],
			apiLicence: true,
		},
		now,
	);
	const manual = [['API', 'Importerade verifikationer', true]] as const;
	// Ids count in the order in which the years were entered: the long year 2021/22 came after 2024, and 2023 is missing.
	const year2024 = furnish(state.addYear('2024-01-01', '2024-12-31', { id: 1 }));
	const longYear = furnish(state.addYear('2021-07-01', '2022-12-31', { id: 2 }));
	const year2025 = furnish(state.addYear('2025-01-01', '2025-12-31', { id: 3 }), manual);
	const year2026 = furnish(state.addYear('2026-01-01', '2026-12-31', { id: 4 }), manual);

	state.costCenters = [
		{ code: 'BUTIK', description: 'Butiken', active: true, note: null },
		{ code: 'WEBB', description: 'Webbhandel', active: true, note: 'Sedan 2024' },
		{ code: 'LAGER', description: 'Lagret i Åkersberga', active: true, note: null },
		{ code: 'GAMLA', description: 'Gamla butiken', active: false, note: 'Stängd 2024' },
	];
	const project = { projectLeader: null, contactPerson: null, comments: null };
	state.projects = [
		{
			number: '1',
			description: 'Ny webbplats',
			status: 'ONGOING',
			startDate: '2026-01-01',
			endDate: null,
			...project,
		},
		{
			number: '2',
			description: 'Flytt av lager',
			status: 'COMPLETED',
			startDate: '2024-03-01',
			endDate: '2024-09-30',
			...project,
		},
		{
			number: 'P30',
			description: 'Mässan i Älvsjö',
			status: 'NOTSTARTED',
			startDate: '2026-11-01',
			endDate: '2026-12-15',
			...project,
		},
	];
	const today = stockholmDate(now());
	state.currencies = [
		{ code: 'SEK', description: 'Svenska kronor', date: today, buyRate: 1, sellRate: 1, unit: 1, isAutomatic: false },
		{ code: 'EUR', description: 'Euro', date: today, buyRate: 10.98, sellRate: 11.04, unit: 1, isAutomatic: true },
		{
			code: 'USD',
			description: 'Amerikansk dollar',
			date: today,
			buyRate: 9.41,
			sellRate: 9.47,
			unit: 1,
			isAutomatic: true,
		},
		{
			code: 'NOK',
			description: 'Norska kronor',
			date: today,
			buyRate: 93.1,
			sellRate: 93.9,
			unit: 100,
			isAutomatic: true,
		},
		{
			code: 'DKK',
			description: 'Danska kronor',
			date: today,
			buyRate: 147.1,
			sellRate: 148,
			unit: 100,
			isAutomatic: true,
		},
		{
			code: 'JPY',
			description: 'Japanska yen',
			date: today,
			buyRate: 6.05,
			sellRate: 6.11,
			unit: 100,
			isAutomatic: true,
		},
		{
			code: 'PLN',
			description: 'Polska zloty',
			date: '2025-02-14',
			buyRate: 2.58,
			sellRate: 2.62,
			unit: 1,
			isAutomatic: false,
		},
	];

	for (const [number, amount] of [
		[1220, 18_000_000],
		[1229, -7_200_000],
		[1910, 500_000],
		[1930, 325_431_250],
		[2081, -10_000_000],
		[2091, -326_731_250],
	] as const) {
		const account = longYear.accounts.get(number);
		if (account) account.broughtForward = amount;
	}
	book(state, {
		date: '2021-09-14',
		description: 'Startinköp varor',
		rows: [
			{ account: 4010, debit: 4_000_000 },
			{ account: 2641, debit: 1_000_000 },
			{ account: 1930, credit: 5_000_000 },
		],
	});
	book(state, {
		date: '2022-12-30',
		description: 'Årets försäljning, sammandrag',
		rows: [
			{ account: 1930, debit: 12_500_000 },
			{ account: 3001, credit: 10_000_000 },
			{ account: 2611, credit: 2_500_000 },
		],
	});
	carryForward(longYear, year2024);
	state.addVouchers(40, { yearId: 1, seed: 24, createdAt: SEEDED_AT });
	carryForward(year2024, year2025);
	state.addVouchers(120, { yearId: 3, seed: 25, createdAt: SEEDED_AT });
	carryForward(year2025, year2026);

	book(state, {
		date: '2026-03-06',
		description: 'Hyra mars',
		comments: 'Faktura från hyresvärden, pärm 3',
		rows: [
			{ account: 5010, debit: 1_500_000, costCenter: 'BUTIK' },
			{ account: 2641, debit: 375_000 },
			{ account: 1930, credit: 1_875_000 },
		],
	});
	book(state, {
		date: '2026-01-02',
		description: 'Kontorsmaterial',
		rows: [
			{ account: 6110, debit: 42_400 },
			{ account: 2641, debit: 10_600 },
			{ account: 1910, credit: 53_000 },
		],
	});
	book(state, {
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
	});
	book(state, {
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
	});
	book(state, {
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
	});
	book(state, {
		series: 'C',
		date: '2026-02-14',
		description: 'Inbetalning faktura 1001',
		referenceType: 'INVOICEPAYMENT',
		referenceNumber: '1001',
		rows: [
			{ account: 1930, debit: 1_250_000 },
			{ account: 1510, credit: 1_250_000 },
		],
	});
	book(state, {
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
	});
	state.setLocked('2025-12-31');
	openYearsUntilToday(state);
	return state;
}

function brokenYearCompany(now: () => number): CompanyState {
	const state = newCompany(
		{
			tenantId: 1002,
			name: 'Österlens Måleri & Bygg AB',
			organizationNumber: '559900-1020',
			address: 'Hamngatan 3',
			city: 'Simrishamn',
			zipCode: '272 31',
			phone: '08-000 00 00',
			user: { id: '21', name: 'Per Åkesson', email: 'per@osterlen.example', systemAdministrator: true },
			unlicensedScopes: ['archive'],
			apiLicence: true,
		},
		now,
	);
	const manual = [['Z1', 'Kassasystem', true]] as const;
	const first = furnish(state.addYear('2024-05-01', '2025-04-30', { id: 1 }), manual);
	const second = furnish(state.addYear('2025-05-01', '2026-04-30', { id: 2 }), manual);
	const third = furnish(state.addYear('2026-05-01', '2027-04-30', { id: 3 }), manual);
	state.costCenters = [
		{ code: '1', description: 'Måleri', active: true, note: null },
		{ code: '2', description: 'Bygg', active: true, note: null },
	];
	state.projects = [
		{
			number: '100',
			description: 'Villa Ängsbacken',
			status: 'ONGOING',
			startDate: '2026-05-01',
			endDate: null,
			projectLeader: 'Per',
			contactPerson: null,
			comments: null,
		},
	];
	state.currencies = [
		{
			code: 'SEK',
			description: 'Svenska kronor',
			date: stockholmDate(now()),
			buyRate: 1,
			sellRate: 1,
			unit: 1,
			isAutomatic: false,
		},
		{
			code: 'EUR',
			description: 'Euro',
			date: stockholmDate(now()),
			buyRate: 10.98,
			sellRate: 11.04,
			unit: 1,
			isAutomatic: true,
		},
	];
	state.addVouchers(60, { yearId: 1, seed: 124, createdAt: SEEDED_AT });
	carryForward(first, second);
	state.addVouchers(60, { yearId: 2, seed: 125, createdAt: SEEDED_AT });
	carryForward(second, third);
	book(state, {
		date: '2026-05-02',
		description: 'Färg och penslar',
		rows: [
			{ account: 4010, debit: 120_000, project: '100' },
			{ account: 2641, debit: 30_000 },
			{ account: 1930, credit: 150_000 },
		],
	});
	openYearsUntilToday(state);
	return state;
}

/** Cash accounting, one year, nothing locked, no dimensions, and no licence for the currency register. */
function smallCompany(now: () => number): CompanyState {
	const state = newCompany(
		{
			tenantId: 1003,
			name: 'Lilla Kaféet i Växjö',
			organizationNumber: '559900-1038',
			address: 'Sjögatan 8',
			city: 'Växjö',
			zipCode: '352 33',
			phone: '08-000 00 00',
			user: { id: '31', name: 'Märta Nyström', email: 'marta@lillakafeet.example', systemAdministrator: false },
			unlicensedScopes: ['archive', 'currency'],
			apiLicence: true,
		},
		now,
	);
	furnish(state.addYear('2026-01-01', '2026-12-31', { id: 7, method: 'CASH' }));
	openYearsUntilToday(state);
	return state;
}
