import { readDate, type IsoDate } from '../../ledger/dates';
import type { Findings } from '../../unified/readObject';

/** Reads the days, both included, between which something is asked for; each may be left out. */
export function readDateRange(findings: Findings, dateFrom: unknown, dateTo: unknown): { from?: IsoDate; to?: IsoDate } {
	const from = findings.optional(dateFrom, readDate, 'dateFrom');
	const to = findings.optional(dateTo, readDate, 'dateTo');
	if (from !== undefined && to !== undefined && from > to) {
		findings.add('ERROR_DATA_VALIDATION', 'dateTo', `dateTo: ${to} lies before dateFrom (${from}). Swap them.`);
	}
	return { from, to };
}
