import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';

import { ACCOUNTING_TRIGGER, INSTANT_TRIGGER } from '../../../engine';
import { FortnoxAccountingInstantTrigger } from '../../../nodes/FortnoxAccountingInstantTrigger/FortnoxAccountingInstantTrigger.node.ts';
import { FortnoxAccountingTrigger } from '../../../nodes/FortnoxAccountingTrigger/FortnoxAccountingTrigger.node.ts';
import { startFirm, type Firm } from '../support/firm';
import { pass, provideWebSocket, SECOND, SOON, until } from '../support/waiting';
import { TRIGGER_PAIRS, type Pair } from './honoured';
import { probesOf, type Probe } from './parameters';

/**
 * Every parameter of both triggers, from their own descriptions, is heeded: two workflows that differ in it alone see the
 * same events, and are started otherwise.
 */
let firm: Firm;
beforeAll(provideWebSocket);
beforeEach(async () => {
	firm = await startFirm(2);
});
afterEach(async () => await firm.close());

/** A trigger of an active workflow. */
interface Listener {
	/** What started the workflow since it became active. */
	heard(): Promise<IDataObject[]>;
	stop(): Promise<void>;
}

async function poll(parameters: INodeParameters): Promise<Listener> {
	const staticData = {};
	const look = async (): Promise<IDataObject[]> =>
		((await firm.engine.poll(ACCOUNTING_TRIGGER, parameters, { staticData })) ?? []).flat().map(({ json }) => json);
	await look();
	return { heard: look, stop: async () => undefined };
}

async function listen(parameters: INodeParameters, id: string): Promise<Listener> {
	const active = await firm.engine.activate(INSTANT_TRIGGER, parameters, { id });
	const heard = async (): Promise<IDataObject[]> => {
		await until(() => active.items.length > 0, SOON);
		await pass(2 * SECOND);
		expect(active.errors).toEqual([]);
		return active.items;
	};
	return { heard, stop: async () => await active.deactivate() };
}

/** In both companies: entries on two accounts and in two series, and a financial year. */
function happen(): void {
	for (const tenantId of firm.tenants) {
		const company = firm.sandbox.company(tenantId);
		const year = company.currentYear();
		if (year === undefined) throw new Error('The company has no year now');
		for (const [series, account] of [
			['A', 6110],
			['B', 5410],
		] as const) {
			const rows = [
				{ account, debit: 12_500 },
				{ account: 1930, credit: 12_500 },
			];
			company.addVoucher({ series, date: year.fromDate, description: `For ${tenantId}`, rows });
		}
		const last = Math.max(...[...company.years.values()].map(({ toDate }) => Number(toDate.slice(0, 4))));
		company.addYear(`${last + 1}-01-01`, `${last + 1}-12-31`);
	}
}

const nameOf = ({ path, given }: Probe): string => (path === 'options.rawResponse' ? `${String(given(true).triggerOn)} ${path}` : path);
const pairFor = (probe: Probe): Pair | undefined => TRIGGER_PAIRS[nameOf(probe)];

type Begin = (parameters: INodeParameters, id: string) => Promise<Listener>;

const TRIGGERS: Array<[name: string, properties: INodeProperties[], begin: Begin]> = [
	['polling', new FortnoxAccountingTrigger().description.properties, poll],
	['instant', new FortnoxAccountingInstantTrigger().description.properties, listen],
];

describe.each(TRIGGERS)('the %s trigger', (_name, properties, begin) => {
	const probes = probesOf(properties.filter(({ type }) => type !== 'notice'));

	it('has a pair of values for every parameter, and none for another', () => {
		expect([...new Set(probes.map(nameOf))].sort()).toEqual(Object.keys(TRIGGER_PAIRS).sort());
	});

	it.each(probes.filter(pairFor).map((probe): [string, Probe] => [nameOf(probe), probe]))('%s', async (_path, probe) => {
		const [one, other, beside = {}] = pairFor(probe) ?? ['', ''];
		const listeners: Listener[] = [];
		try {
			for (const value of [one, other]) listeners.push(await begin({ ...beside, ...probe.given(value) }, `trigger-${listeners.length}`));
			happen();
			const heard: IDataObject[][] = [];
			for (const listener of listeners) heard.push(await listener.heard());
			expect(heard.map(({ length }) => length > 0)).toEqual([true, true]);
			expect(heard[0]).not.toEqual(heard[1]);
		} finally {
			await Promise.all(listeners.map(async (listener) => await listener.stop()));
		}
	});
});
