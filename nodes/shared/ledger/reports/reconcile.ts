import { addTo, grouped } from '../../lists';
import { daysBetween, type IsoDate } from '../dates';
import type { Ore } from '../money';
import type { Days } from './years';

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

/** What a row of the statement can stand for: a row of the ledger, or all rows of an entry on the account together. */
interface Unit extends LedgerRow {
	/** Places in the ledger; the first stands for all. */
	places: readonly [number, ...number[]];
}

type IsMeant = (row: StatementRow, unit: Unit) => boolean;

/**
 * Compares a statement with an account. Rows match by amount and day where nothing else could be meant: on the same day
 * first, then on days that lie `maxDaysApart` at most. What an entry booked on the account in several rows matches row by
 * row, or as their sum. Among several, equal texts decide; what is left is ambiguous. Rows are named by their place in the
 * lists.
 *
 * @param ledger rows of the statement's days, and of as many days before and after as may lie between
 */
export function reconcile(statement: readonly StatementRow[], ledger: readonly LedgerRow[], maxDaysApart: number): Reconciled[] {
	const matches = new Map<number, Unit>();
	const taken = new Set<number>();
	const byAmount = new Map<Ore, Unit[]>();
	for (const unit of unitsOf(ledger)) addTo(byAmount, unit.amount, unit);
	const candidatesOf = (index: number, isMeant: IsMeant): Unit[] => {
		const row = statement[index];
		if (row === undefined || matches.has(index)) return [];
		return (byAmount.get(row.amount) ?? []).filter((unit) => !unit.places.some((place) => taken.has(place)) && isMeant(row, unit));
	};
	const matchUnique = (isMeant: IsMeant): void => {
		const wanted = statement.map((_, index) => candidatesOf(index, isMeant));
		// How many rows of the statement may stand for a row of the ledger, by itself or in the sum of its entry.
		const asked = new Map<number, number>();
		for (const units of wanted) {
			for (const place of new Set(units.flatMap(({ places }) => places))) asked.set(place, (asked.get(place) ?? 0) + 1);
		}
		for (const { rows, units } of groupsOf(wanted)) {
			const isOneEntry = units.every(({ entry }) => entry === units[0]?.entry);
			const isAskedByThemOnly = units.every(({ places }) => places.every((place) => asked.get(place) === rows.length));
			if (units.length !== rows.length || !isOneEntry || !isAskedByThemOnly) continue;
			for (const [at, unit] of units.entries()) {
				matches.set(rows[at] ?? 0, unit);
				unit.places.forEach((place) => taken.add(place));
			}
		}
	};
	const isSameDay: IsMeant = (row, unit) => row.date === unit.date;
	const isNear: IsMeant = (row, unit) => Math.abs(daysBetween(row.date, unit.date)) <= maxDaysApart;
	const hasSameText: IsMeant = (row, unit) => row.text.trim() !== '' && textOf(row) === textOf(unit);
	matchUnique((row, unit) => isSameDay(row, unit) && hasSameText(row, unit));
	matchUnique(isSameDay);
	matchUnique((row, unit) => isNear(row, unit) && hasSameText(row, unit));
	matchUnique(isNear);
	const mentioned = new Set<number>();
	const rows = statement.map((_, index): Reconciled => {
		const match = matches.get(index);
		if (match !== undefined) return { status: 'matched', statement: index, ledger: match.places[0] };
		const candidates = candidatesOf(index, isNear);
		for (const place of candidates.flatMap(({ places }) => places)) mentioned.add(place);
		if (candidates.length === 0) return { status: 'only_in_statement', statement: index };
		return { status: 'ambiguous', statement: index, candidates: candidates.map(({ places }) => places[0]) };
	});
	const days = daysOf(statement);
	const isLeft = (place: number): boolean => !taken.has(place) && !mentioned.has(place);
	const left = [...ledger.entries()].filter(([place, { date }]) => isLeft(place) && days.from <= date && date <= days.to);
	return [...rows, ...left.map(([place]): Reconciled => ({ status: 'only_in_ledger', ledger: place }))];
}

/** Rows of the statement that may stand for the same: equal rows of one entry are as good as each other. */
function groupsOf(wanted: ReadonlyArray<readonly Unit[]>): Array<{ rows: number[]; units: readonly Unit[] }> {
	const groups = new Map<string, { rows: number[]; units: readonly Unit[] }>();
	for (const [row, units] of wanted.entries()) {
		if (units.length === 0) continue;
		const key = units.map(({ places }) => places.join('+')).join();
		const group = groups.get(key) ?? { rows: [], units };
		group.rows.push(row);
		groups.set(key, group);
	}
	return [...groups.values()];
}

/** The first and the last day of a statement: what the ledger has on other days, the statement can't show. */
export function daysOf(statement: readonly StatementRow[]): Days {
	const dates = statement.map(({ date }) => date).sort();
	return { from: dates[0] ?? '', to: dates.at(-1) ?? '' };
}

function unitsOf(ledger: readonly LedgerRow[]): Unit[] {
	const byEntry = grouped(ledger.entries(), ([, { entry }]) => entry);
	const sums = [...byEntry.values()].flatMap(([first, ...more]): Unit[] => {
		if (first === undefined || more.length === 0) return [];
		const [place, row] = first;
		const amount = more.reduce((sum, [, other]) => sum + other.amount, row.amount);
		return [{ ...row, amount, places: [place, ...more.map(([other]) => other)] }];
	});
	return [...ledger.map((row, place): Unit => ({ ...row, places: [place] })), ...sums];
}

function textOf({ text }: StatementRow): string {
	return text.trim().replace(/\s+/g, ' ').toLowerCase();
}
