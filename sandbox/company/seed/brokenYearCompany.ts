import { carryForward } from '../carryForward';
import type { CompanyState } from '../company';
import { furnish } from '../furnish';
import { newCompany } from '../newCompany';
import { book, openYearsUntilToday, SEEDED_AT } from './book';
import { currencies, project } from './registers';

const MANUAL = [['Z1', 'Kassasystem', true]] as const;

/** Broken financial years, from May to April; nothing locked. */
export function brokenYearCompany(now: () => number): CompanyState {
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
	const first = furnish(state.addYear('2024-05-01', '2025-04-30', { id: 1 }), MANUAL);
	const second = furnish(state.addYear('2025-05-01', '2026-04-30', { id: 2 }), MANUAL);
	const third = furnish(state.addYear('2026-05-01', '2027-04-30', { id: 3 }), MANUAL);
	state.costCenters = [
		{ code: '1', description: 'Måleri', active: true, note: null },
		{ code: '2', description: 'Bygg', active: true, note: null },
	];
	state.projects = [project({ number: '100', description: 'Villa Ängsbacken', startDate: '2026-05-01', projectLeader: 'Per' })];
	state.currencies = currencies(now, ['EUR']);
	state.addVouchers(60, { yearId: 1, seed: 124, createdAt: SEEDED_AT });
	carryForward(first, second);
	state.addVouchers(60, { yearId: 2, seed: 125, createdAt: SEEDED_AT });
	carryForward(second, third);
	book(state, [
		{
			date: '2026-05-02',
			description: 'Färg och penslar',
			rows: [
				{ account: 4010, debit: 120_000, project: '100' },
				{ account: 2641, debit: 30_000 },
				{ account: 1930, credit: 150_000 },
			],
		},
	]);
	openYearsUntilToday(state);
	return state;
}
