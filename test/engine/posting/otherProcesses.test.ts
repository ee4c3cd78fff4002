import type { INodeParameters } from 'n8n-workflow';

import type { Engine } from '../../../engine';
import type { FaultRule } from '../../../sandbox';
import { entry, until } from '../support/entry';
import { MINUTE, pass } from '../support/waiting';
import { COMPANY, countVouchers, startWorld, type World, type WorldOptions } from '../support/world';

const POST = { method: 'POST', path: '^/3/vouchers$', times: 1 };
const FIVE_MINUTES = 5 * MINUTE;

let world: World;
let before: number;
let count = 0;
const added = (): number => countVouchers(world.sandbox) - before;
const freshNumber = (): string => `OP-${++count}`;
const on = async (engine: Engine, parameters: INodeParameters) => await engine.runNode({ parameters });

/** Books what a request was to book, as another process or a slow server would. */
function book(body: unknown): void {
	const { Voucher } = body as { Voucher: { Comments: string; Description: string } };
	world.sandbox.company(COMPANY).addVoucher({
		date: '2026-06-01',
		description: Voucher.Description,
		comments: Voucher.Comments,
		rows: [
			{ account: 1930, debit: 10_000 },
			{ account: 3004, credit: 10_000 },
		],
	});
}

const lastPost = (): unknown => world.requests('POST', /^\/3\/vouchers$/).at(-1)?.body;

beforeEach(() => {
	world.sandbox.faults.clear();
	world.reconnect();
	before = countVouchers(world.sandbox);
});

/** A world for the tests of a block, closed after the last of them. */
function startsWith(options: WorldOptions = {}, prepare: () => void = () => undefined): void {
	beforeAll(async () => {
		world = await startWorld(options);
		prepare();
	});
	afterAll(async () => await world.close());
}

describe('the machine’s clock is five minutes ahead of Fortnox’s', () => {
	startsWith({ now: () => Date.now() - FIVE_MINUTES });

	it('and what another worker has posted since the last look is found', async () => {
		const worker = world.engine;
		await on(worker, entry({ number: freshNumber() }));
		world.reconnect();
		const fields = entry({ number: freshNumber() });
		const [first] = (await world.run(fields)).json();
		const [again] = (await on(worker, fields)).json();
		expect(again).toMatchObject({ id: first?.id, already_posted: true });
		expect(added()).toBe(2);
	});

	it('and what another worker posts in the same moment is named', async () => {
		await world.run(entry({ number: freshNumber() }));
		world.forget();
		world.sandbox.faults.add({ kind: 'latency', ms: 500, ...POST });
		const running = world.run(entry({ number: freshNumber() }));
		book((await until(() => world.requests('POST', /^\/3\/vouchers$/)[0])).body);
		expect((await running).json()[0]?.duplicate_entry_ids).toHaveLength(1);
	});
});

