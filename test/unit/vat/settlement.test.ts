import {
	periodInText,
	settledInPeriod,
	settledOtherwise,
	settlementRows,
	textOfSettlement,
} from '../../../nodes/shared/ledger/vat/settlement';
import type { VatEntryInput } from '../../../nodes/shared/ledger/vat/vatReturn';
import { entry, returnOf, row, type Row } from './support';

const pairs = (rows: Row[]) => rows.map(({ account, amount }) => [account, amount]);

/** The rows that settle what an entry of the period books on these accounts. */
function settled(...rows: Array<[account: number, amount: number]>) {
	return pairs(settlementRows(returnOf([entry(rows.map(([account, amount]) => row(account, amount)))]), 2650));
}

describe('the rows that settle a period', () => {
	it.each<[string, Array<[number, number]>, Array<[number, number]>]>([
		[
			'empty accounts of VAT, in the order of their numbers',
			[
				[2641, 10_000],
				[2611, -25_000],
			],
			[
				[2611, 25_000],
				[2641, -10_000],
				[2650, -15_000],
			],
		],
		[
			'give back what is due to the company',
			[
				[2641, 25_000],
				[2611, -10_000],
			],
			[
				[2611, 10_000],
				[2641, -25_000],
				[2650, 15_000],
			],
		],
		[
			'leave what is taxed alone',
			[
				[3001, -100_000],
				[2611, -25_000],
			],
			[
				[2611, 25_000],
				[2650, -25_000],
			],
		],
		[
			'put öre to 3740',
			[[2611, -25_050]],
			[
				[2611, 25_050],
				[2650, -25_000],
				[3740, -50],
			],
		],
		[
			'put öre of what is deducted to 3740',
			[
				[2611, -25_000],
				[2641, 10_050],
			],
			[
				[2611, 25_000],
				[2641, -10_050],
				[2650, -15_000],
				[3740, 50],
			],
		],
		[
			'go to the account and back where nothing is to be paid',
			[
				[2611, -25_000],
				[2641, 25_000],
			],
			[
				[2611, 25_000],
				[2641, -25_000],
				[2650, -25_000],
				[2650, 25_000],
			],
		],
		['are none where there is no VAT', [[3001, -100_000]], []],
		[
			'are none where there are only öre',
			[
				[2611, -99],
				[2641, 99],
			],
			[],
		],
		[
			'leave out accounts that stand at 0',
			[
				[2611, -25_000],
				[2621, -1],
				[2621, 1],
			],
			[
				[2611, 25_000],
				[2650, -25_000],
			],
		],
		[
			'leave out VAT that no box wants',
			[
				[2611, -25_000],
				[2690, 100],
			],
			[
				[2611, 25_000],
				[2650, -25_000],
			],
		],
	])('%s', (_, booked, rows) => {
		expect(settled(...booked)).toEqual(rows);
	});

	it('are one row for an account that had two codes', () => {
		const figures = returnOf([entry([row(2611, -10_000)])]);
		const accounts = [...figures.accounts, { account: 2611, code: 'U1', box: '10' as const, amount: 5_000, entries: ['A-2'] }];
		expect(pairs(settlementRows({ ...figures, accounts, boxes: new Map([['49', 150]]) }, 2650))).toEqual([
			[2611, 15_000],
			[2650, -15_000],
		]);
	});
});

const SALE = [row(3001, -100_000), row(2611, -25_000), row(1930, 125_000)];
const SETTLES = [row(2611, 25_000), row(2650, -25_000)];
const sale = entry(SALE);
const later = (rows: Row[], more: Partial<VatEntryInput> = {}) => entry(rows, { id: 'A-9', date: '2026-04-12', ...more });

function otherwise(entries: VatEntryInput[], opening: Row[] = [], isOfOther: (text: string) => boolean = () => false): string | undefined {
	return settledOtherwise(returnOf(entries, { opening }), isOfOther);
}

describe('what settlements of the period moved', () => {
	it('is on accounts of VAT only, and not 0', () => {
		const zero = entry([row(2621, 5), row(2621, -5), row(2650, 0)], { id: 'A-3' });
		expect([...settledInPeriod(returnOf([sale, entry(SETTLES, { id: 'A-2' }), zero]))]).toEqual([[2611, 25_000]]);
	});

	it('is nothing that books a purchase besides, or closes the year', () => {
		const mixed = entry([row(5410, 10_000), row(2641, 2_500), row(2650, -12_500)]);
		const closing = entry([row(2611, 25_000), row(8999, -25_000)]);
		expect(settledInPeriod(returnOf([mixed, closing])).size).toBe(0);
	});
});

