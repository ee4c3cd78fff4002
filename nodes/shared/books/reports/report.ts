import type { IDataObject } from 'n8n-workflow';
import type { FortnoxFinancialYear } from '../../fortnox/wire';
import { toSek } from '../../ledger/money';
import { computedOpenings, openingsOf, uncarriedResult } from '../../ledger/openings';
import type { Report, ReportRow } from '../../ledger/reports/rows';
import type { ReportYear } from '../../ledger/reports/years';
import type { Run } from '../../n8n/run';
import { readChart, readReportYear, type Chart, type YearInBooks } from '../reading/reportYears';
import { openingsNote } from './openingsNote';
import type { Label } from '../../ledger/reports/structure';
import type { ReportQuery } from './query';

/** What the books say of the time that a report is about. */
export interface ReportBooks {
	/** The figures of the financial years that the days touch, oldest first, without a gap. */
	years: ReportYear[];
	/** The last of them. */
	lastYear: YearInBooks;
	chart: Chart;
	/** Accounts that are to be shown even where nothing was booked on them. */
	shown: string[];
	/** What is to be said of the figures, on the page as well. */
	notes: Label[];
	/** Reads the figures of other years; those that were read before cost nothing. */
	readYears(years: readonly FortnoxFinancialYear[]): Promise<ReportYear[]>;
}

/**
 * Reads the files of the years and the chart of the last: one request for each file, whatever it holds.
 *
 * @param of what moves (`results`), or also what accounts stand at (`balances`), which depends on opening balances
 */
export async function readBooks(run: Run, query: ReportQuery, of: 'results' | 'balances'): Promise<ReportBooks> {
	const read = new Map<number, Promise<YearInBooks>>();
	const figuresOf = async (year: FortnoxFinancialYear): Promise<YearInBooks> => {
		const figures = read.get(year.Id) ?? readReportYear(run, year, query);
		read.set(year.Id, figures);
		return await figures;
	};
	const readYears = async (years: readonly FortnoxFinancialYear[]): Promise<YearInBooks[]> =>
		carriedOn(await Promise.all(years.map(figuresOf)), query);
	const [ofLastYear, files] = await Promise.all([figuresOf(query.lastYear), readYears(query.years)]);
	const lastYear = files.at(-1) ?? ofLastYear;
	const heads = files.map(({ head }) => head);
	const chart = await readChart(run, query.lastYear.Id, heads);
	const notes = [...noteOnEntries(query, files), ...noteOnYears(query), ...(of === 'balances' ? notesOnOpenings(query, files) : [])];
	for (const { en } of notes) run.hint(en);
	return {
		years: files.map(({ year }) => year),
		lastYear,
		chart,
		shown: query.includeZero ? chart.active : [],
		notes,
		readYears: async (years) => (await readYears(years)).map(({ year }) => year),
	};
}

/** With computed opening balances a year closes otherwise than its file says, and the year after it opens with that. */
function carriedOn(files: readonly YearInBooks[], { filter, openingBalances }: ReportQuery): YearInBooks[] {
	// Single objects open with what is stored, and a year by itself as it was read.
	if (files.length < 2 || openingBalances === 'stored' || Object.keys(filter).length > 0) return [...files];
	const openings = files.map(({ head }) => openingsOf(head));
	const computed = computedOpenings(openings);
	return files.map((file, index) => {
		const [own, opening] = [openings[index], computed[index]];
		return own && opening ? { ...file, year: { ...file.year, opening, uncarriedResult: uncarriedResult(opening, own) } } : file;
	});
}

function noteOnEntries({ filterNames }: ReportQuery, files: readonly YearInBooks[]): Label[] {
	if (files.some(({ year }) => year.entries > 0)) return [];
	const [sv, en] = filterNames.length > 0 ? [` på ${filterNames.join(' och ')}`, ` with ${filterNames.join(' and ')}`] : ['', ''];
	return [{ sv: `Det finns inga verifikat${sv} i räkenskapsåret.`, en: `There are no entries${en} in the financial year of the report.` }];
}

/** Result accounts begin each year at 0, so that columns of several years don't add up by themselves. */
function noteOnYears({ years }: ReportQuery): Label[] {
	const [first, last] = [years[0], years.at(-1)];
	if (first === undefined || last === undefined || first === last) return [];
	const span = years.map(({ FromDate, ToDate }) => `${FromDate}–${ToDate}`).join(', ');
	return [
		{
			sv: [
				`Rapporten omfattar flera räkenskapsår (${span}): ingående balanser är det första årets,`,
				`och det som ackumuleras räknas från ${last.FromDate}, då resultatkonton börjar om på 0.`,
			].join(' '),
			en: [
				`The report covers several financial years (${span}): opening balances are those of the first,`,
				`and what accumulates counts from ${last.FromDate}, when result accounts begin at 0 again.`,
			].join(' '),
		},
	];
}

function notesOnOpenings({ filter, openingBalances }: ReportQuery, files: readonly YearInBooks[]): Label[] {
	const notes = files.flatMap(({ year, openingDifferences }) => openingsNote(year, openingDifferences, openingBalances) ?? []);
	if (Object.keys(filter).length === 0 || files.some(({ year }) => year.opening.size > 0)) return notes;
	const sv = 'Ingående balanser förs inte per kostnadsställe eller projekt, så balanskonton börjar på 0.';
	return [...notes, { sv, en: 'Opening balances are not kept per cost center or project, so balance sheet accounts open with 0.' }];
}

/** A row of a report with its label in the report's language, or the name of its account. */
type LabelledRow = Omit<ReportRow, 'label'> & { label: string };

/** The rows that are asked for. */
export function toRows({ rows }: Report, { language, includeAccounts }: ReportQuery, chart: Chart): LabelledRow[] {
	return rows
		.filter(({ kind }) => includeAccounts || kind !== 'account')
		.map((row) => ({ ...row, label: row.label?.[language] ?? chart.nameOf(row.id) ?? row.id }));
}

/**
 * The rows of a report as output objects, amounts in SEK.
 *
 * @param absent columns that were asked for and have no figures: null
 */
export function toItems(report: Report, query: ReportQuery, chart: Chart, absent: readonly string[] = []): IDataObject[] {
	return toRows(report, query, chart).map(({ kind, level, id, label, amounts }) => ({
		kind,
		level,
		id,
		label,
		account_number: kind === 'account' ? id : null,
		...Object.fromEntries(report.columns.map((column, index) => [column, toSek(amounts[index] ?? 0)])),
		...Object.fromEntries(absent.map((column) => [column, null])),
		date_from: query.days.from,
		date_to: query.days.to,
	}));
}
