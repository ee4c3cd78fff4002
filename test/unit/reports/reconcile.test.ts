import fc from 'fast-check';

import { MOST_CANDIDATES } from '../../../nodes/shared/ledger/bounds';
import { addDays, daysBetween } from '../../../nodes/shared/ledger/dates';
import { daysOf, reconcile, type LedgerRow, type Reconciled, type StatementRow } from '../../../nodes/shared/ledger/reports/reconcile';
import { runSteps } from '../../../nodes/shared/steps';

const all = (statement: StatementRow[], ledger: LedgerRow[], apart: number): Reconciled[] => runSteps(reconcile(statement, ledger, apart));

const day = (index: number): string => addDays('2026-01-01', index);

/** Few amounts, days and texts, so that much may mean the same. */
const row = fc.record({
	date: fc.nat(6).map(day),
	amount: fc.constantFrom(100, 200, 300),
	text: fc.constantFrom('', 'Swish', ' swish '),
});
const ledgers = fc
	.array(
		fc.record({
			date: fc.nat(6).map(day),
			text: fc.constantFrom('', 'Swish'),
			amounts: fc.array(fc.constantFrom(100, 200), { minLength: 1, maxLength: 3 }),
		}),
		{ maxLength: 8 },
	)
	.map((entries) =>
		entries
			.flatMap(({ date, text, amounts }, number) => amounts.map((amount) => ({ date, text, amount, entry: `A-${number}` })))
			.sort((one, other) => (one.date < other.date ? -1 : Number(one.date > other.date))),
	);

describe('any statement and any ledger', () => {
	test('give each row one result, use no row of the ledger twice, and match only what is alike', () => {
		fc.assert(
			fc.property(fc.array(row, { maxLength: 10 }), ledgers, fc.nat(3), (statement, ledger, apart) => {
				const results = all(statement, ledger, apart);
				expect(results.flatMap((each) => ('statement' in each ? [each.statement] : []))).toEqual([...statement.keys()]);
				const entryRows = (entry: string): LedgerRow[] => ledger.filter((other) => other.entry === entry);
				const taken = new Map<string, number>();
				for (const each of results) {
					if (each.status !== 'matched') continue;
					const [booked, wanted] = [ledger[each.ledger], statement[each.statement]];
					if (booked === undefined || wanted === undefined) throw new Error('A match names rows that are not there');
					expect(Math.abs(daysBetween(booked.date, wanted.date))).toBeLessThanOrEqual(apart);
					taken.set(booked.entry, (taken.get(booked.entry) ?? 0) + wanted.amount);
				}
				// What stands for an entry's rows, or for their sum, is never more than the entry booked.
				for (const [entry, amount] of taken)
					expect(amount).toBeLessThanOrEqual(entryRows(entry).reduce((sum, { amount: booked }) => sum + booked, 0));
			}),
			{ numRuns: 500, seed: 20261126 },
		);
	});

	test('leave a row alone only where all that it may stand for is matched with other rows', () => {
		fc.assert(
			fc.property(fc.array(row, { maxLength: 10 }), ledgers, fc.nat(3), (statement, ledger, apart) => {
				const sums = new Map<string, number>();
				for (const { entry, amount } of ledger) sums.set(entry, (sums.get(entry) ?? 0) + amount);
				const results = all(statement, ledger, apart);
				const matched = new Set(results.flatMap((each) => (each.status === 'matched' ? [ledger[each.ledger]?.entry] : [])));
				for (const each of results) {
					if (each.status !== 'only_in_statement') continue;
					const { date, amount } = statement[each.statement] ?? { date: '', amount: 0 };
					const near = ledger.filter((booked) => Math.abs(daysBetween(booked.date, date)) <= apart);
					const like = near.filter((booked) => [booked.amount, sums.get(booked.entry)].includes(amount));
					expect(like.filter(({ entry }) => !matched.has(entry))).toEqual([]);
				}
			}),
			{ numRuns: 500, seed: 20261126 },
		);
	});
});

test('an entry’s row and the sum of its rows are never both used', () => {
	const ledger = [100, 50, -50].map((amount) => ({ date: '2026-03-01', amount, text: '', entry: 'A-1' }));
	const statement = [1, 2].map(() => ({ date: '2026-03-01', amount: 100, text: '' }));
	expect(all(statement, ledger, 0).map(({ status }) => status)).toEqual(['ambiguous', 'ambiguous']);
});