describe('with other processes, and after a crash', () => {
	startsWith();

	describe.each(['the same process', 'a new process'])('and a list that lags behind, in %s', (process) => {
		it.each([
			['the journal named', {}],
			['the journal left empty', { journalId: '' }],
		])('an entry that was booked after its 504 is found: %s', async (_, more) => {
			const fields = entry({ number: freshNumber(), options: { outcomeTimeout: 1 }, ...more });
			world.sandbox.faults.add({ kind: 'gateway5xx', status: 504, when: 'before', ...POST });
			expect((await world.run(fields)).error?.context?.error_code).toBe('ERROR_POST_OUTCOME_UNKNOWN');
			book(lastPost());
			world.sandbox.faults.add({ kind: 'delayListing', ms: 600_000 });
			if (process === 'a new process') world.reconnect();
			expect((await world.run(fields)).json()[0]).toMatchObject({ already_posted: true });
			expect(added()).toBe(1);
		});

		it.each([
			['the journal named', {}],
			['the journal left empty', { journalId: '' }],
		])('an entry whose execution was killed in flight, and which was booked late, is found: %s', async (_, more) => {
			const fields = entry({ number: freshNumber(), options: { outcomeTimeout: 1 }, ...more });
			const stop = new AbortController();
			world.sandbox.faults.add({ kind: 'hangBeforeCommit', ...POST });
			const running = world.run(fields, { signal: stop.signal });
			const sent = await until(() => world.requests('POST', /^\/3\/vouchers$/)[0]);
			stop.abort();
			await running;
			book(sent.body);
			world.sandbox.faults.add({ kind: 'delayListing', ms: 600_000 });
			if (process === 'a new process') world.reconnect();
			expect((await world.run(fields)).json()[0]).toMatchObject({ already_posted: true });
			expect(added()).toBe(1);
		});
	});

	describe('and a list that lags by more than what looks overlap', () => {
		/** Looks before and after the list shows what was booked just now, which falls between the two. */
		async function lookBothSides(looking: Engine, known: INodeParameters): Promise<void> {
			await pass(4 * MINUTE);
			await on(looking, known);
			await pass(12 * MINUTE);
			await on(looking, known);
			world.sandbox.faults.clear();
		}

		it('an entry that was booked late is found by the process that posted it', async () => {
			const [known, fields] = [entry({ number: freshNumber() }), entry({ number: freshNumber(), options: { outcomeTimeout: 1 } })];
			await world.run(known);
			world.sandbox.faults.add({ kind: 'gateway5xx', status: 504, when: 'before', ...POST });
			await world.run(fields);
			world.sandbox.faults.add({ kind: 'delayListing', ms: FIVE_MINUTES });
			book(lastPost());
			await lookBothSides(world.engine, known);
			expect((await world.run(fields)).json()[0]).toMatchObject({ already_posted: true });
			expect(added()).toBe(2);
		});

		it.each([
			['is found by another once the list shows a later one', true],
			['is doubled by another, and both are named', false],
		])('an entry of one worker %s', async (_, isFollowed) => {
			const [known, fields] = [entry({ number: freshNumber() }), entry({ number: freshNumber() })];
			const looking = world.engine;
			await on(looking, known);
			world.sandbox.faults.add({ kind: 'delayListing', ms: FIVE_MINUTES });
			world.reconnect();
			const [first] = (await world.run(fields)).json();
			await lookBothSides(looking, known);
			if (isFollowed) book({ Voucher: { Comments: '', Description: 'Ny' } });
			const [again] = (await on(looking, fields)).json();
			expect(again).toMatchObject(isFollowed ? { id: first?.id, already_posted: true } : { duplicate_entry_ids: [first?.id] });
		});
	});

	it('an entry that is booked after both looks is doubled, and the next look names both', async () => {
		const fields = entry({ number: freshNumber(), options: { outcomeTimeout: 1 } });
		world.sandbox.faults.add({ kind: 'gateway5xx', status: 504, when: 'before', ...POST });
		await world.run(fields);
		const late = lastPost();
		expect((await world.run(fields)).json()[0]).not.toHaveProperty('already_posted');
		book(late);
		const [item] = (await world.run(fields)).json();
		expect(item?.duplicate_entry_ids).toHaveLength(1);
		expect(String(item?.warning)).toMatch(/are the same entry. Reverse one of them/);
		expect(added()).toBe(2);
	});

	it('two apps of one company that post the same number at the same moment post it once', async () => {
		const engines = [world.engine, world.anotherApp(), world.anotherApp()];
		const fields = entry({ number: freshNumber() });
		const results = await Promise.all(engines.map(async (engine) => await on(engine, fields)));
		expect(new Set(results.map((result) => result.json()[0]?.id)).size).toBe(1);
		expect(results.filter((result) => result.json()[0]?.already_posted === true)).toHaveLength(2);
		expect(new Set(world.requests().map(({ clientId }) => clientId)).size).toBe(3);
		expect(added()).toBe(1);
	});

	it.each(['the same process', 'a new process'])(
		'an execution’s id that comes again posts its entry without a number, and says what was there (%s)',
		async (process) => {
			const same = { executionId: freshNumber(), id: 'node' };
			const [first] = (await world.run(entry(), same)).json();
			if (process === 'a new process') world.reconnect();
			const again = await world.run(entry(), same);
			expect(again.json()[0]).not.toHaveProperty('already_posted');
			expect(again.json()[0]?.id).not.toBe(first?.id);
			expect(again.hints().join(' ')).toContain(`had posted A ${String(first?.voucher_number)} at the same place before`);
			expect(added()).toBe(2);
		},
	);

	it('an execution that repeats its node posts its entry without a number once', async () => {
		const stop = new AbortController();
		const running = { executionId: '18', signal: stop.signal, retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
		world.sandbox.faults.add({ kind: 'scopeMissing', ...POST, skip: 1 });
		const result = await world.run(entry(), { ...running, input: [{}, {}] });
		expect(result.json().map(({ already_posted }) => already_posted)).toEqual([true, undefined]);
		expect(added()).toBe(2);
	});
});

describe('a list that keeps comments back while many entries are run again', () => {
	startsWith();

	it.each<FaultRule>([{ kind: 'omitComments' }, { kind: 'cutComments', length: 20 }, { kind: 'delayComments', ms: 3_600_000 }])(
		'finds them all: %j',
		async (fault) => {
			const input = Array.from({ length: 60 }, () => ({ number: freshNumber() }));
			const fields = entry({ number: '={{ $json.number }}' });
			await world.run(fields, { input });
			world.sandbox.faults.add(fault);
			const again = await world.run(fields, { input });
			expect(again.json().filter(({ already_posted: isThere }) => isThere === true)).toHaveLength(60);
			expect(added()).toBe(60);
		},
	);
});

describe('a list that keeps too many comments back', () => {
	startsWith({}, () => world.sandbox.company(COMPANY).addVouchers(400, { yearId: 4, series: ['A'] }));

	it('refuses the run, and is read again for the next one', async () => {
		const fields = entry({ number: freshNumber() });
		const fault = world.sandbox.faults.add({ kind: 'omitComments' });
		expect((await world.run(fields)).error?.context?.error_code).toBe('ERROR_POST_NOT_VERIFIABLE');
		expect(added()).toBe(0);
		fault.remove();
		expect((await world.run(fields)).error).toBeUndefined();
		expect(added()).toBe(1);
	});
});

describe('a list that changes while its pages are read', () => {
	startsWith({}, () => {
		for (const series of ['A', 'B']) world.sandbox.company(COMPANY).addVouchers(400, { yearId: 4, series: [series] });
	});

	/** Runs an entry in a new process, and lets the ledger change between the first page of the list and the others. */
	async function withChange(parameters: INodeParameters, change: () => void) {
		world.reconnect();
		world.sandbox.faults.add({ kind: 'latency', ms: 300, path: '^/3/vouchers$', method: 'GET', skip: 1, times: 2 });
		const running = world.run(parameters);
		await until(() => world.requests('GET', /^\/3\/vouchers$/).find(({ query, status }) => query.page === '1' && status === 200));
		change();
		return await running;
	}

	/** The voucher that the second page of the list begins with, which then moves to the first one. */
	const atBoundary = () => {
		const listed = world.sandbox.company(COMPANY).vouchers(4);
		return listed[500];
	};

	it('by an insertion before the boundary: the entry is found', async () => {
		const fields = entry({ number: freshNumber() });
		await world.run(fields);
		const result = await withChange(fields, () => book({ Voucher: { Comments: '', Description: 'Ny' } }));
		expect(result.json()[0]).toMatchObject({ already_posted: true });
	});

	it('by an insertion and a deletion that leave total and count as they were: the entry is found', async () => {
		const fields = entry({ number: freshNumber() });
		const [first] = (await world.run(fields)).json();
		const company = world.sandbox.company(COMPANY);
		// The entry's mark goes to the voucher at the boundary of two pages; the vouchers are exchanged for that.
		const mine = company.voucher('A', Number(first?.voucher_number), 4);
		if (mine === undefined) throw new Error('No voucher');
		company.year(4).unbook(mine);
		const other = atBoundary();
		if (other === undefined) throw new Error('No second page');
		company.editVoucher(other, (voucher) =>
			Object.assign(voucher, {
				comments: mine.comments,
				description: mine.description,
				date: mine.date,
				rows: mine.rows,
				referenceType: 'MANUAL',
			}),
		);
		// The change must not show in the look at what has changed lately.
		for (const voucher of company.vouchers(4)) voucher.modifiedMinute -= 60;
		before = countVouchers(world.sandbox);
		const result = await withChange(fields, () => {
			const newest = company.year(4).vouchersOf('A').at(-1);
			if (newest) company.year(4).unbook(newest);
			company.addVoucher({
				series: 'B',
				date: '2026-06-02',
				description: 'Hyra',
				rows: [
					{ account: 5010, debit: 700 },
					{ account: 1930, credit: 700 },
				],
			});
		});
		expect(result.json()[0]).toMatchObject({ id: `${other.series}-${other.number}-4`, already_posted: true });
		expect(added()).toBe(0);
	});
});
