import type { FaultRule } from '../../../sandbox';
import { entry, linesOf } from '../support/entry';
import { countVouchers, startWorld, type World } from '../support/world';

describe('an entry is posted exactly once', () => {
	let world: World;
	let before: number;
	const added = (): number => countVouchers(world.sandbox) - before;
	let count = 0;
	const freshNumber = (): string => `EO-${++count}`;

	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(() => {
		world.sandbox.faults.clear();
		world.reconnect();
		before = countVouchers(world.sandbox);
	});
	afterAll(async () => {
		await world.close();
	});

	/** Books what a request was to book, as another process or a slow server would. */
	function bookAgain(body: unknown): void {
		const { Voucher } = body as { Voucher: { Comments: string; Description: string } };
		world.sandbox.company(1001).addVoucher({
			date: '2026-06-01',
			description: Voucher.Description,
			comments: Voucher.Comments,
			rows: [
				{ account: 1930, debit: 10_000 },
				{ account: 3004, credit: 10_000 },
			],
		});
	}

	async function until<T>(look: () => T | undefined): Promise<T> {
		for (;;) {
			const seen = look();
			if (seen !== undefined) return seen;
			await new Promise((resolve) => setImmediate(resolve));
		}
	}

	it('returns the entry that is there when a number is run again', async () => {
		const number = freshNumber();
		const first = await world.run(entry({ number }));
		const second = await world.run(entry({ number }));
		expect(first.json()[0]).toMatchObject({ number, voucher_series: 'A', date: '2026-06-01' });
		expect(first.json()[0]).not.toHaveProperty('already_posted');
		expect(second.json()[0]).toMatchObject({ id: first.json()[0]?.id, already_posted: true, number });
		expect(second.json()[0]?.items).toEqual(first.json()[0]?.items);
		expect(added()).toBe(1);
	});

	it('takes amounts written in another way for the same content', async () => {
		const number = freshNumber();
		await world.run(entry({ number }));
		const again = await world.run(
			entry({
				number,
				linesJson: [
					{ account: 1930, debit: '100,00' },
					{ account: '3004', credit: '100.00 kr', debit: '' },
				],
			}),
		);
		expect(again.json()[0]).toMatchObject({ already_posted: true });
		expect(added()).toBe(1);
	});

	it('refuses the same number with other content, and names both', async () => {
		const number = freshNumber();
		const first = await world.run(entry({ number }));
		const other = await world.run(entry({ number, description: 'Another payout' }));
		expect(other.error?.context?.error_code).toBe('ERROR_NUMBER_ALREADY_USED');
		expect(other.error?.message).toContain(String(first.json()[0]?.id));
		expect(other.error?.message).toContain("the text was 'Payout' and is 'Another payout'");
		expect(added()).toBe(1);
	});

	it('returns it also when the period was locked meanwhile', async () => {
		const number = freshNumber();
		await world.run(entry({ number }));
		const company = world.sandbox.company(1001);
		const { lockedPeriod } = company;
		company.setLocked('2026-06-30');
		const again = await world.run(entry({ number }));
		const other = await world.run(entry({ number: freshNumber() }));
		company.setLocked(lockedPeriod);
		expect(again.json()[0]).toMatchObject({ already_posted: true });
		expect(other.error?.context?.error_code).toBe('ERROR_PERIOD_CLOSED');
		expect(added()).toBe(1);
	});

	it('tells numbers apart that are prefixes of each other', async () => {
		const number = freshNumber();
		for (const longer of [number, `${number}0`, `${number}00`, number.slice(0, -1) || 'E']) {
			expect((await world.run(entry({ number: longer, reference: longer }))).status).toBe('success');
		}
		expect(added()).toBeGreaterThanOrEqual(3);
	});

	it('keeps the comments of the user beside the mark', async () => {
		const number = freshNumber();
		const fields = entry({ number, additionalFields: { comments: 'Kvitto i pärm 3\nsida 7', reference: 'PSP 77' } });
		const first = await world.run(fields);
		const again = await world.run(fields);
		expect(again.json()[0]).toMatchObject({
			id: first.json()[0]?.id,
			already_posted: true,
			comments: 'Kvitto i pärm 3\nsida 7',
			reference: 'PSP 77',
		});
	});

	it('refuses a number that occurs twice in one run, before anything is posted', async () => {
		const number = freshNumber();
		const { error } = await world.run(entry({ number }), { input: [{}, {}] });
		expect(error?.context?.error_code).toBe('ERROR_NUMBER_ALREADY_USED');
		expect(error?.message).toMatch(/occurs 2 times in this run \(items 0, 1\)/);
		expect(added()).toBe(0);
	});

	it('refuses it also where one of the two is wrong in itself, and posts neither', async () => {
		const number = freshNumber();
		const result = await world.run(
			entry({ number, linesJson: '={{ [{ account: "1930", debit: $json.amount }, { account: "3004", credit: 100 }] }}' }),
			{ input: [{ amount: 99 }, { amount: 100 }], onError: 'continueRegularOutput' },
		);
		expect(result.json().map(({ error_code }) => error_code)).toEqual(['ERROR_ENTRY_NOT_BALANCED', 'ERROR_NUMBER_ALREADY_USED']);
		expect(added()).toBe(0);
	});

	it('does not post again when n8n retries the node on failure', async () => {
		world.sandbox.faults.add({ kind: 'scopeMissing', method: 'POST', path: '^/3/vouchers$', skip: 1, times: 1 });
		const result = await world.run(entry(), { input: [{}, {}, {}], retryOnFail: true, maxTries: 2, waitBetweenTries: 0 });
		expect(result.status).toBe('success');
		expect(result.json().map(({ already_posted }) => already_posted)).toEqual([true, undefined, undefined]);
		expect(added()).toBe(3);
	});

	it('posts again in another execution where there is no number, and says so', async () => {
		const first = await world.run(entry());
		await world.run(entry());
		expect(first.hints().join(' ')).toMatch(/within this execution only/);
		expect(added()).toBe(2);
	});

	it('posts once where two executions have the same number at the same moment', async () => {
		const number = freshNumber();
		const results = await Promise.all(Array.from({ length: 5 }, async () => await world.run(entry({ number }))));
		expect(new Set(results.map((result) => result.json()[0]?.id)).size).toBe(1);
		expect(results.filter((result) => result.json()[0]?.already_posted === true)).toHaveLength(4);
		expect(added()).toBe(1);
	});

	it('names both entries where another process posted the same number in the same moment', async () => {
		world.sandbox.faults.add({ kind: 'latency', ms: 500, method: 'POST', path: '^/3/vouchers$', times: 1 });
		const running = world.run(entry({ number: freshNumber() }));
		const mine = await until(() => world.requests('POST', /^\/3\/vouchers$/)[0]);
		bookAgain(mine.body);
		const [item] = (await running).json();
		expect(item?.duplicate_entry_ids).toHaveLength(1);
		expect(String(item?.warning)).toMatch(/are the same entry. Reverse one of them/);
		expect(added()).toBe(2);
	});

	describe('when the answer is unclear', () => {
		const AFTER_COMMIT: FaultRule[] = [
			{ kind: 'dropAfterCommit' },
			{ kind: 'resetAfterCommit' },
			{ kind: 'gateway5xx', status: 502, when: 'after' },
			{ kind: 'gateway5xx', status: 503, when: 'after' },
			{ kind: 'gateway5xx', status: 504, when: 'after' },
			{ kind: 'htmlBody', status: 200 },
		];

		it.each(AFTER_COMMIT)('finds the entry in the ledger after %j', async (fault) => {
			world.sandbox.faults.add({ ...fault, method: 'POST', path: '^/3/vouchers$', times: 1 });
			const number = freshNumber();
			const result = await world.run(entry({ number, options: { outcomeTimeout: 5 } }));
			expect(result.json()[0]).toMatchObject({ already_posted: true, number });
			expect(result.hints().join(' ')).toMatch(/answer of Fortnox was lost/);
			expect(added()).toBe(1);
		});

		it.each<FaultRule>([{ kind: 'dropBeforeCommit' }, { kind: 'gateway5xx', status: 504, when: 'before' }])(
			'says that it is not known after %j, and a second run posts it',
			async (fault) => {
				world.sandbox.faults.add({ ...fault, method: 'POST', path: '^/3/vouchers$', times: 1 });
				const fields = entry({ number: freshNumber(), options: { outcomeTimeout: 1 } });
				const result = await world.run(fields);
				expect(result.error?.context?.error_code).toBe('ERROR_POST_OUTCOME_UNKNOWN');
				expect(result.error?.message).toMatch(/Run again with the same number/);
				expect(added()).toBe(0);
				expect((await world.run(fields)).status).toBe('success');
				expect(added()).toBe(1);
			},
		);

		it('finds an entry that was booked after the client had given up', async () => {
			world.sandbox.faults.add({ kind: 'gateway5xx', status: 504, when: 'before', method: 'POST', path: '^/3/vouchers$', times: 1 });
			const fields = entry({ number: freshNumber(), options: { outcomeTimeout: 1 } });
			expect((await world.run(fields)).error?.context?.error_code).toBe('ERROR_POST_OUTCOME_UNKNOWN');
			bookAgain(world.requests('POST', /^\/3\/vouchers$/).at(-1)?.body);
			expect((await world.run(fields)).json()[0]).toMatchObject({ already_posted: true });
			expect(added()).toBe(1);
		});

		it('refuses other content where what had no answer is booked while the next run looks for it', async () => {
			world.sandbox.faults.add({ kind: 'commitLate', ms: 100_000, method: 'POST', path: '^/3/vouchers$', times: 1 });
			const number = freshNumber();
			const first = await world.run(entry({ number, options: { outcomeTimeout: 10 } }));
			expect(first.error?.context?.error_code).toBe('ERROR_POST_OUTCOME_UNKNOWN');
			const other = await world.run(entry({ number, linesJson: linesOf(110), options: { outcomeTimeout: 60 } }));
			expect(other.error?.context?.error_code).toBe('ERROR_NUMBER_ALREADY_USED');
			expect(added()).toBe(1);
		});

		it.each<FaultRule>([
			{ kind: 'omitComments' },
			{ kind: 'cutComments', length: 20 },
			{ kind: 'delayComments', ms: 60_000 },
			{ kind: 'delayListing', ms: 60_000 },
		])('finds it also where the voucher list has %j', async (listFault) => {
			world.sandbox.faults.add(listFault);
			world.sandbox.faults.add({ kind: 'dropAfterCommit', method: 'POST', path: '^/3/vouchers$', times: 1 });
			const result = await world.run(entry({ number: freshNumber(), options: { outcomeTimeout: 2 } }));
			expect(result.json()[0]).toMatchObject({ already_posted: true });
			expect(added()).toBe(1);
		});
	});

	it.each<FaultRule>([{ kind: 'tooMany' }, { kind: 'tooMany', retryAfter: 1 }, { kind: 'tooMany', counted: true }])(
		'posts once after %j',
		async (fault) => {
			world.sandbox.faults.add({ ...fault, method: 'POST', path: '^/3/vouchers$', times: 1 });
			expect((await world.run(entry({ number: freshNumber() }))).status).toBe('success');
			expect(added()).toBe(1);
		},
	);

	it('posts once where the token dies in the middle', async () => {
		world.sandbox.faults.add({ kind: 'tokenDies', method: 'POST', path: '^/3/vouchers$', times: 1 });
		const result = await world.run(entry(), { input: [{}, {}, {}] });
		expect(result.status).toBe('success');
		expect(added()).toBe(3);
	});

	it('posts the good ones and reports the bad ones where the user chose to continue', async () => {
		const result = await world.run(
			entry({
				number: '={{ $json.number }}',
				linesJson: '={{ [{ account: "1930", debit: $json.amount }, { account: "3004", credit: 5 }] }}',
			}),
			{
				input: [
					{ amount: 5, number: freshNumber() },
					{ amount: 6, number: freshNumber() },
					{ amount: 5, number: freshNumber() },
				],
				onError: 'continueErrorOutput',
			},
		);
		expect(result.items(undefined, 0).map(({ pairedItem }) => pairedItem)).toEqual([[{ item: 0 }], [{ item: 2 }]]);
		expect(result.json(undefined, 1)).toEqual([expect.objectContaining({ error_code: 'ERROR_ENTRY_NOT_BALANCED', item_index: 1 })]);
		expect(added()).toBe(2);
	});

	it('takes at most 8 requests for one entry when warm', async () => {
		await world.run(entry({ number: freshNumber() }));
		world.forget();
		await world.run(entry({ number: freshNumber() }));
		expect(world.requests().length).toBeLessThanOrEqual(8);
	});
});
