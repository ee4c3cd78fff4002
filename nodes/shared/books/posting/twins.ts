import type { Run } from '../../n8n/run';
import { markIndexOf } from '../marks/markIndex';
import { filterInTurns, flatMapInTurns, giveWay } from '../../turns';
import { isDone, type Slip } from './slip';

/**
 * Other processes can't be locked out: where one posted the same entry in the same moment, both vouchers are named.
 * Where the list does not even show what this run posted, it lags, and the newest numbers are read one by one.
 */
export async function lookForTwins(run: Run, slips: readonly Slip[]): Promise<void> {
	const posted = await flatMapInTurns(await filterInTurns(slips, isDone), ({ state }) =>
		state.posted.alreadyPosted || state.posted.dryRun ? [] : [state],
	);
	for (const id of new Set(posted.map(({ year }) => year.Id))) {
		const ofYear = posted.filter(({ year }) => year.Id === id);
		const index = markIndexOf(run.fortnox.tenantKey, id);
		try {
			await index.advance(run.fortnox);
			for (const series of new Set(ofYear.map((own) => own.posted.inLedger.series))) {
				const numbers = ofYear.map(({ posted: own }) => (own.inLedger.series === series ? (own.inLedger.number ?? 0) : 0));
				const newest = numbers.reduce((one, other) => Math.max(one, other), 0);
				if (index.highestOf(series) < newest) await index.readNewest(run.fortnox, series);
			}
		} catch {
			run.hint('The entries were posted, but the last look for doubles of other processes did not succeed.');
			continue;
		}
		for (const { mark, entry, posted: own } of ofYear) {
			await giveWay();
			own.twins = index
				.withKey(mark.key)
				.filter((other) => other.mark.generation === mark.generation && other.mark.digest === mark.digest)
				.filter(({ series, number }) => series !== own.inLedger.series || number !== own.inLedger.number);
			tellOfSamePlace(run, index.withPlace(mark.place ?? ''), { name: entry.name, key: mark.key });
		}
	}
}

/** An execution's id may come again, in a restored database or a fresh container; or n8n ran a crashed one once more. */
function tellOfSamePlace(
	run: Run,
	there: ReturnType<ReturnType<typeof markIndexOf>['withPlace']>,
	{ name, key }: { name: string; key: string },
): void {
	const [other] = there.filter(({ mark }) => mark.key !== key);
	if (other === undefined) return;
	run.hint(
		`${name} was posted; an execution with the same id had posted ${other.series} ${other.number} at the same place before. Where n8n ran a crashed execution once more, the two are the same entry: reverse one. Entries with a number of their own are never in doubt.`,
	);
}
