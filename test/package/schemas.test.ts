import { FortnoxAccounting } from '../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { resources } from '../../nodes/FortnoxAccounting/resources';
import { FIELDS } from '../../nodes/shared/n8n/simplified';
import { runSamples, type RunSample } from '../../scripts/docs/runSamples';
import { NODE_VERSIONS, schemaFiles, schemaOf, schemaPath, storedSchemas } from '../../scripts/docs/schemas';

/** What simplified forms have beside the fields of the whole output, and what only some outputs have. */
const COMPUTED_OR_RARE = [
	'closing_balance',
	'amount',
	'accounts',
	'already_posted',
	'warning',
	'reversed_by',
	'corrected_by',
	'dry_run',
	'proposal',
	'reversal_id',
	'reverses',
	'corrects',
];

describe('the schemas that the editor shows before anything was run', () => {
	const samples = new Map<number, RunSample[]>();
	beforeAll(async () => {
		for (const version of NODE_VERSIONS) samples.set(version, (await runSamples(version)).operations);
	});

	it('are those of the node and of its versions', () => {
		expect(new FortnoxAccounting().description.version).toEqual(NODE_VERSIONS);
		const operations = resources.flatMap(({ value, operations: own }) => own.map((operation) => `${value}.${operation.value}`));
		const expected = NODE_VERSIONS.flatMap((version) => operations.map((operation) => schemaPath(version, operation)));
		expect([...storedSchemas().keys()].sort()).toEqual(expected.sort());
	});

	it.each(NODE_VERSIONS)('are what version %s puts out (else: npm run docs)', (version) => {
		const stored = storedSchemas();
		const current = schemaFiles(version, samples.get(version) ?? []);
		for (const [path, text] of current) expect([path, stored.get(path)]).toEqual([path, text]);
	});

	it('have at most ten fields in new nodes', () => {
		const long = (samples.get(1.1) ?? []).flatMap(({ operation, output }) =>
			output.filter((item) => Object.keys(item).length > 10).map((item) => [operation, Object.keys(item)]),
		);
		expect(long).toEqual([]);
	});

	it('name fields in the simplified forms that the whole outputs have', () => {
		const unknown = [...FIELDS].flatMap(([operation, names]) => {
			const outputs = (samples.get(1) ?? []).filter((sample) => sample.operation === operation).flatMap(({ output }) => output);
			const known = new Set([...COMPUTED_OR_RARE, ...outputs.flatMap(Object.keys)]);
			return outputs.length === 0 ? [] : names.filter((name) => !known.has(name)).map((name) => `${operation}: ${name}`);
		});
		expect(unknown).toEqual([]);
	});
});

describe('a schema', () => {
	it('has the fields that any of the values has, with all their types', () => {
		expect(
			schemaOf([
				{ a: null, b: [{ c: 1 }] },
				{ a: 'x', b: [] },
			]),
		).toEqual({
			type: 'object',
			properties: {
				a: { type: ['string', 'null'] },
				b: { type: 'array', items: { type: 'object', properties: { c: { type: 'number' } } } },
			},
		});
	});
});
