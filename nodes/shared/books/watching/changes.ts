import type { IDataObject } from 'n8n-workflow';
import { changedSince } from '../reading/changedSince';
import { stockholmMinute } from '../../ledger/dates';
import { Numbers, type Key } from './numbers';

const MINUTE_MS = 60_000;

/** How far a look reaches behind the last one: Fortnox's lists may show a change late. */
const OVERLAP_MS = 10 * MINUTE_MS;

/** Fortnox's clock is known to a second or two, so no minute is taken to have begun or ended before this has passed. */
const CLOCK_MARGIN_MS = 10_000;

/** A list of Fortnox's that can be asked for what changed. */
export interface ChangingList<T> {
	/** What changed at or after `YYYY-MM-DD HH:MM`. */
	since(lastModified: string): Promise<T[]>;
	keyOf: (item: T) => Key;
	/** Fortnox's clock. */
	serverTime(): Date;
}

/** How far the changes of a list are reported. All instants are the beginnings of minutes, in ms. */
export interface ChangeCursor {
	/** Nothing before this instant is reported. */
	from: number;
	/** Changes before this instant are reported. */
	upTo: number;
	/** What of the overlap is reported. */
	reported: Numbers;
}

/**
 * A cursor that stands at now: what changed until now is not reported. A thing that changed within the present minute
 * both before and after now looks like one that changed before, and is not reported; in the hour that autumn
 * repeats this goes for the whole of it.
 */
export async function startCursor<T>(list: ChangingList<T>): Promise<ChangeCursor> {
	const now = list.serverTime().getTime();
	const from = startOfMinute(now - CLOCK_MARGIN_MS);
	let upTo = startOfMinute(now + CLOCK_MARGIN_MS) + MINUTE_MS;
	while (isRepeated(upTo)) upTo += MINUTE_MS;
	const seen = await list.since(changedSince(new Date(from)));
	return { from, upTo, reported: new Numbers(seen.map(list.keyOf)) };
}

/** What a look asks for: from the last look on, and some time before it, but nothing from before the start. */
export function overlapSince({ from, upTo }: Pick<ChangeCursor, 'from' | 'upTo'>): string {
	const start = changedSince(new Date(from));
	const overlap = changedSince(new Date(upTo - OVERLAP_MS));
	return overlap > start ? overlap : start;
}

/**
 * What changed since the cursor, each thing once.
 *
 * Fortnox tells changes by the minute and does not say in which minute a listed thing changed. So a change is reported
 * when its minute is over: asked from the cursor's minute on, less what is listed from the present minute on. A thing
 * that changes again and again is reported when it rests. One request where nothing changed, at most three.
 *
 * While the clocks repeat an hour in autumn a minute names two instants; what changes then is reported after it.
 */
export async function readChanges<T>(list: ChangingList<T>, cursor: ChangeCursor): Promise<{ changed: T[]; cursor: ChangeCursor }> {
	const isReported = (item: T): boolean => cursor.reported.has(list.keyOf(item));
	const listed = await list.since(overlapSince(cursor));
	const upTo = startOfMinute(list.serverTime().getTime() - CLOCK_MARGIN_MS);
	if (upTo <= cursor.upTo || isRepeated(upTo)) return { changed: [], cursor };

	const known = listed.filter(isReported);
	const changedAgain = known.length === 0 ? [] : (await list.since(changedSince(new Date(cursor.upTo)))).filter(isReported);
	const candidates = [...listed.filter((item) => !isReported(item)), ...changedAgain];
	const open = new Numbers(candidates.length === 0 ? [] : (await list.since(changedSince(new Date(upTo)))).map(list.keyOf));
	const changed = candidates.filter((item) => !open.has(list.keyOf(item)));
	return { changed, cursor: { from: cursor.from, upTo, reported: new Numbers([...known, ...changed].map(list.keyOf)) } };
}

export function cursorToStored({ from, upTo, reported }: ChangeCursor): IDataObject {
	return { from, upTo, reported: reported.toStored() };
}

export function cursorFromStored({ from, upTo, reported }: Record<string, unknown>): ChangeCursor {
	return { from: Number(from), upTo: Number(upTo), reported: Numbers.fromStored(reported) };
}

function startOfMinute(instant: number): number {
	return Math.floor(instant / MINUTE_MS) * MINUTE_MS;
}

function isRepeated(instant: number): boolean {
	const date = new Date(instant);
	return changedSince(date) !== stockholmMinute(date);
}
