import type { ErrorCode } from '../ledger/errorCodes';
import { LedgerError, type Reading } from '../ledger/problems';
import { isAbsent, isObject, plainText } from '../unified/readObject';
import type { Run } from './run';

/**
 * What the user gave, as the operation's fields declare it. All of these throw a LedgerError where a parameter of the
 * item is something else (see `readGiven`).
 */
type Parameters = Pick<Run, 'given'>;

/** A parameter's value as its field declares it; null where it was left out. */
export function parameter(run: Parameters, name: string, item: number): unknown {
	return run.given(item)[name] ?? null;
}

/** A parameter of an item whose parameters can all be read; null otherwise. The item's own work then reports why. */
export function parameterIfReadable(run: Parameters, name: string, item: number): unknown {
	try {
		return parameter(run, name, item);
	} catch {
		return null;
	}
}

/** A text or number parameter as trimmed text; undefined where empty. */
export function textParameter(run: Parameters, name: string, item: number): string | undefined {
	return plainText(parameter(run, name, item)) || undefined;
}

/** A collection parameter (`options`, `filters`, `additionalFields`): what was added to it. */
export function collectionParameter(run: Parameters, name: string, item: number): Record<string, unknown> {
	const value = parameter(run, name, item);
	return isObject(value) ? value : {};
}

/** The name of the binary field that a file comes from or goes to. */
export function binaryField(run: Parameters, item: number): string {
	return textParameter(run, 'binaryPropertyName', item) ?? 'data';
}

/** How many items a list is to give: `Infinity` with Return All. */
export function limitParameter(run: Parameters, item: number): number {
	return parameter(run, 'returnAll', item) === true ? Infinity : Number(parameter(run, 'limit', item) ?? 50);
}

/**
 * A parameter that must have a readable value.
 *
 * @throws {LedgerError} with the given code, naming the parameter
 */
export function required<T>(
	run: Parameters,
	name: string,
	item: number,
	read: (value: unknown) => Reading<T>,
	code: ErrorCode = 'ERROR_DATA_VALIDATION',
): T {
	const reading = read(parameter(run, name, item));
	if (reading.problem !== undefined) throw new LedgerError({ code, field: name, message: `${name}: ${reading.problem}` });
	return reading.value;
}

/**
 * An update without fields is a mistake, as is one of a field that was added and left empty: Fortnox would keep what it has.
 *
 * @param given the fields that the user added
 * @throws {LedgerError} where nothing would be changed, or not all that was added
 */
export function refuseEmptyUpdate(change: object, given: Readonly<Record<string, unknown>>): void {
	const refuse = (field: string, why: string): LedgerError =>
		new LedgerError({ code: 'ERROR_DATA_VALIDATION', field, message: `${field}: ${why}` });
	if (Object.keys(change).length === 0)
		throw refuse('updateFields', 'there is nothing to change. Add the fields that are to get a new value.');
	const empty = Object.keys(given).find((name) => isAbsent(given[name]));
	if (empty !== undefined)
		throw refuse(empty, 'the field is there and empty, and would stay as it is. Give it its new value, or remove it.');
}
