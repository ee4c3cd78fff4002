import { addTo } from '../../lists';
import { MOST_CANDIDATES } from '../bounds';
import { addDays, type IsoDate } from '../dates';
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

/** What a row may stand for: some places in the ledger, and whether there are more. */
interface Candidates {
	candidates: readonly number[];
	isCut: boolean;
}

export type Reconciled =
	| { status: 'matched'; statement: number; ledger: number }
	| ({ status: 'ambiguous'; statement: number } & Candidates)
	| { status: 'only_in_statement'; statement: number }
	| { status: 'only_in_ledger'; ledger: number };

/** What a row of the statement can stand for: a row of the ledger, or all rows of an entry on the account together. */
interface Unit extends LedgerRow {
	/** Places in the ledger; the first stands for all. */
	places: readonly [number, ...number[]];
}

/** How a row and what it stands for may differ. */
interface Likeness {
	/** How many days may lie between them. */
	apart: number;
	/** Both have the same text. */
	sameText: boolean;
}

/** Rows of the statement that may stand for the same units: those from `from` up to `to` of a shelf. */
interface Group {
	rows: number[];
	shelf: readonly Unit[];
	from: number;
	to: number;
}

/**
 * Compares a statement with an account. Rows match by amount and day where nothing else could be meant: on the same day
 * first, then on days that lie `maxDaysApart` at most. What an entry booked on the account in several rows matches row by
 * row, or as their sum. Among several, equal texts decide; what is left is ambiguous. Rows are named by their place in the
 * lists. The work grows as the rows do, also where all have the same amount.
 *
 * @param ledger rows of the statement's days, and of as many days before and after as may lie between
 * @returns small steps, and at their end the rows of the statement in their order, and then what only the ledger has
 */
export function* reconcile(
	statement: readonly StatementRow[],
	ledger: readonly LedgerRow[],
	maxDaysApart: number,
): Generator<undefined, Reconciled[]> {
	const matching = new Matching(statement, yield* unitsByDay(ledger));
	for (const apart of [0, maxDaysApart]) {
		for (const sameText of [true, false]) yield* matching.matchUnique({ apart, sameText });
	}
	const open = yield* matching.openRows(maxDaysApart);
	const results: Reconciled[] = [];
	for (const index of statement.keys()) {
		const match = matching.matches.get(index);
		const candidates = open.candidates.get(index);
		if (match !== undefined) results.push({ status: 'matched', statement: index, ledger: match.places[0] });
		else if (candidates !== undefined) results.push({ status: 'ambiguous', statement: index, ...candidates });
		else results.push({ status: 'only_in_statement', statement: index });
		yield;
	}
	const days = daysOf(statement);
	for (const [place, { date }] of ledger.entries()) {
		const isLeft = !matching.taken.has(place) && !open.mentioned.has(place);
		if (isLeft && days.from <= date && date <= days.to) results.push({ status: 'only_in_ledger', ledger: place });
		yield;
	}
	return results;
}

/** What has been found so far of which row stands for what. */
class Matching {
	/** By the row's place in the statement. */
	readonly matches = new Map<number, Unit>();

	/** Places in the ledger that a row stands for. */
	readonly taken = new Set<number>();

	/** @param units by day: what a row may stand for then stands side by side among those of its amount */
	constructor(
		private readonly statement: readonly StatementRow[],
		private readonly units: readonly Unit[],
	) {}

	/** Matches rows for which there is as much as there are rows that may mean it: equal rows of one entry are as good as each other. */
	*matchUnique(likeness: Likeness): Generator<undefined> {
		const groups = yield* this.groups(likeness);
		const asked = yield* askedFor(groups);
		for (const { rows, shelf, from, to } of groups) {
			yield;
			if (to - from !== rows.length) continue;
			const units = shelf.slice(from, to);
			const isOneEntry = units.every(({ entry }) => entry === units[0]?.entry);
			const isAskedByThemOnly = units.every(({ places }) => places.every((place) => asked.get(place) === rows.length));
			if (!isOneEntry || !isAskedByThemOnly) continue;
			for (const [at, unit] of units.entries()) {
				this.matches.set(rows[at] ?? 0, unit);
				unit.places.forEach((place) => this.taken.add(place));
			}
		}
	}

