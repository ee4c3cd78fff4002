import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { WebSocket } from 'ws';

import { ACCOUNTING_TRIGGER, INSTANT_TRIGGER, type EngineError } from '../../../engine';
import { FortnoxAccountingInstantTrigger } from '../../../nodes/FortnoxAccountingInstantTrigger/FortnoxAccountingInstantTrigger.node.ts';
import { FortnoxAccountingTrigger } from '../../../nodes/FortnoxAccountingTrigger/FortnoxAccountingTrigger.node.ts';
import { startWorld, type World } from '../support/world';
import { named, operationsOfNode, probesOf, timesNothing, validFor, type Probe } from './parameters';

/** Every parameter of every operation, from the node's own description: what does not fit is refused by the parameter's name. */

/** Fields in which an expression may give nothing: a hint says so. All others refuse it. */
const MAY_GIVE_NOTHING = [
	'additionalFields.accountName',
	'additionalFields.comments',
	'additionalFields.reference',
	'description',
	'entryDescription',
	'lines.line[].analytic_distribution',
	'lines.line[].cost_center',
	'lines.line[].description',
	'lines.line[].project',
	'lines.line[].tax_code',
	'lines.line[].tax_info.description',
];

/** What no expression should give for a field of this kind. */
function wrongValues({ type, typeOptions }: INodeProperties): string[] {
	const nothings = ['={{ $json.nope }}', '={{ $json.nothing }}'];
	switch (type) {
		case 'boolean':
			return [...nothings, '={{ "ja" }}', '={{ 2 }}', '={{ {"a":1} }}'];
		case 'options':
			return [...nothings, '={{ "nonsense" }}', '={{ {"a":1} }}'];
		case 'number':
			return [...nothings, '={{ "abc" }}', '={{ {"a":1} }}', '={{ NaN }}', ...(typeOptions?.minValue === undefined ? [] : ['={{ -1 }}'])];
		case 'string':
		case 'resourceLocator':
			return [...nothings, '={{ {"a":1} }}', '={{ "undefined" }}', '=x{{ $json.nope }}'];
		case 'dateTime':
			return [...nothings, '={{ {"a":1} }}', '={{ "31/12/2026" }}', '=2026-{{ $json.nope }}-01'];
		default:
			return nothings;
	}
}

/** These are for another reader to refuse, which comes later than what this table is about. */
const FREE_TEXT = /(^|\.)(description|entryDescription|comments)$/;

function isRefused({ path, field }: Probe, value: string): boolean {
	const isNothing = /^=\{\{ \$json\.\w+ \}\}$/.test(value);
	// A choice may have an empty value of its own, such as 'Not Given'.
	const isOffered = value.includes('nothing') && field.options?.some((option) => 'value' in option && option.value === '');
	if (isNothing) return !MAY_GIVE_NOTHING.includes(path) && isOffered !== true;
	if (FREE_TEXT.test(path)) return value.includes('{"a"');
	return !(field.type === 'number' && value.includes('-1') && field.typeOptions?.minValue === undefined);
}

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(async () => {
	await world.close();
});

const INPUT = [{ json: { nothing: '' }, binary: { data: { data: 'eA==', mimeType: 'text/plain', fileName: 'x.txt' } } }];

describe.each(operationsOfNode())('$resource.$operation', ({ resource, operation, fields }) => {
	const valid = validFor(fields);
	const writes = (): number => ['POST', 'PUT'].reduce((sum, method) => sum + world.requests(method, /^\/3\//).length, 0);

	it('has a value for each parameter that it requires', () => {
		expect(Object.entries(valid).filter(([, value]) => value === undefined)).toEqual([]);
	});

	const probes = probesOf(fields);
	const cases = probes.flatMap((probe) => wrongValues(probe.field).map((value): [string, string, Probe] => [probe.path, value, probe]));

	if (cases.length === 0) return;

	it.each(cases)('%s: %s', async (path, value, probe) => {
		world.reconnect();
		const parameters = { resource, operation, ...valid, ...probe.given(value), ...dryRunOf(probes, probe, value) };
		const { error } = await world.run(parameters, { input: INPUT });
		const name = path.split('.').at(-1) ?? '';
		if (isRefused(probe, value)) {
			expect(named(error).filter((field) => field === name || field.endsWith(`.${name}`) || field.endsWith(snake(name)))).not.toEqual([]);
			expect([writes(), timesNothing(error) < 2]).toEqual([0, true]);
		} else {
			expect(named(error)).not.toContainEqual(expect.stringMatching(new RegExp(`(^|\\.)${name}$`)));
		}
	});
});

/** Where a value may be taken, the operation is not to write on account of this test. */
function dryRunOf(probes: readonly Probe[], probe: Probe, value: string): INodeParameters {
	const isDry = probes.some(({ path }) => path === 'options.dryRun') && !probe.path.startsWith('options.') && !isRefused(probe, value);
	return isDry ? { options: { dryRun: true } } : {};
}

/** Entries name the fields of the unified body. */
function snake(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Triggers, each begun as n8n does when the workflow is activated. */
const TRIGGERS: Array<[name: string, properties: INodeProperties[], begin: (parameters: INodeParameters) => Promise<unknown>]> = [
	['polling', new FortnoxAccountingTrigger().description.properties, async (parameters) => await world.engine.poll(ACCOUNTING_TRIGGER, parameters)],
	[
		'instant',
		new FortnoxAccountingInstantTrigger().description.properties,
		async (parameters) => {
			const active = await world.engine.activate(INSTANT_TRIGGER, parameters);
			await active.deactivate();
		},
	],
];

describe.each(TRIGGERS)('the %s trigger', (_name, properties, begin) => {
	beforeAll(() => {
		// Node.js has it from version 22 on.
		Object.defineProperty(globalThis, 'WebSocket', { value: WebSocket, configurable: true, writable: true });
	});

	const probes = probesOf(properties.filter(({ type }) => type === 'collection'));
	const cases = probes.flatMap((probe) => wrongValues(probe.field).map((value): [string, string, Probe] => [probe.path, value, probe]));

	it.each(cases)('%s: %s', async (path, value, probe) => {
		world.reconnect();
		const name = path.split('.').at(-1) ?? '';
		// Without an input, an expression that names one can't be evaluated at all.
		const given = value.includes('$json') ? value.replace(/\$json\.\w+/, 'undefined') : value;
		const error: unknown = await begin(probe.given(given)).catch((reason: unknown) => reason);
		expect(named(error as EngineError)).toEqual([name]);
	});

	it('knows every word of its menu, and no other', async () => {
		world.reconnect();
		const menu = properties.find(({ name }) => name === 'triggerOn')?.options ?? [];
		expect(menu.length).toBeGreaterThan(3);
		for (const option of menu) await begin({ triggerOn: 'value' in option ? option.value : '' });
		const error: unknown = await begin({ triggerOn: 'nonsense' }).catch((reason: unknown) => reason);
		expect((error as Error).message).toMatch(/^triggerOn: "nonsense" is not one of the choices/);
	});
});
