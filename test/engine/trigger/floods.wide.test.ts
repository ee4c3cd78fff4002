import { INSTANT_TRIGGER, type ActiveTrigger } from '../../../engine';
import { LONGEST_SOCKET_MESSAGE, MOST_USELESS_MESSAGES } from '../../../nodes/shared/fortnox/bounds';
import { usedCpuMs } from '../../clock/cpuTime';
import { catchLog, type LogLine } from '../support/n8nLog';
import { MINUTE, pass, provideWebSocket, SECOND, SOON, until } from '../support/waiting';
import { COMPANY, startWorld, type World } from '../support/world';

let world: World;
let trigger: ActiveTrigger;
let log: LogLine[];

beforeAll(provideWebSocket);

beforeEach(async () => {
	log = catchLog();
	world = await startWorld();
	trigger = await world.engine.activate(INSTANT_TRIGGER, { triggerOn: 'newEntry' }, { id: `flooded-${Math.random()}` });
});

afterEach(async () => {
	await trigger.deactivate();
	await world.close();
});

function post(): string {
	const company = world.sandbox.company();
	const { series, number } = company.addVoucher({
		date: company.currentYear()?.fromDate ?? '',
		description: 'Pennor',
		rows: [
			{ account: 6110, debit: 100 },
			{ account: 1930, credit: 100 },
		],
	});
	return `${series} ${number}`;
}

const warnings = (): string[] => log.filter(({ level }) => level === 'warn').map(({ line }) => line);
const names = (): unknown[] => trigger.items.map(({ name }) => name);

const USELESS: Array<[what: string, message: string]> = [
	['half JSON', '{"topic":"vouchers","tenantId":'],
	['unknown topics', JSON.stringify({ topic: 'invoices', tenantId: COMPANY, offset: '1' })],
	['companies that nobody listens to', JSON.stringify({ topic: 'vouchers', tenantId: 9, offset: '1' })],
	['answers to commands that nobody gave', JSON.stringify({ response: 'list-tenants-v1', result: 'ok' })],
	['offsets of 4 kB', JSON.stringify({ topic: 'vouchers', tenantId: COMPANY, offset: 'x'.repeat(4096) })],
	['keys of prototypes', '{"__proto__":{"topic":"vouchers"},"constructor":1}'],
];

describe.each(USELESS)('a websocket that sends %s', (_, message) => {
	it('is endured up to a bound, then ended with a warning, and no entry is lost', async () => {
		const { events } = world.sandbox;
		for (let sent = 0; sent < MOST_USELESS_MESSAGES; sent++) events.sendText(message);
		await pass(5 * SECOND);
		expect([events.connected, events.connections.length]).toEqual([1, 1]);
		for (let sent = 0; sent <= MOST_USELESS_MESSAGES; sent++) events.sendText(message);
		await until(() => events.connections.length === 0, SOON);
		const posted = post();
		await until(() => trigger.items.length > 0, 2 * MINUTE);
		expect(names()).toEqual([posted]);
		expect(events.connected).toBe(2);
		expect(warnings().join('\n')).toContain(`more than ${MOST_USELESS_MESSAGES} messages that nobody asked for`);
		expect(warnings().join('\n').length).toBeLessThan(2000);
	});
});

it('a message that is larger than any of Fortnox’s ends the connection, unread', async () => {
	const { events } = world.sandbox;
	events.sendText('x'.repeat(LONGEST_SOCKET_MESSAGE + 1));
	await until(() => events.connections.length === 0, SOON);
	await until(() => events.connected === 2, MINUTE);
	expect(warnings().join('\n')).toContain('larger than any of Fortnox’s');
});

it('a connection that is ended again and again is made anew ever more rarely', async () => {
	const { events } = world.sandbox;
	for (let second = 0; second < 300; second++) {
		events.break();
		await pass(SECOND);
	}
	// Within a second of each break, 300 would be made.
	expect(events.connected).toBeLessThan(15);
	const posted = post();
	await until(() => trigger.items.length > 0, 3 * MINUTE);
	expect(names()).toEqual([posted]);
});

it('a flood of events is looked at a few times, whatever years they name, and costs little', async () => {
	const { events } = world.sandbox;
	world.forget();
	const before = usedCpuMs();
	for (let sent = 1; sent <= 20_000; sent++) {
		events.sendText(JSON.stringify({ topic: 'vouchers', tenantId: COMPANY, offset: String(sent), year: sent }));
	}
	const posted = post();
	await until(() => trigger.items.length > 0, SOON);
	await pass(5 * SECOND);
	expect(names()).toEqual([posted]);
	expect(world.requests('GET', /^\/3\//).length).toBeLessThan(60);
	expect(usedCpuMs() - before).toBeLessThan(15_000);
	expect(events.connected).toBe(1);
	expect(JSON.stringify(trigger.stored()).length).toBeLessThan(20_000);
});
