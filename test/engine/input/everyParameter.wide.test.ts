import type { GenericValue, IDataObject, INodeExecutionData, INodeParameters, INodeProperties } from 'n8n-workflow';

import { WebSocket } from 'ws';

import { ACCOUNTING_TRIGGER, INSTANT_TRIGGER, type EngineError, type EngineResult } from '../../../engine';
import { FortnoxAccountingInstantTrigger } from '../../../nodes/FortnoxAccountingInstantTrigger/FortnoxAccountingInstantTrigger.node.ts';
import { FortnoxAccountingTrigger } from '../../../nodes/FortnoxAccountingTrigger/FortnoxAccountingTrigger.node.ts';
import { startWorld, type World } from '../support/world';
import { named, operationsOfNode, probesOf, validFor, type Probe } from './parameters';

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

/** Names and texts, for which invisible characters are replaced or kept as they are. */
const NAMES = /(^|\.)(name|bankName|accountName|information|description|entryDescription|comments)$/;

/** Of which an expression may give a list. */
const LISTS = ['accounts', 'classes', 'outputFields', 'checks'];

/** An expression gives these where the input has no such field, or nothing in it. */
const NOTHINGS: GenericValue[] = [undefined, null, '', ' \u00a0'];

const HIDDEN = 'x\u200by';

/** What no expression should give for a field of this kind. */
function oddValues({ type, typeOptions, name }: INodeProperties): GenericValue[] {
	const list = LISTS.includes(name) ? [] : [['a']];
	switch (type) {
		case 'boolean':
			return ['ja', 'yes', 2, -1, NaN, {}, { a: 1 }, ...list];
		case 'options':
		case 'multiOptions':
			return ['nonsense', '__proto__', 2.5, true, {}, { a: 1 }, ['a']];
		case 'number':
			return [
				'abc',
				'1e3',
				'0x10',
				NaN,
				Infinity,
				true,
				{},
				{ a: 1 },
				...list,
				...(typeOptions?.minValue === undefined ? [] : [-1]),
				...(typeOptions?.numberPrecision === 0 ? [1.5] : []),
			];
		case 'string':
		case 'resourceLocator':
			return [
				NaN,
				Infinity,
				true,
				{},
				{ a: 1 },
				'undefined',
				'x null',
				'[object Object]',
				...list,
				HIDDEN,
				{ __rl: true, mode: 'list', value: { a: 1 } },
			];
		case 'dateTime':
			return [NaN, true, 46174, {}, { a: 1 }, ['a'], '31/12/2026', '2026-02-30', '2026-13', '2026-05-31T22:00:00+99:00', '0000-00-00'];
		default:
			return [];
	}
}

/** What an expression makes of parts of which one gives nothing. */
function brokenTexts({ type }: INodeProperties): string[] {
	if (type === 'dateTime') return ['=2026-{{ $json.nope }}-01'];
	return type === 'string' || type === 'resourceLocator' ? ['=x{{ $json.nope }}'] : [];
}

const FREE_TEXT = /(^|\.)(description|entryDescription|comments)$/;

function isRefused({ path, field }: Probe, value: GenericValue): boolean {
	if (NOTHINGS.includes(value)) {
		// A choice may have an empty value of its own, such as 'Not Given'.
		const isOffered = value === '' && field.options?.some((option) => 'value' in option && option.value === '');
		return !MAY_GIVE_NOTHING.includes(path) && isOffered !== true;
	}
	if (value === HIDDEN) return !NAMES.test(path);
	return !(FREE_TEXT.test(path) && (value === 'undefined' || value === 'x null'));
}

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(async () => {
	await world.close();
});

const FILE = { data: { data: 'eA==', mimeType: 'text/plain', fileName: 'x.txt' } };

/** Jest reads `$resource.$operation` as one path. */
const OPERATIONS = operationsOfNode().map((each) => ({ name: `${each.resource}.${each.operation}`, ...each }));

