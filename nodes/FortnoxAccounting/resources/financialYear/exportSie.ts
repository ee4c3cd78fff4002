import type { INodeExecutionData } from 'n8n-workflow';
import type { FortnoxFinancialYear } from '../../../shared/fortnox/wire';
import { readDate } from '../../../shared/ledger/dates';
import { LedgerError, type Reading } from '../../../shared/ledger/problems';
import { isAbsent } from '../../../shared/unified/readObject';
import { toSieContent } from '../../../shared/unified/sieContent';
import { readSieInSteps, type SieHead, type SieVoucher } from '../../../shared/ledger/sie';
import { noneGiven } from '../../../shared/n8n/emptyDate';
import { dateField, financialYearLocator, optionsField, outputFileField } from '../../../shared/n8n/fields';
import { readFiles, type Operation } from '../../../shared/n8n/operation';
import { binaryField, collectionParameter, parameter, required, textParameter } from '../../../shared/n8n/parameters';
import { readProven, type AskedSie } from '../../../shared/books/reading/provenFile';
import { FILE_OPTIONS } from '../../../shared/books/reading/yearFile';
import type { Run } from '../../../shared/n8n/run';
import { yearOf, yearOfDate } from '../../../shared/books/year';

/** The bytes are CP437 text. As `text/plain` programs would read them in another encoding, so no text type is claimed. */
const MIME_TYPE = 'application/octet-stream';

const TYPES = [1, 2, 3, 4] as const;
type SieType = (typeof TYPES)[number];

export const exportSie: Operation = {
	value: 'exportSie',
	name: 'Export SIE',
	action: 'Export SIE file of financial year',
	description: 'Download the SIE file of a financial year as Fortnox writes it, for auditors and other programs',
	fields: [
		{
			displayName: 'SIE Type',
			name: 'sieType',
			type: 'options',
			options: [
				{ name: '1: Year-End Balances', value: '1' },
				{ name: '2: Balances per Month', value: '2' },
				{ name: '3: Balances per Cost Center and Project', value: '3' },
				{ name: '4: All Entries', value: '4' },
			],
			default: '4',
			description: 'How much the file holds: each type has what the one before it has',
		},
		{ ...financialYearLocator('The year to export'), hint: 'Empty: the year of Date; both empty: the current one' },
		dateField({
			displayName: 'Date',
			name: 'date',
			description: 'Any day of the year to export, in place of Financial Year',
		}),
		outputFileField('Binary field that the output item gets the file in'),
		optionsField([
			{
				displayName: 'Include Parsed Content',
				name: 'parsed',
				type: 'boolean',
				default: false,
				description: 'Whether to add what the file says as JSON: company, accounts, balances and, in type 4, entries',
			},
		]),
	],
	execute: readFiles(async (run, item): Promise<INodeExecutionData[]> => {
		const type = required(run, 'sieType', item, readType);
		const field = binaryField(run, item);
		const year = await yearToExport(run, item);
		const parsed = collectionParameter(run, 'options', item).parsed === true;
		const [{ bytes, vouchers, head }, company] = await Promise.all([readFile(run, { type, year }, parsed), run.fortnox.company()]);
		const fileName = `${fileNamePart(company.CompanyName)}_${yearName(year)}_sie${type}.se`;
		return [
			{
				json: {
					financial_year_id: year.Id,
					start: year.FromDate,
					end: year.ToDate,
					sie_type: type,
					file_name: fileName,
					file_size: bytes.length,
					...(parsed && { content: toSieContent({ ...head, vouchers }) }),
				},
				binary: { [field]: await run.context.helpers.prepareBinaryData(bytes, fileName, MIME_TYPE) },
			},
		];
	}),
};

/** The file, once it has been looked through: what an auditor gets is to be whole. */
async function readFile(run: Run, asked: AskedSie, withVouchers: boolean): Promise<{ bytes: Buffer } & SieContent> {
	return await readProven(run, asked, function* (bytes, prove) {
		const vouchers: SieVoucher[] = [];
		const onVoucher = (voucher: SieVoucher): void => {
			prove(voucher);
			if (withVouchers) vouchers.push(voucher);
		};
		return { bytes, vouchers, head: yield* readSieInSteps(bytes, onVoucher, FILE_OPTIONS) };
	});
}

interface SieContent {
	head: SieHead;
	/** Empty where nobody asked for them: a year's take much memory. */
	vouchers: SieVoucher[];
}

function readType(value: unknown): Reading<SieType> {
	const type = TYPES.find((known) => String(known) === String(value));
	return type === undefined ? { problem: `"${String(value)}" is not a SIE type; use 1, 2, 3 or 4.` } : { value: type };
}

async function yearToExport(run: Run, item: number): Promise<FortnoxFinancialYear> {
	const id = textParameter(run, 'financialYearId', item);
	if (isAbsent(parameter(run, 'date', item))) {
		const chosen = await yearOf(run, id);
		if (id === undefined) run.hint(noneGiven('date', `the current financial year, ${chosen.FromDate} to ${chosen.ToDate}`));
		return chosen;
	}
	const year = await yearOfDate(run, required(run, 'date', item, readDate));
	if (id === undefined || id === String(year.Id)) return year;
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'date',
		message: `date: it lies in the financial year with the id ${year.Id}, not in ${id}. Give one of the two, or make them agree.`,
	});
}

/** `2026`, or `2026-2027` for a year that does not follow the calendar. */
function yearName({ FromDate, ToDate }: FortnoxFinancialYear): string {
	const [from, to] = [FromDate.slice(0, 4), ToDate.slice(0, 4)];
	return from === to ? from : `${from}-${to}`;
}

/** Only what every file system takes in a name. */
function fileNamePart(name: string): string {
	return name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
}
