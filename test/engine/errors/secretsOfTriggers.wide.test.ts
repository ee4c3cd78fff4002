import type { IDataObject } from 'n8n-workflow';

import { ACCOUNTING_TRIGGER, INSTANT_TRIGGER, type Engine } from '../../../engine';
import { FortnoxAccountingInstantTrigger } from '../../../nodes/FortnoxAccountingInstantTrigger/FortnoxAccountingInstantTrigger.node.ts';
import { FortnoxAccountingTrigger } from '../../../nodes/FortnoxAccountingTrigger/FortnoxAccountingTrigger.node.ts';
import { BLANK } from '../../../nodes/shared/fortnox/secrets';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { connectThrough } from '../support/connectThrough';
import { everythingIn, leftIn } from '../support/echoed';
import { startEchoProxy, type Echo, type EchoProxy } from '../support/echoProxy';
import { catchLog, type LogLine } from '../support/n8nLog';
import { MINUTE, provideWebSocket, until } from '../support/waiting';
import { COMPANY } from '../support/world';

const HOW: readonly Echo[] = ['refusal', 'page', 'success'];
const WATCHES = ['newEntry', 'newOrChangedEntry', 'entryApproved', 'newOrChangedAccount', 'financialYearOpened', 'periodLocked'];

let sandbox: Sandbox;
let proxy: EchoProxy;
let logged: LogLine[];
let triggers = 0;

beforeAll(async () => {
	provideWebSocket();
	sandbox = await startSandbox({ settings: { limit: 'off' } });
	proxy = await startEchoProxy(sandbox.url);
	logged = catchLog();
});

afterAll(async () => {
	await proxy.close();
	await sandbox.close();
});

beforeEach(() => {
	proxy.echo(undefined);
	proxy.forget();
	logged.length = 0;
});

const nodeTypes = { [ACCOUNTING_TRIGGER]: FortnoxAccountingTrigger, [INSTANT_TRIGGER]: FortnoxAccountingInstantTrigger };
const connection = () => connectThrough(proxy.url, sandbox, nodeTypes);

/** Something that each of the triggers tells. */
function change(): void {
	const company = sandbox.company(COMPANY);
	const year = company.currentYear();
	if (year === undefined) throw new Error('The company has no financial year');
	company.addVoucher({
		date: year.fromDate,
		description: 'Pennor',
		rows: [
			{ account: 6110, debit: 100 },
			{ account: 1930, credit: 100 },
		],
	});
}

describe.each(WATCHES)('the polling trigger, watching %s', (triggerOn) => {
	/** Looks twice, with a change in between. @returns everything that n8n keeps or shows of it */
	async function poll(engine: Engine, beforeSecond: () => void): Promise<string> {
		const staticData: IDataObject = {};
		const id = `polling-${++triggers}`;
		const look = async (): Promise<unknown> =>
			await engine.poll(ACCOUNTING_TRIGGER, { triggerOn }, { staticData, id }).catch((error: unknown) => error);
		const first = await look();
		change();
		beforeSecond();
		return everythingIn([first, await look(), staticData, logged]);
	}

	it('keeps no secret that a server sends back', async () => {
		await poll(connection().engine, () => undefined);
		const endpoints = proxy.endpoints().filter((endpoint) => endpoint.includes('/3/'));
		expect(endpoints.length).toBeGreaterThan(0);
		const leaks: string[] = [];
		let blanked = 0;
		for (const endpoint of endpoints) {
			for (const how of HOW) {
				for (const isLate of [false, true]) {
					const { engine, forms } = connection();
					const echo = (): void => proxy.echo({ endpoints: [endpoint], how, texts: forms });
					proxy.echo(undefined);
					if (!isLate) echo();
					const kept = await poll(engine, echo);
					leaks.push(...leftIn(kept, forms).map((form) => `${endpoint}, ${how}: ${form}`));
					if (kept.includes(BLANK)) blanked++;
				}
			}
		}
		expect(leaks).toEqual([]);
		expect(blanked).toBeGreaterThan(0);
	});
});

describe('the instant trigger', () => {
	it('keeps no secret that the websocket sends, and hands on what it rings for', async () => {
		const { engine, forms } = connection();
		const trigger = await engine.activate(INSTANT_TRIGGER, { triggerOn: 'newEntry' }, { id: 'echoing' });
		try {
			for (const form of forms) {
				const event = { topic: 'vouchers', tenantId: COMPANY, offset: form, timestamp: '2026-11-26T10:00:00Z', text: form };
				sandbox.events.sendText(JSON.stringify(event));
				sandbox.events.sendText(form);
			}
			change();
			sandbox.events.break();
			await until(() => trigger.items.length > 0, MINUTE);
			expect(trigger.items).toHaveLength(1);
			const kept = everythingIn([trigger.items, trigger.errors, trigger.stored(), logged]);
			expect(leftIn(kept, forms)).toEqual([]);
		} finally {
			await trigger.deactivate();
		}
	});

	it.each(HOW)(
		'keeps no secret of an answer: %s',
		async (how) => {
			const activate = async (engine: Engine) =>
				await engine.activate(INSTANT_TRIGGER, { triggerOn: 'newEntry' }, { id: `answered-${++triggers}` });
			const first = await activate(connection().engine);
			change();
			await until(() => first.items.length > 0, MINUTE);
			await first.deactivate();
			const endpoints = proxy.endpoints().filter((endpoint) => endpoint.includes('/3/'));
			expect(endpoints.length).toBeGreaterThan(1);
			const leaks: string[] = [];
			let blanked = 0;
			for (const endpoint of endpoints) {
				const { engine, forms } = connection();
				logged.length = 0;
				proxy.echo({ endpoints: [endpoint], how, texts: forms });
				const activated = await activate(engine).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
				if (!(activated instanceof Error)) {
					change();
					// Handed on, or why not.
					await until(() => activated.items.length > 0 || logged.some(({ level }) => level === 'warn'), MINUTE);
					await activated.deactivate();
				}
				const kept = everythingIn([activated, activated instanceof Error ? {} : activated.stored(), logged]);
				leaks.push(...leftIn(kept, forms).map((form) => `${endpoint}: ${form}`));
				if (kept.includes(BLANK)) blanked++;
			}
			expect(leaks).toEqual([]);
			expect(blanked).toBeGreaterThan(0);
		},
		120_000,
	);
});
