import { computedOpenings, openingDifferences, openingsOf, type Openings } from '../../ledger/openings';
import type { Ore } from '../../ledger/money';
import type { SieHead } from '../../ledger/sie';
import { collectionParameter } from '../../n8n/parameters';
import type { Run } from '../../n8n/run';
import { openingsNote } from './openingsNote';

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
	const openings: Openings[] = [];
	for (const head of heads) {
		const ofYear = openingsOf(head);
		openings.push(ofYear);
		const year = head.years.find(({ index }) => index === 0) ?? { from: '', to: '' };
		const note = openingsNote(
			year,
			openingDifferences(ofYear).filter(({ account }) => isWanted(account)),
			taken,
		);
		if (note !== undefined) run.hint(note.en);
	}
	return taken === 'stored' ? openings.map(({ stored }) => stored) : computedOpenings(openings);
}
