import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { INodeProperties } from 'n8n-workflow';

import { FortnoxAccounting } from '../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { resources } from '../../nodes/FortnoxAccounting/resources';
import { FortnoxAccountingInstantTrigger } from '../../nodes/FortnoxAccountingInstantTrigger/FortnoxAccountingInstantTrigger.node.ts';
import { FortnoxAccountingTrigger } from '../../nodes/FortnoxAccountingTrigger/FortnoxAccountingTrigger.node.ts';

interface Found {
	path: string;
	field: INodeProperties;
}

/** All fields of a node, with those inside collections. */
function fieldsOf(properties: readonly INodeProperties[], path = ''): Found[] {
	return properties.flatMap((field) => {
		const own = `${path}${field.name}`;
		const inner = (field.options ?? []).flatMap((option) => {
			if ('values' in option) return fieldsOf(option.values, `${own}.${option.name}.`);
			return 'type' in option ? fieldsOf([option], `${own}.`) : [];
		});
		return [{ path: own, field }, ...inner];
	});
}

const nodes = [new FortnoxAccounting(), new FortnoxAccountingTrigger(), new FortnoxAccountingInstantTrigger()];
const fields = nodes.flatMap(({ description }) => fieldsOf(description.properties));
const ofType = (type: INodeProperties['type']): Found[] => fields.filter(({ field }) => field.type === type);

/** What is counted: n8n's widget for numbers drops a decimal comma, so nothing that may have one is a number field. */
const COUNTS = ['maxDaysApart', 'limit', 'lineNumber', 'maxWait', 'outcomeTimeout', 'sru'];

const { description: main } = new FortnoxAccounting();
const VERSIONS = [main.version].flat();
const operations = resources.flatMap(({ value: resource, operations: own }) =>
	own.map(({ value: operation }) => ({ resource, operation })),
);

/** What a person fills in behind a button of its own. */
const GROUPS = ['collection', 'fixedCollection'];

/** Fields above the operation's own, and the option below them that nearly every operation has. */
const NOT_COUNTED = ['authentication', 'tenantId', 'readOnly', 'resource', 'operation', 'output'];

/** See `textFields`. */
const DENIED = ['description', 'toolDescription', 'toolName'];

const WRITES = /\.(?:addAttachment|correct|create|importSie|reverse|settle|spread|update)$/;
const CHANGING = ['Add', 'Attach', 'Change', 'Open', 'Post', 'Reverse'];
const READING = ['Compare', 'Compute', 'Download', 'Find', 'List', 'Read', 'See'];

/** The fields of a new node whose other fields have their defaults. */
function shownAtFirst(values: Readonly<Record<string, unknown>>): INodeProperties[] {
	const defaults = Object.fromEntries(main.properties.map(({ name, default: value }) => [name, isLocator(value) ? value.value : value]));
	const given: Record<string, unknown> = { ...defaults, '@tool': false, ...values };
	const meets = (conditions: Record<string, unknown> = {}): boolean[] =>
		Object.entries(conditions).map(([name, wanted]) => Array.isArray(wanted) && wanted.includes(given[name]));
	return main.properties.filter(
		({ name, type, displayOptions: { show, hide } = {} }) =>
			!NOT_COUNTED.includes(name) && type !== 'hidden' && type !== 'notice' && meets(show).every(Boolean) && !meets(hide).some(Boolean),
	);
}

function isLocator(value: unknown): value is { value: unknown } {
	return typeof value === 'object' && value !== null && '__rl' in value && 'value' in value;
}

