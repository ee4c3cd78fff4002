import type { FortnoxApi } from '../../fortnox/api';
import { unlessNotAllowed } from '../../fortnox/tolerate';
import type {
	FortnoxAccount,
	FortnoxCompanyInformation,
	FortnoxFinancialYear,
	FortnoxPredefinedAccount,
	FortnoxVoucherSeries,
} from '../../fortnox/wire';
import { today, type IsoDate } from '../../ledger/dates';
import { openingDifferences, openingsOf, type OpeningDifference } from '../../ledger/openings';
import { parseSie } from '../../ledger/sie';
import { hasDay } from '../year';

/** What Fortnox says of a company; undefined is what the credential is not allowed to read. */
export interface Facts {
	today: IsoDate;
	scopes?: readonly string[];
	company?: FortnoxCompanyInformation;
	/** Empty where nothing is locked. */
	lockedUntil?: IsoDate;
	/** Oldest first. */
	years?: readonly FortnoxFinancialYear[];
	/** The year that today lies in. */
	year?: FortnoxFinancialYear;
	/** Of that year, as are the others. */
	chart?: readonly FortnoxAccount[];
	series?: readonly FortnoxVoucherSeries[];
	openings?: readonly OpeningDifference[];
	predefined?: readonly FortnoxPredefinedAccount[];
}

/** Asks all that the checks need, past the caches: at most eight requests. */
export async function readFacts(fortnox: FortnoxApi): Promise<Facts> {
	const use = { fresh: true };
	const allowed = async <T>(answer: Promise<T>): Promise<T | undefined> => await unlessNotAllowed(answer, () => undefined);
	const now = today(fortnox.serverTime());
	const [scopes, company, locked, years, predefined] = await Promise.all([
		fortnox.scopes(),
		allowed(fortnox.company()),
		allowed(fortnox.lockedPeriod(use)),
		allowed(fortnox.financialYears(use)),
		allowed(fortnox.predefinedAccounts(use)),
	]);
	const facts: Facts = { today: now, scopes, company, lockedUntil: locked && (locked.EndDate ?? ''), years, predefined };
	const year = years?.find(hasDay(now));
	if (year === undefined) return facts;
	const [chart, series, openings] = await Promise.all([
		allowed(fortnox.chart(year.Id, use)),
		allowed(fortnox.voucherSeries(year.Id, use)),
		allowed(openingsIn(fortnox, year)),
	]);
	return { ...facts, year, chart, series, openings };
}

async function openingsIn(fortnox: FortnoxApi, { Id }: FortnoxFinancialYear): Promise<OpeningDifference[]> {
	return openingDifferences(openingsOf(parseSie(await fortnox.sie(1, Id), { allowAnyType: true })));
}
