import type { IsoDate } from '../../ledger/dates';
import type { Days } from '../../ledger/reports/years';
import { LOOK_AGAIN, noneGiven } from '../../n8n/emptyDate';
import type { Run } from '../../n8n/run';

/** Says which days were read where the fields for the first or the last of them were left empty. */
export function tellOfEmptyDays(run: Run, { from, to }: { from?: IsoDate; to?: IsoDate }, read: Days): void {
	if (from === undefined && to === undefined) {
		run.hint(`No dates were given, so the current financial year was read (${read.from} to ${read.to}). ${LOOK_AGAIN}`);
	} else if (from === undefined) {
		run.hint(noneGiven('dateFrom', `the first day of the financial year of Date To, ${read.from}`));
	} else if (to === undefined) {
		run.hint(noneGiven('dateTo', `the last day of the financial year of Date From, ${read.to}`));
	}
}
