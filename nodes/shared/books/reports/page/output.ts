import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { today } from '../../../ledger/dates';
import type { Ore } from '../../../ledger/money';
import type { Report } from '../../../ledger/reports/rows';
import type { Label, Layout } from '../../../ledger/reports/structure';
import type { Run } from '../../../n8n/run';
import type { ReportQuery } from '../query';
import { toRows, type ReportBooks } from '../report';
import { formatPeriod } from './format';
import { columnLabel, TITLES, type ReportName } from './labels';
import { renderPage } from './page';

/** What a report's page has besides its rows. */
interface PageContent {
	name: ReportName;
	layout: Layout;
	/** Columns that were asked for and have no figures. */
	absent: readonly string[];
	/** The rows whose amounts stand at the top, by their id, with the column that counts. */
	figures: ReadonlyArray<{ id: string; column: string; label?: Label }>;
	/** HTML. */
	chart: string;
	notes: readonly Label[];
}

/** The binary field that the page comes in. */
const FIELD = 'data';

/** The output items of a report; where a page was asked for, the first has it. */
export async function toOutput(
	run: Run,
	query: ReportQuery,
	items: readonly IDataObject[],
	page: () => Promise<{ html: string; fileName: string }>,
): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = items.map((json) => ({ json }));
	const [first] = output;
	if (query.withPage && first !== undefined) {
		const { html, fileName } = await page();
		first.binary = { [FIELD]: await run.context.helpers.prepareBinaryData(Buffer.from(html), fileName, 'text/html') };
	}
	return output;
}

/** A report as an HTML page. */
export async function toPage(
	run: Run,
	query: ReportQuery,
	{ report, books }: { report: Report; books: ReportBooks },
	{ name, layout, absent, figures, chart, notes }: PageContent,
): Promise<{ html: string; fileName: string }> {
	const { language, days } = query;
	const title = TITLES[name][layout][language];
	const columns = [...report.columns, ...absent];
	const hasMonths = columns.some((column) => MONTH.test(column));
	const { company } = books.lastYear.head;
	const html = renderPage({
		language,
		title,
		company: await companyName(run, company.name),
		organisationNumber: company.organisationNumber,
		period: formatPeriod(days, language),
		scope: query.filterNames,
		figures: figures.flatMap(({ id, column, label }) => {
			const row = report.rows.find((each) => each.id === id);
			const amount: Ore = row?.amounts[report.columns.indexOf(column)] ?? 0;
			return row ? [{ label: (label ?? row.label)?.[language] ?? id, amount }] : [];
		}),
		chart,
		columns: columns.map((column) => columnLabel(column, language, days.from.slice(0, 4) !== days.to.slice(0, 4))),
		rows: toRows(report, query, books.chart).map((row) => ({ ...row, amounts: [...row.amounts, ...absent.map(() => null)] })),
		isWhole: hasMonths,
		notes: notes.map((note) => note[language]),
		made: today(),
	});
	return { html, fileName: `${title.toLowerCase().replace(/[^a-zåäö]+/g, '-')}_${days.from}_${days.to}.html` };
}

const MONTH = /^\d{4}-\d{2}$/;

/** SIE files lack characters that names may have; they write a question mark then. */
async function companyName(run: Run, inFile: string | undefined): Promise<string> {
	if (inFile !== undefined && !inFile.includes('?')) return inFile;
	return (await run.fortnox.company()).CompanyName;
}
