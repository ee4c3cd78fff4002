import { openingDifferences, openingsOf } from '../../ledger/openings';
import type { Ore } from '../../ledger/money';
import type { SieHead } from '../../ledger/sie';
import { collectionParameter } from '../../n8n/parameters';
import type { Run } from '../../n8n/run';
import { openingsNote } from './openingsNote';

/** What a financial year opens with, by account, and how far that is from what Fortnox stores. In öre. */
interface YearOpenings {
	amounts: Map<string, Ore>;
	change: Map<string, Ore>;
}

/**
 * The opening balances of financial years that were read, by account, and a hint where those that Fortnox stores are not
 * what the year before closed with.
 *
 * @param heads of the years' SIE files, oldest first, without a gap
 * @param isWanted whether an account is one that was asked for
 * @returns one map per year, in öre
 */
export function accountOpenings(
	run: Run,
	item: number,
	heads: readonly SieHead[],
	isWanted: (account: string) => boolean,
): Array<Map<string, Ore>> {
	const taken = collectionParameter(run, 'options', item).openingBalances === 'computed' ? 'computed' : 'stored';
	const years: YearOpenings[] = [];
	for (const head of heads) {
		const openings = openingsOf(head);
		const year = head.years.find(({ index }) => index === 0) ?? { from: '', to: '' };
		const note = openingsNote(
			year,
			openingDifferences(openings).filter(({ account }) => isWanted(account)),
			taken,
		);
		if (note !== undefined) run.hint(note.en);
		const { stored, closed } = openings;
		years.push(taken === 'stored' || closed === undefined ? { amounts: stored, change: new Map() } : changed(stored, closed, years.at(-1)));
	}
	return years.map(({ amounts }) => amounts);
}

/** A year whose own opening was replaced closes differently too, so the change goes on into the year after it. */
function changed(stored: ReadonlyMap<string, Ore>, closed: ReadonlyMap<string, Ore>, before: YearOpenings | undefined): YearOpenings {
	const amounts = new Map(closed);
	for (const [account, by] of before?.change ?? []) amounts.set(account, (amounts.get(account) ?? 0) + by);
	const change = new Map(
		[...new Set([...stored.keys(), ...amounts.keys()])].map((account) => [
			account,
			(amounts.get(account) ?? 0) - (stored.get(account) ?? 0),
		]),
	);
	return { amounts, change };
}
