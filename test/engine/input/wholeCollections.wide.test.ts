import type { INodeParameters, INodeProperties, NodeParameterValueType } from 'n8n-workflow';

import { ACCOUNTING_TRIGGER, INSTANT_TRIGGER, type EngineError } from '../../../engine';
import { FortnoxAccountingInstantTrigger } from '../../../nodes/FortnoxAccountingInstantTrigger/FortnoxAccountingInstantTrigger.node.ts';
import { FortnoxAccountingTrigger } from '../../../nodes/FortnoxAccountingTrigger/FortnoxAccountingTrigger.node.ts';
import { startWorld, type World } from '../support/world';
import { named, operationsOfNode, probesOf, validFor } from './parameters';

/**
 * An expression, a text or a list in place of a whole collection, as workflows have it that a person or a model wrote by
 * hand: n8n passes on nothing of it, so that `options: "={{ { dryRun: true } }}"` would post. Every collection refuses it.
 */

const WHOLE: Array<[what: string, value: NodeParameterValueType]> = [
	['an expression of an object', '={{ { dryRun: true } }}'],
	['an expression of a field', '={{ $json.options }}'],
	['an expression of a text', '={{ JSON.stringify({ dryRun: true }) }}'],
	['a text', '{"dryRun":true}'],
	['a list', [{ dryRun: true }]],
];

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
beforeEach(() => world.reconnect());
afterAll(async () => {
	await world.close();
});

const writes = (): number => ['POST', 'PUT', 'DELETE'].reduce((sum, method) => sum + world.requests(method, /^\/3\//).length, 0);

const COLLECTIONS = operationsOfNode().flatMap(({ resource, operation, fields }) =>
	fields
		.filter(({ type }) => type === 'collection')
		.map((field): [string, INodeParameters, INodeProperties] => [
			`${resource}.${operation} ${field.name}`,
			{ resource, operation, ...validFor(fields) },
			field,
		]),
);

it('are many', () => expect(COLLECTIONS.length).toBeGreaterThan(40));

describe.each(COLLECTIONS)('%s', (_name, parameters, { name }) => {
	it.each(WHOLE)('is refused as %s', async (_what, value) => {
		const { error } = await world.run({ ...parameters, [name]: value }, { input: [{ options: { dryRun: true } }] });
		expect([named(error), writes()]).toEqual([[name], 0]);
		expect(error?.message).toContain('each with an expression of its own');
	});

	it('may be an empty list, as some programs write an empty object', async () => {
		const { error } = await world.run({ ...parameters, [name]: [] }, { onError: 'continueRegularOutput' });
		expect(named(error)).toEqual([]);
	});
});

const LINES: INodeParameters = { resource: 'journalEntry', operation: 'create', linesSource: 'define' };

it.each(WHOLE)('VAT of a line is refused as %s', async (_what, value) => {
	const line = [
		{ account: '5410', debit: 125, tax_info: value },
		{ account: '1930', credit: 125 },
	];
	const { error } = await world.run({ ...LINES, lines: { line } });
	expect([named(error), writes()]).toEqual([['lines[0].tax_info'], 0]);
});

it.each(WHOLE)('lines are refused as %s', async (_what, value) => {
	const { error } = await world.run({ ...LINES, lines: value });
	expect([error?.context?.error_code, error?.message, writes()]).toEqual(['ERROR_DATA_VALIDATION', expect.stringMatching(/^lines/), 0]);
});

describe.each([
	['polling', new FortnoxAccountingTrigger(), async (given: INodeParameters) => await world.engine.poll(ACCOUNTING_TRIGGER, given)],
	['instant', new FortnoxAccountingInstantTrigger(), async (given: INodeParameters) => await world.engine.activate(INSTANT_TRIGGER, given)],
] as const)('the %s trigger', (_name, { description }, begin) => {
	const names = [...new Set(description.properties.filter(({ type }) => type === 'collection').map(({ name }) => name))];

	it.each(names)('refuses one expression for its %s', async (name) => {
		expect(probesOf(description.properties).some(({ path }) => path.startsWith(`${name}.`))).toBe(true);
		const error: unknown = await begin({ [name]: "={{ { journalId: 'A' } }}" }).catch((reason: unknown) => reason);
		expect(named(error as EngineError)).toEqual([name]);
	});
});
