import { isDate } from '../../company/clock';
import type { Settings } from '../../settings';
import { PlaceholderRefusal, Refusal } from './answer';

/** One field of a resource, as it may be written. */
interface FieldSpec {
	type: 'text' | 'integer' | 'number' | 'amount' | 'boolean' | 'date' | 'rows';
	required?: boolean;
	/** Refused in a body, or ignored, as `settings.readOnlyFields` says. */
	readOnly?: boolean;
	min?: number;
	max?: number;
	choices?: readonly string[];
}

export type FieldSpecs = Readonly<Record<string, FieldSpec>>;

/** Stands for the documented fields of a resource that the sandbox doesn't simulate: it takes them, and does nothing with them. */
const OTHERS = '*';

/** Fields of a resource of which only these are simulated. */
export const someOf = (specs: FieldSpecs): FieldSpecs => ({ ...specs, [OTHERS]: { type: 'text', readOnly: true } });

/** Blanks a field in a PUT, where an empty string does not. */
const BLANK = 'API_BLANK';

/**
 * The characters that Fortnox takes, from its page on formats and encoding. The combining ring and dots stand apart
 * from the class, where they would melt into the character before them.
 */
const ALLOWED_TEXT = /^(?:[\p{L}’\\0-9 –:.`´,;^¤#%§£$€¢¥©™°&/()=+\-*_!?²³®½@\u00a0\n\r]|\u0308|\u030a)*$/u;

type Value = string | number | boolean | null | readonly unknown[];

/** The checked fields of a body. `undefined`: not given, so unchanged. `null`: to be cleared. */
export class Fields {
	constructor(private readonly values: ReadonlyMap<string, Value>) {}

	text(name: string): string | null | undefined {
		const value = this.values.get(name);
		return typeof value === 'string' || value === null ? value : undefined;
	}

	/** Öre for an amount. */
	number(name: string): number | undefined {
		const value = this.values.get(name);
		return typeof value === 'number' ? value : undefined;
	}

	boolean(name: string): boolean | undefined {
		const value = this.values.get(name);
		return typeof value === 'boolean' ? value : undefined;
	}

	rows(name: string): readonly unknown[] {
		const value = this.values.get(name);
		return Array.isArray(value) ? value : [];
	}
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads `{ [wrapper]: { … } }`. Throws Fortnox's refusals. */
export function readWrapped(
	{ body, settings }: { body: unknown; settings: Settings },
	wrapper: string,
	specs: FieldSpecs,
	mode: 'create' | 'update',
): Fields {
	const inner = isRecord(body) ? body[wrapper] : undefined;
	if (!isRecord(inner)) throw new Refusal(400, 2001392, 'Ingen eller felaktig typ av data.');
	return readFields(inner, specs, mode, settings);
}

export function readFields(input: Record<string, unknown>, specs: FieldSpecs, mode: 'create' | 'update', settings: Settings): Fields {
	const values = new Map<string, Value>();
	for (const [name, value] of Object.entries(input)) {
		if (name.startsWith('@')) continue;
		const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
		if (!spec) {
			if (settings.unknownFields === 'refuse' && !Object.hasOwn(specs, OTHERS)) throw new Refusal(400, 2001399, 'Felaktigt fältnamn');
			continue;
		}
		if (spec.readOnly) {
			if (settings.readOnlyFields === 'refuse') throw new Refusal(400, 2000321, `Fältet ${name} är endast läsbart.`);
			continue;
		}
		if (value === null) {
			if (mode === 'update' && settings.nullOnPut === 'clear') values.set(name, null);
			continue;
		}
		// An empty string leaves the field as it is; only the literal blanks it.
		if (value === '') continue;
		values.set(name, value === BLANK && mode === 'update' ? null : readValue(value, spec, settings));
	}
	if (mode === 'create') {
		for (const [name, spec] of Object.entries(specs)) {
			if (spec.required && !spec.readOnly && !values.has(name)) throw new PlaceholderRefusal('missingField', name);
		}
	}
	return new Fields(values);
}

function readValue(value: unknown, spec: FieldSpec, settings: Settings): Value {
	switch (spec.type) {
		case 'rows':
			if (!Array.isArray(value)) throw new Refusal(400, 2001392, 'Ingen eller felaktig typ av data.');
			return Array.from<unknown>(value);
		case 'boolean':
			if (value === true || value === 'true') return true;
			if (value === false || value === 'false') return false;
			throw new Refusal(400, 2000134, `Värdet måste vara en boolean (${String(value)})`);
		case 'amount':
			return readAmount(value);
		case 'integer':
		case 'number':
			return readNumber(value, spec);
		case 'date':
			if (typeof value !== 'string' || !isDate(value)) throw new PlaceholderRefusal('invalidDate', String(value));
			return value;
		case 'text':
			return readText(value, spec, settings);
	}
}

function readNumber(value: unknown, spec: FieldSpec): number {
	const pattern = spec.type === 'integer' ? /^-?\d{1,15}$/ : /^-?\d{1,15}(\.\d+)?$/;
	const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
	if (!pattern.test(text)) throw new Refusal(400, 2000108, `Värdet måste vara numeriskt (${String(value)})`);
	const number = Number(text);
	if (number < (spec.min ?? -Infinity) || number > (spec.max ?? Infinity)) throw new PlaceholderRefusal('outOfRange', text);
	return number;
}

/** Whole öre. At most two decimals and 14 digits, decimals included. */
function readAmount(value: unknown): number {
	const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
	const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text);
	if (!match) {
		if (/^-?\d*\.?\d+(e[+-]?\d+)?$/i.test(text)) throw new PlaceholderRefusal('invalidAmount', text);
		throw new Refusal(400, 2000108, `Värdet måste vara numeriskt (${String(value)})`);
	}
	const [, sign = '', kronor = '', decimals = ''] = match;
	const digits = kronor + decimals.padEnd(2, '0');
	if (kronor.length + decimals.length > 14 || digits.length > 15) throw new PlaceholderRefusal('invalidAmount', text);
	return sign === '-' ? -Number(digits) : Number(digits);
}

function readText(value: unknown, spec: FieldSpec, settings: Settings): string {
	if (typeof value !== 'string' && typeof value !== 'number') throw new Refusal(400, 2001392, 'Ingen eller felaktig typ av data.');
	const text = String(value);
	if (!ALLOWED_TEXT.test(text) || (settings.refuseUrlsInTexts && text.includes('://'))) {
		throw new Refusal(400, 2000359, `Värdet innehåller ej tillåtna tecken. (${text})`);
	}
	if (spec.choices && !spec.choices.includes(text)) throw new PlaceholderRefusal('invalidChoice', text);
	if ([...text].length > (spec.max ?? Infinity)) throw new PlaceholderRefusal('tooLong', text);
	return text;
}
