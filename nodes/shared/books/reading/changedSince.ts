import { stockholmMinute } from '../../ledger/dates';

const HOUR_MS = 60 * 60_000;

/**
 * The value of `lastmodified` that misses nothing that changed at or after an instant. Fortnox reads it as Stockholm
 * time by the minute; in the hour that the clocks repeat in autumn a wall clock time names two instants, so the
 * earlier one is asked for.
 */
export function changedSince(instant: Date): string {
	const hoursAround = (hours: number): Date => new Date(instant.getTime() + hours * HOUR_MS);
	const written = stockholmMinute(instant);
	if (stockholmMinute(hoursAround(1)) === written) return stockholmMinute(hoursAround(-1));
	if (stockholmMinute(hoursAround(-1)) === written) return stockholmMinute(hoursAround(-2));
	return written;
}
