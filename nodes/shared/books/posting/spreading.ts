import { accountTypeOf } from '../../ledger/accountTypes';
import type { IsoDate } from '../../ledger/dates';
import { digestOf, keyOfNumber, keyOfOrigin, MAX_NUMBER } from '../../ledger/mark';
import { formatOre, type Ore } from '../../ledger/money';
import { LedgerError } from '../../ledger/problems';
import { spreadOver, type SpreadMethod, type SpreadPart } from '../../ledger/spread';
import { isWholeMonths, monthsOf } from '../../ledger/reports/period';
import type { Days } from '../../ledger/reports/years';
import { cutText } from '../../ledger/text';
import { VAT_TABLE, normalizedVatCode } from '../../ledger/vat';
import { unlessNotAllowed } from '../../fortnox/tolerate';
import type { VoucherRow } from '../../unified/entryDraft';
import type { Run } from '../../n8n/run';
import { hasDay } from '../year';
import type { PostOptions, ReadyEntry } from './types';

/** An amount that belongs to a period: how it is booked in its months, and where it waits for them. */
export interface SpreadRow {
	/** What it comes from, for messages. */
	field: string;
	/** It comes from fields of the form, not from a line. */
	isOfForm?: true;
	/** Of the income statement. */
	resultAccount: number;
	/** Of the balance sheet: prepaid (17xx) or accrued (29xx). */
	balanceAccount: number;
	/** What the result account gets in all, + debit, − credit. */
	amount: Ore;
	costCenter?: string;
	project?: string;
	information?: string;
	days: Days;
}

/** Amounts that are spread together, in one entry per month. */
export interface SpreadWish {
	items: number[];
	rows: readonly SpreadRow[];
	method: SpreadMethod;
	/** The user's number, of which the months are `N/1` to `N/n`; where there is none, `origin` tells the months apart. */
	number?: string;
	origin?: string;
	/** What the entries name as their source. */
	reference?: string;
	description: string;
	journalId?: string;
	options: PostOptions;
	acceptVatBase: boolean;
}

/**
 * The entries of the months that amounts are spread over, ready to be looked up.
 *
 * @throws {LedgerError} where an amount can't be divided, a month lies in no financial year, or a result account is the
 * base of a box of the VAT return
 */
export async function monthlyEntries(run: Run, wish: SpreadWish): Promise<ReadyEntry[]> {
	const parts = wish.rows.map((row) => ({ row, parts: partsOf(row, wish.method) }));
	const months = [...new Set(parts.flatMap(({ parts: ofRow }) => ofRow.map(({ month }) => month)))].sort();
	refuseLongNumber(wish, months.length);
	await refuseMissingYears(
		run,
		parts.flatMap(({ parts: ofRow }) => ofRow),
	);
	await refuseVatBases(run, wish);
	tellPartMonths(run, wish);
	return months.map((month, index) => {
		const place = { position: index + 1, of: months.length };
		const ofMonth = parts.flatMap(({ row, parts: ofRow }) => ofRow.filter((part) => part.month === month).map((part) => ({ row, part })));
		const date =
			ofMonth
				.map(({ part }) => part.date)
				.sort()
				.at(-1) ?? '';
		return monthlyEntry(
			wish,
			place,
			date,
			ofMonth.flatMap(({ row, part }) => rowsOf(row, part.amount)),
		);
	});
}

/**
 * Says where amounts of an entry belong to months before it, and wait for it as if they were paid in advance.
 *
 * @param field what an account for them is named under
 */
export function tellWrongSide(
	run: Run,
	{ name, date, field }: { name: string; date: IsoDate; field: string },
	rows: readonly SpreadRow[],
): void {
	const isCost = ({ resultAccount }: SpreadRow): boolean => accountTypeOf(resultAccount) !== 'income';
	// An asset (17xx) is prepaid, a debt (29xx) accrued; with income it is the other way round.
	const early = rows.find((row) => row.days.from.slice(0, 7) < date.slice(0, 7) && isCost(row) === row.balanceAccount < 2000);
	if (early === undefined) return;
	const other = isCost(early) ? 'Costs that an invoice follows are accrued on 29xx' : 'Income that an invoice follows is accrued on 17xx';
	run.hint(
		`A period of ${name} begins before its month, ${date.slice(0, 7)}, so account ${early.balanceAccount} stands the wrong way round at the ends of the months before. ${other}: name one under '${field}'.`,
	);
}

/** Books an amount on the result account, and takes it from where it waited. */
export function rowsOf(
	{ field, isOfForm, resultAccount, balanceAccount, costCenter, project, information }: SpreadRow,
	amount: Ore,
): VoucherRow[] {
	const dimensions = {
		...(costCenter !== undefined && { costCenter }),
		...(project !== undefined && { project }),
		...(information !== undefined && { information }),
	};
	const named = (account: string): Pick<VoucherRow, 'fields'> =>
		isOfForm ? { fields: { account, cost_center: 'costCenter', project: 'project' } } : {};
	return [
		{ field, account: resultAccount, amount, ...dimensions, ...named('resultAccount') },
		{ field, account: balanceAccount, amount: -amount, ...dimensions, ...named('balanceAccount') },
	];
}

function monthlyEntry(wish: SpreadWish, place: { position: number; of: number }, date: string, rows: VoucherRow[]): ReadyEntry {
	const suffix = ` ${place.position}/${place.of}`;
	return followingEntry(wish, {
		name: String(place.position),
		date,
		description: `${cutText(wish.description, 200 - suffix.length)}${suffix}`,
		rows,
	});
}

