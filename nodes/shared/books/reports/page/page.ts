import type { IsoDate } from '../../../ledger/dates';
import type { Ore } from '../../../ledger/money';
import type { ReportRow } from '../../../ledger/reports/rows';
import type { Label, Language } from '../../../ledger/reports/structure';
import { formatAmount } from './format';
import { escaped } from './html';
import { styleFor } from './style';

/** What a page shows. Texts are as people wrote them; the page escapes them. */
export interface Page {
	language: Language;
	title: string;
	company: string;
	organisationNumber?: string;
	period: string;
	/** Cost center and project, where only their rows count. */
	scope: readonly string[];
	/** The figures that matter most, at the top. */
	figures: ReadonlyArray<{ label: string; amount: Ore }>;
	/** HTML. */
	chart: string;
	/** Labels of the columns. */
	columns: readonly string[];
	rows: readonly PageRow[];
	/** Amounts without öre, as many columns need. */
	isWhole: boolean;
	notes: readonly string[];
	made: IsoDate;
}

interface PageRow extends Pick<ReportRow, 'kind' | 'level' | 'id'> {
	label: string;
	/** By column, in öre; null where there is no figure. */
	amounts: ReadonlyArray<Ore | null>;
}

const WORDS = {
	sum: { sv: 'Summa', en: 'Total' },
	wholeKronor: { sv: 'Belopp i hela kronor.', en: 'Amounts in whole SEK.' },
	amounts: { sv: 'Belopp i SEK.', en: 'Amounts in SEK.' },
	made: { sv: 'Framställd', en: 'Made' },
	fromLedger: { sv: 'ur bokföringen i Fortnox', en: 'from the ledger in Fortnox' },
} as const satisfies Record<string, Label>;

/** A self-contained HTML page: no script, and nothing from outside. */
export function renderPage(page: Page): string {
	const { language, title, company, organisationNumber, period, scope, columns } = page;
	const who = [company, organisationNumber].filter((part) => part !== undefined && part !== '').join(' · ');
	const sentence = page.isWhole ? WORDS.wholeKronor[language] : WORDS.amounts[language];
	return [
		`<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">`,
		`<title>${escaped(`${title} ${period}, ${company}`)}</title><style>${styleFor(columns.length)}</style></head><body><main>`,
		`<header><p class="company">${escaped(who)}</p><h1>${escaped(title)}</h1><p class="period">${escaped(period)}</p>`,
		...scope.map((name) => `<p class="scope">${escaped(name)}</p>`),
		'</header>',
		figures(page),
		page.chart,
		`<div class="wide"><table class="report"><thead><tr><th scope="col"></th>${columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('')}</tr></thead><tbody>`,
		...tableRows(page),
		'</tbody></table></div>',
		page.notes.length === 0 ? '' : `<div class="notes">${page.notes.map((note) => `<p>${escaped(note)}</p>`).join('')}</div>`,
		`<footer>${escaped(`${sentence} ${WORDS.made[language]} ${page.made} ${WORDS.fromLedger[language]}.`)}</footer></main></body></html>`,
	].join('\n');
}

function figures({ figures: shown, language }: Page): string {
	if (shown.length === 0) return '';
	const cells = shown.map(({ label, amount }) => `<td><span>${escaped(label)}</span><b>${formatAmount(amount, language, true)}</b></td>`);
	return `<table class="figures" role="presentation"><tr>${cells.join('')}</tr></table>`;
}

/** A heading that has rows under it stands above them, and its sum below. */
function tableRows(page: Page): string[] {
	const { rows, language } = page;
	const shown: string[] = [];
	const open: PageRow[] = [];
	const closeUntil = (level: number, next: PageRow | undefined): void => {
		for (let group = open.at(-1); group !== undefined && group.level >= level; group = open.at(-1)) {
			open.pop();
			if (next?.id !== `total_${group.id}`) shown.push(tableRow(page, group, 'sum', `${WORDS.sum[language]} ${lowered(group.label)}`));
		}
	};
	rows.forEach((row, index) => {
		closeUntil(row.level, row);
		const next = rows[index + 1];
		if (row.kind !== 'group') return shown.push(tableRow(page, row, index === rows.length - 1 ? `${row.kind} last` : row.kind, row.label));
		if (next === undefined || next.level <= row.level) return shown.push(tableRow(page, row, 'line', row.label));
		open.push(row);
		return shown.push(`<tr class="head l${row.level}"><td colspan="${page.columns.length + 1}">${escaped(row.label)}</td></tr>`);
	});
	closeUntil(0, undefined);
	return shown;
}

function tableRow({ language, isWhole }: Page, { kind, level, id, amounts }: PageRow, style: string, label: string): string {
	const number = kind === 'account' ? `<span class="no">${escaped(id)}</span> ` : '';
	const cells = amounts.map((amount) => {
		if (amount === null) return '<td>–</td>';
		return `<td${amount < 0 ? ' class="minus"' : ''}>${formatAmount(amount, language, isWhole)}</td>`;
	});
	return `<tr class="${style} l${level}"><td>${number}${escaped(label)}</td>${cells.join('')}</tr>`;
}

function lowered(label: string): string {
	return label.charAt(0).toLowerCase() + label.slice(1);
}
