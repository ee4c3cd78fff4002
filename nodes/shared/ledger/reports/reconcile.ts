import { daysBetween, type IsoDate } from '../dates';
import type { Ore } from '../money';

/** A row of a bank's or a card company's statement. `amount` in öre, positive into the account. */
export interface StatementRow {
	date: IsoDate;
	amount: Ore;
	text: string;
}

/** What an entry booked on the account. `amount` in öre, debit positive. */
export interface LedgerRow extends StatementRow {
	/** Id of the entry. */
	entry: string;
}

export type Reconciled =
	| { status: 'matched'; statement: number; ledger: number }
	| { status: 'ambiguous'; statement: number; candidates: number[] }
	| { status: 'only_in_statement'; statement: number }
	| { status: 'only_in_ledger'; ledger: number };

/**
 * Compares a statement with an account. Rows match by amount and day where no other row could be meant: on the same day
 * first, then on days that lie `maxDaysApart` at most. Among several, equal texts decide; what is left is ambiguous.
 * Rows are named by their place in the lists.
 */
export function reconcile(statement: readonly StatementRow[], ledger: readonly LedgerRow[], maxDaysApart: number): Reconciled[] {
	const matches = new Map<number, number>();
	const taken = new Set<number>();
	const byAmount = new Map<Ore, number[]>();
	for (const [index, { amount }] of ledger.entries()) byAmount.set(amount, [...(byAmount.get(amount) ?? []), index]);
	const candidatesOf = (index: number, isNear: (row: StatementRow, other: LedgerRow) => boolean): number[] => {
		const row = statement[index];
		if (row === undefined || matches.has(index)) return [];
		return (byAmount.get(row.amount) ?? []).filter((place) => {
			const other = ledger[place];
			return other !== undefined && !taken.has(place) && isNear(row, other);
		});
	};
	const matchUnique = (isNear: (row: StatementRow, other: LedgerRow) => boolean): void => {
		const wanted = statement.map((_, index) => candidatesOf(index, isNear));
		const asked = new Map<number, number>();
		for (const place of wanted.flat()) asked.set(place, (asked.get(place) ?? 0) + 1);
		for (const [index, [only, ...others]] of wanted.entries()) {
			if (only === undefined || others.length > 0 || asked.get(only) !== 1) continue;
			matches.set(index, only);
			taken.add(only);
		}
	};
	const isSameDay = (row: StatementRow, other: LedgerRow): boolean => row.date === other.date;
	const isNear = (row: StatementRow, other: LedgerRow): boolean => Math.abs(daysBetween(row.date, other.date)) <= maxDaysApart;
	const hasSameText = (row: StatementRow, other: LedgerRow): boolean => row.text.trim() !== '' && textOf(row) === textOf(other);
	matchUnique((row, other) => isSameDay(row, other) && hasSameText(row, other));
	matchUnique(isSameDay);
	matchUnique((row, other) => isNear(row, other) && hasSameText(row, other));
	matchUnique(isNear);
	const mentioned = new Set<number>();
	const rows = statement.map((_, index): Reconciled => {
		const match = matches.get(index);
		if (match !== undefined) return { status: 'matched', statement: index, ledger: match };
		const candidates = candidatesOf(index, isNear);
		for (const place of candidates) mentioned.add(place);
		return candidates.length > 0 ? { status: 'ambiguous', statement: index, candidates } : { status: 'only_in_statement', statement: index };
	});
	const left = [...ledger.keys()].filter((place) => !taken.has(place) && !mentioned.has(place));
	return [...rows, ...left.map((place): Reconciled => ({ status: 'only_in_ledger', ledger: place }))];
}

function textOf({ text }: StatementRow): string {
	return text.trim().replace(/\s+/g, ' ').toLowerCase();
}
