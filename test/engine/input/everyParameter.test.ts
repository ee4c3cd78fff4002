import type { IDataObject, INodeParameters, INodeProperties, NodeParameterValueType } from 'n8n-workflow';

import { ACCOUNTING_TRIGGER, type EngineError } from '../../../engine';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { FortnoxAccountingTrigger } from '../../../nodes/FortnoxAccountingTrigger/FortnoxAccountingTrigger.node.ts';
import { startWorld, type World } from '../support/world';

/** Every parameter of every operation, from the node's own description: what does not fit is refused by the parameter's name. */

interface Probe {
	/** Such as `options.dryRun` or `lines.line[].account`. */
	path: string;
	field: INodeProperties;
	/** Puts a value there, and what has to be given for the field to be shown. */
	given(value: string): INodeParameters;
}

/** Fields in which an expression may give nothing: a hint says so. All others refuse it. */
const MAY_GIVE_NOTHING = [
	'additionalFields.accountName',
	'additionalFields.comments',
	'additionalFields.reference',
	'description',
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
const FREE_TEXT = /(^|\.)(description|comments)$/;

function isRefused({ path, field }: Probe, value: string): boolean {
	const isNothing = /^=\{\{ \$json\.\w+ \}\}$/.test(value);
	// A choice may have an empty value of its own, such as 'Not Given'.
	const isOffered = value.includes('nothing') && field.options?.some((option) => 'value' in option && option.value === '');
	if (isNothing) return !MAY_GIVE_NOTHING.includes(path) && isOffered !== true;
	if (FREE_TEXT.test(path)) return value.includes('{"a"');
	return !(field.type === 'number' && value.includes('-1') && field.typeOptions?.minValue === undefined);
}

function probesOf(fields: readonly INodeProperties[]): Probe[] {
	return fields.flatMap((field): Probe[] => {
		const shown = shownBy(field);
		if (field.type === 'collection') {
			return optionsOf(field).flatMap((inner) => nested(field, inner, (value) => ({ ...shown, [field.name]: value })));
		}
		if (field.type === 'fixedCollection') {
			return (field.options ?? []).flatMap((list) =>
				'values' in list
					? list.values.flatMap((inner) =>
							nested({ ...field, name: `${field.name}.${list.name}[]` }, inner, (value) => ({ ...shown, [field.name]: { [list.name]: [value, value] } })),
						)
					: [],
			);
		}
		return [{ path: field.name, field, given: (value) => ({ ...shown, [field.name]: value }) }];
	});
}

function nested({ name }: INodeProperties, inner: INodeProperties, around: (value: INodeParameters) => INodeParameters): Probe[] {
	return probesOf([inner]).map((probe) => ({ ...probe, path: `${name}.${probe.path}`, given: (value) => around(probe.given(value)) }));
}

/** The values beside a field that n8n shows it for; else it would drop what is given for it. */
function shownBy({ displayOptions }: INodeProperties): INodeParameters {
	const shown = Object.entries(displayOptions?.show ?? {}).filter(([name]) => !['resource', 'operation'].includes(name));
	const hidden = Object.keys(displayOptions?.hide ?? {});
	return {
		...Object.fromEntries(shown.map(([name, values]): [string, NodeParameterValueType] => {
			const first = values?.[0];
			return [name, typeof first === 'boolean' ? first : String(first)];
		})),
		...Object.fromEntries(hidden.map((name) => [name, 'EUR'])),
	};
}

function optionsOf({ options = [] }: INodeProperties): INodeProperties[] {
	return options.filter((option): option is INodeProperties => 'type' in option);
}

function named(error: EngineError | undefined): string[] {
	const problems = (error?.context?.problems ?? []) as IDataObject[];
	return problems.map(({ field }) => String(field));
}

const description = new FortnoxAccounting().description;

function operationsOfNode(): Array<{ resource: string; operation: string; fields: INodeProperties[] }> {
	return description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap((menu) =>
			(menu.displayOptions?.show?.resource ?? []).flatMap((resource) =>
				(menu.options ?? []).map((option) => ({
					resource: String(resource),
					operation: 'value' in option ? String(option.value) : '',
					fields: description.properties.filter(
						({ displayOptions: { show } = {} }) =>
							show?.resource?.includes(resource) && 'value' in option && show.operation?.includes(option.value),
					),
				})),
			),
		);
}

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(async () => {
	await world.close();
});

const INPUT = [{ json: { nothing: '' }, binary: { data: { data: 'eA==', mimeType: 'text/plain', fileName: 'x.txt' } } }];

/** Values for what an operation requires, beside the parameter that is tried. */
const REQUIRED: INodeParameters = {
	accountNumber: '1930',
	accounts: '1930',
	amount: 100,
	balanceAccount: '1790',
	bankName: 'SEB',
	binaryPropertyName: 'data',
	code: 'TST',
	currency: 'SEK',
	date: '2026-06-01',
	dateFrom: '2026-01-01',
	dateTo: '2026-12-31',
	end: '2026-05',
	financialCounterpartAccount: '1930',
	firstMonth: '2026-05',
	journalEntryId: 'A-1-4',
	journalId: 'A',
	lastMonth: '2026-06',
	name: 'Konto',
	number: '1939',
	period: '2026-05',
	resultAccount: '5010',
};

const LINES = { linesSource: 'json', linesJson: '[{"account":"1930","debit":1},{"account":"3004","credit":1}]' };

function validFor(fields: readonly INodeProperties[]): INodeParameters {
	const required = fields.filter((field) => field.required).map(({ name }): [string, NodeParameterValueType] => [name, REQUIRED[name]]);
	return { ...(fields.some(({ name }) => name === 'linesJson') && LINES), ...Object.fromEntries(required) };
}

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
			expect(writes()).toBe(0);
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

describe('the trigger', () => {
	const { properties } = new FortnoxAccountingTrigger().description;
	const probes = probesOf(properties.filter(({ type }) => type === 'collection'));
	const cases = probes.flatMap((probe) => wrongValues(probe.field).map((value): [string, string, Probe] => [probe.path, value, probe]));

	it.each(cases)('%s: %s', async (path, value, probe) => {
		world.reconnect();
		const name = path.split('.').at(-1) ?? '';
		// Without an input, an expression that names one can't be evaluated at all.
		const given = value.includes('$json') ? value.replace(/\$json\.\w+/, 'undefined') : value;
		const error: unknown = await world.engine.poll(ACCOUNTING_TRIGGER, probe.given(given)).catch((reason: unknown) => reason);
		expect(named(error as EngineError)).toEqual([name]);
	});
});
