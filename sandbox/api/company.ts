import { ok, type Route } from './wire/route';

export const companyRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/3/companyinformation',
		scope: 'companyinformation',
		handle: ({ company: { profile } }) =>
			ok({
				CompanyInformation: {
					Address: profile.address,
					City: profile.city,
					CompanyName: profile.name,
					CountryCode: 'SE',
					DatabaseNumber: profile.tenantId,
					OrganizationNumber: profile.organizationNumber,
					VisitAddress: profile.address,
					VisitCity: profile.city,
					VisitCountryCode: 'SE',
					VisitZipCode: profile.zipCode,
					ZipCode: profile.zipCode,
				},
			}),
	},
	{
		method: 'GET',
		path: '/3/settings/company',
		scope: 'settings',
		handle: ({ company: { profile } }) =>
			ok({
				CompanySettings: {
					Address: profile.address,
					BG: '5050-1055',
					BIC: null,
					City: profile.city,
					Country: 'Sverige',
					CountryCode: 'SE',
					// A string here, a number in companyinformation.
					DatabaseNumber: String(profile.tenantId),
					Email: profile.user.email,
					IBAN: null,
					Name: profile.name,
					OrganizationNumber: profile.organizationNumber,
					PG: null,
					TaxEnabled: true,
					VATNumber: `SE${profile.organizationNumber.replace('-', '')}01`,
					ZipCode: profile.zipCode,
				},
			}),
	},
	{
		method: 'GET',
		path: '/3/settings/lockedperiod',
		scope: (settings) => settings.openScopes.lockedPeriod,
		handle: ({ company, settings }) =>
			ok({
				LockedPeriod: company.lockedPeriod === null && settings.noLockedPeriod === 'absent' ? {} : { EndDate: company.lockedPeriod },
			}),
	},
	{
		method: 'GET',
		path: '/3/me',
		scope: 'profile',
		handle: ({ company: { profile } }) =>
			ok({
				MeInformation: {
					Id: profile.user.id,
					Name: profile.user.name,
					Email: profile.user.email,
					SysAdmin: profile.user.systemAdministrator,
					Locale: 'sv_SE',
				},
			}),
	},
];
