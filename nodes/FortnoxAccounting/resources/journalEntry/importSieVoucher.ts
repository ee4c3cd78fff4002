import type { FortnoxFinancialYear } from '../../../shared/fortnox/wire';
import { readAccountNumber, readJournalCode } from '../../../shared/ledger/formats';
import { MOST_ROWS, tooManyRows } from '../../../shared/ledger/bounds';
import { keyOfOrigin, type Mark } from '../../../shared/ledger/mark';
import { LedgerError, type Problem } from '../../../shared/ledger/problems';
import {
	isNumbered,
	unbalancedVoucher,
	voucherIdentities,
	type SieHead,
	type SieRow,
	type SieVoucher,
	type VoucherIdentity,
} from '../../../shared/ledger/sie';
import { buildVoucherInSteps } from '../../../shared/unified/buildVoucher';
import type { DraftLine, DraftShare, EntryDraft } from '../../../shared/unified/entryDraft';
import { Findings, isAbsent, isObject, locatorValue } from '../../../shared/unified/readObject';
import { parameter, required, textParameter } from '../../../shared/n8n/parameters';
import type { PreparedEntry, ReadyEntry } from '../../../shared/books/posting/types';
import { DIMENSIONS } from '../../../shared/books/reading/yearFile';
import type { Run } from '../../../shared/n8n/run';
import { drained } from '../../../shared/lists';
import { flatMapInTurns, giveWay, inTurns } from '../../../shared/turns';
import type { ReadFile, SieImportOptions } from './importSieFile';
import { linesOf } from './importSieHints';

/** An entry that is a voucher of a SIE file. */
export interface SieEntry extends ReadyEntry {
	source: Pick<SieVoucher, 'series' | 'number' | 'line' | 'text'>;
	file: SieHead;
	/** The user named the journal; it is not the file's series taken for one. */
	journalGiven: boolean;
	identity: VoucherIdentity;
	/** How the ledger names it, where that is another number than the file's. */
	knownAs?: string;
	/** What the ledger has of the same day, text and rows under another identity. */
	resembles?: string;
	options: SieImportOptions;
}

export function isSieEntry(entry: ReadyEntry): entry is SieEntry {
	return 'source' in entry;
}

/** Tells the journal that a series of the file goes to; undefined where the user named none. */
type JournalOf = (series: string) => string | undefined;

/** What the vouchers of a file have in common on their way to entries. */
interface Import extends Omit<ReadFile, 'file'> {
	run: Run;
	head: SieHead;
	/** The input item, as every entry names it. */
	items: number[];
	years: readonly FortnoxFinancialYear[];
	/** The ids of the company's years that each of the file's touches. */
	touched: ReadonlyMap<SieHead['years'][number], number[]>;
	journalOf: JournalOf;
}

/**
 * Makes an entry of each voucher of a file. Those with no row but of 0.00 book nothing, and are left out with a hint. The
 * file's list of vouchers is empty afterwards: 100,000 of them would take as much memory once more as their entries.
 */
export async function toEntries(run: Run, read: ReadFile): Promise<PreparedEntry[]> {
	const { item, file, options, ownNumber } = read;
	const { vouchers, ...head } = file;
	try {
		const years = await run.fortnox.financialYears();
		const touched = new Map(head.years.map((year) => [year, yearsTouchedBy(year, years)]));
		const shared: Import = { run, item, items: [item], head, options, years, touched, journalOf: journalsOf(run, item) };
		const identities = await inTurns(voucherIdentities({ ...file, years: [...file.years, ...shared.years.map(asSieYear)] }, ownNumber));
		const empty = await flatMapInTurns(vouchers, (voucher) => (isEmpty(voucher) ? [{ line: voucher.line }] : []));
		if (empty.length > 0) run.hint(`Vouchers without any amount were left out (${linesOf(empty)}).`);
		const entries: PreparedEntry[] = [];
		let index = 0;
		for (const voucher of drained(vouchers)) {
			await giveWay();
			const identity = identities[index++];
			if (!isEmpty(voucher) && identity !== undefined) entries.push(await toEntry(shared, voucher, identity));
		}
		return entries;
	} catch (error) {
		return [{ items: [item], error }];
	}
}