describe.each(OPERATIONS)('$name', ({ resource, operation, fields }) => {
	const valid = validFor(fields);
	const writes = (): number => ['POST', 'PUT'].reduce((sum, method) => sum + world.requests(method, /^\/3\//).length, 0);
	const run = async (
		probe: Probe,
		expression: string,
		values: readonly GenericValue[],
		more: INodeParameters = {},
	): Promise<EngineResult> => {
		world.forget();
		const input = values.map((value): INodeExecutionData => ({ json: { value }, binary: FILE }));
		return await world.run(
			{ resource, operation, ...valid, ...probe.given(expression), ...more },
			{ input, onError: 'continueRegularOutput' },
		);
	};

	it('has a value for each parameter that it requires (else: REQUIRED in parameters.ts)', () => {
		expect(Object.entries(valid).filter(([, value]) => value === undefined)).toEqual([]);
	});

	const probes = probesOf(fields).filter(({ field: { type } }) => type !== 'notice');
	const isDry = probes.some(({ path }) => path === 'options.dryRun');
	if (probes.length === 0) return;

	it.each(probes.map((probe): [string, Probe] => [probe.path, probe]))('%s', async (path, probe) => {
		const odd = [...NOTHINGS, ...oddValues(probe.field)];
		const refused = odd.filter((value) => isRefused(probe, value));
		const wrong = await run(probe, '={{ $json.value }}', refused);
		const named = refusedFields(wrong, refused.length);
		expect(refused.map((value, item) => [value, (named[item] ?? []).some((field) => isNameOf(path, field))])).toEqual(
			refused.map((value) => [value, true]),
		);
		expect([writes(), wrong.json().filter(({ error }) => SAYS_NOTHING_TWICE.test(String(error)) || RAW.test(String(error)))]).toEqual([
			0,
			[],
		]);

		for (const expression of FREE_TEXT.test(path) ? [] : brokenTexts(probe.field)) {
			const broken = await run(probe, expression, [1]);
			expect([writes(), refusedFields(broken, 1)[0]?.some((field) => isNameOf(path, field))]).toEqual([0, true]);
		}

		// Where a value may be taken, the operation is not to write on account of this test.
		const taken = odd.filter((value) => !isRefused(probe, value));
		if (taken.length === 0) return;
		const kept = await run(probe, '={{ $json.value }}', taken, isDry && !path.startsWith('options.') ? { options: { dryRun: true } } : {});
		expect(
			refusedFields(kept, taken.length)
				.flat()
				.filter((field) => isNameOf(path, field)),
		).toEqual([]);
	});
});

const SAYS_NOTHING_TWICE = /nothing was (posted|written|sent)\b.*nothing was (posted|written|sent)\b/is;
const RAW = /Cannot read|is not a function|is not iterable|\bTypeError\b|\bRangeError\b/;

/** The fields that the errors of each item name. */
function refusedFields(result: EngineResult, items: number): string[][] {
	const fields = Array.from({ length: items }, (): string[] => []);
	for (const { json, pairedItem } of result.error ? [] : result.items()) {
		const problems = (json.problems ?? []) as IDataObject[];
		for (const pair of [pairedItem].flat())
			fields[typeof pair === 'object' ? pair.item : (pair ?? 0)]?.push(...problems.map(({ field }) => String(field)));
	}
	return fields;
}

/** Entries name the fields of the unified body. */
function isNameOf(path: string, field: string): boolean {
	const name = path.split('.').at(-1) ?? '';
	const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
	return field === name || field.endsWith(`.${name}`) || field === snake || field.endsWith(`.${snake}`);
}

/** Expressions of a trigger can name no input: their values are written in them. */
function isWrittenInJson(value: GenericValue): boolean {
	return typeof value !== 'number' || Number.isFinite(value);
}

/** Two braces would end the expression. */
function inExpression(value: GenericValue): string {
	return value === undefined ? 'undefined' : JSON.stringify(value).replaceAll('}}', '} }');
}

/** Triggers, each begun as n8n does when the workflow is activated. */
const TRIGGERS: Array<[name: string, properties: INodeProperties[], begin: (parameters: INodeParameters) => Promise<unknown>]> = [
	[
		'polling',
		new FortnoxAccountingTrigger().description.properties,
		async (parameters) => await world.engine.poll(ACCOUNTING_TRIGGER, parameters),
	],
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

	it.each(probes.map((probe): [string, Probe] => [probe.path, probe]))('%s', async (path, probe) => {
		const name = path.split('.').at(-1) ?? '';
		for (const value of [...NOTHINGS, ...oddValues(probe.field)].filter(isWrittenInJson)) {
			world.reconnect();
			// Without an input, an expression that names one can't be evaluated at all.
			const error: unknown = await begin(probe.given(`={{ ${inExpression(value)} }}`)).catch((reason: unknown) => reason);
			expect([value, named(error as EngineError)]).toEqual([value, [name]]);
		}
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
