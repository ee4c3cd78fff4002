import { readDate, readDateAsVersion1 } from '../ledger/dates';
import type { EntryDraft, ReadEntryOptions } from './entryDraft';
import { isOfVersion1 } from './identity';
import { readEntryInSteps } from './readEntry';
import { isAbsent, isObject } from './readObject';

/** The fields by which version 0.1 knew the columns of a row; other columns were not the entry's business. */
const COLUMNS = [
	'account_type',
	'account',
	'force_general_account',
	'prioritise_thirdparty_account',
	'description',
	'cost_center',
	'project',
	'analytic_distribution',
	'tax_code',
	'tax_info',
	'account_info',
];
const COLUMNS_OF: Record<ReadEntryOptions['kind'], readonly string[]> = {
	journal: [...COLUMNS, 'debit', 'credit'],
	financial: [...COLUMNS, 'amount', 'automated_matching_number'],
};

/** The input of an entry. */
export interface EntryInput {
	body: Record<string, unknown>;
	/** The body without what was taken from columns by their headings, where any was. */
	withoutHeadings?: Record<string, unknown>;
}

/**
 * Reads an entry's input as version 0.1 did. An entry that it posted under the same number is compared with this reading:
 * columns were known by the unified model's names only, and an instant was its day in Stockholm.
 *
 * In small steps.
 *
 * @param draft as it is read now
 * @returns undefined where 0.1 read the same, or could not have posted it
 */
export function* readAsVersion1(
	draft: EntryDraft,
	{ body, withoutHeadings }: EntryInput,
	options: ReadEntryOptions,
): Generator<undefined, EntryDraft | undefined> {
	if (!isOfVersion1(draft)) return undefined;
	const known = withoutHeadings && (yield* withColumnsOfVersion1(withoutHeadings, options.kind));
	const read = known === undefined ? draft : (yield* readEntryInSteps(known, options)).draft;
	if (read === undefined) return undefined;
	const date = read.dateDefaulted ? read.date : dayIn(readDateAsVersion1(body.date));
	return date === undefined || (withoutHeadings === undefined && date === dayIn(readDate(body.date))) ? undefined : { ...read, date };
}

function* withColumnsOfVersion1(
	body: Record<string, unknown>,
	kind: ReadEntryOptions['kind'],
): Generator<undefined, Record<string, unknown>> {
	const rows: unknown[] = Array.isArray(body.items) ? body.items : [];
	const items: Array<Record<string, unknown>> = [];
	for (const row of rows) {
		const columns = Object.entries(isObject(row) ? row : {});
		items.push(Object.fromEntries(columns.filter(([column, value]) => COLUMNS_OF[kind].includes(column) && !isAbsent(value))));
		yield;
	}
	return { ...body, items };
}

function dayIn(reading: ReturnType<typeof readDate>): string | undefined {
	return reading.value;
}
