import { once } from 'node:events';

import { WebSocket } from 'ws';

import { startSandbox, type Sandbox } from '../../sandbox';

const DAY_MS = 86_400_000;
const SECRET = 'sandbox-secret';

type Message = Record<string, unknown>;

let now: number;
let sandbox: Sandbox;
let sockets: WebSocket[];

beforeEach(async () => {
	now = Date.now();
	sockets = [];
	sandbox = await startSandbox({ now: () => now });
});

afterEach(async () => {
	for (const socket of sockets) socket.terminate();
	await sandbox.close();
});

async function connect() {
	const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/topics-v1`);
	sockets.push(socket);
	const received: Message[] = [];
	socket.on('message', (data) => {
		const text = String(data);
		if (!text.includes('nonsense":')) received.push(JSON.parse(text) as Message);
	});
	await once(socket, 'open');
	/** Sends a command and waits for its answer. */
	const say = async (command: Message): Promise<Message> => {
		const before = received.length;
		socket.send(JSON.stringify(command));
		for (;;) {
			const answer = received.slice(before).find(({ response }) => response === command.command);
			if (answer) return answer;
			await new Promise((resolve) => setTimeout(resolve, 2));
		}
	};
	const events = async (): Promise<Message[]> => {
		await say({ command: 'list-tenants-v1' });
		return received.filter(({ topic }) => topic !== undefined);
	};
	return { socket, say, events };
}

const token = (tenantId = 1001): string => `Bearer ${sandbox.issueTokens({ tenantId }).access_token}`;
const addTenants = (...accessTokens: string[]): Message => ({ command: 'add-tenants-v1', clientSecret: SECRET, accessTokens });
const addTopics = (offset?: unknown): Message => ({
	command: 'add-topics-v1',
	topics: [{ topic: 'vouchers', ...(typeof offset === 'string' && { offset }) }],
});
const SUBSCRIBE = { command: 'subscribe-v1' };

function post(tenantId = 1001): void {
	const company = sandbox.company(tenantId);
	const date = company.currentYear()?.fromDate ?? '';
	company.addVoucher({
		date,
		rows: [
			{ account: 1930, debit: 100 },
			{ account: 3001, credit: 100 },
		],
	});
}

async function subscribed(offset?: unknown) {
	const connection = await connect();
	await connection.say(addTenants(token()));
	await connection.say(addTopics(offset));
	await connection.say(SUBSCRIBE);
	return connection;
}

it('sends the events of its companies, with what Fortnox says of them', async () => {
	const { events } = await subscribed();
	post();
	post(1002);
	expect(await events()).toEqual([
		{
			topic: 'vouchers',
			offset: expect.stringMatching(/^[\w-]{6}$/),
			type: 'voucher-created-v1',
			tenantId: 1001,
			entityId: expect.stringMatching(/^\d+$/),
			timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0[12]:00$/),
			year: sandbox.company().currentYear()?.id,
			series: 'A',
			id: expect.stringMatching(/^\d+$/),
		},
	]);
});

it('wants its commands in their order, and names the tokens and topics that it does not take', async () => {
	const { say } = await connect();
	expect(await say(SUBSCRIBE)).toMatchObject({ result: 'error' });
	expect(await say(addTopics())).toMatchObject({ result: 'error' });
	expect(await say({ ...addTenants(token()), clientSecret: 'wrong' })).toMatchObject({ result: 'error' });
	const good = token();
	expect(await say(addTenants(good, 'Bearer nonsense'))).toMatchObject({
		result: 'error',
		tenantIds: { [good]: 1001 },
		invalidTokens: ['Bearer nonsense'],
	});
	expect(await say({ command: 'add-topics-v1', topics: [{ topic: 'moons' }] })).toMatchObject({
		result: 'error',
		invalidTopics: ['moons'],
	});
	expect(await say(addTopics())).toMatchObject({ result: 'ok' });
	expect(await say(SUBSCRIBE)).toMatchObject({ result: 'ok' });
});

it('replays from an offset, and from the earliest event it has where the offset is older than 14 days', async () => {
	const first = await subscribed();
	post();
	const [old] = await first.events();
	now += 13 * DAY_MS;
	post();
	expect(await (await subscribed(old?.offset)).events()).toHaveLength(2);
	sandbox.settings.events.replayFrom = 'next';
	expect(await (await subscribed(old?.offset)).events()).toHaveLength(1);
	now += 2 * DAY_MS;
	post();
	expect(await (await subscribed(old?.offset)).events()).toHaveLength(2);
	expect(await (await subscribed()).events()).toHaveLength(0);
});

it('sends nothing of a company whose token has ended, until it is added again', async () => {
	const { say, events } = await subscribed();
	sandbox.expireTokens();
	post();
	expect(await events()).toHaveLength(0);
	await say(addTenants(token()));
	post();
	expect(await events()).toHaveLength(1);
	await say({ command: 'remove-tenants-v1', tenants: [1001] });
	post();
	expect(await events()).toHaveLength(1);
});

it('breaks, falls silent, talks nonsense and doubles events on request', async () => {
	const { socket, events } = await subscribed();
	sandbox.settings.events.doubles = true;
	post();
	expect(await events()).toHaveLength(2);
	const nonsense = new Promise<string>((resolve) => socket.once('message', (data) => resolve(String(data))));
	sandbox.events.sendText('{"nonsense":');
	expect(await nonsense.catch(String)).toBe('{"nonsense":');
	const closed = once(socket, 'close');
	sandbox.events.break(1011);
	expect((await closed)[0]).toBe(1011);
	sandbox.events.refuse(true);
	const refused = new WebSocket(`${sandbox.url.replace('http', 'ws')}/topics-v1`);
	expect(String((await once(refused, 'error'))[0])).toContain('503');
	expect(sandbox.events.connected).toBe(1);
});
