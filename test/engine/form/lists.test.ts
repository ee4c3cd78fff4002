import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTING_NODE } from '../../../engine';
import { startWorld, type World } from '../support/world';

describe('lists', () => {
	let world: World;

	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(() => {
		world.reconnect();
	});
	afterAll(async () => {
		await world.close();
	});

	const found = async (
		method: string,
		filter: string,
		parameters: INodeParameters = {},
	): Promise<Array<{ name: string; value: string }>> => {
		const { results } = await world.engine.listSearch(ACCOUNTING_NODE, method, {
			parameters: { authentication: 'oAuth2', ...parameters },
			filter,
		});
		return results.map(({ name, value }) => ({ name, value: String(value) }));
	};
	const search = async (method: string, filter: string, parameters: INodeParameters = {}): Promise<string[]> =>
		(await found(method, filter, parameters)).map(({ value }) => value);

	it('begin with what fits best, and find letters without their dots', async () => {
		const values = await search('searchAccounts', '19');
		expect(values.length).toBeGreaterThan(1);
		expect(values[0]).toMatch(/^19/);
		const others = values.findIndex((value) => !value.startsWith('19'));
		expect(values.slice(others < 0 ? values.length : others).some((value) => value.startsWith('19'))).toBe(false);
		expect(await search('searchAccounts', 'forsaljning')).toEqual(await search('searchAccounts', 'Försäljning'));
		expect(await search('searchAccounts', 'forsaljning')).not.toEqual([]);
	});

	it('find a kind of account, those first that are of it', async () => {
		const values = await search('searchAccounts', 'bank');
		expect(values.slice(0, 4)).toEqual(['1920', '1930', '1940', '1950']);
		expect(values).toContain('6570');
		expect((await search('searchAccounts', 'other expense')).length).toBeGreaterThan(0);
	});

	it.each([
		['purchase 25', ['I 25']],
		['25 % purchase', ['I 25']],
		['sale 25%', ['MP1']],
		['Sale, 12', ['MP2']],
		['mp3', ['MP3']],
		['inköp tjänster eu 12', ['ITEU 12', 'ITGLOB 12']],
		['byggtjanster 25', ['IT 25']],
		['export', ['E']],
	])('find VAT by the words of "%s", in English or in Swedish', async (filter, expected) => {
		expect(await search('searchVat', filter)).toEqual(expected);
	});

	it('find all VAT by "moms", and show its name alone', async () => {
		const { results } = await world.engine.listSearch(ACCOUNTING_NODE, 'searchVat', {
			parameters: { authentication: 'oAuth2' },
			filter: 'moms',
		});
		expect(results.length).toBe((await search('searchVat', '')).length);
		expect(Object.keys(results[0] ?? {}).sort()).toEqual(['name', 'value']);
	});

	it('find an entry as people write its number', async () => {
		const company = world.sandbox.company(1001);
		const { number } = company.addVoucher({
			date: '2026-06-01',
			description: 'Hyra',
			rows: [
				{ account: 5010, debit: 100 },
				{ account: 1930, credit: 100 },
			],
		});
		const id = `A-${number}-4`;
		for (const written of [`A ${number}`, `A${number}`, `a-${number}`, `a${number}`, id]) {
			expect((await search('searchEntries', written, { resource: 'journalEntry', operation: 'get' }))[0]).toBe(id);
		}
	});

	it('show nothing for a text that nothing has', async () => {
		expect(await search('searchVat', 'purchase 27')).toEqual([]);
		expect(await search('searchVat', '%')).toEqual([]);
	});

	it('offer manual journals alone where an entry is posted, and all where one is read', async () => {
		const all = await search('searchJournals', '', { resource: 'journalEntry', operation: 'getAll' });
		const manual = await search('searchJournals', '', { resource: 'journalEntry', operation: 'create' });
		expect(manual.length).toBeLessThan(all.length);
		expect(manual).toContain('A');
		const { series } = world.sandbox.company(1001).year(4);
		for (const code of manual) expect(series.get(code)).toMatchObject({ manual: true });
	});
});
