import type { FortnoxCompanyInformation } from '../../../shared/fortnox/wire';
import { DIMENSIONS } from '../../../shared/books/reading/yearFile';
import { MOST_ROWS } from '../../../shared/ledger/bounds';
import { hasBalances, isNumbered, type SieFile, type SieRow, type SieVoucher } from '../../../shared/ledger/sie';
import { append } from '../../../shared/lists';
import { giveWay } from '../../../shared/turns';

/** What says of a company's name how the company is organised. */
const FORMS_OF_COMPANY = /\b(?:aktiebolag|ab|publ|handelsbolag|hb|kommanditbolag|kb|enskild firma|ef|ekonomisk förening)\b/gu;

/** Whether two names can't be one company's: programs shorten them, and leave out what kind of company it is. */
function isOtherName(name: string | undefined, own: string): boolean {
	const [one, other] = [name ?? '', own].map((written) =>
		written
			.slice(0, LONGEST_NAME)
			.toLowerCase()
			.replace(FORMS_OF_COMPANY, '')
			.normalize('NFD')
			.replace(/[^\p{L}\d]/gu, ''),
	);
	if (one === undefined || other === undefined || one === '' || other === '') return false;
	return !one.includes(other) && !other.includes(one);
}

const LONGEST_NAME = 200;

/** Messages name at most this number of them, and count the rest. */
const WARNINGS_TOLD = 20;

/** What a person should know of a file, the weightiest first. */
export async function hintsOf(file: SieFile, company: FortnoxCompanyInformation | undefined): Promise<string[]> {
	const hints = [...hintsOfFile(file, company), ...(await hintsOfRows(file))];
	append(
		hints,
		file.warnings.slice(0, WARNINGS_TOLD).map(({ line, message }) => `Line ${line} of the SIE file: ${message}`),
	);
	if (file.warnings.length > WARNINGS_TOLD) hints.push(`The SIE file has ${file.warnings.length - WARNINGS_TOLD} more lines of this kind.`);
	return hints;
}

function hintsOfFile(file: SieFile, company: FortnoxCompanyInformation | undefined): string[] {
	const hints: string[] = [];
	const { vouchers } = file;
	if (hasBalances(file)) {
		hints.push(
			`The SIE file has balances (4E): it is a whole ledger with ${vouchers.length} vouchers, not the vouchers of a system beside it. All of them are imported, its opening balances are not. Vouchers that came into Fortnox in another way will be there twice: look at a run with Validate Only first.`,
		);
	}
	if (vouchers.length === 0) hints.push('The SIE file has no vouchers.');
	if (file.imported) hints.push('The SIE file says that a program has imported it before (#FLAGGA 1).');
	const { organisationNumber, name } = file.company;
	if (organisationNumber === undefined && company !== undefined && isOtherName(name, company.CompanyName)) {
		hints.unshift(
			`The SIE file names no organisation number (#ORGNR), and its company is ${name ?? ''}, while the credential belongs to ${company.CompanyName}. Make sure that it is this company's file.`,
		);
	} else if (organisationNumber === undefined) {
		hints.push('The SIE file names no organisation number (#ORGNR), so it was not compared with that of the company.');
	}
	return hints;
}

async function hintsOfRows(file: SieFile): Promise<string[]> {
	const hints: string[] = [];
	const zero: SieRow[] = [];
	const outside: SieVoucher[] = [];
	const year = file.years.find(({ index }) => index === 0);
	const used = new Set<number>();
	let areNumbered = true;
	for (const voucher of file.vouchers) {
		const { rows, date } = voucher;
		if (year !== undefined && (date < year.from || date > year.to)) outside.push(voucher);
		areNumbered &&= isNumbered(voucher);
		// It is refused, and its rows would be looked at in one piece.
		if (rows.length > MOST_ROWS) continue;
		append(
			zero,
			rows.filter(({ amount }) => amount === 0),
		);
		for (const { objects } of rows) for (const { dimension } of objects) used.add(dimension);
		await giveWay();
	}
	if (!areNumbered) {
		hints.push(
			'Vouchers that the SIE file gives no number are recognised by their content: one that is changed in the file and imported again counts as a new one.',
		);
	}
	if (year !== undefined && outside.length > 0) {
		hints.unshift(
			`Vouchers are dated outside the financial year of the SIE file, ${year.from}–${year.to} (#RAR 0), as where it names the wrong year: ${linesOf(outside)}. Each is booked in the company's year of its date.`,
		);
	}
	if (zero.length > 0) hints.push(`Rows of 0.00 were left out (${linesOf(zero)}).`);
	const unmapped = unmappedDimensions(file, used);
	if (unmapped.length > 0) {
		hints.push(`Fortnox has cost centers and projects only; what the rows say of other dimensions was left out: ${unmapped.join(', ')}.`);
	}
	return hints;
}

function unmappedDimensions({ dimensions }: SieFile, used: ReadonlySet<number>): string[] {
	const mapped = Object.values(DIMENSIONS);
	const unmapped = [...used].filter((dimension) => !mapped.includes(dimension)).sort((one, other) => one - other);
	const named = unmapped
		.slice(0, WARNINGS_TOLD)
		.map((dimension) => `${dimension} ${dimensions.find(({ number }) => number === dimension)?.name ?? ''}`.trim());
	return unmapped.length > named.length ? [...named, `and ${unmapped.length - named.length} more`] : named;
}

/** How many lines of a file a hint names. */
const LINES_NAMED = 5;

/** `line 5`, or `lines 5, 7 and 3 more`. */
export function linesOf(places: ReadonlyArray<{ line: number }>): string {
	const named = places
		.slice(0, LINES_NAMED)
		.map(({ line }) => line)
		.join(', ');
	const more = places.length > LINES_NAMED ? ` and ${places.length - LINES_NAMED} more` : '';
	return `line${places.length > 1 ? 's' : ''} ${named}${more}`;
}
