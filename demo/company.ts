import type { CompanyState } from '../sandbox';
import { furnish } from '../sandbox/company/furnish';
import { newCompany } from '../sandbox/company/newCompany';

/** A company with one financial year, no entries and no opening balances, so that its ledger holds the file alone. */
export function demoCompany(year: number, now: () => number): CompanyState {
	const company = newCompany(
		{
			tenantId: 1001,
			name: 'Björkdalens Bok & Kafé AB',
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
	company.costCenters = [
		{ code: 'BUTIK', description: 'Butiken', active: true, note: null },
		{ code: 'KAFE', description: 'Kaféet', active: true, note: null },
		{ code: 'WEBB', description: 'Webbhandel', active: true, note: null },
	];
	company.projects = [
		{
			number: 'P30',
			description: 'Bokmässan',
			status: 'ONGOING',
			startDate: null,
			endDate: null,
			projectLeader: null,
			contactPerson: null,
			comments: null,
		},
	];
	furnish(company.addYear(`${year}-01-01`, `${year}-12-31`));
	return company;
}
