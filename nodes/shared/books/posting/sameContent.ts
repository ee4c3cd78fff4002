import type { Run } from '../../n8n/run';
import { filterInTurns, giveWay } from '../../turns';
import { idOf } from '../marks/ledgerMarks';
import { markIndexOf } from '../marks/markIndex';
import { isDone, type Done, type Slip } from './slip';

/**
 * Names what an earlier execution posted without a number and with the same content: a second click on *Execute step* books an
 * entry once more, and looks like the first. The marks are known by now, so it asks Fortnox nothing. An entry whose date was
 * left empty has the same content on any day, and is not compared.
 */
export async function tellOfSameContent(run: Run, slips: readonly Slip[]): Promise<void> {
	const done = await filterInTurns(slips, isDone);
	const own = new Set<string>();
	for (const { state } of done) {
		const { series, number = 0 } = state.posted.inLedger;
		own.add(idOf({ series, number, year: state.year.Id }));
		await giveWay();
	}
	let alike = 0;
	let first: { there: string; state: Done } | undefined;
	for (const { state } of done) {
		await giveWay();
		const there = state.posted.alreadyPosted ? undefined : standingWithContent(run, state, own);
		if (there === undefined) continue;
		first ??= { there, state };
		alike++;
	}
	if (first === undefined) return;
	const { there, state } = first;
	const { series, number, dryRun } = { ...state.posted.inLedger, dryRun: state.posted.dryRun };
	const more = alike === 1 ? '' : ` So it is with ${alike - 1} more.`;
	const same = `${there} has the same day, amounts and texts, and no number either.`;
	run.hint(
		dryRun
			? `${same} Without Validate Only the entry would be booked once more.${more}`
			: `${series} ${number ?? ''} was posted; ${same} If both are one entry, reverse one with Journal Entry > Reverse.${more}`,
		state.entry.items[0],
	);
}

/** A voucher of another run, not reversed, as people call it. */
function standingWithContent(run: Run, { entry, year, mark }: Done, own: ReadonlySet<string>): string | undefined {
	if (mark.place === undefined || entry.dateDefaulted === true) return undefined;
	const index = markIndexOf(run.fortnox.tenantKey, year.Id);
	const other = index.withContent(mark.digest).find((one) => !own.has(idOf(one)) && index.reversalsOf(idOf(one)).length === 0);
	return other && `${other.series} ${other.number}`;
}
