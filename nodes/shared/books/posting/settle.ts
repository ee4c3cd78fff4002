import { pause, systemClock } from '../../fortnox/clock';
import type { Run } from '../../n8n/run';
import type { MarkedVoucher, MarkIndex, Wanted } from './markIndex';

const FIRST_LOOK_MS = 500;

/**
 * Looks for an entry whose posting got no clear answer, at rising intervals until the time is over.
 *
 * @param series the voucher series that it was posted to, where that is known
 * @param timeoutMs how long to look, in ms, counted from now
 * @returns the voucher, or undefined where it has not shown up: it may still come
 */
export async function lookFor(
	run: Run,
	index: MarkIndex,
	series: string | undefined,
	wanted: Wanted,
	timeoutMs: number,
): Promise<MarkedVoucher | undefined> {
	const end = performance.now() + timeoutMs;
	for (let wait = FIRST_LOOK_MS; ; wait *= 2) {
		const left = end - performance.now();
		if (!(await pause(systemClock, Math.min(wait, left), run.signal))) return undefined;
		const last = left <= wait;
		const found = await look(run, index, series, wanted, last);
		if (found !== undefined || last) return found;
	}
}

/** One look. A look that itself fails (the network is the reason for looking) finds nothing. */
async function look(
	run: Run,
	index: MarkIndex,
	series: string | undefined,
	wanted: Wanted,
	thorough: boolean,
): Promise<MarkedVoucher | undefined> {
	try {
		await index.advance(run.fortnox);
		await index.readHidden(run.fortnox, [wanted]);
		if (thorough && series !== undefined && index.withKey(wanted.key).length === 0) await index.readNewest(run.fortnox, series);
	} catch {
		return undefined;
	}
	return index.withKey(wanted.key)[0];
}