function isEmpty({ rows }: SieVoucher): boolean {
	return rows.every(({ amount }) => amount === 0);
}

/** A file that does not tell its financial years is taken to have those of the company. */
function asSieYear({ FromDate, ToDate }: FortnoxFinancialYear): SieHead['years'][number] {
	return { index: 0, from: FromDate, to: ToDate };
}

/** @throws {LedgerError} where a journal is not one */
function journalsOf(run: Run, item: number): JournalOf {
	if (textParameter(run, 'journalId', item) !== undefined) {
		const code = required(run, 'journalId', item, readJournalCode, 'ERROR_INVALID_FIELD_FORMAT_JOURNAL_ID');
		return () => code;
	}
	const map = parameter(run, 'seriesMap', item);
	const entries: unknown[] = isObject(map) && Array.isArray(map.map) ? map.map : [];
	const findings = new Findings();
	const journals = new Map<string, string>();
	for (const [index, entry] of entries.entries()) {
		if (!isObject(entry)) continue;
		const field = `seriesMap.map[${index}]`;
		const series = isAbsent(entry.series) ? '' : String(entry.series).trim();
		const code = findings.take(
			readJournalCode(locatorValue(entry.journalId)),
			`${field}.journalId`,
			'ERROR_INVALID_FIELD_FORMAT_JOURNAL_ID',
		);
		if (journals.has(series)) {
			findings.add('ERROR_DATA_VALIDATION', `${field}.series`, `${field}.series: ‘${series}’ has a journal already.`);
		} else if (code !== undefined) journals.set(series, code);
	}
	findings.throwIfAny();
	return (series) => journals.get(series.trim());
}

async function toEntry(shared: Import, voucher: SieVoucher, identity: VoucherIdentity): Promise<PreparedEntry> {
	const { run, items, head, journalOf, options } = shared;
	const name = nameOf(voucher);
	const refuse = (problems: readonly Problem[]): PreparedEntry => ({ items, error: new LedgerError(inVoucher(name, problems)) });
	if (voucher.difference !== 0) return { items, error: unbalancedVoucher(voucher) };
	if (voucher.rows.length > MOST_ROWS) return refuse([tooManyRows('binaryPropertyName', voucher.rows.length)]);
	const findings = new Findings();
	const journalGiven = journalOf(voucher.series);
	const draft = draftOf(voucher, referenceOf(voucher, head), journalGiven, findings);
	if (findings.problems.length > 0) return refuse(findings.problems);
	const mark: Mark = {
		key: keyOfOrigin('sie', identity.asNumbered),
		digest: identity.content,
		...(draft.reference !== undefined && { reference: draft.reference }),
		...(draft.lines.some(({ description }) => description !== undefined) && { hasTexts: true }),
	};
	const { residual, unsupportedCharacters } = options;
	const built = await inTurns(buildVoucherInSteps(draft, { predefinedAccounts: new Map(), residual, unsupportedCharacters, mark }));
	built.findings.hints.forEach((hint) => run.hint(hint));
	if (built.voucher === undefined) return refuse(built.findings.problems);
	const { series, number, line, text } = voucher;
	const entry: SieEntry = {
		items,
		voucher: built.voucher,
		mark,
		name,
		options,
		lasting: true,
		alsoIn: yearsOfFile(shared, voucher),
		source: { series, number, line, ...(text !== undefined && { text }) },
		file: head,
		journalGiven: journalGiven !== undefined,
		identity,
		repeatedAdvice: options.voucherNumbers === 'restart' ? OWN_NUMBER : OWN_NUMBER_OR_RESTART,
		...objectionTo(shared, voucher),
	};
	return entry;
}

const OWN_NUMBER = 'Give each voucher a number of its own in the file.';
const OWN_NUMBER_OR_RESTART = `If the exporter begins its numbers anew, set 'Voucher Numbers' to Restart (voucherNumbers: restart). Else: ${OWN_NUMBER}`;

