import { carryForward } from '../carryForward';
import type { CompanyState } from '../company';
import { furnish } from '../furnish';
import { newCompany } from '../newCompany';
import type { SandboxYear } from '../year';
import { book, openYearsUntilToday, SEEDED_AT } from './book';
import { LONG_YEAR, YEAR_2026 } from './ordinaryVouchers';
import { currencies, project } from './registers';

const MANUAL = [['API', 'Importerade verifikationer', true]] as const;

/** Calendar years after a long one, the older ones locked; cost centers, projects and currencies. */
export function ordinaryCompany(now: () => number): CompanyState {
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
	addRegisters(state);
	// Ids count in the order in which the years were entered: the long year 2021/22 came after 2024, and 2023 is missing.
	const year2024 = furnish(state.addYear('2024-01-01', '2024-12-31', { id: 1 }));
	const longYear = furnish(state.addYear('2021-07-01', '2022-12-31', { id: 2 }));
	const year2025 = furnish(state.addYear('2025-01-01', '2025-12-31', { id: 3 }), MANUAL);
	const year2026 = furnish(state.addYear('2026-01-01', '2026-12-31', { id: 4 }), MANUAL);
	bringForward(longYear);
	book(state, LONG_YEAR);
	carryForward(longYear, year2024);
	state.addVouchers(40, { yearId: 1, seed: 24, createdAt: SEEDED_AT });
	carryForward(year2024, year2025);
	state.addVouchers(120, { yearId: 3, seed: 25, createdAt: SEEDED_AT });
	carryForward(year2025, year2026);
	book(state, YEAR_2026);
	state.setLocked('2025-12-31');
	openYearsUntilToday(state);
	return state;
}

function addRegisters(state: CompanyState): void {
	state.costCenters = [
		{ code: 'BUTIK', description: 'Butiken', active: true, note: null },
		{ code: 'WEBB', description: 'Webbhandel', active: true, note: 'Sedan 2024' },
		{ code: 'LAGER', description: 'Lagret i Åkersberga', active: true, note: null },
		{ code: 'GAMLA', description: 'Gamla butiken', active: false, note: 'Stängd 2024' },
	];
	state.projects = [
		project({ number: '1', description: 'Ny webbplats', startDate: '2026-01-01' }),
		project({ number: '2', description: 'Flytt av lager', status: 'COMPLETED', startDate: '2024-03-01', endDate: '2024-09-30' }),
		project({ number: 'P30', description: 'Mässan i Älvsjö', status: 'NOTSTARTED', startDate: '2026-11-01', endDate: '2026-12-15' }),
	];
	state.currencies = [
		...currencies(state.now),
		{ code: 'PLN', description: 'Polska zloty', date: '2025-02-14', buyRate: 2.58, sellRate: 2.62, unit: 1, isAutomatic: false },
	];
}

function bringForward(longYear: SandboxYear): void {
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
}
