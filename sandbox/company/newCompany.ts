import { PREDEFINED_ACCOUNTS, PREDEFINED_VOUCHER_SERIES } from './predefined';
import { CompanyState } from './company';
import type { CompanyProfile } from './types';

/** A company as Fortnox sets it up, without financial years. */
export function newCompany(profile: CompanyProfile, now: () => number): CompanyState {
	const state = new CompanyState(profile, now);
	state.predefinedAccounts = PREDEFINED_ACCOUNTS.map(([name, account]) => ({ name, account }));
	state.predefinedVoucherSeries = PREDEFINED_VOUCHER_SERIES.map(([name, series]) => ({ name, series }));
	state.modesOfPayments = [
		{ code: 'BG', description: 'Bankgiro', accountNumber: '1930' },
		{ code: 'PG', description: 'PlusGiro', accountNumber: '1920' },
		{ code: 'KONTANT', description: 'Kontant', accountNumber: '1910' },
	];
	return state;
}
