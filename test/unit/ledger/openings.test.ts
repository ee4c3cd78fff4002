import { computedOpenings, openingDifferences, openingsOf, uncarriedResult } from '../../../nodes/shared/ledger/openings';
import type { SieHead } from '../../../nodes/shared/ledger/sie';

type Figure = [year: number, account: string, amount: number];

function head({ opening = [], closing = [], results = [] }: { opening?: Figure[]; closing?: Figure[]; results?: Figure[] }): SieHead {
	const balances = (figures: Figure[]) => figures.map(([year, account, amount]) => ({ year, account, amount }));
	const figures = { openingBalances: balances(opening), closingBalances: balances(closing), results: balances(results) };
	return figures as SieHead;
}

describe('what a year opens with', () => {
	it('is compared with what the year before closed with, by account', () => {
		const openings = openingsOf(
			head({
				opening: [
					[0, '1930', 500],
					[0, '1930', 100],
					[-1, '1930', 9],
					[0, '2081', -500],
					[0, '1510', 7],
				],
				closing: [
					[-1, '1930', 700],
					[0, '1930', 9],
					[-1, '2081', -500],
					[-1, '1220', 3],
				],
			}),
		);
		expect([...openings.stored]).toEqual([
			['1930', 600],
			['2081', -500],
			['1510', 7],
		]);
		expect(openingDifferences(openings)).toEqual([
			{ account: '1220', stored: 0, closed: 3 },
			{ account: '1510', stored: 7, closed: 0 },
			{ account: '1930', stored: 600, closed: 700 },
		]);
	});

	it('can’t be compared where the file does not say how the year before closed', () => {
		const openings = openingsOf(head({ opening: [[0, '1930', 500]], closing: [[0, '1930', 9]] }));
		expect(openings).toEqual({ stored: new Map([['1930', 500]]), unbookedResult: 0 });
		expect(openingDifferences(openings)).toEqual([]);
	});
});

describe('what years open with if each takes over the close before', () => {
	const years = [
		head({ opening: [[0, '1930', 500]], closing: [[-1, '1930', 700]] }),
		// It was made when 1930 had 40 less.
		head({
			opening: [
				[0, '1930', 900],
				[0, '2440', -5],
			],
			closing: [
				[-1, '1930', 940],
				[-1, '2440', -5],
			],
		}),
	].map(openingsOf);

	it('goes on from year to year: what a year opens with more, it closes with more', () => {
		expect(computedOpenings(years).map((opening) => Object.fromEntries(opening))).toEqual([{ 1930: 700 }, { 1930: 1140, 2440: -5 }]);
		expect(computedOpenings(years.slice(1)).map((opening) => opening.get('1930'))).toEqual([940]);
	});

	it('takes on accounts that only one of the years names', () => {
		// After its balances were carried, the year before came to 30 on 1510 and to 0 on 1220. The next file knows of neither.
		const named = [
			head({ opening: [[0, '1220', 9]], closing: [[-1, '1510', 30]] }),
			head({ opening: [[0, '1220', 9]], closing: [[-1, '1220', 9]] }),
		].map(openingsOf);
		expect(computedOpenings(named).map((opening) => Object.fromEntries(opening))).toEqual([{ 1510: 30 }, { 1220: 0, 1510: 30 }]);
	});

	it('is what is stored where the close before is not known', () => {
		const unknown = openingsOf(head({ opening: [[0, '1930', 500]] }));
		expect(computedOpenings([...years, unknown])[2]).toEqual(unknown.stored);
	});
});

describe('a result that was not booked', () => {
	const results: Figure[] = [
		[-1, '3001', -900],
		[-1, '5010', 200],
		[0, '3001', -5],
	];

	it.each(['2099', '2098', '2069', '2019', '2091', '2010'])('is part of the close of the equity that it was carried to: %s', (account) => {
		const openings = openingsOf(
			head({
				opening: [
					[0, '1930', 700],
					[0, account, -700],
				],
				closing: [[-1, '1930', 700]],
				results,
			}),
		);
		expect(openings.unbookedResult).toBe(0);
		expect(openingDifferences(openings)).toEqual([]);
	});

	it('is carried to the first account of equity that differs', () => {
		const openings = openingsOf(
			head({
				opening: [
					[0, '2099', -5],
					[0, '2091', -700],
				],
				closing: [[-1, '2099', -5]],
				results,
			}),
		);
		expect(openings.closed?.get('2091')).toBe(-700);
		expect(openings.closed?.get('2099')).toBe(-5);
	});

	it('is left where nothing carries it', () => {
		const openings = openingsOf(head({ opening: [[0, '1930', 700]], closing: [[-1, '1930', 700]], results }));
		expect(openings.unbookedResult).toBe(-700);
		expect(openingDifferences(openings)).toEqual([]);
		expect(uncarriedResult(new Map([['1930', 700]]), openings)).toBe(-700);
		expect(
			uncarriedResult(
				new Map([
					['1930', 700],
					['2099', -700],
				]),
				openings,
			),
		).toBe(0);
		expect(uncarriedResult(new Map([['1930', 350]]), openings)).toBe(0);
		expect(uncarriedResult(new Map([['1930', 351]]), openings)).toBe(-700);
	});

	it('is none where accounts of results come to 0', () => {
		const openings = openingsOf(
			head({
				opening: [[0, '2099', -1]],
				closing: [[-1, '1930', 1]],
				results: [
					[-1, '3001', -5],
					[-1, '5010', 5],
				],
			}),
		);
		expect(openings.unbookedResult).toBe(0);
		expect(openings.closed?.has('2099')).toBe(false);
	});
});
