import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import { ROOT } from './tables';
import type { RunSample } from './runSamples';

/**
 * The schemas of the operations' outputs, which n8n's editor shows to the next node before anything was run. n8n looks
 * for them beside the compiled node, by version, resource and operation (n8n-core, `output-schema-resolver`).
 */
const SCHEMA_FOLDER = 'nodes/FortnoxAccounting/__schema__';

/** The versions of the node, each with the output that it has where the user chose nothing. */
export const NODE_VERSIONS = [1, 1.1];

/** As much of JSON Schema as n8n's editor reads. */
interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** The schema files by their paths in the project, made of what the samples of a version put out. */
export function schemaFiles(version: number, samples: readonly RunSample[]): Map<string, string> {
	const outputs = new Map<string, IDataObject[]>();
	for (const { operation, output } of samples) outputs.set(operation, [...(outputs.get(operation) ?? []), ...output]);
	return new Map(
		[...outputs].map(([operation, items]) => [schemaPath(version, operation), `${JSON.stringify(schemaOf(items), null, '\t')}\n`]),
	);
}

/** @param operation such as `account.getAll` */
export function schemaPath(version: number, operation: string): string {
	const [major = '0', minor = '0'] = String(version).split('.');
	return `${SCHEMA_FOLDER}/v${major}.${minor}.0/${operation.replace('.', '/')}.json`;
}

/** The schema files that lie in the project, by their paths. */
export function storedSchemas(): Map<string, string> {
	const paths = readdirSync(join(ROOT, SCHEMA_FOLDER), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'));
	return new Map(paths.map((path) => [`${SCHEMA_FOLDER}/${path}`, readFileSync(join(ROOT, SCHEMA_FOLDER, path), 'utf8')]));
}

/** What all of the values have in common; a field counts as known where one of them has it. */
export function schemaOf(values: readonly unknown[]): Schema {
	const types = [...new Set(values.map(typeOf))].sort((one, other) => Number(one === 'null') - Number(other === 'null'));
	const [first = 'null'] = types;
	const type = types.length > 1 ? types : first;
	if (first === 'array') {
		const elements = values.flatMap((value): unknown[] => (Array.isArray(value) ? value : []));
		return { type, ...(elements.length > 0 && { items: schemaOf(elements) }) };
	}
	if (first !== 'object') return { type };
	const objects = values.filter((value): value is IDataObject => typeOf(value) === 'object');
	const names = [...new Set(objects.flatMap(Object.keys))];
	const valuesOf = (name: string): unknown[] => objects.flatMap((object) => (name in object ? [object[name]] : []));
	return { type, properties: Object.fromEntries(names.map((name) => [name, schemaOf(valuesOf(name))])) };
}

function typeOf(value: unknown): string {
	if (value === null || value === undefined) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}
