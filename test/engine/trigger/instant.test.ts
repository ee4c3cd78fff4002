import type { INodeParameters } from 'n8n-workflow';

import { INSTANT_TRIGGER, type ActiveTrigger } from '../../../engine';
import type { CompanyState } from '../../../sandbox';
import { atSpeed } from '../../clock/fastTime';
import { MINUTE, pass, provideWebSocket, SECOND, SOON, until } from '../support/waiting';
import { startWorld, type World } from '../support/world';

let world: World;
let active: ActiveTrigger[];

beforeAll(provideWebSocket);

beforeEach(async () => {
	active = [];
	world = await startWorld();
});

afterEach(async () => {
	await Promise.all(active.map(async (trigger) => await trigger.deactivate()));
	await world.close();
});

function company(tenantId = 1001): CompanyState {
	return world.sandbox.company(tenantId);
}

function post(tenantId = 1001): string {
	const books = company(tenantId);
	const year = books.currentYear();
	if (!year) throw new Error('The company has no financial year');
	const { series, number } = books.addVoucher({
		date: year.fromDate,
		description: 'Pennor',
		rows: [
			{ account: 6110, debit: 12_500 },
			{ account: 1930, credit: 12_500 },
		],
	});
	return `${series} ${number}`;
}

async function activate(parameters: INodeParameters = { triggerOn: 'newEntry' }, more: { id?: string; from?: ActiveTrigger } = {}) {
	const { id = `trigger-${active.length}`, from } = more;
	const trigger = await world.engine.activate(INSTANT_TRIGGER, parameters, { id, ...(from && { staticData: from.stored() }) });
	active.push(trigger);
	return trigger;
}

const names = ({ items }: ActiveTrigger): unknown[] => items.map(({ name }) => name);

