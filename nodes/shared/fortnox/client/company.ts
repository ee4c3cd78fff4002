import type { FortnoxApi } from '../api';
import { unreadable } from '../errors';
import { unwrap } from '../pages';
import { jsonObjectOf } from '../refusal';
import { TIMEOUT_MS } from '../timeouts';
import type { FortnoxCompanyInformation, FortnoxFinancialYear, FortnoxLockedPeriod } from '../wire';
import { pathOf, type Calls } from './calls';

type Company = Pick<FortnoxApi, 'company' | 'createFinancialYear' | 'financialYears' | 'lockedPeriod'>;

export function companyCalls(calls: Calls): Company {
	const { registers } = calls;
	return {
		company: async (use = {}) =>
			await calls.kept(registers.company, use, async () => {
				const company = await calls.get<FortnoxCompanyInformation>(
					{ name: 'CompanyInformation', path: pathOf('companyinformation') },
					{ what: `the company ${calls.connection.tenantId}`, also: { DatabaseNumber: calls.connection.tenantId } },
				);
				calls.connection.shared.proofs.noteName(calls.tenantKey, company.CompanyName);
				return company;
			}),

		lockedPeriod: async (use = {}) => await calls.kept(registers.lockedPeriod, use, async () => await readLockedPeriod(calls)),

		financialYears: async (use = {}) =>
			await calls.kept(registers.years, use, async () => {
				const years = await calls.list<FortnoxFinancialYear>({
					path: pathOf('financialyears'),
					names: ['FinancialYears'],
					keyOf: (year) => year.Id,
				});
				return years.sort((a, b) => a.FromDate.localeCompare(b.FromDate));
			}),
		createFinancialYear: async (year) =>
			await calls.changing(
				registers.years,
				calls.post<FortnoxFinancialYear>({ name: 'FinancialYear', path: pathOf('financialyears') }, year, {
					what: `the financial year ${year.FromDate}–${year.ToDate}`,
					key: { FromDate: year.FromDate, ToDate: year.ToDate },
				}),
			),
	};
}

/** Nothing locked may come as an object without a date, or as no object at all. */
async function readLockedPeriod({ requests }: Calls): Promise<FortnoxLockedPeriod> {
	const answer = await requests.send({ method: 'GET', path: pathOf('settings', 'lockedperiod'), timeoutMs: TIMEOUT_MS.read });
	const body = jsonObjectOf(answer.body);
	if (body === undefined) throw unreadable(answer, 'object "LockedPeriod"');
	const isLocked = typeof body.LockedPeriod === 'object' && body.LockedPeriod !== null;
	return isLocked ? unwrap<FortnoxLockedPeriod>(answer, 'LockedPeriod') : {};
}