/** Fortnox has one day per voucher. Rows of another month would move from one period's books into another's. */
function objectionTo({ run, options }: Import, voucher: SieVoucher): Pick<SieEntry, 'objection'> {
	const { date, rows } = voucher;
	const own = rows.filter((row) => row.amount !== 0 && row.date !== undefined && row.date !== date);
	const elsewhere = own.filter((row) => row.date?.slice(0, 7) !== date.slice(0, 7));
	const days = (of: readonly SieRow[]): string => `${linesOf(of)}: ${[...new Set(of.map((row) => row.date))].join(', ')}`;
	if (elsewhere.length > 0 && options.rowDates === 'refuse') {
		const problem: Problem = {
			code: 'ERROR_DATA_VALIDATION',
			field: 'rowDates',
			message: `rows have days in another month than the voucher's ${date} (${days(elsewhere)}), and Fortnox has one day per voucher. Divide the voucher by month, or set 'Row Dates' to Voucher Date to book them on ${date}.`,
		};
		return { objection: new LedgerError(inVoucher(nameOf(voucher), [problem])) };
	}
	if (own.length > 0)
		run.hint(`In ${nameOf(voucher)}: rows have days of their own (${days(own)}) and were booked on the voucher's, ${date}.`);
	return {};
}

/** The problems of a voucher, with words that find it in the file. */
export function inVoucher(name: string, problems: readonly Problem[]): Problem[] {
	return problems.map((problem) => ({ ...problem, message: `In ${name}: ${problem.message}` }));
}

function nameOf(voucher: SieVoucher): string {
	const { series, number, date, line } = voucher;
	const known = isNumbered(voucher) ? `${series} ${number}`.trim() : `of ${date}`;
	// Joined: V8 keeps a text that is put together by `+` or in a template as its parts, in three times the memory.
	return ['voucher ', known, ' (line ', line, ' of the SIE file)'].join('');
}

/** How the file names the voucher, or at least where the file comes from. */
function referenceOf(voucher: SieVoucher, { program }: SieHead): string {
	const known = isNumbered(voucher) ? `${voucher.series} ${voucher.number}` : (program?.name ?? '');
	return `SIE ${known.trim()}`.trim();
}

function draftOf(voucher: SieVoucher, reference: string, journal: string | undefined, findings: Findings): EntryDraft {
	const journalId = journal ?? textOf(voucher.series);
	const description = textOf(voucher.text);
	return {
		kind: 'journal',
		...(journalId !== undefined && { journalId }),
		date: voucher.date,
		dateDefaulted: false,
		currency: 'SEK',
		...(description !== undefined && { description }),
		reference,
		lines: voucher.rows.filter(({ amount }) => amount !== 0).map((row) => lineOf(row, findings)),
	};
}

function lineOf(row: SieRow, findings: Findings): DraftLine {
	const field = `line ${row.line}`;
	const description = textOf(row.text);
	return {
		field,
		accountType: 'general_account',
		account: findings.take(readAccountNumber(row.account), `${field}.account`) ?? 0,
		amount: row.amount,
		...(description !== undefined && { description }),
		costCenters: [shareOf(row, DIMENSIONS.costCenter)],
		projects: [shareOf(row, DIMENSIONS.project)],
		// Programs write 0 where an account counts nothing.
		...(row.quantity && { quantity: row.quantity }),
	};
}

function shareOf({ objects }: SieRow, wanted: number): DraftShare {
	const code = textOf(objects.find(({ dimension }) => dimension === wanted)?.object);
	return { percentage: 100, ...(code !== undefined && { code }) };
}

function textOf(written: string | undefined): string | undefined {
	return written?.trim() || undefined;
}

/**
 * The company's financial years that the file's year of the voucher touches. A numbered voucher whose date was moved
 * within the file's year is looked for in all of them.
 */
function yearsOfFile({ head, touched }: Import, { date }: SieVoucher): number[] {
	const year = head.years.find(({ from, to }) => from <= date && date <= to);
	return (year && touched.get(year)) ?? [];
}

function yearsTouchedBy({ from, to }: SieHead['years'][number], years: readonly FortnoxFinancialYear[]): number[] {
	return years.filter(({ FromDate, ToDate }) => FromDate <= to && from <= ToDate).map(({ Id }) => Id);
}
