import { otherwise } from './otherwise';
import { entry, row, type Row } from './support';

/** Öre on accounts, debit positive, as `[day, rows]`; what settles says so by its row on 2650, 1630 or 1930. */
type Booked = readonly [day: string, rows: Array<[account: number, amount: number]>, text?: string];

const sold = (day: string, vat: number): Booked => [
	day,
	[
		[1930, vat * 5],
		[3001, -vat * 4],
		[2611, -vat],
	],
];
const bought = (day: string, vat: number): Booked => [
	day,
	[
		[5410, vat * 4],
		[2641, vat],
		[1930, -vat * 5],
	],
];
const reverseCharge = (day: string): Booked => [
	day,
	[
		[4535, 100_000],
		[2645, 25_000],
		[2614, -25_000],
		[1930, -100_000],
	],
];
const settles = (day: string, amount: number, against = 2650, text = 'Moms'): Booked => [
	day,
	[
		[2611, amount],
		[against, -amount],
	],
	text,
];
const entriesOf = (booked: readonly Booked[]) =>
	booked.map(([date, rows, text = ''], index) =>
		entry(
			rows.map(([account, amount]) => row(account, amount)),
			{ id: `A-${index + 1}`, date, text },
		),
	);

const MARCH = sold('2026-03-10', 25_000);

describe('a period that was settled by hand after its end', () => {
	it.each<[string, Booked[]]>([
		['before a late sale', [MARCH, settles('2026-04-12', 25_000), sold('2026-03-20', 10_000)]],
		[
			'before a late sale, beside those of the next month',
			[MARCH, sold('2026-04-05', 8_000), settles('2026-04-12', 25_000), sold('2026-03-20', 1_000)],
		],
		[
			'before a late sale, in the month after the next',
			[MARCH, sold('2026-04-05', 90_000), settles('2026-05-12', 25_000), sold('2026-03-20', 1_000)],
		],
		['before a late credit note', [MARCH, settles('2026-04-12', 25_000), sold('2026-03-20', -1_000)]],
		['before a late purchase', [MARCH, settles('2026-04-12', 25_000), bought('2026-03-20', 1_000)]],
		['in whole kronor', [sold('2026-03-10', 25_018), settles('2026-04-12', 25_000)]],
		['without reverse charge', [MARCH, reverseCharge('2026-03-11'), settles('2026-04-12', 25_000)]],
		['over the tax account', [MARCH, settles('2026-04-12', 25_000, 1630)]],
		['over the bank, with a late sale', [MARCH, settles('2026-04-12', 25_000, 1930), sold('2026-03-20', 1_000)]],
		['with the next month', [MARCH, sold('2026-04-05', 8_000), settles('2026-05-12', 33_000)]],
		['on the last day of the next month', [MARCH, sold('2026-04-05', 8_000), settles('2026-04-30', 25_000), sold('2026-03-20', 1_000)]],
		['in two parts', [MARCH, settles('2026-04-12', 15_000), settles('2026-04-13', 10_000)]],
		['by its name, whatever it moves', [MARCH, sold('2026-04-05', 1_000), settles('2026-05-12', 1_000, 2650, 'Momsredovisning 2026-03')]],
		[
			'where a month of as much is settled by name',
			[MARCH, sold('2026-04-05', 25_000), settles('2026-04-30', 25_000, 2650, 'Momsredovisning 2026-04'), settles('2026-05-12', 25_000)],
		],
		[
			'with what is deducted, over the tax account',
			[
				MARCH,
				bought('2026-03-11', 10_000),
				[
					'2026-04-12',
					[
						[2611, 25_000],
						[2641, -10_000],
						[1630, -15_000],
					],
				],
				sold('2026-03-20', 1_000),
			],
		],
	])('is settled: %s', (_, booked) => {
		expect(otherwise(entriesOf(booked))).toMatch(/ (settles|may settle) /);
	});

	it('may be, where an entry moves part of what the period did', () => {
		const booked = [MARCH, sold('2026-04-05', 90_000), settles('2026-05-12', 24_000)];
		expect(otherwise(entriesOf(booked))).toBe(
			'A-3 of 2026-05-12 may settle VAT of the period already: it moves no more than that (2611: 240.00).',
		);
		// One that settles it surely is named before.
		const named = settles('2026-05-13', 1_000, 2650, 'Momsredovisning 2026-03');
		expect(otherwise(entriesOf([...booked, named]))).toBe('A-4 of 2026-05-13 settles the VAT of the period already.');
	});

	it('is by a krona, where nothing else stood on the account, and not by öre', () => {
		expect(otherwise(entriesOf([MARCH, settles('2026-04-12', 100)]))).toContain(' settles the VAT ');
		expect(otherwise(entriesOf([MARCH, settles('2026-04-12', 99)]))).toBeUndefined();
	});

	it.each([
		[24_900, 'may settle'],
		[24_901, 'settles the VAT'],
		[25_099, 'settles the VAT'],
		[25_100, undefined],
	])('is by its own amount, give or take öre, where more stood on the account before: %d', (amount, words) => {
		const found = otherwise(entriesOf([MARCH, settles('2026-04-12', amount)]), [row(2611, -100_000)]);
		if (words === undefined) expect(found).toBeUndefined();
		else expect(found).toContain(words);
	});
});

