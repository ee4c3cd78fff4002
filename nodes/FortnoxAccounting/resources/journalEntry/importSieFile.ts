import type { FortnoxCompanyInformation } from '../../../shared/fortnox/wire';
import { unlessNotAllowed } from '../../../shared/fortnox/tolerate';
import { MOST_ROWS, MOST_SIE_BYTES } from '../../../shared/ledger/bounds';
import { LedgerError, type Problem } from '../../../shared/ledger/problems';
import {
	hasBalances,
	isNumbered,
	organisationDigits,
	parseSieInSteps,
	VOUCHER_NUMBERS,
	type SieFile,
	type SieRow,
	type VoucherNumbers,
} from '../../../shared/ledger/sie';
import { collectionParameter, parameter } from '../../../shared/n8n/parameters';
import { readBinary } from '../../../shared/n8n/files';
import { readEntryOptions, type EntryOptions } from '../../../shared/books/posting/options';
import type { RefusedEntry } from '../../../shared/books/posting/types';
import { DIMENSIONS } from '../../../shared/books/reading/yearFile';
import type { Run } from '../../../shared/n8n/run';
import { append } from '../../../shared/lists';
import { giveWay, inTurns } from '../../../shared/turns';

export interface SieImportOptions extends EntryOptions {
	acceptOtherCompany: boolean;
	acceptOtherCurrency: boolean;
	acceptOtherType: boolean;
	createMissingAccounts: boolean;
	createMissingCostCenters: boolean;
	createMissingJournals: boolean;
	createMissingProjects: boolean;
	/** Whether rows with a day of their own in another month are booked on the voucher's day. */
	rowDates: 'refuse' | 'voucherDate';
	voucherNumbers: VoucherNumbers;
}

/** A SIE file that may be imported, and the input item that it came with. */
export interface ReadFile {
	item: number;
	file: SieFile;
	options: SieImportOptions;
	/** Organisation number of the company, where the credential may read it. */
	ownNumber?: string | null;
}

/** @throws {LedgerError} where an option of the item can't be read */
function readImportOptions(run: Run, item: number): SieImportOptions {
	const options = collectionParameter(run, 'options', item);
	return {
		...readEntryOptions(run, item),
		acceptOtherCompany: options.acceptOtherCompany === true,
		acceptOtherCurrency: options.acceptOtherCurrency === true,
		acceptOtherType: options.acceptOtherType === true,
		createMissingAccounts: options.createMissingAccounts === true,
		createMissingCostCenters: options.createMissingCostCenters === true,
		createMissingJournals: options.createMissingJournals === true,
		createMissingProjects: options.createMissingProjects === true,
		rowDates: options.rowDates === 'voucherDate' ? 'voucherDate' : 'refuse',
		voucherNumbers: VOUCHER_NUMBERS.find((numbers) => numbers === options.voucherNumbers) ?? 'asNumbered',
	};
}

/** How many lines of a file a hint names. */
const LINES_NAMED = 5;

/**
 * Reads the SIE files of a run's items, each when it is asked for. A file that can't be read, or that is not meant for this
 * company's ledger, is one error for its item.
 */
export async function* readSieFiles(run: Run): AsyncGenerator<ReadFile | RefusedEntry> {
	const company = await unlessNotAllowed(run.fortnox.company(), () =>
		run.hint(
			'The credential is not allowed to read the company (scope companyinformation), so the organisation numbers of the files were not compared with its own.',
		),
	);
	for (const item of run.items.keys()) {
		try {
			const options = readImportOptions(run, item);
			const file = await readFile(run, item);
			const problems = problemsOf(file, company, options);
			if (problems.length > 0) throw new LedgerError(problems);
			for (const hint of await hintsOf(file, company)) run.hint(hint);
			yield { item, file, options, ...(company && { ownNumber: company.OrganizationNumber }) };
		} catch (error) {
			yield { items: [item], error };
		}
	}
}

/** Vouchers that don't balance and types that have no vouchers are refused later, where the user can have a say. */
async function readFile(run: Run, item: number): Promise<SieFile> {
	const { content } = await readBinary(run, item, parameter(run, 'binaryPropertyName', item), MOST_SIE_BYTES);
	return await inTurns(parseSieInSteps(content, { allowUnbalanced: true, allowAnyType: true }));
}

/** How programs name the currency of Swedish books. */
const KRONOR = /^\s{0,9}(?:sek|kr|kronor|svenska kronor)\.?\s{0,9}$/i;

function problemsOf(file: SieFile, company: FortnoxCompanyInformation | undefined, options: SieImportOptions): Problem[] {
	const problems: Problem[] = [];
	const refuse = (message: string): void => {
		problems.push({ code: 'ERROR_DATA_VALIDATION', field: 'binaryPropertyName', message: `binaryPropertyName: ${message}` });
	};
	const { organisationNumber, name } = file.company;
	const own = organisationDigits(company?.OrganizationNumber);
	const isOwn = own !== '' && own === organisationDigits(organisationNumber);
	if (file.type !== 4 && !options.acceptOtherType) {
		refuse(
			`the file is of SIE type ${file.type}, which has no vouchers. Export type 4 (4I), or turn on 'Accept Other SIE Type' if the file only says so.`,
		);
	}
	if (own !== '' && organisationNumber !== undefined && !isOwn && !options.acceptOtherCompany) {
		refuse(
			`the file belongs to ${name ?? 'a company'} (${organisationNumber}), and the credential to ${company?.CompanyName ?? ''} (${company?.OrganizationNumber ?? ''}). Take the right file or credential, or turn on 'Accept Other Company'.`,
		);
	}
	if (!KRONOR.test(file.currency ?? 'SEK') && !options.acceptOtherCurrency) {
		refuse(
			`the amounts of the file are in ${file.currency ?? ''}, and Fortnox keeps its books in SEK. Export the file in SEK, or turn on 'Accept Other Currency' if they are SEK all the same.`,
		);
	}
	if (isOwn && hasBalances(file) && file.program?.name.trim().toLowerCase() === 'fortnox') {
		refuse(
			'the file is this company’s own ledger as Fortnox exported it. Its vouchers are there already and carry no mark, so importing it would book every one of them twice.',
		);
	}
	return problems;
}

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
async function hintsOf(file: SieFile, company: FortnoxCompanyInformation | undefined): Promise<string[]> {
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
	const zero: SieRow[] = [];
	const used = new Set<number>();
	let areNumbered = true;
	for (const voucher of vouchers) {
		const { rows } = voucher;
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
	if (zero.length > 0) hints.push(`Rows of 0.00 were left out (${linesOf(zero)}).`);
	const unmapped = unmappedDimensions(file, used);
	if (unmapped.length > 0) {
		hints.push(`Fortnox has cost centers and projects only; what the rows say of other dimensions was left out: ${unmapped.join(', ')}.`);
	}
	append(
		hints,
		file.warnings.slice(0, WARNINGS_TOLD).map(({ line, message }) => `Line ${line} of the SIE file: ${message}`),
	);
	if (file.warnings.length > WARNINGS_TOLD) hints.push(`The SIE file has ${file.warnings.length - WARNINGS_TOLD} more lines of this kind.`);
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

/** `line 5`, or `lines 5, 7 and 3 more`. */
export function linesOf(places: ReadonlyArray<{ line: number }>): string {
	const named = places
		.slice(0, LINES_NAMED)
		.map(({ line }) => line)
		.join(', ');
	const more = places.length > LINES_NAMED ? ` and ${places.length - LINES_NAMED} more` : '';
	return `line${places.length > 1 ? 's' : ''} ${named}${more}`;
}
