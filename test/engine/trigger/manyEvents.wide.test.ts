import { INSTANT_TRIGGER, type ActiveTrigger } from '../../../engine';
import { moveClock } from '../../clock/fixedDate';
import { startFirm, type Firm } from '../support/firm';
import { MINUTE, pass, provideWebSocket, SECOND, SOON, until } from '../support/waiting';

jest.setTimeout(300_000);

let firm: Firm;
let active: ActiveTrigger[];

beforeAll(provideWebSocket);

beforeEach(async () => {
	active = [];
	firm = await startFirm(2);
});

afterEach(async () => {
	await Promise.all(active.map(async (trigger) => await trigger.deactivate()));
	await firm.close();
});

async function activate(
	tenantId: number,
	triggerOn = 'newEntry',
	more: { from?: ActiveTrigger; id?: string } = {},
): Promise<ActiveTrigger> {
	const { from, id = `trigger-${active.length}` } = more;
	const parameters = { authentication: 'serviceAccount', tenantId: String(tenantId), triggerOn };
	const trigger = await firm.engine.activate(INSTANT_TRIGGER, parameters, { id, ...(from && { staticData: from.stored() }) });
	active.push(trigger);
	return trigger;
}

/** Posts to a company, as any program might. @returns the names of the entries */
function post(tenantId: number, times = 1): string[] {
	return Array.from({ length: times }, () => {
		const { series, number } = firm.sandbox.company(tenantId).addVoucher({
			date: '2026-11-20',
			description: `For ${tenantId}`,
			rows: [
				{ account: 6110, debit: 12_500 },
				{ account: 1930, credit: 12_500 },
			],
		});
		return `${series} ${number}`;
	});
}

const names = ({ items }: ActiveTrigger): unknown[] => items.map(({ name }) => name);

describe('three workflows of two companies with one app', () => {
	it('share one connection, hear of their own company only, and take their company off it with its last workflow', async () => {
		const { events } = firm.sandbox;
		const [entries, changes, other] = [await activate(1001), await activate(1001, 'newOrChangedEntry'), await activate(1002)];
		expect([events.connected, events.connections.length]).toEqual([1, 1]);
		expect(events.connections[0]?.tenantIds.sort()).toEqual([1001, 1002]);
		const [ofFirst, ofSecond] = [post(1001), post(1002)];
		await until(() => entries.items.length > 0 && other.items.length > 0, SOON);
		await until(() => changes.items.length > 0, 3 * MINUTE);
		await pass(5 * SECOND);
		expect([names(entries), names(changes), names(other)]).toEqual([ofFirst, ofFirst, ofSecond]);
		expect([entries, changes, other].map(({ items }) => items[0]?.tenant_id)).toEqual([1001, 1001, 1002]);

		await entries.deactivate();
		expect(events.connections[0]?.tenantIds.sort()).toEqual([1001, 1002]);
		await other.deactivate();
		await until(() => events.connections[0]?.tenantIds.join() === '1001', SOON);
		const back = await activate(1002);
		expect(events.connections[0]?.tenantIds.sort()).toEqual([1001, 1002]);
		const next = post(1002);
		await until(() => back.items.length > 0, SOON);
		expect(names(back)).toEqual(next);
		await Promise.all([changes.deactivate(), back.deactivate()]);
		await until(() => events.connections.length === 0, SOON);
		expect(events.connected).toBe(1);
	});

	it('go on with another client secret once one of them is activated with it, and not with a wrong one', async () => {
		const { clients, events } = firm.sandbox;
		const first = await activate(1001);
		firm.stored.service.data.clientSecret = 'wrong';
		await expect(activate(1002)).rejects.toThrow(/client secret/);
		const [app] = clients;
		if (app === undefined) throw new Error('The sandbox has no client');
		app.secret = 'changed';
		firm.stored.service.data.clientSecret = 'changed';
		const second = await activate(1002);
		expect(events.connected).toBe(1);
		events.break();
		await until(() => events.connected === 2, MINUTE);
		const posted = [post(1001), post(1002)];
		await until(() => first.items.length > 0 && second.items.length > 0, SOON);
		expect([names(first), names(second)]).toEqual(posted);
	});
});