describe('rows that all have one amount', () => {
	const rows = (number: number) => Array.from({ length: number }, () => ({ date: day(0), amount: 10_000, text: 'Swish' }));

	test('name some of the entries that they may stand for, and say that there are more', () => {
		const ledger = rows(MOST_CANDIDATES + 1).map((one, index) => ({ ...one, entry: `A-${index}` }));
		const [open] = all(rows(1), ledger, 0);
		expect(open).toMatchObject({ status: 'ambiguous', isCut: true, candidates: { length: MOST_CANDIDATES } });
		// None of them is said to be in the ledger alone.
		expect(all(rows(1), ledger, 0)).toHaveLength(1);
		expect(all(rows(1), ledger.slice(1), 0)).toMatchObject([{ isCut: false, candidates: { length: MOST_CANDIDATES } }]);
	});
});

describe('a row of a statement', () => {
	type Short = [date: number, amount: number, text?: string, entry?: string];
	const rowsOf = (list: Short[]): LedgerRow[] =>
		list.map(([date, amount, text = '', entry], index) => ({ date: day(date), amount, text, entry: entry ?? `A-${index}` }));
	/** What each row of the statement stands for, by place, and what is in the ledger alone. */
	const told = (statement: Short[], ledger: Short[], apart = 3): unknown[] =>
		all(rowsOf(statement), rowsOf(ledger), apart).map((result) => {
			if (result.status === 'matched') return result.ledger;
			if (result.status === 'ambiguous') return result.candidates;
			return result.status === 'only_in_ledger' ? `ledger ${result.ledger}` : 'statement';
		});

	test('stands for what was booked on its day before what was booked near it', () => {
		expect(
			told(
				[[5, 100]],
				[
					[4, 100],
					[5, 100],
				],
			),
		).toEqual([1]);
		expect(
			told(
				[
					[4, 7],
					[5, 100],
					[6, 7],
				],
				[
					[4, 100],
					[5, 100],
				],
			),
		).toEqual(['statement', 1, 'statement', 'ledger 0']);
	});

	test('stands for what was booked as many days before or after as may lie between, and no more', () => {
		for (const [booked, found] of [
			[2, 0],
			[8, 0],
			[1, 'statement'],
			[9, 'statement'],
		] as const) {
			expect(told([[5, 100]], [[booked, 100]])).toEqual([found]);
		}
		expect(told([[5, 100]], [[6, 100]], 0)).toEqual(['statement']);
	});

	test('stands for the entry with its text, however that is written, where amounts are the same', () => {
		const ledger: Short[] = [
			[5, 100, 'Swish Anna'],
			[5, 100, 'Swish Bo'],
			[5, 100, 'Kort'],
		];
		expect(
			told(
				[
					[5, 100, ' SWISH  bo '],
					[5, 100, 'swish anna'],
				],
				ledger,
			),
		).toEqual([1, 0, 'ledger 2']);
		expect(
			told(
				[
					[5, 100, ''],
					[5, 100, ''],
				],
				[
					[5, 100, ''],
					[5, 100, 'Kort'],
				],
			),
		).toEqual([
			[0, 1],
			[0, 1],
		]);
	});

	test('stands for all rows of an entry together', () => {
		expect(
			told(
				[[5, 100]],
				[
					[5, 60, '', 'A-1'],
					[5, 40, '', 'A-1'],
					[5, -7, '', 'A-2'],
				],
			),
		).toEqual([0, 'ledger 2']);
		expect(
			told(
				[
					[5, 60],
					[5, 40],
				],
				[
					[5, 60, '', 'A-1'],
					[5, 40, '', 'A-1'],
				],
			),
		).toEqual([0, 1]);
	});

	test('stands for a row of the ledger in whatever order that has its days', () => {
		expect(
			told(
				[
					[1, 100],
					[9, 100],
				],
				[
					[9, 100],
					[5, 7],
					[1, 100],
				],
				0,
			),
		).toEqual([2, 0, 'ledger 1']);
	});

	test('of the first and the last day shows which days the ledger is compared with', () => {
		const statement: Short[] = [
			[7, 1],
			[3, 2],
			[5, 3],
		];
		expect(daysOf(rowsOf(statement))).toEqual({ from: day(3), to: day(7) });
		expect(
			told(statement, [
				[2, 9],
				[3, 9],
				[7, 9],
				[8, 9],
			]),
		).toEqual(['statement', 'statement', 'statement', 'ledger 1', 'ledger 2']);
	});
});
