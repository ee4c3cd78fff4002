import { CsvError, parse } from 'csv-parse/sync';

/** A line of an entry as it stands in the file: values by column. */
export interface CsvRow {
	/** As a spreadsheet counts: the header is row 1, and empty rows count. */
	row: number;
	fields: Record<string, string>;
}

/** Something is wrong with the file: where and what, and what that left in the books. */
export class FileError extends Error {
	constructor(reasons: string, outcome = 'Nothing was posted.') {
		super(`${reasons}\n${outcome}`);
	}
}

const REQUIRED_COLUMNS = ['number', 'date', 'account', 'debit', 'credit'];
const DELIMITERS = [';', ',', '\t'];

/**
 * Reads a CSV file with a header, as spreadsheets save it: UTF-8 (with or without BOM) or Windows-1252; semicolons,
 * commas or tabs; quotes where needed. Looks at the form alone: amounts, dates and accounts are the node's business.
 *
 * @throws {FileError}
 */
export function readCsv(content: Uint8Array): CsvRow[] {
	const [header = [], ...records] = parseRecords(decode(content));
	if (isEmpty(header) && records.every(isEmpty)) throw new FileError('The file is empty.');
	const columns = header.map((name) => name.toLowerCase());
	const missing = REQUIRED_COLUMNS.filter((name) => !columns.includes(name));
	if (missing.length > 0) {
		throw new FileError(`Row 1: the header lacks ${missing.join(', ')}; it has ${columns.join(', ')}.`);
	}
	const repeated = columns.find((name, index) => columns.indexOf(name) !== index);
	if (repeated !== undefined) throw new FileError(`Row 1: the column "${repeated}" occurs twice.`);

	const rows = records.flatMap((record, index): CsvRow[] => {
		const row = index + 2;
		if (isEmpty(record)) return [];
		if (record.length !== columns.length) {
			throw new FileError(
				`Row ${row}: ${record.length} values under ${columns.length} columns. A value with the separator in it needs quotes.`,
			);
		}
		return [{ row, fields: Object.fromEntries(columns.map((name, column) => [name, record[column] ?? ''])) }];
	});
	if (rows.length === 0) throw new FileError('The file has a header and no rows.');
	return rows;
}

/** Excel saves "CSV" in the code page of Windows, in which bytes of åäö are no valid UTF-8. */
function decode(content: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(content);
	} catch {
		return new TextDecoder('windows-1252').decode(content);
	}
}

function parseRecords(text: string): string[][] {
	const [header = ''] = text.split('\n', 1);
	const occurrences = (delimiter: string): number => header.split(delimiter).length;
	const [delimiter] = DELIMITERS.toSorted((one, other) => occurrences(other) - occurrences(one));
	try {
		return parse(text, { delimiter, relax_column_count: true, trim: true });
	} catch (error) {
		if (error instanceof CsvError) throw new FileError(`This is no CSV file: ${error.message}.`);
		throw error;
	}
}

function isEmpty(record: string[]): boolean {
	return record.every((value) => value === '');
}
