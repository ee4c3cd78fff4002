import type { FortnoxCompanyInformation } from '../../../shared/fortnox/wire';
import { unlessNotAllowed } from '../../../shared/fortnox/tolerate';
import { MOST_SIE_BYTES } from '../../../shared/ledger/bounds';
import { organisationDigits } from '../../../shared/ledger/organisationNumber';
import { LedgerError, type Problem } from '../../../shared/ledger/problems';
import { hasBalances, parseSieInSteps, VOUCHER_NUMBERS, type SieFile, type VoucherNumbers } from '../../../shared/ledger/sie';
import { collectionParameter, parameter } from '../../../shared/n8n/parameters';
import { readBinary } from '../../../shared/n8n/files';
import { readEntryOptions, type EntryOptions } from '../../../shared/books/posting/options';
import type { RefusedEntry } from '../../../shared/books/posting/types';
import type { Run } from '../../../shared/n8n/run';
import { inTurns } from '../../../shared/turns';
import { hintsOf } from './importSieHints';

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
	const other = numberOfOther(file, company);
	if (file.type !== 4 && !options.acceptOtherType) {
		refuse(
			`the file is of SIE type ${file.type}, which has no vouchers. Export type 4 (4I), or turn on 'Accept Other SIE Type' if the file only says so.`,
		);
	}
	if (other !== undefined && !options.acceptOtherCompany) {
		refuse(
			`the file belongs to ${file.company.name ?? 'a company'} (${other}), and the credential to ${company?.CompanyName ?? ''} (${company?.OrganizationNumber ?? ''}). Take the right file or credential, or turn on 'Accept Other Company'.`,
		);
	}
	if (!KRONOR.test(file.currency ?? 'SEK') && !options.acceptOtherCurrency) {
		refuse(
			`the amounts of the file are in ${file.currency ?? ''}, and Fortnox keeps its books in SEK. Export the file in SEK, or turn on 'Accept Other Currency' if they are SEK all the same.`,
		);
	}
	if (isOwnExport(file, company)) {
		refuse(
			'the file is this company’s own ledger as Fortnox exported it. Its vouchers are there already and carry no mark, so importing it would book every one of them twice.',
		);
	}
	return problems;
}

/** The organisation number of a file that is not the company's; undefined where one of the two has none. */
function numberOfOther(file: SieFile, company: FortnoxCompanyInformation | undefined): string | undefined {
	const own = organisationDigits(company?.OrganizationNumber);
	const { organisationNumber } = file.company;
	return own === '' || organisationDigits(organisationNumber) === own ? undefined : organisationNumber;
}

/** Whether Fortnox wrote the file, from the books that it is to be imported into. */
function isOwnExport(file: SieFile, company: FortnoxCompanyInformation | undefined): boolean {
	const own = organisationDigits(company?.OrganizationNumber);
	const isFortnox = file.program?.name.trim().toLowerCase() === 'fortnox';
	return isFortnox && hasBalances(file) && own !== '' && own === organisationDigits(file.company.organisationNumber);
}
