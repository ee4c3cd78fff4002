import type { FortnoxCompanyInformation } from '../fortnox/wire';
import type { UnifiedBookYear, UnifiedCompany } from './types';

/** The company in the unified model. */
export function toUnifiedCompany(
	company: FortnoxCompanyInformation,
	lockedUntil: string | undefined,
	currentYear: UnifiedBookYear | null,
): UnifiedCompany {
	const { Address: street, ZipCode: postalCode, City: city, CountryCode: country } = company;
	return {
		id: String(company.DatabaseNumber),
		name: company.CompanyName,
		selected: true,
		active: true,
		company_number: company.OrganizationNumber || null,
		main_currency: 'SEK',
		addresses:
			street || city ? [{ street: street || null, postal_code: postalCode || null, city: city || null, country: country || null }] : [],
		tenant_id: company.DatabaseNumber,
		currency: 'SEK',
		locked_until: lockedUntil ?? null,
		current_financial_year: currentYear,
	};
}