describe('a period that is settled otherwise', () => {
	it('is one with a settlement in it', () => {
		expect(otherwise([sale, entry(SETTLES, { id: 'A-2' })])).toBe('A-2 settles VAT of the period already (2611: 250.00).');
		const parts = [
			[2611, 20_000],
			[2611, 5_000],
		].map(([account = 0, amount = 0], index) => entry([row(account, amount), row(2650, -amount)], { id: `A-${index + 2}` }));
		expect(otherwise([sale, ...parts])).toBe('A-2, A-3 settles VAT of the period already (2611: 250.00).');
	});

	it('is one that is settled in part', () => {
		expect(otherwise([sale, entry([row(2611, 10_000), row(2650, -10_000)], { id: 'A-2' })])).toContain('(2611: 100.00)');
	});

	it('is one that is settled after it, by just what it moved', () => {
		expect(otherwise([sale, later(SETTLES)])).toBe('A-9 of 2026-04-12 settles the VAT of the period already.');
		expect(otherwise([sale, later([row(2611, 24_999), row(2650, -24_999)])])).toBeUndefined();
		expect(otherwise([sale, later([...SETTLES, row(2621, 1), row(2650, -1)])])).toBeDefined();
	});

	it('is not one whose amounts a later period has, whose text says so', () => {
		const april = [sale, entry(SALE, { id: 'A-8', date: '2026-04-02' }), later(SETTLES, { text: 'Moms april' })];
		expect(otherwise(april)).toBeDefined();
		expect(otherwise(april, [], (text) => text === 'Moms april')).toBeUndefined();
	});

	it('is one that a later settlement leaves nothing of, of this period and the next', () => {
		const next = entry([row(3001, -40_000), row(2611, -10_000), row(1930, 50_000)], { id: 'A-8', date: '2026-04-02' });
		const both = later([row(2611, 35_000), row(2650, -35_000)]);
		expect(otherwise([sale, next, both])).toBe('A-9 of 2026-04-12 settles the VAT of the period already.');
		// What came after the settlement does not count.
		expect(otherwise([sale, next, both, { ...next, id: 'A-10', date: '2026-04-13' }])).toBeDefined();
		expect(otherwise([sale, both])).toBeUndefined();
	});

	it('is one that a later settlement empties with what stood there before and was settled since', () => {
		const opening = [row(2611, -5_000)];
		expect(otherwise([sale, later([row(2611, 30_000), row(2650, -30_000)])], opening)).toBeDefined();
		const earlier = entry([row(2611, 5_000), row(2650, -5_000)], { id: 'A-2' });
		expect(otherwise([sale, earlier, later([row(2611, 25_000), row(2650, -25_000)])], opening)).toBeDefined();
		expect(otherwise([sale, earlier, later([row(2611, 30_000), row(2650, -30_000)])], opening)).toBeUndefined();
	});

	it('is not one in which an earlier period is settled', () => {
		const ofEarlier = entry([row(2611, 5_000), row(2650, -5_000)], { id: 'A-2' });
		expect(otherwise([sale, ofEarlier], [row(2611, -5_000)])).toBeUndefined();
		expect(otherwise([sale, ofEarlier], [row(2611, -6_000)])).toBeUndefined();
		expect(otherwise([sale, ofEarlier], [row(2611, -4_999)])).toBeDefined();
		expect(otherwise([sale, ofEarlier], [row(2611, 5_000)])).toBeDefined();
	});

	it('is one whose own amounts are settled, though more stood there before', () => {
		expect(otherwise([sale, entry(SETTLES, { id: 'A-2' })], [row(2611, -30_000)])).toContain('A-2 settles');
		// The same amount stood there before: it is the earlier period's.
		expect(otherwise([sale, entry(SETTLES, { id: 'A-2' })], [row(2611, -25_000)])).toBeUndefined();
	});

	it('is not one in which an earlier settlement is corrected', () => {
		expect(otherwise([sale, entry([row(2611, -5_000), row(2650, 5_000)], { id: 'A-2' })])).toBeUndefined();
		expect(otherwise([entry([row(2621, 5_000), row(2650, -5_000)], { id: 'A-2' })])).toBeUndefined();
	});

	it('is not one whose settlement is reversed after it', () => {
		const reversed = [sale, entry(SETTLES, { id: 'A-2' }), later([row(2611, -25_000), row(2650, 25_000)])];
		expect(otherwise(reversed)).toBeUndefined();
		expect(otherwise([...reversed.slice(0, 2), later([row(2611, -24_000), row(2650, 24_000)])])).toBeDefined();
		expect(otherwise([...reversed.slice(0, 2), later([row(2611, -25_000), row(1930, 25_000)])])).toBeDefined();
	});

	it('names those entries only that settle what is wanted', () => {
		const other = entry([row(2621, 5_000), row(2650, -5_000)], { id: 'A-3' });
		expect(otherwise([sale, entry(SETTLES, { id: 'A-2' }), other])).toBe('A-2 settles VAT of the period already (2611: 250.00).');
	});

	it('is not one without VAT', () => {
		expect(otherwise([entry([row(3105, -100_000), row(1930, 100_000)]), later(SETTLES)])).toBeUndefined();
	});
});

it.each([
	['2026-Q2', 'Momsredovisning 2026-Q2'],
	['2026-06', 'Momsredovisning 2026-06'],
	['2026-01-15–2026-03-14', 'Momsredovisning 2026-01-15 till 2026-03-14'],
])('the text of a settlement says its period: %s', (period, text) => {
	expect([textOfSettlement(period), periodInText(text), periodInText(`${text} `)]).toEqual([text, period, period]);
});

it.each(['Hyra 2026-Q2', 'Rättelse: Momsredovisning 2026-Q2', 'Momsredovisning', ''])('%p says no period', (text) => {
	expect(periodInText(text)).toBeUndefined();
});
