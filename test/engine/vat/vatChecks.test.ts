import type { IDataObject } from 'n8n-workflow';

import type { CompanyState } from '../../../sandbox';
import type { World } from '../support/world';
import { book, startVatWorld, type Rows } from './support';

let world: World;
let company: CompanyState;

beforeAll(async () => {
	world = await startVatWorld();
	company = world.sandbox.company();
});
afterAll(async () => await world.close());

describe("a VAT return's checks", () => {
	/** A month of its own for each, of years that have nothing else. */
	let month = 0;
	async function check(...entries: Rows[]): Promise<IDataObject[]> {
		const period = `${2028 + Math.floor(month / 12)}-${String((month++ % 12) + 1).padStart(2, '0')}`;
		for (const rows of entries) book(company, `${period}-15`, rows);
		world.reconnect();
		const [item] = (await world.run({ resource: 'vatReturn', operation: 'get', period })).json();
		// What the months before left behind is no matter here.
		return (item?.checks as IDataObject[]).filter(
			({ check: name }) => !['earlier_period_not_settled', 'settlement_account_not_cleared'].includes(String(name)),
		);
	}

	it.each<[string, Rows[], IDataObject]>([
		[
			'output VAT of another rate',
			[
				[
					[1930, 1120],
					[3001, -1000],
					[2611, -120],
				],
			],
			{ check: 'vat_rate', severity: 'error', box: '10', amount: -130 },
		],
		[
			'output VAT in the box of another rate',
			[
				[
					[1930, 1250],
					[3001, -1000],
					[2621, -250],
				],
			],
			{ check: 'base_without_vat', box: '10', amount: 1000 },
		],
		[
			'a base without VAT',
			[
				[
					[1930, 1000],
					[3001, -1000],
				],
			],
			{ check: 'base_without_vat', severity: 'error', box: '10', amount: 1000 },
		],
		[
			'VAT without a base',
			[
				[
					[1930, 250],
					[2611, -250],
				],
			],
			{ check: 'vat_without_base', severity: 'error', box: '10', amount: 250 },
		],
		[
			'reverse charge without its base',
			[
				[
					[2645, 250],
					[2614, -250],
				],
			],
			{ check: 'vat_without_base', box: '30' },
		],
		[
			'a base of reverse charge without VAT',
			[
				[
					[4535, 1000],
					[1930, -1000],
				],
			],
			{ check: 'base_without_vat', box: '21' },
		],
		[
			'reverse charge that is not deducted',
			[
				[
					[4535, 1000],
					[1930, -750],
					[2614, -250],
				],
			],
			{ check: 'reverse_charge_one_sided', severity: 'error', amount: 250 },
		],
		[
			'reverse charge that is not owed',
			[
				[
					[4010, 1000],
					[2645, 250],
					[1930, -1250],
				],
			],
			{ check: 'reverse_charge_one_sided', severity: 'error', box: '48' },
		],
		[
			'reverse charge that is deducted in part',
			[
				[
					[4535, 1000],
					[6992, 125],
					[2645, 125],
					[2614, -250],
					[1930, -1000],
				],
			],
			{ check: 'reverse_charge_partly_deducted', severity: 'warning', amount: 125 },
		],
		[
			'import without its base',
			[
				[
					[2645, 250],
					[2615, -250],
				],
			],
			{ check: 'vat_without_base', box: '60' },
		],
	])('find %s, and name the entry', async (_, entries, expected) => {
		const [first] = await check(...entries);
		expect(first).toMatchObject(expected);
		expect(first?.entries).toHaveLength(1);
	});

	it.each<[string, Rows, number]>([
		[
			'a purchase',
			[
				[5410, 100],
				[2641, 25],
				[2650, -125],
			],
			100,
		],
		[
			'goods that are put into stock',
			[
				[1460, 400],
				[2641, 100],
				[2650, -500],
			],
			400,
		],
		[
			'a credit note',
			[
				[2650, 125],
				[5410, -100],
				[2641, -25],
			],
			-100,
		],
		[
			'a purchase with reverse charge on an account without a code',
			[
				[5480, 1000],
				[2645, 250],
				[2614, -250],
				[2650, -1000],
			],
			1000,
		],
		[
			'a sale',
			[
				[2650, 1250],
				[3990, -1000],
				[2611, -250],
			],
			-1000,
		],
	])('find %s that was paid over 2650, which the return lacks', async (_, rows, amount) => {
		const found = await check(rows);
		expect(found).toMatchObject([{ check: 'settlement_with_base', severity: 'error', amount, message: expect.stringContaining('1630') }]);
	});

	it('take no settlement for a purchase or a sale', async () => {
		const settled = await check(
			[
				[1930, 1250.9],
				[3001, -1000.72],
				[2611, -250.18],
			],
			[
				[5410, 100.4],
				[2641, 25.1],
				[1930, -125.5],
			],
			// With interest, the öre on an account of the company's own, and paid in the same entry.
			[
				[2611, 250.18],
				[2641, -25.1],
				[8423, 12],
				[3741, -0.08],
				[2650, -225],
				[2650, 225],
				[1930, -237],
			],
		);
		expect(settled).toEqual([]);
	});

	it('warn of reverse charge that is booked in two entries, and of no more than that', async () => {
		const warned = await check(
			[
				[4535, 1000],
				[1930, -750],
				[2614, -250],
			],
			[
				[2645, 250],
				[1790, -250],
			],
		);
		expect(warned).toMatchObject([{ check: 'reverse_charge_one_sided', severity: 'warning', amount: 250 }]);
		expect(warned[0]?.entries).toHaveLength(2);
		const summed = await check(
			[
				[4535, 1000],
				[1930, -750],
				[2614, -250],
			],
			[
				[4535, 400],
				[1930, -300],
				[2614, -100],
			],
			[
				[2645, 350],
				[1790, -350],
			],
		);
		expect(summed).toMatchObject([{ severity: 'warning', amount: 350 }]);
		const half = await check(
			[
				[4535, 1000],
				[1930, -750],
				[2614, -250],
			],
			[
				[2645, 200],
				[1790, -200],
			],
		);
		expect(half.map(({ severity }) => severity)).toEqual(['error', 'error']);
	});

	it('warn of dormant VAT that is declared', async () => {
		const found = await check([
			[1510, 1250],
			[3001, -1000],
			[2618, -250],
		]);
		expect(found).toMatchObject([{ check: 'dormant_vat', severity: 'warning', account_number: '2618', box: '10', amount: 250 }]);
	});

	it('allow what may be right', async () => {
		const found = await check(
			// Rounded in each of many entries.
			...Array.from({ length: 20 }, (): Rows => [
				[1930, 9.37],
				[3001, -7.49],
				[2611, -1.88],
			]),
			// Reverse charge at 12 % on an account that BAS has for 25 %.
			[
				[4535, 1000],
				[2645, 120],
				[2624, -120],
				[1930, -1000],
			],
			// The margin scheme: VAT of the margin alone.
			[
				[1930, 1000],
				[3211, -800],
				[4010, -150],
				[2616, -50],
			],
			// Premises that are let with voluntary VAT.
			[
				[5120, 100],
				[2646, 25],
				[1930, -125],
			],
		);
		expect(found).toEqual([]);
	});
});
