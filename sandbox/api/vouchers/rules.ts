import type { CompanyState } from '../../company/company';
import type { SandboxAccount, SandboxSeries } from '../../company/types';
import type { SandboxYear } from '../../company/year';
import { PlaceholderRefusal, Refusal } from '../wire/answer';

/** An account that can be posted to. Throws where it isn't there, or is not active. */
export function usableAccount(year: SandboxYear, number: number): SandboxAccount {
	const account = year.accounts.get(number);
	if (!account) throw new Refusal(400, 2001304, 'Kunde inte hitta konto');
	if (!account.active) throw new PlaceholderRefusal('accountInactive', account.number);
	return account;
}

/** What a row is about besides its account. */
interface Dimensions {
	costCenter: string;
	project: string;
	/** The voucher's day, on which a project has to be open. */
	date: string;
}

export function checkDimensions(account: SandboxAccount, { costCenter, project, date }: Dimensions, company: CompanyState): void {
	if (costCenter === '' && account.costCenterSettings === 'MANDATORY') throw new PlaceholderRefusal('costCenterMandatory', account.number);
	if (costCenter !== '') {
		if (account.costCenterSettings === 'NOTALLOWED') throw new PlaceholderRefusal('costCenterNotAllowed', account.number);
		const known = company.costCenters.find(({ code }) => code === costCenter);
		if (!known) throw new PlaceholderRefusal('invalidCostCenter', costCenter);
		if (!known.active) throw new PlaceholderRefusal('costCenterInactive', costCenter);
	}
	if (project === '' && account.projectSettings === 'MANDATORY') throw new PlaceholderRefusal('projectMandatory', account.number);
	if (project !== '') {
		if (account.projectSettings === 'NOTALLOWED') throw new PlaceholderRefusal('projectNotAllowed', account.number);
		const known = company.projects.find(({ number }) => number === project);
		if (!known) throw new PlaceholderRefusal('invalidProject', project);
		const begun = known.startDate === null || known.startDate <= date;
		const ended = known.endDate !== null && known.endDate < date;
		if (known.status === 'COMPLETED' || !begun || ended) throw new PlaceholderRefusal('projectClosed', project);
	}
}

export function manualSeries(year: SandboxYear, code: string): SandboxSeries {
	const series = year.series.get(code);
	if (!series) throw new PlaceholderRefusal('invalidSeries', code);
	if (!series.manual) throw new PlaceholderRefusal('seriesNotManual', code);
	return series;
}

/** A date that can be booked on: in the year, and after the locked period. */
export function checkDate(date: string, year: SandboxYear, company: CompanyState): void {
	if (!year.contains(date)) throw new PlaceholderRefusal('dateOutsideYear', date);
	const locked = company.lockedPeriod;
	if (locked !== null && date <= locked) {
		throw new PlaceholderRefusal('periodLocked', `${company.profile.user.name} har låst perioden t.o.m. ${locked}`);
	}
}
