import type { Ore } from '../../../ledger/money';
import type { MonthResult, Part, Structure } from '../../../ledger/reports/charts';
import type { Label, Language } from '../../../ledger/reports/structure';
import { formatAmount, formatMonth, formatShare } from './format';
import { escaped } from './html';

const INK = '#17493f';
const MUTED = '#6b7d79';
const GRID = '#dde4e2';
const INCOME = '#9cc3b5';
const COSTS = '#e2c79c';

const WORDS = {
	byMonth: { sv: 'Resultat per månad', en: 'Result by month' },
	income: { sv: 'Intäkter', en: 'Income' },
	costs: { sv: 'Kostnader', en: 'Costs' },
	result: { sv: 'Resultat', en: 'Result' },
	thousands: { sv: 'tkr', en: 'SEK thousand' },
	structure: { sv: 'Balansräkningens sammansättning', en: 'Structure of the balance sheet' },
} as const satisfies Record<string, Label>;

const WIDTH = 900;

/** An SVG with a title, and its description for those who do not see it. */
function svg(height: number, title: string, description: string, content: string): string {
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="chart-title chart-text" font-family="inherit"><title id="chart-title">${escaped(title)}</title><desc id="chart-text">${escaped(description)}</desc>${content}</svg>`;
}

function text(x: number, y: number, content: string, attributes: string): string {
	return `<text x="${round(x)}" y="${round(y)}" font-size="12" ${attributes}>${escaped(content)}</text>`;
}

function rect(x: number, y: number, width: number, height: number, fill: string): string {
	return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"/>`;
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}

function legend(color: string, content: string): string {
	return `<span><i style="background:${color}"></i>${escaped(content)}</span>`;
}

const MONTHS = { height: 240, left: 78, top: 14, bottom: 28 };

/** Income and costs of each month as bars, the result as a line over them; empty where there is nothing to see. */
export function monthsChart(months: readonly MonthResult[], language: Language): string {
	const values = months.flatMap(({ income, costs, result }) => [income, costs, result]);
	if (values.every((value) => value === 0)) return '';
	const highest = values.reduce((most, value) => Math.max(most, value), 0);
	const lowest = values.reduce((least, value) => Math.min(least, value), 0);
	const step = niceStep(highest - lowest);
	const top = Math.ceil(highest / step) * step;
	const bottom = Math.floor(lowest / step) * step;
	const { height, left } = MONTHS;
	const scale = (height - MONTHS.top - MONTHS.bottom) / (top - bottom);
	const y = (value: Ore): number => MONTHS.top + (top - value) * scale;
	const slot = (WIDTH - left) / months.length;
	const withYear = new Set(months.map(({ name }) => name.slice(0, 4))).size > 1;

	const grid: string[] = [];
	for (let value = bottom; value <= top + step / 2; value += step) {
		grid.push(`<path d="M${left} ${round(y(value))}H${WIDTH}" stroke="${value === 0 ? MUTED : GRID}"/>`);
		grid.push(text(left - 8, y(value) + 4, formatAmount(value / 1000, language, true), `text-anchor="end" fill="${MUTED}"`));
	}
	const bar = Math.min(22, slot * 0.32);
	const column = (value: Ore, x: number, fill: string): string => rect(x, Math.min(y(value), y(0)), bar, Math.abs(y(value) - y(0)), fill);
	const middle = (index: number): number => left + slot * (index + 0.5);
	const bars = months.map(
		({ name, income, costs }, index) =>
			column(income, middle(index) - bar - 1, INCOME) +
			column(costs, middle(index) + 1, COSTS) +
			text(middle(index), height - 8, formatMonth(name, language, withYear), `text-anchor="middle" fill="${MUTED}"`),
	);
	const points = months.map(({ result }, index) => `${round(middle(index))},${round(y(result))}`);
	const dots = points.map((point) => `<circle cx="${point.replace(',', '" cy="')}" r="4" fill="${INK}" stroke="#fff" stroke-width="1.5"/>`);
	const line = `<polyline points="${points.join(' ')}" fill="none" stroke="${INK}" stroke-width="2.5" stroke-linejoin="round"/>`;
	const title = WORDS.byMonth[language];
	const description = months
		.map(({ name, result }) => `${formatMonth(name, language, withYear)} ${formatAmount(result, language, true)}`)
		.join(', ');
	return `<figure>${svg(height, title, description, grid.join('') + bars.join('') + line + dots.join(''))}<figcaption>${legend(INCOME, WORDS.income[language])}${legend(COSTS, WORDS.costs[language])}${legend(INK, `${WORDS.result[language]} (${WORDS.thousands[language]})`)}<br>${escaped(`${title}: ${description}`)}</figcaption></figure>`;
}

/** Steps of 1, 2 or 5 times a power of ten, some five of them. */
function niceStep(span: number): number {
	const rough = span / 5;
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = [1, 2, 5].find((factor) => factor * power >= rough) ?? 10;
	return step * power;
}

const COLORS = {
	assets: ['#17493f', '#2f7565', '#5c9c8b', '#9cc3b5', '#c9dfd8'],
	debts: ['#17493f', '#b9862f', '#d0a55a', '#e2c79c', '#efe0c6'],
} as const;
const BAR = { height: 46, gap: 40, top: 24 };

/** Assets and what finances them as two bars of parts, with their shares; empty where there is nothing to see. */
export function structureChart({ assets, financing }: Structure, language: Language): string {
	const positive = (parts: readonly Part[]): number => parts.reduce((sum, { amount }) => sum + Math.max(0, amount), 0);
	const whole = Math.max(positive(assets.parts), positive(financing.parts));
	if (whole === 0) return '';
	const bars = [
		{ ...assets, colors: COLORS.assets },
		{ ...financing, colors: COLORS.debts },
	];
	const content = bars.map(({ label, amount, parts, colors }, row) => {
		const y = BAR.top + row * (BAR.height + BAR.gap);
		let x = 0;
		const segments = parts.map((part, index) => {
			const width = (Math.max(0, part.amount) / whole) * WIDTH;
			const segment = rect(x, y, Math.max(0, width - 1.5), BAR.height, colors[index % colors.length] ?? INK);
			const share = formatShare(part.amount / amount, language);
			const isDark = index < 2;
			const inside = width > 38 ? text(x + 10, y + BAR.height / 2 + 4, share, `font-weight="600" fill="${isDark ? '#fff' : INK}"`) : '';
			x += width;
			return segment + inside;
		});
		const head = text(0, y - 8, `${label[language]} ${formatAmount(amount, language, true)}`, `font-weight="600" fill="${INK}"`);
		return head + segments.join('');
	});
	const described = bars.map(
		({ label, amount, parts }) =>
			`${label[language]} ${formatAmount(amount, language, true)}: ${parts.map((part) => `${part.label[language]} ${formatAmount(part.amount, language, true)}`).join(', ')}.`,
	);
	const legends = bars.map(({ parts, colors }) =>
		parts
			.map((part, index) =>
				legend(colors[index % colors.length] ?? INK, `${part.label[language]} ${formatAmount(part.amount, language, true)}`),
			)
			.join(''),
	);
	const height = BAR.top + 2 * BAR.height + BAR.gap + 4;
	return `<figure>${svg(height, WORDS.structure[language], described.join(' '), content.join(''))}<figcaption>${legends.join('<br>')}</figcaption></figure>`;
}