describe('a period that was not settled', () => {
	it.each<[string, Booked[], Row[]?]>([
		[
			'beside sales and purchases after it',
			[MARCH, sold('2026-04-05', 40_000), bought('2026-04-06', 10_000), bought('2026-05-06', 90_000)],
		],
		['beside credit notes after it, also over the bank', [MARCH, sold('2026-04-05', -25_000), sold('2026-04-06', -90_000)]],
		[
			'where the next month is settled by the node',
			[MARCH, sold('2026-04-05', 40_000), settles('2026-04-30', 40_000, 2650, 'Momsredovisning 2026-04')],
		],
		[
			'where it got a credit note since',
			[MARCH, sold('2026-04-05', 40_000), settles('2026-04-30', 40_000, 2650, 'Momsredovisning 2026-04'), sold('2026-04-20', -5_000)],
		],
		['where the next month is settled by hand', [MARCH, sold('2026-04-05', 40_000), settles('2026-04-30', 40_000)]],
		['where it is in whole kronor', [MARCH, sold('2026-04-05', 4_018), settles('2026-05-12', 4_000)]],
		['where it is over the tax account', [MARCH, sold('2026-04-05', 4_000), settles('2026-05-12', 4_000, 1630)]],
		[
			'where the next months are settled each',
			[MARCH, sold('2026-04-05', 4_000), settles('2026-04-30', 4_000), sold('2026-05-05', 6_000), settles('2026-05-31', 6_000)],
		],
		[
			'where the next months are settled together',
			[MARCH, sold('2026-04-05', 4_000), sold('2026-05-05', 6_000), settles('2026-06-12', 10_000)],
		],
		[
			'where more was sold in the next month than was settled, and that more than the period',
			[MARCH, sold('2026-04-05', 50_000), settles('2026-05-12', 40_000)],
		],
		['where an earlier period is settled after it', [MARCH, settles('2026-04-12', 5_000)], [row(2611, -5_000)]],
		[
			'where an earlier and a later one are',
			[MARCH, settles('2026-04-12', 5_000), sold('2026-04-05', 8_000), settles('2026-05-12', 8_000)],
			[row(2611, -5_000)],
		],
		[
			'where an earlier period is, by its name, and got a credit note',
			[MARCH, settles('2026-04-12', 5_000, 2650, 'Momsredovisning 2026-02')],
			[row(2611, -4_000)],
		],
		[
			'where an earlier return is corrected',
			[
				MARCH,
				[
					'2026-04-12',
					[
						[2641, 8_000],
						[2650, -8_000],
					],
				],
				[
					'2026-04-12',
					[
						[2611, -800],
						[2650, 800],
					],
				],
			],
		],
		[
			'where VAT of import is paid over the bank',
			[
				MARCH,
				bought('2026-03-11', 10_000),
				[
					'2026-04-12',
					[
						[2641, 3_000],
						[1930, -3_000],
					],
				],
				[
					'2026-04-13',
					[
						[2641, -3_000],
						[1930, 3_000],
					],
				],
			],
		],
		['where it was, and that was taken back', [MARCH, settles('2026-04-12', 25_000), settles('2026-04-13', -25_000)]],
		[
			'where it was over the tax account, and that was taken back',
			[MARCH, settles('2026-04-12', 25_000, 1630), settles('2026-04-13', -25_000, 1630)],
		],
		[
			'where its first settlement had a text, and was taken back',
			[MARCH, settles('2026-03-31', 25_000, 2650, 'Momsredovisning 2026-03'), settles('2026-04-13', -25_000)],
		],
		[
			'where a later one was taken back',
			[
				sold('2026-03-10', -25_000),
				sold('2026-04-05', 40_000),
				settles('2026-04-30', 40_000, 2650, 'Momsredovisning 2026-04'),
				settles('2026-05-02', -40_000),
			],
		],
	])('%s', (_, booked, opening = []) => {
		expect(otherwise(entriesOf(booked), opening)).toBeUndefined();
	});

	it('is settled, where VAT of one sale is paid back out of the bank, and not where half of it or more is', () => {
		const paid = (amount: number): Booked[] => [MARCH, settles('2026-04-12', amount, 1930, 'Återbetald moms')];
		expect(otherwise(entriesOf(paid(2_500)))).toBeUndefined();
		expect(otherwise(entriesOf(paid(12_499)))).toBeUndefined();
		for (const half of [12_500, 24_000]) expect(otherwise(entriesOf(paid(half)))).toContain('A-2');
	});

	it('is settled, where a month of credit notes is what looks like taking it back', () => {
		const booked = [MARCH, settles('2026-04-12', 25_000), sold('2026-04-15', -25_000), settles('2026-05-12', -25_000)];
		expect(otherwise(entriesOf(booked))).toContain('A-2');
	});
});

describe('a settlement on the last day of a period, before which more stood on the account', () => {
	const opening = [row(2611, -100_000)];
	const settledOn = (day: string, amount: number, text?: string) =>
		otherwise(entriesOf([MARCH, settles(day, amount, 2650, text), sold('2026-03-20', 10_000)]), opening);

	it('is the period’s by its name, and may be without one', () => {
		expect(settledOn('2026-03-31', 25_000, 'Momsredovisning 2026-03')).toBe('A-2 settles VAT of the period already (2611: 250.00).');
		expect(settledOn('2026-03-31', 25_000)).toContain('A-2 of 2026-03-31 may settle VAT of the period already');
	});

	it('is an earlier one’s by its name or amount, and before the last day', () => {
		expect(settledOn('2026-03-31', 25_000, 'Momsredovisning 2026-02')).toBeUndefined();
		expect(settledOn('2026-03-31', 100_000)).toBeUndefined();
		expect(settledOn('2026-03-12', 25_000)).toBeUndefined();
	});
});