describe('2,000 events', () => {
	it('are handed on once each, while the socket is dead for ten minutes, replayed with doubles, silent, and its tokens end', async () => {
		const { events, settings } = firm.sandbox;
		settings.events.doubles = true;
		const triggers = [await activate(1001), await activate(1002)];
		const posted: string[][] = [[], []];
		const postToBoth = (times: number): void => {
			for (const [index, tenantId] of firm.tenants.entries()) posted[index]?.push(...post(tenantId, times));
		};
		const complete = (): boolean => triggers.every(({ items }, index) => items.length >= (posted[index]?.length ?? 0));

		for (let burst = 0; burst < 10; burst++) {
			postToBoth(20);
			await pass(2 * SECOND);
		}
		await until(complete, MINUTE);

		// Dead for ten minutes: no connection comes about.
		events.refuse(true);
		events.break();
		for (let minute = 0; minute < 10; minute++) {
			postToBoth(30);
			await pass(MINUTE);
		}
		expect(events.connections).toHaveLength(0);
		expect(complete()).toBe(false);
		events.refuse(false);
		await until(() => events.connected === 2, 3 * MINUTE);
		await until(complete, 2 * MINUTE);

		// Silent: it stands, and nothing comes through.
		events.silence(true);
		postToBoth(250);
		await until(() => events.connected === 3, 5 * MINUTE);
		await until(complete, 2 * MINUTE);

		// The tokens end, and Fortnox sends nothing more for the company until it gets new ones.
		firm.sandbox.expireTokens();
		postToBoth(250);
		await until(complete, 20 * MINUTE);
		const last = [post(1001), post(1002)];
		await until(() => triggers.every((trigger, index) => names(trigger).includes(last[index]?.[0])), SOON);

		await pass(10 * SECOND);
		for (const [index, trigger] of triggers.entries()) {
			expect(names(trigger)).toHaveLength(1001);
			expect([...names(trigger)].sort()).toEqual([...(posted[index] ?? []), ...(last[index] ?? [])].sort());
			expect(trigger.items.every(({ tenant_id, change }) => tenant_id === firm.tenants[index] && change === 'new')).toBe(true);
			expect(trigger.errors).toEqual([]);
		}
	});

	it('are listened to with a new token where the one of this process has ended at Fortnox', async () => {
		const before = await activate(1001);
		await before.deactivate();
		firm.sandbox.expireTokens();
		const after = await activate(1001, 'newEntry', { from: before });
		const posted = post(1001);
		await until(() => after.items.length > 0, SOON);
		expect(names(after)).toEqual(posted);
		expect(firm.sandbox.events.connections[0]?.tenantIds).toEqual([1001]);
	});

	it('are found after a gap that is longer than Fortnox keeps them', async () => {
		const before = await activate(1001);
		post(1001);
		await until(() => before.items.length > 0, SOON);
		await before.deactivate();
		const missed = post(1001, 3);
		const start = Date.now();
		try {
			moveClock(start + 15 * 24 * 60 * MINUTE);
			const after = await activate(1001, 'newEntry', { from: before });
			expect(names(after)).toEqual(missed);
			const next = post(1001);
			await until(() => after.items.length > 3, SOON);
			expect(names(after)).toEqual([...missed, ...next]);
		} finally {
			moveClock(start + MINUTE);
		}
	});
});

describe('a workflow that n8n activates anew before it has stored what was handed on', () => {
	it('hands each entry on once, also where both activations look at the same time', async () => {
		const before = await activate(1001, 'newEntry', { id: 'same' });
		const first = post(1001);
		await until(() => before.items.length > 0, SOON);
		await before.deactivate();
		const missed = post(1001, 2);
		const again = { from: before, id: 'same' };
		const both = await Promise.all([activate(1001, 'newEntry', again), activate(1001, 'newEntry', again)]);
		const next = post(1001);
		const handedOn = () => both.flatMap(names);
		await until(() => handedOn().length >= 3, SOON);
		await pass(5 * SECOND);
		expect(handedOn().sort()).toEqual([...missed, ...next]);
		await Promise.all(both.map(async (trigger) => await trigger.deactivate()));
		const late = post(1001);
		const third = await activate(1001, 'newEntry', again);
		expect([names(before), names(third)]).toEqual([first, late]);
	});
});

describe('an approval', () => {
	it('comes at once where Fortnox sends an event of it, as the polling trigger gives it', async () => {
		const company = firm.sandbox.company(1001);
		const year = company.year('2026-11-20');
		company.setApprover(year.id, 'A', 'Åsa Öberg');
		const trigger = await activate(1001, 'entryApproved');
		const rows = [
			{ account: 5010, debit: 100 },
			{ account: 1930, credit: 100 },
		];
		const voucher = company.addVoucher({ date: '2026-11-20', description: 'Hyra', rows });
		company.approve(voucher, 2);
		await pass(5 * SECOND);
		expect(trigger.items).toEqual([]);
		company.approve(voucher);
		await until(() => trigger.items.length > 0, SOON);
		const approved = { change: 'approved', approval_state: 'approved' };
		expect(trigger.items).toMatchObject([{ ...approved, description: 'Hyra', tenant_id: 1001, items: [{}, {}] }]);
		company.editVoucher(voucher, (booked) => (booked.description = 'Hyra, ändrad'));
		await pass(5 * SECOND);
		expect(trigger.items).toHaveLength(1);
	});
});
