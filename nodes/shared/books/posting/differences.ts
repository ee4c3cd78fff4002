import { formatOre, sumOre } from '../../ledger/money';
import { readComments } from '../../ledger/readMark';
import type { EntryRow, LedgerEntry } from '../../unified/entryDraft';
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

/** Whether two entries book the same. Texts of rows don't count: lists and files may lack them. */
export function bookTheSame(one: readonly EntryRow[], other: readonly EntryRow[]): boolean {
	return rowDifferences(one, other).length === 0;
}

/** What differs between an entry as it is given and one in the ledger, in words; empty where nothing does. Pure. */
export function differencesBetween({ voucher, mark, dateDefaulted }: ReadyEntry, inLedger: LedgerEntry): string[] {
	const there = readComments(inLedger.comments);
	const markThere = there.mark ?? there.recovered;
	return [
		...(dateDefaulted ? [] : differing('day', inLedger.date, voucher.date)),
		...differing('text', inLedger.description.trim(), voucher.description.trim()),
		...differing('reference', markThere?.reference, mark.reference),
		...differing('currency', markThere?.currency, mark.currency),
		...differing('exchange rate', markThere?.rate, mark.rate),
		...rowDifferences(inLedger.rows, voucher.rows),
		...(voucher.comments === undefined || there.text.includes(voucher.comments.trim())
			? []
			: differing('comment', there.text, voucher.comments)),
	];
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
		return [`the amount on ${account} was ${sides ? formatOre(Math.abs(one)) : sided(one)} and is ${sides ? formatOre(Math.abs(other)) : sided(other)}`];
	});
}

function sided(amount: number): string {
	return `${formatOre(Math.abs(amount))} in ${amount < 0 ? 'credit' : 'debit'}`;
}
