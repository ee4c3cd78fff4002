import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ACCOUNTING_TRIGGER } from '../../../engine';
import { startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(async () => {
	await world.close();
});

/** What the editor's test of the trigger shows; a new node is of version 1.1. */
const sample = async (parameters: INodeParameters, typeVersion = 1.1): Promise<IDataObject> => {
	const output = await world.engine.poll(ACCOUNTING_TRIGGER, parameters, { mode: 'manual', typeVersion });
	return output?.[0]?.[0]?.json ?? {};
};

const TRIGGERS = ['newEntry', 'newOrChangedEntry', 'newOrChangedAccount', 'financialYearOpened'];

it.each(TRIGGERS)('a new trigger on %s gives at most ten fields, none of them empty, and no rows', async (triggerOn) => {
	const json = await sample({ triggerOn });
	expect(Object.keys(json).length).toBeGreaterThan(2);
	expect(Object.keys(json).length).toBeLessThanOrEqual(10);
	for (const value of Object.values(json)) expect(['string', 'number', 'boolean']).toContain(typeof value);
	expect(json.tenant_id).toBe(1001);
	const full = await sample({ triggerOn, output: 'full' });
	expect(Object.keys(full).length).toBeGreaterThan(Object.keys(json).length);
	expect(full.change).toBe(json.change);
});

it('an entry has the fields that people read first, and what happened to it', async () => {
	const json = await sample({ triggerOn: 'newEntry' });
	expect(Object.keys(json).slice(0, 5)).toEqual(['id', 'date', 'description', 'amount', 'accounts']);
	expect(json.change).toBe('new');
	expect(await sample({ triggerOn: 'newEntry', options: { rawResponse: true } })).toHaveProperty('raw');
});

it('a saved trigger of version 1 gets what it got, and may choose', async () => {
	expect(await sample({ triggerOn: 'newEntry' }, 1)).toHaveProperty('items');
	expect(await sample({ triggerOn: 'newEntry', output: 'simplified' }, 1)).not.toHaveProperty('items');
});
