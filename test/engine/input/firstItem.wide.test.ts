import type { IDataObject, INodeExecutionData, INodeParameters, INodeProperties } from 'n8n-workflow';

import { startWorld, type World } from '../support/world';
import { operationsOfNode, probesOf, validFor, type Probe } from './parameters';

/** With On Error: Continue, a wrong choice fails the item that gives it and no other, also where that is the first. */

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(async () => {
	await world.close();
});

const FILE = { data: { data: 'eA==', mimeType: 'text/plain', fileName: 'x.txt' } };

const CASES = operationsOfNode().flatMap(({ resource, operation, fields }) => {
	const probes = probesOf(fields);
	const isDry = probes.some(({ path }) => path === 'options.dryRun');
	return probes
		.filter(({ field: { type } }) => type === 'boolean' || type === 'options')
		.map((probe) => ({
			name: `${resource}.${operation}: ${probe.path}`,
			parameters: { resource, operation, ...validFor(fields) },
			probe,
			isDry,
		}));
});

it.each(CASES)('$name', async ({ parameters, probe, isDry }) => {
	const name = lastOf(probe.path);
	const given = probe.given(`={{ $json.isBad ? "nonsense" : ${JSON.stringify(goodValue(probe))} }}`);
	const options = { ...(given.options as INodeParameters | undefined), ...(isDry && name !== 'dryRun' && { dryRun: true }) };
	const input = [true, false].map((isBad) => ({ json: { isBad }, binary: FILE }));
	const result = await world.run({ ...parameters, ...given, options }, { input, onError: 'continueRegularOutput' });
	const ofFirst = result.items().filter(isOfFirst);
	const ofOthers = result.items().filter((item) => !isOfFirst(item));
	expect(ofFirst.flatMap(refusedFields)).toContain(name);
	expect(ofOthers.flatMap(refusedFields)).not.toContain(name);
});

function goodValue({ path, field }: Probe): unknown {
	return field.type === 'options' ? goodChoice(field) : lastOf(path) === 'dryRun';
}

function goodChoice({ options = [], default: usual }: INodeProperties): unknown {
	const offered: unknown[] = options.flatMap((option) => ('value' in option ? [option.value] : []));
	return offered.includes(usual) ? usual : offered[0];
}

function isOfFirst({ pairedItem }: INodeExecutionData): boolean {
	return JSON.stringify(pairedItem).includes('"item":0');
}

function refusedFields({ json }: INodeExecutionData): string[] {
	return ((json.problems ?? []) as IDataObject[]).map(({ field }) => lastOf(String(field)));
}

function lastOf(path: string): string {
	return path.split('.').at(-1) ?? '';
}
