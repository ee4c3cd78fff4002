import type { INodeParameters } from 'n8n-workflow';

import type { Engine } from '../../../engine';
import { entry, linesOf, until } from '../support/entry';
import { countVouchers, startWorld, type World } from '../support/world';

let world: World;
let before: number;
let count = 0;
const added = (): number => countVouchers(world.sandbox) - before;
const freshNumber = (): string => `WO-${++count}`;
const on = async (worker: Engine, parameters: INodeParameters) => await worker.runNode({ parameters });
const reverse = (id: unknown): INodeParameters => ({ resource: 'journalEntry', operation: 'reverse', journalEntryId: String(id) });
const correct = (id: unknown, amount: number, more: INodeParameters = {}): INodeParameters =>
	entry({ operation: 'correct', journalEntryId: String(id), linesJson: linesOf(amount), ...more });
const read = (id: unknown): INodeParameters => ({ resource: 'journalEntry', operation: 'get', journalEntryId: String(id) });
const filters = { dateFrom: '2026-06-01', dateTo: '2026-06-01' };
const readAll: INodeParameters = { resource: 'journalEntry', operation: 'getAll', returnAll: true, filters };

beforeAll(async () => {
	world = await startWorld();
});
afterAll(async () => await world.close());
beforeEach(() => {
	world.sandbox.faults.clear();
	before = countVouchers(world.sandbox);
});

/** Workers share nothing but Fortnox. */
function worker(): Engine {
	world.reconnect();
	return world.engine;
}

/** Runs the first parameters, and the second ones in another worker once the first has looked the marks up. */
async function atOnce(first: INodeParameters, second: INodeParameters) {
	const others = worker();
	const own = worker();
	const held = world.sandbox.faults.add({ kind: 'latency', ms: 20_000, method: 'GET', path: '^/3/accounts$', times: 1 });
	const running = on(own, first);
	await until(() => (held.struck > 0 ? true : undefined));
	const done = (await on(others, second)).json()[0];
	return { done, result: await running };
}

it('two post other content under one number: each run that sees both names the other', async () => {
	const number = freshNumber();
	const { done, result } = await atOnce(entry({ number }), entry({ number, linesJson: linesOf(110) }));
	const [item] = result.json();
	expect(item).toMatchObject({ duplicate_entry_ids: [done?.id] });
	expect(item?.warning).toContain(`${String(item?.id)} and, with other content, as ${String(done?.id)}. Find out which is right`);
	expect(result.hints()).toContain(item?.warning);
	expect(added()).toBe(2);

	for (const [amount, own, other] of [
		[100, item?.id, done?.id],
		[110, done?.id, item?.id],
	] as const) {
		const [again] = (await on(worker(), entry({ number, linesJson: linesOf(amount) }))).json();
		expect(again).toMatchObject({ id: own, already_posted: true, duplicate_entry_ids: [other] });
	}
	const third = (await on(worker(), entry({ number, linesJson: linesOf(120) }))).error;
	expect(third?.context?.error_code).toBe('ERROR_NUMBER_ALREADY_USED');
	for (const id of [item?.id, done?.id]) expect(third?.message).toContain(id);
	expect(added()).toBe(2);

	await on(worker(), reverse(done?.id));
	const [alone] = (await on(worker(), entry({ number }))).json();
	expect(alone).toMatchObject({ id: item?.id, already_posted: true });
	expect(alone).not.toHaveProperty('duplicate_entry_ids');
});

it('one corrects an entry while another reverses it: the doubled reversal is named, by later runs too', async () => {
	const number = freshNumber();
	const [original] = (await on(worker(), entry({ number }))).json();
	const { done, result } = await atOnce(correct(original?.id, 110), reverse(original?.id));
	const [item] = result.json();
	expect(item?.reversal).toMatchObject({ id: item?.reversal_id, duplicate_entry_ids: [done?.id] });
	expect(result.hints().join()).toContain(`Another process posted the reversal of ${String(original?.id)} as well`);
	expect(added()).toBe(4);

	const [again] = (await on(worker(), reverse(original?.id))).json();
	expect(again).toMatchObject({ id: done?.id, duplicate_entry_ids: [item?.reversal_id] });
	const [repeated] = (await on(worker(), correct(original?.id, 110))).json();
	expect(repeated).toMatchObject({ id: item?.id, reversal: { duplicate_entry_ids: [expect.any(String)] } });
	const told = `${String(original?.id)} was reversed more than once, by ${String(done?.id)} and ${String(item?.reversal_id)}`;
	for (const amount of [100, 110])
		expect((await on(worker(), entry({ number, linesJson: linesOf(amount) }))).hints().join()).toContain(told);
	expect((await on(worker(), read(original?.id))).hints().join()).toContain(told);
	expect((await on(worker(), readAll)).hints().join()).toContain(told);
	expect(added()).toBe(4);
});

it.each<[string, INodeParameters, INodeParameters]>([
	['under the entry’s own number', {}, {}],
	['under other numbers', { number: 'WO-one' }, { number: 'WO-other' }],
])('two correct an entry in other ways, %s: the doubled correction is named', async (_, ofOne, ofOther) => {
	const [original] = (await on(worker(), entry({ number: freshNumber() }))).json();
	const { done, result } = await atOnce(correct(original?.id, 110, ofOne), correct(original?.id, 120, ofOther));
	const [item] = result.json();
	expect(item).toMatchObject({ duplicate_entry_ids: [done?.id], reversal: { duplicate_entry_ids: [done?.reversal_id] } });
	expect(result.hints().join()).toContain(`the correction of ${String(original?.id)} stands in the ledger as ${String(item?.id)}`);
	const told = `${String(original?.id)} was corrected more than once, by ${String(done?.id)} and ${String(item?.id)}`;
	expect((await on(worker(), read(original?.id))).hints().join()).toContain(told);
	const [again] = (await on(worker(), correct(original?.id, 120, ofOther))).json();
	expect(again).toMatchObject({ id: done?.id, already_posted: true, duplicate_entry_ids: [item?.id] });
	expect(added()).toBe(5);
});
