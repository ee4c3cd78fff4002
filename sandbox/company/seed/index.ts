import type { CompanyState } from '../company';
import { brokenYearCompany } from './brokenYearCompany';
import { ordinaryCompany } from './ordinaryCompany';
import { smallCompany } from './smallCompany';

/** Three companies, the same at every start. All names and numbers are made up. */
export function seedCompanies(now: () => number): CompanyState[] {
	return [ordinaryCompany(now), brokenYearCompany(now), smallCompany(now)];
}
