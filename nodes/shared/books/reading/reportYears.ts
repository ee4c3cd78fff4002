import { unlessNotAllowed } from '../../fortnox/tolerate';
import type { FortnoxFinancialYear } from '../../fortnox/wire';
import { openingDifferences, openingsOf, uncarriedResult, type OpeningDifference } from '../../ledger/openings';
import { addBudget, addOpening, addRow, createReportYear, type ReportYear } from '../../ledger/reports/years';
import type { SieHead, SieObjectReference, SiePeriodBalance, SieVoucher } from '../../ledger/sie';
import type { Reader } from '../../n8n/run';
import { DIMENSIONS, readYearFile } from './yearFile';

/** Only rows of this cost center and this project count, where given. */
export interface DimensionFilter {
	costCenter?: string;
	project?: string;
}

/** The figures of a financial year, and what its file says besides its vouchers. */
export interface YearFigures {
	year: ReportYear;
	head: SieHead;
	/** Accounts that open otherwise than they closed the year before, as Fortnox stores it. */
	openingDifferences: OpeningDifference[];
}

/** Which figures of a year are wanted. */
export interface FiguresWanted {
	filter: DimensionFilter;
	/** `computed` takes the close of the year before in place of the opening balances that are stored. */
	openingBalances: 'stored' | 'computed';
}

/**
 * The figures of a financial year by account and day, from its SIE 4 file, voucher by voucher.
 *
 * @throws {FortnoxError} where Fortnox does not give the file; {SieError} where it can't be read
 */
export async function readReportYear(
	run: Reader,
	{ Id, FromDate, ToDate }: FortnoxFinancialYear,
	{ filter, openingBalances }: FiguresWanted,
): Promise<YearFigures> {
	const year = createReportYear({ from: FromDate, to: ToDate });
	const wanted = objectsOf(filter);
	const head = await readYearFile(run, Id, (voucher) => addVoucher(year, voucher, wanted));
	for (const { month, account, amount } of budgetsOf(head, wanted)) addBudget(year, account, month, amount);
	if (wanted.length > 0) {
		for (const { year: index, account, amount, objects } of head.openingObjectBalances) {
			if (index === 0 && hasAll(objects, wanted)) addOpening(year, account, amount);
		}
		return { year, head, openingDifferences: [] };
	}
	const openings = openingsOf(head);
	const opening = openingBalances === 'computed' ? (openings.closed ?? openings.stored) : openings.stored;
	const openingDifferencesFound = openingDifferences(openings);
	return { year: { ...year, opening, uncarriedResult: uncarriedResult(opening, openings) }, head, openingDifferences: openingDifferencesFound };
}

function addVoucher(year: ReportYear, { series, number, date, rows, difference }: SieVoucher, wanted: readonly SieObjectReference[]): void {
	let counts = false;
	for (const { account, amount, objects } of rows) {
		if (!hasAll(objects, wanted)) continue;
		counts = true;
		addRow(year, account, date, amount);
	}
	if (counts) year.entries++;
	if (difference !== 0 && wanted.length === 0) year.unbalanced.push({ name: `${series} ${number}`, date, amount: difference });
}

/** A budget line with objects is a part of the line without, where there is one. */
function budgetsOf(head: SieHead, wanted: readonly SieObjectReference[]): SiePeriodBalance[] {
	const ofYear = head.periodBudgets.filter(({ year }) => year === 0);
	if (wanted.length > 0) return ofYear.filter(({ objects }) => hasAll(objects, wanted));
	const keyOf = ({ account, month }: SiePeriodBalance): string => `${account} ${month}`;
	const whole = new Set(ofYear.filter(({ objects }) => objects.length === 0).map(keyOf));
	return ofYear.filter((line) => line.objects.length === 0 || !whole.has(keyOf(line)));
}

function objectsOf({ costCenter, project }: DimensionFilter): SieObjectReference[] {
	return [
		...(costCenter === undefined ? [] : [{ dimension: DIMENSIONS.costCenter, object: costCenter }]),
		...(project === undefined ? [] : [{ dimension: DIMENSIONS.project, object: project }]),
	];
}

function hasAll(objects: readonly SieObjectReference[], wanted: readonly SieObjectReference[]): boolean {
	return wanted.every(({ dimension, object }) => objects.some((each) => each.dimension === dimension && each.object === object));
}

/** What the company's chart says of accounts: names, and which of them are in use. */
export interface Chart {
	nameOf(account: string): string | undefined;
	/** Active accounts. */
	active: string[];
}

/**
 * The chart of a financial year, from the register: SIE files lack characters that names have. Accounts that it lacks
 * have the name that the files give, as have all where the credential can't read the register.
 */
export async function readChart(run: Reader, yearId: number, heads: readonly SieHead[]): Promise<Chart> {
	const accounts = await unlessNotAllowed(run.fortnox.chart(yearId), () =>
		run.hint("The chart of accounts can't be read with this credential, so account names come from the SIE file, where some characters are missing."),
	);
	const names = new Map(accounts?.map(({ Number: number, Description }) => [String(number), Description]));
	const inFiles = heads.flatMap((head) => [...head.accounts.values()]);
	for (const { number, name } of inFiles) if (!names.has(number)) names.set(number, name);
	const active = accounts?.filter(({ Active }) => Active).map(({ Number: number }) => String(number)) ?? inFiles.map(({ number }) => number);
	return { nameOf: (account) => names.get(account), active };
}