describe('the description of the nodes', () => {
	it('has number fields for what is counted alone, and none for money or rates', () => {
		const others = ofType('number').filter(({ field }) => !COUNTS.includes(field.name) || (field.typeOptions?.numberPrecision ?? 0) > 0);
		expect(others.map(({ path }) => path)).toEqual([]);
	});

	it('has days alone in its date fields, because n8n throws away what is typed else', () => {
		const dates = ofType('dateTime');
		expect(dates.length).toBeGreaterThan(10);
		expect(dates.filter(({ field }) => field.typeOptions?.dateOnly !== true).map(({ path }) => path)).toEqual([]);
	});

	it('asks for resource and operation before a field’s other conditions, at whose first expression n8n shows a field', () => {
		const conditions = main.properties.map(({ displayOptions }) => Object.keys(displayOptions?.show ?? {}));
		const ofOperations = conditions.filter((names) => names.includes('operation'));
		expect(ofOperations.length).toBeGreaterThan(200);
		expect(ofOperations.filter(([first, second]) => first !== 'resource' || second !== 'operation')).toEqual([]);
	});

	it('has locators that validate what is typed, and take nothing and expressions', () => {
		const modes = ofType('resourceLocator').flatMap(({ path, field }) =>
			(field.modes ?? []).filter(({ type }) => type === 'string').map((mode) => ({ path, mode })),
		);
		expect(modes.length).toBeGreaterThan(20);
		for (const { path, mode } of modes) {
			const [check] = mode.validation ?? [];
			const properties = typeof check === 'object' && 'properties' in check ? check.properties : {};
			const { regex } = { regex: '', ...properties };
			expect([path, regex]).toEqual([path, expect.stringMatching(/^\^.+\$$/)]);
			expect(new RegExp(regex).test('')).toBe(true);
		}
	});

	it.each(VERSIONS)('shows at most ten fields of an operation at first sight in version %s, before its collections', (version) => {
		const long = operations.flatMap(({ resource, operation }) => {
			const shown = shownAtFirst({ '@version': version, resource, operation }).filter((field) => !GROUPS.includes(field.type));
			return shown.length > 10 ? [`${resource}.${operation}: ${shown.map(({ name }) => name).join(', ')}`] : [];
		});
		expect(operations.length).toBeGreaterThan(30);
		expect(long).toEqual([]);
	});

	it('shows no parameter to which n8n denies the button for an agent’s model', () => {
		const [newest = 0] = [...VERSIONS].reverse();
		const denied = operations.flatMap(({ resource, operation }) =>
			shownAtFirst({ '@version': newest, resource, operation }).filter(({ name }) => DENIED.includes(name)),
		);
		expect(denied).toEqual([]);
	});

	it('says of every operation whether it reads or changes the ledger, by its first word', () => {
		const said = resources.flatMap(({ value: resource, operations: own }) =>
			own.map(({ value, description }) => [`${resource}.${value}`, description.split(' ')[0] ?? '']),
		);
		expect(said.filter(([name = '', verb = '']) => !(WRITES.test(name) ? CHANGING : READING).includes(verb))).toEqual([]);
	});

	it('calls the month up to whose end balances count by what it is', () => {
		const up = main.properties.filter(
			({ name, displayOptions }) => name === 'end' && displayOptions?.show?.operation?.includes('getBalances'),
		);
		expect(up.map(({ displayName }) => displayName)).toEqual(['Up to Month']);
	});

	it('shows at first sight the account number and the IBAN, of which a bank account needs one', () => {
		const shown = shownAtFirst({ '@version': 1.1, resource: 'bankAccount', operation: 'create' });
		const group = shown.find(({ name }) => name === 'additionalFields');
		expect(group?.default).toEqual({ accountNumber: '', iban: '' });
	});

	it('says of the lists of entries in which order they come, and lets it be chosen', () => {
		const lists = resources.flatMap(({ operations: own }) =>
			own.filter(({ fields: all }) =>
				all.some(({ name, options = [] }) => name === 'options' && options.some((one) => one.name === 'sort')),
			),
		);
		expect(lists.map(({ action }) => action)).toEqual(['Get many journal entries', 'Get many financial entries']);
		const orders = ofType('options').filter(({ field: { name } }) => name === 'sort');
		expect(orders.length).toBeGreaterThan(0);
		for (const { field } of orders) expect([field.default, field.description]).toEqual(['oldestFirst', expect.stringContaining('order')]);
	});

	it('is found by words of the trade, Swedish ones among them', async () => {
		const codex = await readFile(join(__dirname, '../../nodes/FortnoxAccounting/FortnoxAccounting.node.json'), 'utf8');
		const { alias, categories } = JSON.parse(codex) as { alias: string[]; categories: string[] };
		const words = [...alias, ...categories].join(' ').toLowerCase();
		for (const word of ['moms', 'huvudbok', 'sie', 'bokslut', 'finance']) expect(words).toContain(word);
	});

	it('lists actions in the order of use: posting and reading entries first', () => {
		const [first] = resources;
		expect(first?.value).toBe('journalEntry');
		expect(first?.operations.slice(0, 2).map(({ value }) => value)).toEqual(['create', 'getAll']);
	});
});
