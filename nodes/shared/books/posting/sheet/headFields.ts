import { readDate } from '../../../ledger/dates';
import { LedgerError } from '../../../ledger/problems';
import { isAbsent, plainText } from '../../../unified/readObject';
import { findInTurns, flatMapInTurns, giveWay } from '../../../turns';
import { ownValue, shown, unheeded, type RowOfEntry } from './head';

/** Fields of an entry's head that change what is booked, by the label of the form's field. A row does not fill them. */
const BOOKED = {
	accrual_account: 'Accrual Account',
	balancing_account: 'Balancing Account',
	financial_counterpart_account: 'Financial Counterpart Account',
	reverse_on: 'Reverse On',
} as const;
const ONLY_FINANCIAL = 'financial_counterpart_account';

/** Fields of the head that are only read in the form, and what they are called there. */
const TEXTS = { comments: 'Comments', reference: 'Reference' } as const;
/** Fields of a body for which Fortnox has no place, or the node another: see the hints of a body in JSON. */
const NOT_KEPT = ['due_date', 'pdf', 'pdf_name'];

/**
 * Fields of the head in rows, which are read in the form only.
 *
 * @throws {LedgerError} that names the first that the form does not say too
 */
export function refuseHeadFields({ item, row, form }: RowOfEntry): void {
	const isFromBank = !isAbsent(form[ONLY_FINANCIAL]);
	for (const [field, label] of Object.entries(BOOKED)) {
		const own = plainText(ownValue(row, field));
		if (own === '' || dayOf(own) === dayOf(plainText(form[field]))) continue;
		const isOfKind = (field === ONLY_FINANCIAL) === isFromBank;
		const taken = plainText(form[field]);
		const is = taken === '' ? 'is empty' : `says ${taken}`;
		const kind = isFromBank ? 'financial' : 'journal';
		throw unheeded(item, field, {
			own,
			column: field,
			but: isOfKind ? `the node's field ${label} ${is}` : `a ${kind} entry has no such field`,
		});
	}
	const period = isFromBank ? ['start_date', 'end_date'].find((field) => !isAbsent(ownValue(row, field))) : undefined;
	if (period === undefined) return;
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: period,
		message: `${period}: item ${item} has one, and money that went through a bank account is not spread. Take the field out of the items, and spread the line with Journal Entry > Spread.`,
	});
}

/** Whether a column has an error or a hint of its own, so that the list of those that were not read leaves it out. */
export function isToldOfItself(column: string): boolean {
	return [...Object.keys(BOOKED), ...Object.keys(TEXTS), ...NOT_KEPT, 'posted', 'tenant_id'].includes(column);
}

function dayOf(written: string): string {
	return readDate(written).value ?? written;
}

/** What to tell of fields of the head in rows that are not kept, by the field. */
export async function tellOfHeadFields(rows: readonly RowOfEntry[]): Promise<Map<string, string>> {
	const hints = new Map<string, string>();
	for (const { item, row, form } of rows) {
		await giveWay();
		for (const [field, label] of Object.entries(TEXTS)) {
			const own = plainText(ownValue(row, field));
			if (own === '' || own === plainText(form[field]) || hints.has(field)) continue;
			hints.set(
				field,
				`${field}: item ${item} has a field '${field}', which was not read. If it is the entry's, set ${label} to ${shown(field)}.`,
			);
		}
		for (const field of NOT_KEPT) {
			if (!isAbsent(ownValue(row, field))) hints.set(field, `${field}: the items have a field '${field}', which was not read.`);
		}
		if (ownValue(row, 'posted') === false) hints.set('posted', 'posted: Fortnox books every voucher at once; drafts do not exist.');
	}
	return hints;
}

/**
 * Vouchers of several series may have the same number.
 *
 * @throws {LedgerError} where the rows of a group name several series
 */
export async function refuseSeveralSeries(group: string, rows: readonly RowOfEntry[]): Promise<void> {
	if (group === '') return;
	const named = await flatMapInTurns(rows, ({ item, row, columnOf }) => {
		const series = plainText(ownValue(row, 'journal_id'));
		return series === '' ? [] : [{ item, series, column: columnOf('journal_id') }];
	});
	const [first] = named;
	const other = await findInTurns(named, ({ series }) => series.toUpperCase() !== first?.series.toUpperCase());
	if (first === undefined || other === undefined) return;
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'journal_id',
		message: `journal_id: the items of the group '${group}' are of several series: item ${first.item} has '${first.series}' in its column '${first.column}', item ${other.item} has '${other.series}'. Group by a field that has series and number, such as A1 and B1.`,
	});
}
