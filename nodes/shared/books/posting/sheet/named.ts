import { readDate } from '../../../ledger/dates';
import { readAmount } from '../../../ledger/money';
import { LedgerError } from '../../../ledger/problems';
import { isAbsent, plainText } from '../../../unified/readObject';
import { mapInTurns } from '../../../turns';

type Row = Readonly<Record<string, unknown>>;

/** The columns that mean a field by their headings. They are several only where a column has the field's own name besides. */
export type Headings = ReadonlyMap<string, readonly string[]>;

/** What the node's form says of a field of a row's entry. */
export interface OfForm {
	/** Whether the form, or nothing, decides about the field, so that columns may say different things. */
	isDecided: (field: string, index: number) => boolean;
	/** Whether the form says what a column says. */
	isSaid: (field: string, index: number, own: string) => boolean;
}

/** A column that a field was read from by its heading. */
export interface ReadColumn {
	field: string;
	column: string;
	/** In other rows the column with the field's own name went before it. */
	isForRest: boolean;
}

/** Rows with the fields of lines. */
export interface NamedRows {
	rows: Row[];
	read: ReadColumn[];
	/** Columns that nothing was read from, because that with the field's own name says something else. */
	passedOver: string[];
}

/** The column of a row in which a field stands: that with its own name, if it has a value there, or one by its heading. */
export function columnIn(row: Row, field: string, headings: readonly string[]): string {
	const names = [field, ...headings];
	return names.find((name) => Object.hasOwn(row, name) && !isAbsent(row[name])) ?? headings[0] ?? field;
}

/**
 * Names the values of rows as the unified model does. Rows of two sources may call a field in two ways, and a node before
 * may add an empty field of the model's name beside a column; so each row chooses.
 *
 * @throws {LedgerError} where two headings of a row say different things, and neither the form nor the model's name decides
 */
export async function nameFields(given: readonly Row[], headings: Headings, form: OfForm): Promise<NamedRows> {
	const taken = new Map<string, string>();
	const passedOver = new Set<string>();
	const rows = await mapInTurns(given, (row, index) => {
		const values: Record<string, unknown> = {};
		for (const [field, columns] of headings) {
			const hasOwn = Object.hasOwn(row, field);
			// A column that the form takes up is the entry's, where the row has a field for its own value.
			const usable = columns.filter((name) => !hasOwn || !form.isSaid(field, index, plainText(row[name])));
			const column = columnIn(row, field, usable);
			if (column !== field && Object.hasOwn(row, column)) {
				values[field] = row[column];
				if (!hasOwn || !isAbsent(row[column])) taken.set(column, field);
			}
			for (const other of usable.filter((name) => isContradicted(row, field, column, name))) {
				// The model's own name was given on purpose, as by a node that computes it from the other column.
				if (column !== field && !form.isDecided(field, index)) throw contradiction(row, index, field, [column, other]);
				passedOver.add(other);
			}
		}
		return { ...row, ...values };
	});
	const read = [...taken].map(([column, field]): ReadColumn => ({ field, column, isForRest: passedOver.has(column) }));
	return { rows, read, passedOver: [...passedOver].filter((column) => !taken.has(column)) };
}

function isContradicted(row: Row, field: string, column: string, other: string): boolean {
	if (column === other || isAbsent(row[other])) return false;
	return comparable(field, row[column]) !== comparable(field, row[other]);
}

/** Fields whose values are amounts, which may be written in several ways. */
const OF_MONEY = ['amount', 'credit', 'debit', 'gross_amount', 'vat_in_gross'];
/** Codes in which small letters don't count. */
const CODES = ['currency', 'journal_id'];

function comparable(field: string, value: unknown): string {
	const text = plainText(value);
	if (field === 'date') return readDate(value).value ?? text;
	if (CODES.includes(field)) return text.toUpperCase();
	return OF_MONEY.includes(field) ? String(readAmount(value).value ?? text) : text;
}

function contradiction(row: Row, index: number, field: string, [column, other]: readonly [string, string]): LedgerError {
	const at = `lines[${index}].${field}`;
	return new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: at,
		message: `${at}: the row has '${plainText(row[column])}' in its column '${column}' and '${plainText(row[other])}' in '${other}', and both mean it. Correct one of them, or take the column that is not meant out of the items.`,
	});
}
