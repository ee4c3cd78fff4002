import { pause, systemClock } from '../../fortnox/clock';
import type { Run } from '../../n8n/run';
import type { MarkedVoucher, Wanted } from '../marks/knownMarks';
import type { MarkIndex } from '../marks/markIndex';

const FIRST_LOOK_MS = 500;

/** What is looked for, where, and for how long. */
export interface Search {
	index: MarkIndex;
	/** The voucher series that it was posted to, where that is known. */
	series: string | undefined;
	wanted: Wanted;
	/** Tells what is looked for from others with the same key. */
	isIt: (found: MarkedVoucher) => boolean;
	/** In ms, counted from now. */
	timeoutMs: number;
}

/**
 * Looks for an entry whose posting got no clear answer, at rising intervals until the time is over.
 *
 * @returns the voucher, or undefined where it has not shown up: it may still come
 */
export async function lookFor(run: Run, search: Search): Promise<MarkedVoucher | undefined> {
	return await atRisingIntervals(run, search.timeoutMs, async (last) => await look(run, search, last));
}

/** Looks again and again until something is found, the time (ms) is over or the execution is stopped. */
export async function atRisingIntervals<T>(
	{ signal }: Run,
	timeoutMs: number,
	look: (last: boolean) => Promise<T | undefined>,
): Promise<T | undefined> {
	const end = performance.now() + timeoutMs;
	for (let wait = FIRST_LOOK_MS; ; wait *= 2) {
		const left = end - performance.now();
		if (!(await pause(systemClock, Math.min(wait, left), signal))) return undefined;
		const last = left <= wait;
		const found = await look(last);
		if (found !== undefined || last) return found;
	}
}

/** One look. A look that itself fails (the network is the reason for looking) finds nothing. */
async function look(run: Run, { index, series, wanted, isIt }: Search, thorough: boolean): Promise<MarkedVoucher | undefined> {
	const seen = (): MarkedVoucher | undefined => index.withKey(wanted.key).find(isIt);
	try {
		await index.advance(run.fortnox);
		await index.readHidden(run.fortnox, [wanted]);
		if (thorough && series !== undefined && seen() === undefined) await index.readNewest(run.fortnox, series);
	} catch {
		return undefined;
	}
	return seen();
}
