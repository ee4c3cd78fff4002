import type { IExecuteFunctions } from 'n8n-workflow';
import type { ErrorCode } from '../ledger/errorCodes';
import { LedgerError, type Reading } from '../ledger/problems';
import { isObject, locatorValue, plainText } from '../unified/readObject';

/** A parameter's value, whatever it is; null where the parameter is not set. */
export function parameter(context: IExecuteFunctions, name: string, item: number): unknown {
	return context.getNodeParameter(name, item, null);
}

/** A text or number parameter as trimmed text; undefined where empty. A resource locator gives its value. */
export function textParameter(context: IExecuteFunctions, name: string, item: number): string | undefined {
	return plainText(parameter(context, name, item)) || undefined;
}

/** A collection parameter (`options`, `filters`, `additionalFields`); empty where it is not shown. */
export function collectionParameter(context: IExecuteFunctions, name: string, item: number): Record<string, unknown> {
	const value = parameter(context, name, item);
	return isObject(value) ? value : {};
}

/** The name of the binary field that a file comes from or goes to. */
export function binaryField(context: IExecuteFunctions, item: number): string {
	return textParameter(context, 'binaryPropertyName', item) ?? 'data';
}

/** How many items a list is to give: `Infinity` with Return All. */
export function limitParameter(context: IExecuteFunctions, item: number): number {
	return parameter(context, 'returnAll', item) === true ? Infinity : Number(parameter(context, 'limit', item) ?? 50);
}

/**
 * A parameter that must have a readable value.
 *
 * @throws {LedgerError} with the given code, naming the parameter
 */
export function required<T>(
	context: IExecuteFunctions,
	name: string,
	item: number,
	read: (value: unknown) => Reading<T>,
	code: ErrorCode = 'ERROR_DATA_VALIDATION',
): T {
	const reading = read(locatorValue(parameter(context, name, item)));
	if ('problem' in reading) throw new LedgerError({ code, field: name, message: `${name}: ${reading.problem}` });
	return reading.value;
}

/**
 * An update that changes nothing was not meant so.
 *
 * @throws {LedgerError} where there is no field in it
 */
export function refuseEmptyUpdate(change: object): void {
	if (Object.keys(change).length > 0) return;
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'updateFields',
		message: 'updateFields: there is nothing to change. Add the fields that are to get a new value.',
	});
}
