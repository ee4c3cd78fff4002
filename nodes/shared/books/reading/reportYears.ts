import { unlessNotAllowed } from '../../fortnox/tolerate';
import type { FortnoxFinancialYear } from '../../fortnox/wire';
import { SieFigures, type FiguresWanted, type YearFigures } from '../../ledger/reports/sieFigures';
import type { SieHead, SieObjectReference } from '../../ledger/sie';
import type { Reader } from '../../n8n/run';
import { DIMENSIONS, readYearFile } from './yearFile';

/** Only rows of this cost center and this project count, where given. */
export interface DimensionFilter {
	costCenter?: string;
	project?: string;
}

/** The figures of a financial year, and what its file says besides its vouchers. */
export interface YearInBooks extends YearFigures {
	head: SieHead;
}

/** Which figures of a year are wanted. */
interface FiguresQuery {
	filter: DimensionFilter;
	openingBalances: FiguresWanted['openingBalances'];
}

/**
 * The figures of a financial year by account and day, from its SIE 4 file, voucher by voucher.
 *
 * @throws {FortnoxError} where Fortnox does not give the file; {SieError} where it can't be read
 */
export async function readReportYear(
	run: Reader,
	financialYear: FortnoxFinancialYear,
	{ filter, openingBalances }: FiguresQuery,
): Promise<YearInBooks> {
	const { FromDate: from, ToDate: to } = financialYear;
	const start = (): SieFigures => new SieFigures({ from, to }, { objects: objectsOf(filter), openingBalances });
	const { head, collected } = await readYearFile(run, financialYear, start, (figures, voucher) => figures.add(voucher));
	return { head, ...collected.finish(head) };
}

function objectsOf({ costCenter, project }: DimensionFilter): SieObjectReference[] {
	return [
		...(costCenter === undefined ? [] : [{ dimension: DIMENSIONS.costCenter, object: costCenter }]),
		...(project === undefined ? [] : [{ dimension: DIMENSIONS.project, object: project }]),
	];
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
		run.hint(
			"The chart of accounts can't be read with this credential, so account names come from the SIE file, where some characters are missing.",
		),
	);
	const names = new Map(accounts?.map(({ Number: number, Description }) => [String(number), Description]));
	const inFiles = heads.flatMap((head) => [...head.accounts.values()]);
	for (const { number, name } of inFiles) if (!names.has(number)) names.set(number, name);
	const active =
		accounts?.filter(({ Active }) => Active).map(({ Number: number }) => String(number)) ?? inFiles.map(({ number }) => number);
	return { nameOf: (account) => names.get(account), active };
}
