import type { IDataObject } from 'n8n-workflow';

import { formatSek, sumOre, toOre, type Ore } from '../nodes/shared/ledger/money';
import type { BookedEntry, BookedRow } from './books';

const AMOUNT_WIDTH = 14;
const TEXT_WIDTH = 58;

interface AccountRow extends BookedRow {
	entry: BookedEntry;
}

/** Per account in the order of their numbers: every row with its entry, and the balance after it. */
export function generalLedger(entries: readonly BookedEntry[]): string {
	return [...byAccount(entries)].map(([title, rows]) => [title, ...withBalance(rows)].join('\n')).join('\n\n');
}

function withBalance(rows: readonly AccountRow[]): string[] {
	let balance: Ore = 0;
	return rows.map(({ entry, text, debit, credit }) => {
		balance += debit - credit;
		const words = text === '' ? entry.text : `${entry.text} | ${text}`;
		return `  ${entry.date}  ${entry.name.padEnd(7)} ${fitted(words)} ${amounts([debit, credit], balance)}`;
	});
}

/** What each account moved, and the proof: both sides have the same sum. */
export function trialBalance(entries: readonly BookedEntry[]): string {
	const lines = [...byAccount(entries)].map(([title, rows]) => totals(title, rows));
	const width = (lines[0] ?? '').length;
	const head = ['Debit', 'Credit', 'Balance'].map((name) => name.padStart(AMOUNT_WIDTH)).join('');
	const all = [...byAccount(entries).values()].flat();
	return [`${fitted('Account')}${head}`, '-'.repeat(width), ...lines, '-'.repeat(width), totals('Sum', all)].join('\n');
}

/** Groups and results of an income statement, a line each. */
export function incomeStatement(rows: readonly IDataObject[]): string {
	return rows
		.map(({ kind, level, label, period }) => {
			const title = `${' '.repeat((Number(level) - 1) * 2)}${text(label)}`;
			return `${fitted(kind === 'total' ? title.toUpperCase() : title)}${formatSek(toOre(Number(period))).padStart(AMOUNT_WIDTH)}`;
		})
		.join('\n');
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** The boxes of a VAT return that are not 0, in whole kronor, what is to be paid last, and what its checks found. */
export function vatReturn({ form, checks }: IDataObject): string {
	const lines = Object.entries((form ?? {}) as IDataObject)
		.filter(([box, amount]) => amount !== 0 || box.startsWith('49'))
		.map(([box, amount]) => `${fitted(box)}${formatKronor(Number(amount)).padStart(AMOUNT_WIDTH)}`);
	const found = Array.isArray(checks) ? (checks as IDataObject[]) : [];
	const words = found.map(({ severity, message }) => `${text(severity)}: ${text(message)}`);
	return [...lines, ...(words.length === 0 ? ['The checks found nothing.'] : words)].join('\n');
}

/** `64 890`: as `formatSek` writes it, without öre. */
function formatKronor(kronor: number): string {
	return formatSek(kronor * 100).replace(/,00$/, '');
}

function totals(title: string, rows: readonly AccountRow[]): string {
	const debit = sumOre(rows.map((row) => row.debit));
	const credit = sumOre(rows.map((row) => row.credit));
	return `${fitted(title)}${amounts([debit, credit], debit - credit)}`;
}

function byAccount(entries: readonly BookedEntry[]): Map<string, AccountRow[]> {
	const rows = entries.flatMap((entry) => entry.rows.map((row): AccountRow => ({ ...row, entry })));
	const titles = [...new Set(rows.map(({ account }) => account))].sort();
	return new Map(titles.map((title) => [title, rows.filter(({ account }) => account === title)]));
}

/** Nothing on a side is left empty, as books have it; a balance of nothing is 0,00. */
function amounts(sides: Ore[], balance: Ore): string {
	return [...sides.map((side) => (side === 0 ? '' : formatSek(side))), formatSek(balance)]
		.map((text) => text.padStart(AMOUNT_WIDTH))
		.join('');
}

function fitted(text: string): string {
	return (text.length > TEXT_WIDTH ? `${text.slice(0, TEXT_WIDTH - 1)}…` : text).padEnd(TEXT_WIDTH);
}
