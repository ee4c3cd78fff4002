import type { GenericValue, IDataObject } from 'n8n-workflow';

/**
 * An output object without what says nothing (null, empty texts, lists and objects): a model that calls the node as
 * its tool pays for every field it reads.
 */
export function compact(json: IDataObject): IDataObject {
	const kept: IDataObject = {};
	for (const [name, value] of Object.entries(json)) {
		const short = compactValue(value);
		if (short !== undefined) kept[name] = short;
	}
	return kept;
}

function compactValue(value: IDataObject[string]): IDataObject[string] {
	if (value === null || value === '') return undefined;
	if (isList(value)) {
		const kept = value.map((element) => (isPlainObject(element) ? compact(element) : element));
		return kept.length === 0 ? undefined : kept;
	}
	if (!isPlainObject(value)) return value;
	const kept = compact(value);
	return Object.keys(kept).length === 0 ? undefined : kept;
}

function isList(value: unknown): value is GenericValue[] {
	return Array.isArray(value);
}

function isPlainObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
