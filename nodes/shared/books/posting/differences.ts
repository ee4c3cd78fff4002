import { formatOre, sumOre } from '../../ledger/money';
import { readComments } from '../../ledger/readMark';
import type { EntryRow, LedgerEntry } from '../../unified/entryDraft';
import { purposeOf, type Verified } from './evidence';
import type { ReadyEntry } from './types';

/** The rows' sums by account, cost center and project: what an entry books, whatever the order and division of its rows. */
function sumsOf(rows: readonly EntryRow[]): Map<string, number> {
	const sums = new Map<string, number>();
	for (const { account, amount, costCenter, project } of rows) {
		const key = [String(account), costCenter && `cost center ${costCenter}`, project && `project ${project}`].filter(Boolean).join(', ');
		sums.set(key, sumOre([sums.get(key) ?? 0, amount]));
	}
	return sums;
}

/** What rows book, as a text: equal where `bookTheSame`. */
export function bookingKey(rows: readonly EntryRow[]): string {
	return JSON.stringify([...sumsOf(rows)].filter(([, amount]) => amount !== 0).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Whether two entries book the same. Texts of rows don't count: lists and files may lack them. */
export function bookTheSame(one: readonly EntryRow[], other: readonly EntryRow[]): boolean {
	return rowDifferences(one, other).length === 0;
}

/** Whether an entry that is given says all that one in the ledger says, to the text of each row. */
export function saysTheSame({ voucher, mark }: ReadyEntry, inLedger: LedgerEntry): boolean {
	const { mark: markThere, text } = readComments(inLedger.comments);
	const journal = voucher.journalId ?? inLedger.series;
	const is = [voucher.date, journal, voucher.description.trim(), voucher.comments?.trim(), mark.number, mark.reference, mark.currency];
	const was = [inLedger.date, inLedger.series, inLedger.description.trim(), text.trim()];
	const wasMarked = [markThere?.number, markThere?.reference, markThere?.currency];
	const asText = (values: readonly unknown[]): string => JSON.stringify(values.map((value) => value ?? ''));
	return asText(is) === asText([...was, ...wasMarked]) && wordOfRows(voucher.rows) === wordOfRows(inLedger.rows);
}

function wordOfRows(rows: readonly EntryRow[]): string {
	return JSON.stringify(
		inOrder(rows).map(({ account, amount, costCenter = '', project = '', information = '', quantity = 0 }) => [
			account,
			amount,
			costCenter,
			project,
			information,
			quantity,
		]),
	);
}

/** What differs between an entry as it is given and one in the ledger, in words; empty where the voucher shows nothing. Pure. */
export function differencesBetween({ voucher, mark, dateDefaulted, asked }: ReadyEntry, { at, inLedger, reversal }: Verified): string[] {
	const there = readComments(inLedger.comments);
	// Marks of the formats 0.2 do not have the day.
	const plannedDay = at.mark.reversedOn ?? (reversal && purposeOf(reversal, inLedger.date) === 'unknown' ? reversal.date : undefined);
	return [
		...(dateDefaulted ? [] : differing('day', inLedger.date, voucher.date)),
		...(asked !== undefined || voucher.journalId === undefined ? [] : differing('journal', inLedger.series, voucher.journalId)),
		...differing('text', inLedger.description.trim(), voucher.description.trim()),
		...differing('reference', at.mark.reference, mark.reference),
		...differing('currency', at.mark.currency, mark.currency),
		...differing('exchange rate', at.mark.rate, mark.rate),
		...differing('day of its reversal (reverse_on)', plannedDay, mark.reversedOn),
		...rowDifferences(inLedger.rows, voucher.rows),
		...(voucher.comments === undefined || there.text.includes(voucher.comments.trim())
			? []
			: differing('comment', there.text, voucher.comments)),
	];
}

/** What people changed in a voucher since an entry was posted, in words; its day and its text are as they were. Pure. */
export function changesSince({ voucher }: ReadyEntry, inLedger: LedgerEntry): string[] {
	const { text } = readComments(inLedger.comments);
	return [
		...rowDifferences(voucher.rows, inLedger.rows),
		...(voucher.comments === undefined || text.includes(voucher.comments.trim()) ? [] : differing('comment', voucher.comments, text)),
	];
}

/**
 * What may differ between two entries that book the same: what rows say beside their amounts, and a comment that may be
 * somebody's own. In words.
 */
export function hiddenDifferences({ voucher }: ReadyEntry, inLedger: LedgerEntry): string[] {
	const { text } = readComments(inLedger.comments);
	return [
		...(voucher.comments === undefined && text.trim() !== '' ? differing('comment', text.trim(), undefined) : []),
		...detailsBetween(inLedger.rows, voucher.rows),
	];
}

/** Whether two entries that book the same have their rows in another order, which is part of how an entry was given. */
export function isInOtherOrder({ voucher }: ReadyEntry, { rows }: LedgerEntry): boolean {
	const sequence = (of: readonly EntryRow[]): string => of.map(({ account, amount }) => `${account} ${amount}`).join();
	return sequence(voucher.rows) !== sequence(rows) && sequence(inOrder(voucher.rows)) === sequence(inOrder(rows));
}

function detailsBetween(was: readonly EntryRow[], is: readonly EntryRow[]): string[] {
	const [before, now] = [inOrder(was), inOrder(is)];
	const placesOf = (rows: readonly EntryRow[]): string => rows.map(({ account, amount }) => `${account} ${amount}`).join();
	if (placesOf(before) !== placesOf(now)) return ['the amounts of an account are divided over its rows in another way'];
	// Lists and files may lack what rows say; then nothing is known of it.
	const saysNothing = before.every(({ information }) => information === undefined);
	return before.flatMap(({ account, information, quantity }, index) => [
		...(saysNothing ? [] : differing(`text or partner of the row on ${account}`, information, now[index]?.information)),
		...differing(`quantity of the row on ${account}`, quantity?.toString(), now[index]?.quantity?.toString()),
	]);
}

function inOrder(rows: readonly EntryRow[]): EntryRow[] {
	const byText = (one: EntryRow, other: EntryRow): number => ((one.information ?? '') < (other.information ?? '') ? -1 : 1);
	return [...rows].sort((one, other) => one.account - other.account || one.amount - other.amount || byText(one, other));
}

function differing(what: string, was: string | undefined, is: string | undefined): string[] {
	if ((was ?? '') === (is ?? '')) return [];
	return [`the ${what} was ${quoted(was)} and is ${quoted(is)}`];
}

function quoted(text: string | undefined): string {
	if (text === undefined || text === '') return 'empty';
	return /^[\d.-]+$/.test(text) ? text : `'${text}'`;
}

function rowDifferences(was: readonly EntryRow[], is: readonly EntryRow[]): string[] {
	const before = sumsOf(was);
	const now = sumsOf(is);
	return [...new Set([...before.keys(), ...now.keys()])].flatMap((account) => {
		const [one = 0, other = 0] = [before.get(account), now.get(account)];
		if (one === other) return [];
		if (!before.has(account)) return [`${account} had no row and now has ${sided(other)}`];
		if (!now.has(account)) return [`${account} had ${sided(one)} and now has no row`];
		const sides = Math.sign(one) === Math.sign(other);
		return [
			`the amount on ${account} was ${sides ? formatOre(Math.abs(one)) : sided(one)} and is ${sides ? formatOre(Math.abs(other)) : sided(other)}`,
		];
	});
}

function sided(amount: number): string {
	return `${formatOre(Math.abs(amount))} in ${amount < 0 ? 'credit' : 'debit'}`;
}