	/** What rows without a match may stand for, and all places in the ledger that are meant by it. */
	*openRows(apart: number): Generator<undefined, { candidates: Map<number, Candidates>; mentioned: ReadonlyMap<number, number> }> {
		const groups = yield* this.groups({ apart, sameText: false });
		const candidates = new Map<number, Candidates>();
		for (const { rows, shelf, from, to } of groups) {
			const named = shelf.slice(from, Math.min(to, from + MOST_CANDIDATES)).map(({ places }) => places[0]);
			for (const row of rows) candidates.set(row, { candidates: named, isCut: to - from > MOST_CANDIDATES });
			yield;
		}
		return { candidates, mentioned: yield* askedFor(groups) };
	}

	private *groups({ apart, sameText }: Likeness): Generator<undefined, Group[]> {
		const keyOf = (row: StatementRow): string => (sameText ? `${row.amount} ${textOf(row)}` : String(row.amount));
		const shelves = new Map<string, Unit[]>();
		for (const unit of this.units) {
			if (!unit.places.some((place) => this.taken.has(place))) addTo(shelves, keyOf(unit), unit);
			yield;
		}
		const groups = new Map<string, Group>();
		for (const [index, row] of this.statement.entries()) {
			yield;
			if (this.matches.has(index) || (sameText && row.text.trim() === '')) continue;
			const key = keyOf(row);
			const shelf = shelves.get(key) ?? [];
			const from = firstFrom(shelf, addDays(row.date, -apart));
			const to = firstFrom(shelf, addDays(row.date, apart + 1));
			if (from >= to) continue;
			const name = `${from} ${to} ${key}`;
			const group = groups.get(name) ?? { rows: [], shelf, from, to };
			group.rows.push(index);
			groups.set(name, group);
		}
		return [...groups.values()];
	}
}

/** How many rows of the statement may stand for a row of the ledger, by itself or in the sum of its entry; absent where none may. */
function* askedFor(groups: readonly Group[]): Generator<undefined, Map<number, number>> {
	/** By shelf: how many more rows ask for a unit than for the one before it. */
	const more = new Map<readonly Unit[], Map<number, number>>();
	for (const { rows, shelf, from, to } of groups) {
		const steps = more.get(shelf) ?? new Map<number, number>();
		steps.set(from, (steps.get(from) ?? 0) + rows.length).set(to, (steps.get(to) ?? 0) - rows.length);
		more.set(shelf, steps);
		yield;
	}
	const asked = new Map<number, number>();
	for (const [shelf, steps] of more) {
		let rows = 0;
		for (const [at, { places }] of shelf.entries()) {
			rows += steps.get(at) ?? 0;
			if (rows > 0) for (const place of places) asked.set(place, (asked.get(place) ?? 0) + rows);
			yield;
		}
	}
	return asked;
}

/** Where the units of a day, or of the days after it, begin. */
function firstFrom(shelf: readonly Unit[], day: IsoDate): number {
	let [low, high] = [0, shelf.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((shelf[middle]?.date ?? '') < day) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The first and the last day of a statement: what the ledger has on other days, the statement can't show. */
export function daysOf(statement: readonly StatementRow[]): Days {
	const dates = statement.map(({ date }) => date).sort();
	return { from: dates[0] ?? '', to: dates.at(-1) ?? '' };
}

/** The rows and the sums of entries with several rows, by day. */
function* unitsByDay(ledger: readonly LedgerRow[]): Generator<undefined, Unit[]> {
	const byDay = new Map<IsoDate, Unit[]>();
	const byEntry = new Map<string, Array<[place: number, row: LedgerRow]>>();
	for (const [place, row] of ledger.entries()) {
		addTo(byDay, row.date, { ...row, places: [place] });
		addTo(byEntry, row.entry, [place, row]);
		yield;
	}
	for (const [first, ...more] of byEntry.values()) {
		yield;
		if (first === undefined || more.length === 0) continue;
		const [place, row] = first;
		const amount = more.reduce((sum, [, other]) => sum + other.amount, row.amount);
		addTo(byDay, row.date, { ...row, amount, places: [place, ...more.map(([other]) => other)] });
	}
	return [...byDay.keys()].sort().flatMap((day) => byDay.get(day) ?? []);
}

function textOf({ text }: StatementRow): string {
	return text.trim().replace(/\s+/g, ' ').toLowerCase();
}
