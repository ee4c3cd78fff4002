import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { countVouchers, startWorld, type World } from '../support/world';

const INSURANCE = [
	{ account: '6310', debit: 300, start_date: '2026-10-01', end_date: '2026-12-31' },
	{ account: '1930', credit: 300 },
];
const PLAIN = [
	{ account: '6310', debit: 300 },
	{ account: '1930', credit: 300 },
];
const create = (number: string, lines: object[] = INSURANCE, more: INodeParameters = {}): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'API',
	date: '2026-10-05',
	description: 'Insurance',
	linesSource: 'json',
	linesJson: JSON.stringify(lines),
	number,
	...more,
});
const reverse = (id: unknown): INodeParameters => ({ resource: 'journalEntry', operation: 'reverse', journalEntryId: String(id) });
const reverseEach: INodeParameters = { resource: 'journalEntry', operation: 'reverse', journalEntryId: '={{ $json.id }}' };
const correct = (id: unknown): INodeParameters => {
	const other = create('', [
		{ account: '6310', debit: 310 },
		{ account: '1930', credit: 310 },
	]);
	return { ...other, operation: 'correct', journalEntryId: String(id) };
};

describe('the months of an entry that is reversed', () => {
	let world: World;
	let before: number;
	let count = 0;
	const added = (): number => countVouchers(world.sandbox) - before;
	const forget = (): void => {
		world.reconnect();
		before = countVouchers(world.sandbox);
	};

	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(forget);
	afterAll(async () => await world.close());

	async function post(number: string, lines = INSURANCE): Promise<{ id: string; months: string[] }> {
		const { error, json } = await world.run(create(number, lines));
		expect(error).toBeUndefined();
		const [item] = json();
		forget();
		return { id: String(item?.id), months: (item?.spread_entries as IDataObject[]).map(({ id }) => String(id)) };
	}
	async function refused(parameters: INodeParameters): Promise<string> {
		const { error } = await world.run(parameters);
		expect(added()).toBe(0);
		return `${String(error?.context?.error_code)} ${error?.message ?? ''}`;
	}

	it.each(['with a number', 'without one'])(
		'keep it from being reversed or corrected alone, of an entry %s, and are named',
		async (kind) => {
			const { id, months } = await post(kind === 'with a number' ? `LB-${++count}` : '');
			for (const parameters of [reverse(id), correct(id)]) {
				const message = await refused(parameters);
				expect(message).toMatch(/^ERROR_ENTRY_HAS_INVALID_STATUS journalEntryId: .* is spread over entries that stand: /);
				for (const month of months) expect(message).toContain(month);
			}
			// One by one, and then the entry itself.
			for (const month of months.slice(1)) expect((await world.run(reverse(month))).error).toBeUndefined();
			forget();
			expect(await refused(reverse(id))).toMatch(new RegExp(`that stand: ${months[0] ?? ''}[^,]*\\. Reverse`));
			for (const one of [months[0], id]) expect((await world.run(reverse(one))).error).toBeUndefined();
			forget();
			expect((await world.run(reverse(id))).json()[0]).toMatchObject({ already_posted: true, reverses: id });
		},
	);

	it('are reversed with it in one run, in whatever order, and the number takes other content then', async () => {
		const number = `LB-${++count}`;
		const { id, months } = await post(number);
		const input = [id, ...months].map((one) => ({ id: one }));
		const { error, json } = await world.run(reverseEach, { input });
		expect(error).toBeUndefined();
		expect(json().map(({ reverses }) => reverses)).toEqual([id, ...months]);
		const balances = world.sandbox
			.company(1001)
			.vouchers()
			.filter(({ comments }) => comments?.includes(number) || [id, ...months].some((one) => comments?.includes(`r=${one};`)))
			.flatMap(({ rows }) => rows)
			.map(({ account, debit, credit }): [number, number] => [account, debit - credit]);
		const onAccount = (wanted: number) => balances.reduce((sum, [account, amount]) => (account === wanted ? sum + amount : sum), 0);
		expect([...new Set(balances.map(([account]) => account))].map(onAccount)).toEqual([0, 0, 0]);
		const shorter = [
			{ account: '6310', debit: 300, start_date: '2026-10-01', end_date: '2026-11-30' },
			{ account: '1930', credit: 300 },
		];
		const [anew] = (await world.run(create(number, shorter))).json();
		expect(anew).toMatchObject({ corrects: id, spread_entries: [{ corrects: months[0] }, { corrects: months[1] }] });
	});

	it('that Spread posted of one of its lines do so, too', async () => {
		const number = `LB-${++count}`;
		const [item] = (await world.run(create(number, PLAIN))).json();
		const spread = await world.run({
			resource: 'journalEntry',
			operation: 'spread',
			spreadSource: 'entryLine',
			journalEntryId: String(item?.id),
			balanceAccount: '1730',
			firstMonth: '2026-10',
			lastMonth: '2026-11',
			journalId: 'API',
		});
		expect(spread.error).toBeUndefined();
		forget();
		const message = await refused(reverse(item?.id));
		for (const { id } of spread.json()) expect(message).toContain(String(id));
		// Nor is what took the line to the account where it waits for the months, as long as they stand.
		const [transfer, ...months] = spread.json().map(({ id }) => String(id));
		const alone = await refused(reverse(transfer));
		expect(alone).toMatch(/^ERROR_ENTRY_HAS_INVALID_STATUS journalEntryId: .* is spread over entries that stand: /);
		for (const month of months) expect(alone).toContain(month);
		expect(alone).not.toContain(`stand: ${transfer ?? ''}`);
		expect((await world.run(reverse(months[1]))).error).toBeUndefined();
		forget();
		expect(await refused(reverse(transfer))).toMatch(new RegExp(`that stand: ${months[0] ?? ''}[^,]*\\. Reverse`));
		const { error, json } = await world.run(reverseEach, { input: [transfer, ...months].map((id) => ({ id })) });
		expect(error).toBeUndefined();
		expect(json().map(({ reverses }) => reverses)).toEqual([transfer, ...months]);
	});

	it('and their transfer are not taken for entries of the user with such numbers and a reference', async () => {
		const number = `LB-${++count}`;
		const [zero] = (await world.run(create(`${number}/0`, PLAIN, { additionalFields: { reference: 'A-1/1' } }))).json();
		expect((await world.run(create(`${number}/1`, PLAIN, { additionalFields: { reference: 'A-1/1' } }))).error).toBeUndefined();
		expect((await world.run(reverse(zero?.id))).error).toBeUndefined();
	});

	it('that lie in the year before keep it from being reversed, and its line from being spread again', async () => {
		world.sandbox.company(1001).setLocked(null);
		const number = `LB-${++count}`;
		const december = [
			{ ...INSURANCE[0], start_date: '2025-12-01', end_date: '2025-12-31' },
			{ account: '1930', credit: 300 },
		];
		const [item] = (await world.run(create(number, december, { date: '2026-01-10' }))).json();
		const [month] = item?.spread_entries as IDataObject[];
		expect(month).toMatchObject({ date: '2025-12-31' });
		forget();
		expect(await refused(reverse(item?.id))).toContain(String(month?.id));
		const spread = { ...reverse(item?.id), operation: 'spread', spreadSource: 'entryLine', lineNumber: 1 };
		const again = {
			...spread,
			resultAccount: '6310',
			firstMonth: '2025-12',
			lastMonth: '2025-12',
			journalId: 'API',
			number: `${number}-again`,
		};
		expect(await refused(again)).toMatch(/is spread already/);
	});

	it('are not taken for numbers of the user that look like theirs', async () => {
		const number = `LB-${++count}`;
		const lines = [
			{ account: '6310', debit: 300 },
			{ account: '1930', credit: 300 },
		];
		const [item] = (await world.run(create(number, lines))).json();
		await world.run(create(`${number}/1`, lines, { description: 'Fee', additionalFields: { reference: number } }));
		expect((await world.run(reverse(item?.id))).error).toBeUndefined();
	});
});
