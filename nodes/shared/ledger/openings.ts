import type { Ore } from './money';
import type { SieBalance, SieHead } from './sie';

/** What accounts stand at where one financial year ends and the next begins. Both in öre, debit positive. */
export interface Openings {
	/** As Fortnox stores them (`#IB 0`): carried over when the year was made, and not by later entries in the year before. */
	stored: Map<string, Ore>;
	/**
	 * How the year before closes now (`#UB -1`); undefined where the file does not say. A result that was not booked is
	 * part of the account of equity that it was carried to.
	 */
	closed?: Map<string, Ore>;
	/** What the year before left on result accounts (`#RES -1`), and was carried to no account of equity. */
	unbookedResult: Ore;
}

/** An account that opens otherwise than it closed the year before. In öre, debit positive. */
export interface OpeningDifference {
	account: string;
	stored: Ore;
	closed: Ore;
}

/** What a SIE file says of its year's opening balances. */
export function openingsOf(head: SieHead): Openings {
	const closed = sumByAccount(head.closingBalances, -1);
	const results = sumByAccount(head.results, -1);
	const stored = sumByAccount(head.openingBalances, 0);
	const unbookedResult = [...results.values()].reduce((sum, amount) => sum + amount, 0);
	const carrier =
		unbookedResult === 0 ? undefined : RESULT_CARRIERS.find((account) => (stored.get(account) ?? 0) !== (closed.get(account) ?? 0));
	if (carrier !== undefined) closed.set(carrier, (closed.get(carrier) ?? 0) + unbookedResult);
	return { stored, ...(closed.size > 0 && { closed }), unbookedResult: carrier === undefined ? unbookedResult : 0 };
}

/** Where a result that was not booked is put when balances are carried over: companies, partnerships, sole traders. */
const RESULT_CARRIERS = ['2099', '2098', '2069', '2019', '2091', '2010'];

/** The accounts whose stored opening balance is not what they closed with, by number. None where the close is not known. */
export function openingDifferences({ stored, closed }: Openings): OpeningDifference[] {
	if (closed === undefined) return [];
	return [...new Set([...stored.keys(), ...closed.keys()])]
		.map((account) => ({ account, stored: stored.get(account) ?? 0, closed: closed.get(account) ?? 0 }))
		.filter((difference) => difference.stored !== difference.closed)
		.sort((one, other) => Number(one.account) - Number(other.account));
}

/**
 * What financial years open with if each takes over what the year before it closes with now. A year that opens otherwise
 * than its file says closes otherwise as well, and the year after it opens with that.
 *
 * @param years oldest first, without a gap; one whose year before is not known opens with what is stored
 * @returns by account, in öre, debit positive, a map per year
 */
export function computedOpenings(years: readonly Openings[]): Array<Map<string, Ore>> {
	let change = new Map<string, Ore>();
	return years.map(({ stored, closed }) => {
		const opening = new Map(closed ?? stored);
		if (closed !== undefined) for (const [account, by] of change) opening.set(account, (opening.get(account) ?? 0) + by);
		change = new Map(
			[...new Set([...stored.keys(), ...opening.keys()])].map((account) => [
				account,
				(opening.get(account) ?? 0) - (stored.get(account) ?? 0),
			]),
		);
		return opening;
	});
}

/**
 * The part of the year before's unbooked result that opening balances lack: all of it where they come nearer to 0 with
 * it than without. In öre, debit positive.
 */
export function uncarriedResult(opening: ReadonlyMap<string, Ore>, { unbookedResult }: Openings): Ore {
	let sum = 0;
	for (const amount of opening.values()) sum += amount;
	return Math.abs(sum + unbookedResult) < Math.abs(sum) ? unbookedResult : 0;
}

function sumByAccount(balances: readonly SieBalance[], ofYear: number): Map<string, Ore> {
	const sums = new Map<string, Ore>();
	for (const { year, account, amount } of balances) {
		if (year === ofYear) sums.set(account, (sums.get(account) ?? 0) + amount);
	}
	return sums;
}
