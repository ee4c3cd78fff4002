import type { FortnoxFinancialYear } from '../../fortnox/wire';
import { today } from '../../ledger/dates';
import { LedgerError } from '../../ledger/problems';
import { readDayOrMonth, readPeriod, withinYears, type PeriodReading } from '../../ledger/reports/period';
import type { Comparison } from '../../ledger/reports/columns';
import type { Language, Layout } from '../../ledger/reports/structure';
import type { Days } from '../../ledger/reports/years';
import { collectionParameter, parameter } from '../../n8n/parameters';
import type { Run } from '../../n8n/run';
import { Findings, isAbsent, plainText } from '../../unified/readObject';
import { tellOfEmptyDays } from '../reading/emptyDays';
import { knownCostCenter, knownProject, type Registered } from '../reading/registers';
import type { DimensionFilter } from '../reading/reportYears';
import { noYearOfDate } from '../year';

/** What a report is asked for, whatever its kind. */
export interface ReportQuery {
	days: Days;
	/** The financial years that the days touch, oldest first. */
	years: FortnoxFinancialYear[];
	/** The last of them, whose chart and names count. */
	lastYear: FortnoxFinancialYear;
	/** All of the company's financial years, oldest first. */
	allYears: FortnoxFinancialYear[];
	filter: DimensionFilter;
	/** Names of the cost center and the project, for headings. */
	filterNames: string[];
	openingBalances: 'stored' | 'computed';
	language: Language;
	includeAccounts: boolean;
	includeZero: boolean;
	/** A page is to be added. */
	withPage: boolean;
}

/** What an income statement or a balance sheet is asked for besides. */
export interface StatementQuery extends ReportQuery {
	layout: Layout;
	compareWith?: Comparison['with'];
	byMonth: boolean;
}

/** @throws {LedgerError} where a period, a cost center or a project can't be read or is not there */
export async function readReportQuery(run: Run, item: number): Promise<ReportQuery> {
	const options = collectionParameter(run, 'options', item);
	const [{ days, allYears }, costCenter, project] = await Promise.all([
		readDaysOf(run, item),
		unlessEmpty(plainText(options.costCenter), async (code) => await knownCostCenter(run, 'costCenter', code)),
		unlessEmpty(plainText(options.project), async (code) => await knownProject(run, 'project', code)),
	]);
	const years = yearsOf(allYears, days);
	const lastYear = years.at(-1);
	if (lastYear === undefined) throw noYearOfDate(days.to);
	return {
		days,
		allYears,
		years,
		lastYear,
		filter: { ...(costCenter && { costCenter: costCenter.code }), ...(project && { project: project.code }) },
		filterNames: [costCenter, project].flatMap((object) => (object ? [object.title] : [])),
		openingBalances: options.openingBalances === 'computed' ? 'computed' : 'stored',
		language: options.language === 'en' ? 'en' : 'sv',
		// A model that calls the node as its tool pays for every row it reads.
		includeAccounts: options.includeAccounts === undefined ? !run.isTool : options.includeAccounts === true,
		includeZero: options.includeZero === true,
		withPage: options.outputFile === 'html',
	};
}

async function unlessEmpty(code: string, known: (code: string) => Promise<Registered>): Promise<Registered | undefined> {
	return code === '' ? undefined : await known(code);
}

/** @throws {LedgerError} as `readReportQuery` does */
export async function readStatementQuery(run: Run, item: number): Promise<StatementQuery> {
	const { columns, compareWith } = collectionParameter(run, 'options', item);
	const compared = COMPARISONS.find((known) => known === compareWith);
	return {
		...(await readReportQuery(run, item)),
		layout: parameter(run, 'layout', item) === 'statutory' ? 'statutory' : 'accounts',
		...(compared !== undefined && { compareWith: compared }),
		byMonth: columns === 'months',
	};
}

const COMPARISONS = ['previousYear', 'previousPeriod', 'budget'] as const;

/** The financial years that some days touch, oldest first. */
export function yearsOf(years: readonly FortnoxFinancialYear[], { from, to }: Days): FortnoxFinancialYear[] {
	return years.filter(({ FromDate, ToDate }) => FromDate <= to && from <= ToDate);
}

export function toDays(years: readonly FortnoxFinancialYear[]): Days[] {
	return years.map(({ FromDate: from, ToDate: to }) => ({ from, to }));
}

/**
 * The days that `period`, or `dateFrom` and `dateTo`, name.
 *
 * @throws {LedgerError} where they can't be read, or lie in no financial year
 */
export async function readDaysOf(run: Run, item: number): Promise<{ days: Days; allYears: FortnoxFinancialYear[] }> {
	let allYears = await run.fortnox.financialYears();
	let { field, reading, given } = readGivenDays(run, item, toDays(allYears));
	if (reading.problem !== undefined && reading.isFormat !== true) {
		// The year may have been opened a moment ago.
		allYears = await run.fortnox.financialYears({ fresh: true });
		({ field, reading, given } = readGivenDays(run, item, toDays(allYears)));
	}
	if (reading.problem !== undefined) {
		throw new LedgerError({
			code: reading.isFormat === true ? 'ERROR_DATA_VALIDATION' : 'ERROR_BOOKYEAR_NOT_FOUND',
			field,
			message: `${field}: ${reading.problem}`,
		});
	}
	if (reading.hint !== undefined) run.hint(`${field}: ${reading.hint}`);
	if (given !== undefined) tellOfEmptyDays(run, given, reading.value);
	return { days: reading.value, allYears };
}

interface GivenDays {
	field: string;
	reading: PeriodReading;
	/** The dates, where no period was given in their place. */
	given?: Partial<Days>;
}

/** @throws {LedgerError} where what was given can't be read, or says two things */
function readGivenDays(run: Run, item: number, years: readonly Days[]): GivenDays {
	const given = (name: string): unknown => parameter(run, name, item);
	const findings = new Findings();
	const period = given('period');
	const from = findings.optional(given('dateFrom'), (value) => readDayOrMonth(value, 'first'), 'dateFrom');
	const to = findings.optional(given('dateTo'), (value) => readDayOrMonth(value, 'last'), 'dateTo');
	if (from !== undefined && to !== undefined && from > to) {
		findings.add('ERROR_DATA_VALIDATION', 'dateTo', `dateTo: ${to} lies before dateFrom (${from}). Swap them.`);
	}
	if (!isAbsent(period) && (from ?? to) !== undefined) {
		findings.add('ERROR_DATA_VALIDATION', 'period', 'period: give either a period or dates, not both.');
	}
	findings.throwIfAny();
	for (const hint of findings.hints) run.hint(hint);
	const day = from ?? to;
	if (day === undefined) return { field: 'period', reading: readGivenPeriod(run, period, years), ...(isAbsent(period) && { given: {} }) };
	const year = years.find((each) => each.from <= day && day <= each.to);
	const days = { from: from ?? year?.from ?? day, to: to ?? year?.to ?? day };
	return {
		field: from === undefined ? 'dateTo' : 'dateFrom',
		reading: withinYears(days, years, false),
		given: { ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
	};
}

function readGivenPeriod(run: Run, period: unknown, years: readonly Days[]): PeriodReading {
	const reading = readPeriod(isAbsent(period) ? 'this-year' : period, today(), years);
	if (reading.problem !== undefined) return reading;
	if (reading.hint !== undefined) run.hint(`period: ${reading.hint}`);
	return withinYears(reading.value, years, true);
}