/** One of the entries that belong to a spread amount, ready to be looked up; its number is the wish's with `name` behind it. */
export function followingEntry(
	{ items, number, origin = '', reference, journalId, options }: SpreadWish,
	{ name, date, description, rows }: { name: string; date: string; description: string; rows: VoucherRow[] },
): ReadyEntry {
	const own = number === undefined ? undefined : `${number}/${name}`;
	const content = {
		kind: 'spread',
		journalId,
		date,
		description,
		rows: rows.map(({ account, amount, costCenter, project }) => ({ account, amount, costCenter, project })),
	};
	return {
		items,
		voucher: { date, description, rows, ...(journalId !== undefined && { journalId }) },
		mark: {
			key: own === undefined ? keyOfOrigin('spread', `${origin}/${name}`) : keyOfNumber(own),
			digest: digestOf('1', content),
			...(own !== undefined && { number: own }),
			...(reference !== undefined && { reference }),
			...(rows.some(({ information }) => information !== undefined) && { hasTexts: true }),
		},
		name: own === undefined ? `part ${name} of what is spread` : `number '${own}'`,
		lasting: own !== undefined,
		options: { ...options, sideBySide: false },
	};
}

/** @throws {LedgerError} where the amount can't be divided over its period */
function partsOf({ amount, days, field }: SpreadRow, method: SpreadMethod): SpreadPart[] {
	const parts = spreadOver(amount, days, method);
	if (parts.problem === undefined) return parts.value;
	throw new LedgerError({ code: 'ERROR_DATA_VALIDATION', field, message: `${field}: ${parts.problem}` });
}

/** By months, a single day of a month bears as much as a whole month. */
function tellPartMonths(run: Run, { rows, method }: SpreadWish): void {
	if (method === 'days') return;
	for (const { field, days } of rows) {
		const { length } = monthsOf(days);
		if (length === 1 || isWholeMonths(days)) continue;
		run.hint(
			`${field}: of ${days.from} to ${days.to} not all months are there whole, and each of the ${length} gets the same. Journal Entry > Spread with Method 'By Days' goes by the days.`,
		);
	}
}

function refuseLongNumber({ number }: SpreadWish, months: number): void {
	const last = `${number ?? ''}/${months}`;
	if (number === undefined || last.length <= MAX_NUMBER) return;
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'number',
		message: `number: the months are numbered up to '…/${months}', which makes more than ${MAX_NUMBER} characters. Shorten it.`,
	});
}

/** A month outside all financial years is reported before anything else, with the year that is missing. */
async function refuseMissingYears(run: Run, parts: readonly SpreadPart[]): Promise<void> {
	const withoutYear = async (fresh: boolean): Promise<SpreadPart[]> => {
		const years = await run.fortnox.financialYears({ fresh });
		return parts.filter(({ date }) => !years.some(hasDay(date)));
	};
	const missing = (await withoutYear(false)).length > 0 ? await withoutYear(true) : [];
	if (missing.length === 0) return;
	const months = [...new Set(missing.map(({ month }) => month))].sort();
	const years = [...new Set(months.map((month) => month.slice(0, 4)))];
	throw new LedgerError({
		code: 'ERROR_BOOKYEAR_NOT_FOUND',
		field: 'lastMonth',
		message: `lastMonth: the company has no financial year for ${months[0] ?? ''}${months.length > 1 ? ` to ${months.at(-1) ?? ''}` : ''} (${years.join(', ')}). Create the year with Financial Year > Create, or spread over fewer months.`,
	});
}

/**
 * The VAT return takes its bases from accounts: what is moved between the months on an account with the code of a base
 * moves the base away from its VAT.
 */
async function refuseVatBases(run: Run, { rows, acceptVatBase }: SpreadWish): Promise<void> {
	for (const row of rows) {
		const { field, resultAccount, amount } = row;
		const code = await codeOfBase(run, row);
		const box = code === undefined ? undefined : VAT_TABLE.get(code)?.base;
		if (code === undefined || box === undefined) continue;
		const message = `${field}: account ${resultAccount} has the VAT code ${code}, so that its amounts are the base of box ${box} in the VAT return of each month, and ${formatOre(Math.abs(amount))} would leave the month of its VAT.`;
		if (acceptVatBase) run.hint(message);
		else {
			throw new LedgerError({
				code: 'ERROR_VAT_BASE_ACCOUNT',
				field,
				message: `${message} Spread it to an account without a VAT code, or turn on 'Accept VAT Base'.`,
			});
		}
	}
}

/** The VAT code of a base that the result account has in a financial year of the period. */
async function codeOfBase(run: Run, { field, resultAccount, days }: SpreadRow): Promise<string | undefined> {
	const years = (await run.fortnox.financialYears()).filter(({ FromDate, ToDate }) => FromDate <= days.to && ToDate >= days.from);
	for (const { Id } of years) {
		const chart = await unlessNotAllowed(run.fortnox.chart(Id), () => undefined);
		const account = chart?.find(({ Number: number }) => number === resultAccount);
		if (account !== undefined && account.VATCode === undefined) {
			run.hint(`${field}: Fortnox’s chart does not say which VAT codes accounts have, so that of ${resultAccount} was not looked at.`);
		}
		const code = normalizedVatCode(account?.VATCode ?? '');
		if (VAT_TABLE.get(code)?.base !== undefined) return code;
	}
	return undefined;
}
