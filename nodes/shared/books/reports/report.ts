import type { IDataObject } from 'n8n-workflow';
import type { FortnoxFinancialYear } from '../../fortnox/wire';
import { toSek } from '../../ledger/money';
import type { Report } from '../../ledger/reports/rows';
import type { ReportYear } from '../../ledger/reports/years';
import type { Run } from '../../n8n/run';
import { readChart, readReportYear, type Chart, type YearFigures } from '../reading/reportYears';
import { openingsHint } from './openingsHint';
import type { ReportQuery } from './query';

/** What the books say of the time that a report is about. */
export interface ReportBooks {
	/** The figures of the financial years that the days touch, oldest first, without a gap. */
	years: ReportYear[];
	/** The last of them. */
	lastYear: YearFigures;
	chart: Chart;
	/** Accounts that are to be shown even where nothing was booked on them. */
	shown: string[];
	/** Reads the figures of other years; those that were read before cost nothing. */
	readYears(years: readonly FortnoxFinancialYear[]): Promise<ReportYear[]>;
}

/** Reads the files of the years and the chart of the last: one request for each file, whatever it holds. */
export async function readBooks(run: Run, query: ReportQuery): Promise<ReportBooks> {
	const read = new Map<number, Promise<YearFigures>>();
	const figuresOf = async (year: FortnoxFinancialYear): Promise<YearFigures> => {
		const figures = read.get(year.Id) ?? readReportYear(run, year, query);
		read.set(year.Id, figures);
		return await figures;
	};
	const [lastYear, files] = await Promise.all([figuresOf(query.lastYear), Promise.all(query.years.map(figuresOf))]);
	const heads = files.map(({ head }) => head);
	const chart = await readChart(run, query.lastYear.Id, heads);
	tellOfYears(run, query, files);
	return {
		years: files.map(({ year }) => year),
		lastYear,
		chart,
		shown: query.includeZero ? chart.active : [],
		readYears: async (years) => (await Promise.all(years.map(figuresOf))).map(({ year }) => year),
	};
}

function tellOfYears(run: Run, { filter, filterNames, openingBalances }: ReportQuery, files: readonly YearFigures[]): void {
	const kind = filterNames.length > 0 ? ` with ${filterNames.join(' and ')}` : '';
	if (files.every(({ year }) => year.entries === 0)) {
		run.hint(`There are no entries${kind} in the financial year of the report, so it has nothing but opening balances.`);
	}
	if (Object.keys(filter).length > 0 && files.some(({ year }) => year.opening.size === 0)) {
		run.hint(`Opening balances are not kept per cost center or project, so balance sheet accounts open with 0 in a report on rows${kind}.`);
	}
	for (const { year, openingDifferences } of files) {
		const hint = openingsHint(year, openingDifferences, openingBalances);
		if (hint !== undefined) run.hint(hint);
	}
}

/**
 * The rows of a report as output objects, amounts in SEK.
 *
 * @param absent columns that were asked for and have no figures: null
 */
export function toItems(
	{ columns, rows }: Report,
	{ language, days, includeAccounts }: ReportQuery,
	chart: Chart,
	absent: readonly string[] = [],
): IDataObject[] {
	return rows
		.filter(({ kind }) => includeAccounts || kind !== 'account')
		.map(({ kind, level, id, label, amounts }) => ({
			kind,
			level,
			id,
			label: label?.[language] ?? chart.nameOf(id) ?? id,
			account_number: kind === 'account' ? id : null,
			...Object.fromEntries(columns.map((column, index) => [column, toSek(amounts[index] ?? 0)])),
			...Object.fromEntries(absent.map((column) => [column, null])),
			date_from: days.from,
			date_to: days.to,
		}));
}
