import type { FaultRule } from '../../../sandbox';
import { entry, linesOf } from '../support/entry';
import { countVouchers, COMPANY, startWorld, type World } from '../support/world';

const OWN_404 = { ErrorInformation: { Error: 1, Message: 'Kan inte hitta verifikatet.', Code: 2999404 } };
const GATEWAYS_404 = '<html><body><h1>404 Not Found</h1></body></html>';

let world: World;
let before: number;
let count = 0;
beforeAll(async () => {
	world = await startWorld();
});
beforeEach(() => {
	world.reconnect();
	before = countVouchers(world.sandbox);
});
afterEach(() => world.sandbox.faults.clear());
afterAll(async () => await world.close());

const added = (): number => countVouchers(world.sandbox) - before;
const freshNumber = (): string => `CON-${++count}`;
const reverse = (id: string) => ({ resource: 'journalEntry', operation: 'reverse', journalEntryId: id });

/** Posts, and lets the process forget it. */
async function posted(parameters: Parameters<World['run']>[0]): Promise<{ id: string; path: string }> {
	const [item] = (await world.run(parameters)).json();
	world.reconnect();
	before = countVouchers(world.sandbox);
	const path = `/3/vouchers/A/${String(item?.voucher_number)}`;
	return { id: String(item?.id), path };
}

function answerInstead(path: string, body: object | string, { status = 404, times }: { status?: number; times?: number } = {}): void {
	const fault: FaultRule = { kind: 'otherAnswer', when: 'before', method: 'GET', path: `^${path}$`, status, body };
	world.sandbox.faults.add(times === undefined ? fault : { ...fault, times });
}

/** The voucher as Fortnox sends it, changed. */
async function answerChanged(path: string, change: (text: string) => string): Promise<void> {
	const token = world.sandbox.issueTokens({ tenantId: COMPANY });
	const headers = { authorization: `Bearer ${token.access_token}` };
	const text = await (await fetch(`${world.sandbox.url}${path}?financialyear=4`, { headers })).text();
	answerInstead(path, JSON.parse(change(text)) as object, { status: 200 });
}

describe('the list shows an entry, and its own request', () => {
	it('gets a gateway’s 404: the run fails, and posts nothing', async () => {
		const number = freshNumber();
		const { path } = await posted(entry({ number }));
		answerInstead(path, GATEWAYS_404, { times: 1 });
		const again = await world.run(entry({ number }));
		expect(again.error?.context?.error_code).toBe('ERROR_FORTNOX_UNAVAILABLE');
		expect(again.error?.message).toMatch(/gateway or another server/);
		expect(added()).toBe(0);
	});

	it('gets Fortnox’s 404 once: it is asked again, and the entry is found', async () => {
		const number = freshNumber();
		const { id, path } = await posted(entry({ number }));
		answerInstead(path, OWN_404, { times: 1 });
		expect((await world.run(entry({ number }))).json()[0]).toMatchObject({ id, already_posted: true });
		expect(added()).toBe(0);
	});

	it.each<[string, (path: string) => void | Promise<void>]>([
		['Fortnox’s 404', (path) => answerInstead(path, OWN_404)],
		['it without its comments', async (path) => await answerChanged(path, (text) => text.replace(/"Comments":"[^"]*"/, '"Comments":null'))],
	])('gets %s again and again: the entry is refused until the two agree', async (_, strike) => {
		const number = freshNumber();
		const { id, path } = await posted(entry({ number }));
		await strike(path);
		for (const connect of [() => undefined, () => world.reconnect()]) {
			connect();
			const again = await world.run(entry({ number }));
			expect(again.error?.context?.error_code).toBe('ERROR_POST_NOT_VERIFIABLE');
			expect(again.error?.message).toContain(`${id} alone does not fit`);
		}
		world.sandbox.faults.clear();
		expect((await world.run(entry({ number }))).json()[0]).toMatchObject({ id, already_posted: true });
		expect(added()).toBe(0);
	});

	it('gets Fortnox’s 404 where a person has booked the same', async () => {
		const description = freshNumber();
		const { number } = world.sandbox.company().addVoucher({
			date: '2026-06-01',
			description,
			rows: [
				{ account: 1930, debit: 10_000 },
				{ account: 3004, credit: 10_000 },
			],
		});
		answerInstead(`/3/vouchers/A/${number}`, OWN_404);
		const again = await world.run(entry({ number: freshNumber(), description }));
		expect(again.error?.context?.error_code).toBe('ERROR_POST_NOT_VERIFIABLE');
		expect(again.error?.message).toContain(`A-${number}-4`);
		expect(added()).toBe(1);
	});
});

describe('the list shows a reversal, and its own request gets Fortnox’s 404', () => {
	it.each(['once', 'again and again'])('%s: no second one is posted', async (how) => {
		const original = await posted(entry({ number: freshNumber() }));
		const reversal = await posted(reverse(original.id));
		answerInstead(reversal.path, OWN_404, how === 'once' ? { times: 1 } : {});
		const again = await world.run(reverse(original.id));
		if (how === 'once') expect(again.json()[0]).toMatchObject({ id: reversal.id, already_posted: true });
		else expect(again.error?.context?.error_code).toBe('ERROR_POST_NOT_VERIFIABLE');
		expect(added()).toBe(0);
	});

	it('and whether the entry stands, which other content under its number depends on, is not guessed', async () => {
		const number = freshNumber();
		const original = await posted(entry({ number }));
		const reversal = await posted(reverse(original.id));
		answerInstead(reversal.path, OWN_404);
		const corrected = await world.run(entry({ number, linesJson: linesOf(110) }));
		expect(corrected.error?.context?.error_code).toBe('ERROR_POST_NOT_VERIFIABLE');
		expect(corrected.error?.message).toContain(reversal.id);
		world.sandbox.faults.clear();
		expect((await world.run(entry({ number, linesJson: linesOf(110) }))).json()[0]).toMatchObject({ corrects: original.id });
		expect(added()).toBe(1);
	});

	it('also within a correction', async () => {
		const original = await posted(entry({ number: freshNumber() }));
		const reversal = await posted(reverse(original.id));
		answerInstead(reversal.path, OWN_404, { times: 1 });
		const corrected = await world.run({ ...entry({ description: 'Right' }), operation: 'correct', journalEntryId: original.id });
		expect(corrected.error).toBeUndefined();
		expect(added()).toBe(1);
	});
});

it('reversals that were deleted cost one reading of the list, however many', async () => {
	const numbers = Array.from({ length: 6 }, () => ({ number: freshNumber() }));
	const post = async () => await world.run(entry({ number: '={{ $json.number }}' }), { input: numbers });
	const ids = (await post()).json().map(({ id }) => ({ id: String(id) }));
	const reversed = (await world.run(reverse('={{ $json.id }}'), { input: ids })).json();
	const company = world.sandbox.company();
	const year = company.currentYear();
	for (const { voucher_series, voucher_number } of [...reversed].reverse()) {
		const voucher = year?.voucher(String(voucher_series), Number(voucher_number));
		if (voucher !== undefined) year?.unbook(voucher);
	}
	world.forget();
	expect((await post()).json().map(({ already_posted }) => already_posted)).toEqual(numbers.map(() => true));
	expect(world.requests('GET', /^\/3\/vouchers$/).length).toBeLessThanOrEqual(6);
});
