import type { Run } from '../../n8n/run';
import type { MarkedVoucher } from '../marks/knownMarks';
import { idOf, LedgerMarks, yearsFrom } from '../marks/ledgerMarks';
import { markIndexOf } from '../marks/markIndex';
import { filterInTurns, flatMapInTurns, giveWay } from '../../turns';
import { isDone, type Done, type Slip } from './slip';

/**
 * Other processes can't be locked out: where one posted the same entry in the same moment, or another under its number,
 * both vouchers are named. Where the list does not even show what this run posted, it lags, and the newest numbers are
 * read one by one.
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
		for (const one of ofYear) {
			await giveWay();
			await noteDoubles(run, one);
			tellOfSamePlace(run, index.withPlace(one.mark.place ?? ''), { name: one.entry.name, key: one.mark.key });
		}
	}
}

async function noteDoubles(run: Run, { entry, mark, year, posted }: Done): Promise<void> {
	const index = markIndexOf(run.fortnox.tenantKey, year.Id);
	const { series, number = 0 } = posted.inLedger;
	const own = idOf({ series, number, year: year.Id });
	const isTwin = (other: MarkedVoucher): boolean =>
		[mark.digest, entry.older?.digest].includes(other.mark.digest) && other.mark.reversedOn === mark.reversedOn;
	// What was there before this run, and was taken back, is of another generation.
	const ofKey = index.withKey(mark.key).filter((other) => other.mark.generation === mark.generation && idOf(other) !== own);
	posted.twins = ofKey.filter(isTwin).map(idOf);
	const ofOtherContent = ofKey.filter((other) => !isTwin(other)).map(idOf);
	posted.others = [...ofOtherContent, ...(await otherCorrections(run, { mark, year }))];
}

/** Corrections of the same entry under other numbers. */
async function otherCorrections(run: Run, { mark: { key, corrects }, year }: Pick<Done, 'mark' | 'year'>): Promise<string[]> {
	if (corrects === undefined) return [];
	const years = yearsFrom(await run.fortnox.financialYears(), year.Id);
	const marks = new LedgerMarks(years.map(({ Id }) => markIndexOf(run.fortnox.tenantKey, Id)));
	return marks
		.standingCorrections(corrects)
		.filter(({ mark }) => mark.key !== key)
		.map(idOf);
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
