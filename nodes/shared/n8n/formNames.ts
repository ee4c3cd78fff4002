import type { INodeProperties } from 'n8n-workflow';
import { isAbsent, locatorValue } from '../unified/readObject';
import { tenantIdField } from './company';

/** The form that messages are shown in. */
export interface Form {
	fields: readonly INodeProperties[];
	/** A parameter as the user filled it in for the item of a message; undefined where that is unknown. */
	given: (name: string) => unknown;
}

/**
 * The form of an operation or a trigger.
 * @param read gives a parameter as it was filled in; where it throws, it is unknown
 */
export function formOf(fields: readonly INodeProperties[], read: (name: string) => unknown): Form {
	const names = new Set(fields.map(({ name }) => name));
	const given = (name: string): unknown => {
		try {
			return names.has(name) ? read(name) : undefined;
		} catch {
			// Where an expression can't be evaluated, an error says so.
			return undefined;
		}
	};
	return { fields: [...fields, tenantIdField], given };
}

/** The field that a message begins with, as programs call it. */
const OWN_FIELD = /^([a-zA-Z_][\w.[\]]{0,199}): /;

/** A hint as the form of its item calls things. */
export function hintInForm(message: string, form: Form): string {
	const [, field = ''] = OWN_FIELD.exec(message) ?? [];
	return inWordsOfForm({ field, message }, form);
}

/** Messages begin with the field as programs call it; the form's own name stands in its place, and for fields that it mentions. */
export function inWordsOfForm({ field, message }: { field: string; message: string }, form: Form): string {
	const own = `${field}: `;
	const isNamed = field !== '' && message.startsWith(own);
	const rest = isNamed ? message.slice(own.length) : message;
	return isNamed ? `${nameInForm(field, form)}: ${field.startsWith('lines[') ? withNamesOfForm(rest, form) : rest}` : rest;
}

/** A field of a line as programs write it, such as `tax_info`. What stands in quotes is a value that the user gave. */
const MENTIONED = /(?<!['\w])[a-z]{1,30}(?:_[a-z]{1,30}){1,4}(?!['\w])/g;

function withNamesOfForm(text: string, { fields, given }: Form): string {
	const lines = fields.find(({ name }) => name === 'lines');
	if (lines === undefined || given('linesSource') === 'json' || given('linesSource') === 'inputItems') return text;
	return text.replace(MENTIONED, (name) => fieldCalled(name, [lines])?.displayName ?? name);
}

/** `lines[1].tax_info.tax_amount` is `Line 2, VAT Amount`; a field that no form has keeps its name, as those of JSON do. */
function nameInForm(field: string, { fields, given }: Form): string {
	const source = given('linesSource');
	const [, index, inLine = ''] = /^lines\[(\d{1,6})\]\.?(.*)$/.exec(field) ?? [];
	if (index === undefined) {
		const own = fieldCalled(field, fields);
		// JSON may be a whole entry: what the form has not is meant as JSON calls it.
		const isOfJson = source === 'json' && own?.name !== field && isAbsent(locatorValue(given(own?.name ?? '')));
		return isOfJson ? field : (own?.displayName ?? field);
	}
	if (source === 'json') return field;
	const place = `${source === 'inputItems' ? 'Row' : 'Line'} ${Number(index) + 1}`;
	if (inLine === '') return place;
	if (source === 'inputItems') return `${place}, ${inLine}`;
	// A field of the line's VAT is looked for in the VAT: the line itself has one of the same name.
	const found = ['lines', ...inLine.split('.')].reduce<readonly INodeProperties[]>((group, name) => {
		const next = fieldCalled(name, group);
		return next === undefined ? [] : [next];
	}, fields);
	return `${place}, ${found[0]?.displayName ?? inLine}`;
}

/** Looks for a field by its own name or by the unified model's (`journal_id` is `journalId`), the outer fields first. */
function fieldCalled(name: string, fields: readonly INodeProperties[]): INodeProperties | undefined {
	const camel = name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
	const found = fields.find((field) => field.name === name || field.name === camel);
	if (found !== undefined) return found;
	for (const { options = [] } of fields) {
		const inner = options.flatMap((option) => ('values' in option ? option.values : 'type' in option ? [option] : []));
		const nested = inner.length > 0 ? fieldCalled(name, inner) : undefined;
		if (nested !== undefined) return nested;
	}
	return undefined;
}
