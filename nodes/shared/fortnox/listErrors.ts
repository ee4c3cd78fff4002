import { FortnoxError } from './errors';

/** A list whose pages never fitted together. Nothing was written. */
export function keptChanging(name: string, readings: number): FortnoxError {
	return new FortnoxError({
		explanation: `Fortnox’s list "${name}" changed each of the ${readings} times that it was read, so an entry may be missing from it. Try again when fewer entries are being booked.`,
		outcome: 'refused',
	});
}

/** An entry that the voucher list shows, twice, and that is not there when it is asked for by itself. Nothing was written. */
export function contradictsList(id: string): FortnoxError {
	return new FortnoxError({
		explanation: `Fortnox’s voucher list shows ${id}, and asked twice for ${id} alone, Fortnox answered that there is no such entry, so that it would be missing from what was read. Run again in a few minutes; if this comes back, check any proxy or cache on the way to Fortnox.`,
		outcome: 'refused',
	});
}
