import type { Problem } from './problems';

/* What a file, a text or an item from outside may make this process do. */

/** Rows of one entry. Fortnox answers with the whole voucher: of many more rows, that answer is larger than is read. */
export const MOST_ROWS = 10_000;

/** Levels of an input item's JSON, and of JSON in a field: what is deeper overflows the stack where it is written out. */
export const MOST_DEPTH = 100;

/** Characters of JSON in a field: 10,000 rows of 400. */
export const LONGEST_JSON = 4 * 1024 * 1024;

/** Values in the JSON of a field: 10,000 rows of 29 columns. It is parsed in one piece, this in some 30 ms. */
export const MOST_FIELD_VALUES = 300_000;

/** A SIE file to import: 100,000 vouchers of 300 bytes, which take 5.5 hours to post at Fortnox's 5 requests a second. Bytes. */
export const MOST_SIE_BYTES = 32 * 1024 * 1024;

/** No program writes SIE lines like this; something that is not text does. Bytes. */
export const LONGEST_SIE_LINE = 1 << 20;

/** Fields hold texts and numbers; Fortnox's longest text has 1,000 characters. Bytes. */
export const LONGEST_SIE_FIELD = 8 * 1024;

/** Warnings, unknown labels and financial years of a file that are kept; nobody reads more. */
export const MOST_SIE_WARNINGS = 1000;
export const MOST_SIE_LABELS = 1000;
export const MOST_SIE_YEARS = 100;

/** Names of dimensions and objects in a file's head, some ten times as many as a large company has projects. */
export const MOST_SIE_NAMES = 100_000;

/** Far more objects than there are dimensions; it bounds the work that a damaged SIE line can cause. */
export const MOST_SIE_OBJECTS = 100;

/** Characters of a voucher's comments that are looked through for marks. Fortnox accepts 1,000; entities make them longer. */
export const LONGEST_COMMENTS = 8000;

/** Entries that are named for a row of a statement which may stand for any of them; nobody picks from more. */
export const MOST_CANDIDATES = 20;

export function tooManyRows(field: string, rows: number): Problem {
	return {
		code: 'ERROR_DATA_VALIDATION',
		field,
		message: `${field}: the entry has ${rows} rows, and at most ${MOST_ROWS} are posted in one. Divide it into several entries that balance each.`,
	};
}
