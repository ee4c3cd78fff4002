import type { IDataObject } from 'n8n-workflow';
import { toSek } from '../../ledger/money';
import type { Report, ReportRow } from '../../ledger/reports/rows';
import type { ReportYear } from '../../ledger/reports/years';
import type { Run } from '../../n8n/run';
import { readChart, readReportYear, type Chart, type YearFigures } from '../reading/reportYears';
import type { ReportQuery } from './query';

/** What the books say of the time that a report is about. */
export interface ReportBooks {
	/** The figures of the financial years that the days touch, oldest first, without a gap. */
	years: ReportYear[];
	files: YearFigures[];
	chart: Chart;
	/** Accounts that are to be shown even where nothing was booked on them. */
	shown: string[];
}

/** Reads the files of the years and the chart of the last: one request for each, whatever they hold. */
export async function readBooks(run: Run, { years, lastYear, filter, includeZero }: ReportQuery): Promise<ReportBooks> {
	const files = await Promise.all(years.map(async (year) => await readReportYear(run, year, filter)));
	const chart = await readChart(run, lastYear.Id, files.map(({ head }) => head));
	if (files.every(({ year }) => year.entries === 0)) {
		run.hint(`The company has no entries${Object.keys(filter).length > 0 ? ' of this kind' : ''} in the financial year, so there is nothing but opening balances.`);
	}
	return { years: files.map(({ year }) => year), files, chart, shown: includeZero ? chart.active : [] };
}

/** The rows of a report as output objects, amounts in SEK. */
export function toItems(report: Report, { language, days, includeAccounts }: ReportQuery, chart: Chart): IDataObject[] {
	return report.rows
		.filter(({ kind }) => includeAccounts || kind !== 'account')
		.map((row) => ({
			kind: row.kind,
			level: row.level,
			id: row.id,
			label: row.label?.[language] ?? chart.nameOf(row.id) ?? row.id,
			account_number: row.kind === 'account' ? row.id : null,
			...amountsOf(report.columns, row),
			date_from: days.from,
			date_to: days.to,
		}));
}

function amountsOf(columns: readonly string[], { amounts }: ReportRow): IDataObject {
	return Object.fromEntries(columns.map((column, index) => [column, toSek(amounts[index] ?? 0)]));
}
