import { periodInText, settlementRows, settlementsInPeriod, sumsOf, textOfSettlement } from '../../../nodes/shared/ledger/vat/settlement';
import { entry, returnOf, row, type Row } from './support';

/** What settlements of the period move on accounts of VAT. */
const settledInPeriod = (figures: ReturnType<typeof returnOf>) => sumsOf(settlementsInPeriod(figures));

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
		[
			'empty accounts of two boxes that make up for each other',
			[
				[2611, 50_050],
				[2621, -50_050],
			],
			[
				[2611, -50_050],
				[2621, 50_050],
				[2650, -50_000],
				[2650, 50_000],
			],
		],
		[
			'empty accounts of one box that do',
			[
				[2641, 50_000],
				[2645, -50_000],
			],
			[
				[2641, -50_000],
				[2645, 50_000],
				[2650, -50_000],
				[2650, 50_000],
			],
		],
		[
			'empty accounts in the order of their numbers, which is not that of the boxes',
			[
				[2615, -25_000],
				[2645, 20_000],
			],
			[
				[2615, 25_000],
				[2645, -20_000],
				[2650, -5_000],
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

const SETTLES = [row(2611, 25_000), row(2650, -25_000)];
const sale = entry([row(3001, -100_000), row(2611, -25_000), row(1930, 125_000)]);

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
