import type { INodeProperties } from 'n8n-workflow';
import { isInstant } from '../ledger/dates';
import { whyNoId } from '../ledger/nonsense';
import type { Reading } from '../ledger/problems';
import { isObject, locatorValue } from '../unified/readObject';

/**
 * Values as a field's declaration wants them. n8n converts nothing to a parameter's type: expressions, webhooks,
 * spreadsheets and agents hand over what they have, texts above all.
 */

/** Reads a value by the type that its field declares: a switch, a choice, a number, a text, a locator. */
export function conform(field: INodeProperties, value: unknown): Reading<unknown> {
	switch (field.type) {
		case 'boolean':
			return readSwitch(value);
		case 'options':
			return readChoice(field, value);
		case 'multiOptions':
			return readChoices(field, value);
		case 'number':
			return readCount(field, value);
		// Names that parameters had in earlier versions.
		case 'hidden':
		case 'string':
			// Amounts may be numbers.
			return isTakenAsItIs(field, value) ? { value } : readTextOrNumber(value);
		case 'resourceLocator':
			return readLocator(value);
		default:
			return { value };
	}
}

/** `true`, `false`, the same as text in any case, 1 and 0. */
function readSwitch(value: unknown): Reading<boolean> {
	const written = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (written === true || written === 'true' || written === 1 || written === '1') return { value: true };
	if (written === false || written === 'false' || written === 0 || written === '0') return { value: false };
	return { problem: `${shown(value)} is neither true nor false. Give true or false, as a boolean or as text.` };
}

/** One of the values that a field offers, in any case. */
function readChoice({ options = [] }: INodeProperties, value: unknown): Reading<string> {
	const offered = options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
	const written = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
	const chosen = offered.find((one) => one === written) ?? offered.find((one) => one.toLowerCase() === written?.toLowerCase());
	if (chosen !== undefined) return { value: chosen };
	return { problem: `${shown(value)} is not one of the choices. Use ${offered.filter((one) => one !== '').join(', ')}.` };
}

/** Several of the values that a field offers: a list, or a text with commas. */
function readChoices(field: INodeProperties, value: unknown): Reading<string[]> {
	const given: unknown[] = Array.isArray(value)
		? value
		: String(value)
				.split(',')
				.filter((one) => one.trim() !== '');
	const chosen: string[] = [];
	for (const one of given) {
		const reading = readChoice(field, one);
		if (reading.problem !== undefined) return reading;
		chosen.push(reading.value);
	}
	return { value: chosen };
}

/** A number as people don't write it: `numberPrecision: 0` wants it whole. */
function readCount({ typeOptions = {} }: INodeProperties, value: unknown): Reading<number> {
	const { minValue = -Infinity, maxValue = Infinity, numberPrecision } = typeOptions;
	const written = typeof value === 'string' ? value.trim() : value;
	const number = typeof written === 'string' && PLAIN_NUMBER.test(written) ? Number(written) : written;
	const isWhole = numberPrecision !== 0 || Number.isSafeInteger(number);
	if (typeof number === 'number' && Number.isFinite(number) && isWhole && number >= minValue && number <= maxValue) {
		return { value: number };
	}
	const kind = numberPrecision === 0 ? 'a whole number' : 'a number';
	const from = minValue === -Infinity ? '' : ` from ${minValue}`;
	const to = maxValue === Infinity ? '' : ` to ${maxValue}`;
	return { problem: `${shown(value)} does not fit. Give ${kind}${from}${to}.` };
}

const PLAIN_NUMBER = /^[+-]?\d{1,15}(?:\.\d{1,15})?$/;

function readTextOrNumber(value: unknown): Reading<string | number> {
	if (typeof value !== 'string' && (typeof value !== 'number' || !Number.isFinite(value))) {
		return { problem: `${shown(value)} is not a text. Give a text or a number.` };
	}
	return { value };
}

function readLocator(given: unknown): Reading<string | number> {
	const reading = readTextOrNumber(locatorValue(given));
	const refused = reading.problem !== undefined ? undefined : whyNoId(String(reading.value));
	return refused === undefined ? reading : { problem: refused };
}

/** Fields whose text is a list with commas: an expression may give a list. */
const LISTS = ['accounts', 'classes', 'outputFields'];

/** The name of a binary field, for which an expression may give the file itself. */
const FILE = 'binaryPropertyName';

/** A field for months or periods takes a point in time, too: see `monthField`. */
function isTakenAsItIs({ name, typeOptions }: INodeProperties, value: unknown): boolean {
	if (Array.isArray(value)) return LISTS.includes(name);
	return (name === FILE && isFile(value)) || (typeOptions?.dateOnly === true && isInstant(value));
}

/** n8n's description of a file. */
function isFile(value: unknown): boolean {
	return isObject(value) && typeof value.mimeType === 'string';
}

/** A value in a message: what it is, not the whole of it. */
function shown(value: unknown): string {
	if (Array.isArray(value)) return 'A list';
	if (isObject(value)) return 'An object';
	if (typeof value !== 'string') return String(value);
	return value.length > LONGEST_SHOWN ? `"${value.slice(0, LONGEST_SHOWN)}…"` : `"${value}"`;
}

const LONGEST_SHOWN = 60;