describe('the instant trigger', () => {
	it('hands an entry on within two seconds, as the node returns it', async () => {
		const trigger = await activate();
		const name = post();
		await atSpeed(1, async () => await until(() => trigger.items.length > 0, 2 * SECOND));
		const [item] = trigger.items;
		expect(item).toMatchObject({ name, change: 'new', tenant_id: 1001, items: [{ debit: 125 }, { credit: 125 }] });
		const got = await world.run({ resource: 'journalEntry', operation: 'get', journalEntryId: String(item?.id) });
		expect(item).toEqual({ ...got.json()[0], change: 'new' });
	});

	it('has one connection for all workflows and companies of an app, and none when the last has gone', async () => {
		const one = await activate();
		const two = await activate({ triggerOn: 'newEntry' });
		const { events } = world.sandbox;
		expect(events.connected).toBe(1);
		expect(events.connections).toHaveLength(1);
		const name = post();
		await until(() => one.items.length > 0 && two.items.length > 0, SOON);
		expect([...names(one), ...names(two)]).toEqual([name, name]);
		await one.deactivate();
		expect(events.connections).toHaveLength(1);
		await two.deactivate();
		await until(() => events.connections.length === 0, SOON);
	});

	it('reads a burst of 500 vouchers in at most 5 requests', async () => {
		const trigger = await activate();
		// The names of accounts and journals are kept for five minutes.
		post();
		await until(() => trigger.items.length > 0, SOON);
		trigger.items.length = 0;
		world.forget();
		const [year] = company().yearsNewestFirst();
		company().addVouchers(500, { yearId: company().currentYear()?.id ?? year?.id, createdAt: Date.now() });
		await until(() => trigger.items.length >= 500, 20 * SECOND);
		expect(trigger.items).toHaveLength(500);
		expect(trigger.items.every(({ items }) => Array.isArray(items) && items.length > 1)).toBe(true);
		expect(world.requests().length).toBeLessThanOrEqual(5);
	});

	it.each([
		['by token, with ids of years, from the offset on', {}],
		['as a list, with calendar years, after the offset', { replayFrom: 'next', tenantIds: 'list', year: 'calendar' }],
	] as const)('loses and doubles nothing while the connection breaks, is refused, falls silent and talks nonsense: %s', async (_, way) => {
		const { events, settings } = world.sandbox;
		Object.assign(settings.events, way, { doubles: true });
		const trigger = await activate();
		const posted: string[] = [];
		for (let round = 0; round < 6; round++) {
			posted.push(post());
			if (round % 3 === 0) events.break();
			if (round % 3 === 1) events.break(1011);
			if (round % 3 === 2) events.sendText('{"topic":"vouchers","nonsense":');
			events.refuse(round % 2 === 1);
			posted.push(post());
			await pass(2 * SECOND);
			events.refuse(false);
			posted.push(post());
			await pass(8 * SECOND);
		}
		await until(() => trigger.items.length >= posted.length, 2 * MINUTE);
		await pass(5 * SECOND);
		expect([...names(trigger)].sort()).toEqual([...posted].sort());
		expect(trigger.errors).toEqual([]);
	});

	it('notices a connection that has gone silent, and catches up', async () => {
		const trigger = await activate();
		world.sandbox.events.silence(true);
		const name = post();
		await pass(10 * SECOND);
		expect(trigger.items).toEqual([]);
		await until(() => trigger.items.length > 0, 4 * MINUTE);
		expect(names(trigger)).toEqual([name]);
		expect(world.sandbox.events.connected).toBe(2);
	});

	it('goes on where it stood when n8n starts again, and hands on what happened meanwhile', async () => {
		const before = await activate();
		post();
		await until(() => before.items.length > 0, SOON);
		await before.deactivate();
		const meanwhile = [post(), post()];
		const after = await activate({ triggerOn: 'newEntry' }, { from: before });
		expect(names(after)).toEqual(meanwhile);
		expect(after.stored().offsets).toMatchObject({ vouchers: { offset: expect.stringMatching(/./) } });
		const next = post();
		await until(() => after.items.length > 2, SOON);
		expect(names(after)).toEqual([...meanwhile, next]);
	});

	it('tells a voucher that took over the number of a deleted one', async () => {
		const trigger = await activate();
		const name = post();
		await until(() => trigger.items.length > 0, SOON);
		const year = company().currentYear();
		const voucher = year?.vouchersOf('A').at(-1);
		if (!year || !voucher) throw new Error('The voucher is not there');
		year.unbook(voucher);
		const other = company().addVoucher({
			date: year.fromDate,
			description: 'Papper',
			rows: [
				{ account: 6110, debit: 100 },
				{ account: 1930, credit: 100 },
			],
		});
		expect(`${other.series} ${other.number}`).toBe(name);
		await until(() => trigger.items.length > 1, SOON);
		expect(trigger.items.map(({ description }) => description)).toEqual(['Pennor', 'Papper']);
	});

	it('shows at the activation that Fortnox refuses it, and leaves no connection', async () => {
		const [client] = world.sandbox.clients.slice(-1);
		if (!client) throw new Error('There is no client');
		client.secret = 'another';
		await expect(activate()).rejects.toThrow(/client secret/);
		await until(() => world.sandbox.events.connections.length === 0, SOON);
	});

	it('tells n8n when the company takes its consent back', async () => {
		const trigger = await activate();
		world.sandbox.revoke(1001);
		post();
		world.sandbox.events.break();
		await until(() => trigger.errors.length > 0, MINUTE);
		expect(trigger.items).toEqual([]);
		expect(trigger.errors[0]?.message).toMatch(/connect/i);
	});

	it('looks once a minute where Node.js has no WebSocket', async () => {
		Object.defineProperty(globalThis, 'WebSocket', { value: undefined, configurable: true, writable: true });
		try {
			const trigger = await activate();
			const name = post();
			await until(() => trigger.items.length > 0, 90 * SECOND);
			expect(names(trigger)).toEqual([name]);
			expect(world.sandbox.events.connected).toBe(0);
		} finally {
			provideWebSocket();
		}
	});
});
