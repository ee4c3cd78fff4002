import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { startWorld, type World } from '../support/world';

const LINES = {
	line: [
		{ account: '6110', debit: '10' },
		{ account: '1930', credit: '10' },
	],
};

describe('the text of an entry', () => {
	let world: World;
	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(() => world.reconnect());
	afterAll(async () => {
		await world.close();
	});

	const textOf = async (typeVersion: number, texts: INodeParameters, more: INodeParameters = {}): Promise<unknown> => {
		const parameters = {
			resource: 'journalEntry',
			operation: 'create',
			journalId: 'A',
			date: '2026-06-01',
			lines: LINES,
			options: { dryRun: true },
			...more,
			...texts,
		};
		const { error, json } = await world.run(parameters, { typeVersion });
		expect(error?.message).toBeUndefined();
		return json()[0]?.description;
	};

	it.each([1, 1.1])('is read under its old and its new name in version %s, the new one first', async (version) => {
		expect(await textOf(version, { description: 'Kaffe' })).toBe('Kaffe');
		expect(await textOf(version, { entryDescription: 'Te' })).toBe('Te');
		expect(await textOf(version, { description: 'Kaffe', entryDescription: 'Te' })).toBe('Te');
		expect(await textOf(version, { entryDescription: '={{ "Te " + 2 }}' })).toBe('Te 2');
	});

	it.each([
		['financialEntry', 'create', { financialCounterpartAccount: '1930', lines: { line: [{ account: '3004', amount: '10' }] } }],
		[
			'journalEntry',
			'spread',
			{ amount: '10', number: 'S-1', resultAccount: '5010', balanceAccount: '1790', firstMonth: '2026-06', lastMonth: '2026-06' },
		],
	])('is read under both names by %s.%s', async (resource, operation, more) => {
		const own = { resource, operation, ...more };
		expect(await textOf(1, { description: 'Kaffe' }, own)).toMatch(/^Kaffe/);
		expect(await textOf(1.1, { entryDescription: 'Kaffe' }, own)).toMatch(/^Kaffe/);
	});

	it('is shown once, and in new nodes under a name that an agent’s model can fill', () => {
		const { properties } = new FortnoxAccounting().description;
		const texts = properties.filter(({ displayName, type }) => displayName === 'Description' && type !== 'hidden');
		const inVersion = (version: number, { displayOptions: { show, hide } = {} }: INodeProperties): boolean =>
			(show?.['@version'] ?? [version]).includes(version) && !(hide?.['@version'] ?? []).includes(version);
		const operations = ['journalEntry.correct', 'journalEntry.create', 'financialEntry.create', 'journalEntry.spread'];
		for (const [version, name] of [
			[1, 'description'],
			[1.1, 'entryDescription'],
		] as const) {
			const shown = texts.filter((field) => inVersion(version, field));
			expect(shown.map((field) => field.name)).toEqual(operations.map(() => name));
		}
	});
});
