import type { CompanyState } from '../company';
import { furnish } from '../furnish';
import { newCompany } from '../newCompany';
import { openYearsUntilToday } from './book';

/** Cash accounting, one year, nothing locked, no dimensions, and no licence for the currency register. */
export function smallCompany(now: () => number): CompanyState {
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
