import type { ErrorCode } from '../ledger/errorCodes';
import { MOST_DEPTH } from '../ledger/bounds';
import { whyNoId, whyNoText, wordForNothing } from '../ledger/nonsense';
import { LedgerError, type Problem, type Reading } from '../ledger/problems';

/** Whether a value is nested more deeply than anything that is written out may be. Without recursion, which would overflow the stack. */
export function isTooDeep(value: unknown): boolean {
	// Dates and the like may refer to themselves.
	const seen = new Set<unknown>();
	let level: unknown[] = [value];
	for (let depth = 0; depth <= MOST_DEPTH; depth++) {
		const objects = level.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null && !seen.has(one));
		if (objects.length === 0) return false;
		for (const object of objects) seen.add(object);
		level = objects.flatMap((object) => Object.values(object));
	}
	return true;
}

/** True for what JSON calls an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a value that a form, a spreadsheet or a program leaves where nothing is meant. */
export function isAbsent(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** The value of a resource locator, or the plain value that stands where a locator may. */
export function locatorValue(value: unknown): unknown {
	return isObject(value) && value.__rl === true ? value.value : value;
}

/** A plain value or a resource locator's value as trimmed text; an object as JSON; empty where nothing is meant. */
export function plainText(given: unknown): string {
	const value = locatorValue(given);
	if (isAbsent(value)) return '';
	if (typeof value === 'string') return value.trim();
	return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** Collects everything that is wrong with one input, and what the user should know. */
export class Findings {
	readonly problems: Problem[] = [];

	readonly hints: string[] = [];

	add(code: ErrorCode, field: string, message: string): void {
		this.problems.push({ code, field, message });
	}

	/** @throws {LedgerError} with everything that is wrong, where something is */
	throwIfAny(): void {
		if (this.problems.length > 0) throw new LedgerError(this.problems);
	}

	/** Takes a reading's value; its problem is noted under the field's name. */
	take<T>(reading: Reading<T>, field: string, code: ErrorCode = 'ERROR_DATA_VALIDATION'): T | undefined {
		if (reading.problem !== undefined) {
			this.add(code, field, `${field}: ${reading.problem}`);
			return undefined;
		}
		if (reading.hint !== undefined) this.hints.push(`${field}: ${reading.hint}`);
		return reading.value;
	}

	/** Reads a value that may be left out; its problem is noted under the field's name. */
	optional<T>(value: unknown, read: (value: unknown) => Reading<T>, field: string, code?: ErrorCode): T | undefined {
		return isAbsent(value) ? undefined : this.take(read(value), field, code);
	}

	/** Reads an optional free text; what no person writes is refused, and a word that a program writes for nothing is noted as a hint. */
	text(value: unknown, field: string, max?: number): string | undefined {
		const text = this.asText(value, field, max);
		if (text === undefined) return undefined;
		const problem = whyNoText(text);
		if (problem !== undefined) {
			this.add('ERROR_DATA_VALIDATION', field, `${field}: ${problem}`);
			return undefined;
		}
		const word = wordForNothing(text);
		if (word !== undefined) this.hints.push(`${field}: ${word}`);
		return text;
	}

	/** Reads an optional text: numbers are taken as text, anything else is noted. Trimmed; absent where empty. */
	private asText(value: unknown, field: string, max?: number): string | undefined {
		if (isAbsent(value)) return undefined;
		if (typeof value !== 'string' && typeof value !== 'number') {
			this.add('ERROR_DATA_VALIDATION', field, `${field}: give a text.`);
			return undefined;
		}
		if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
			this.add('ERROR_DATA_VALIDATION', field, `${field}: this number has too many digits for JSON and was rounded; give it as text.`);
			return undefined;
		}
		const text = String(value).trim();
		if (max !== undefined && text.length > max) {
			this.add('ERROR_DATA_VALIDATION', field, `${field}: at most ${max} characters fit, this has ${text.length}.`);
			return undefined;
		}
		return text;
	}

	/**
	 * Reads an optional text that names something, such as a number or a partner's id. Half of a character (UTF-16
	 * surrogate) is refused, because it can't be written anywhere; in free texts it is replaced like other characters.
	 * So are characters that are not shown, and what a program writes for a value that it does not have.
	 */
	name(value: unknown, field: string, max?: number): string | undefined {
		const text = this.asText(value, field, max);
		if (text === undefined) return undefined;
		const problem = /\p{Surrogate}/u.test(text)
			? 'it contains half a character (a text cut in the middle of an emoji). Give the whole character, or none of it.'
			: whyNoId(text);
		if (problem === undefined) return text;
		this.add('ERROR_DATA_VALIDATION', field, `${field}: ${problem}`);
		return undefined;
	}

	/** Names every field of `given` that is not in `known`, with the nearest known one. */
	unknownFields(given: Record<string, unknown>, known: readonly string[], prefix: string): void {
		for (const name of Object.keys(given)) {
			if (known.includes(name)) continue;
			this.add(
				'ERROR_DATA_VALIDATION',
				`${prefix}${name}`,
				`${prefix}${name}: there is no such field. The fields are ${known.join(', ')}.`,
			);
		}
	}
}

/** Forms carry nested values as JSON text; programs carry them as they are. */
export function parseIfText(given: unknown, field: string, findings: Findings): unknown {
	if (typeof given !== 'string' || given.trim() === '') return given;
	try {
		const parsed: unknown = JSON.parse(given);
		return parsed;
	} catch {
		findings.add('ERROR_DATA_VALIDATION', field, `${field}: this is not valid JSON.`);
		return undefined;
	}
}
