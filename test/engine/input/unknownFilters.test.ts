import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { WebSocket } from 'ws';

import { ACCOUNTING_TRIGGER, INSTANT_TRIGGER, type EngineError } from '../../../engine';
import { startWorld, type World } from '../support/world';
import { named } from './parameters';

/** A filter that names what the company does not have gives nothing: which is an error, not an empty list. */

const UNKNOWN: Array<[field: string, value: string, code: string]> = [
	['journalId', 'NOPE', 'ERROR_JOURNAL_NOT_FOUND'],
	['accountNumber', '9876', 'ERROR_ACCOUNT_NUMBER_NOT_FOUND'],
	['costCenter', 'NOPE', 'ERROR_ANALYTIC_ACCOUNT_NOT_FOUND'],
	['project', '987', 'ERROR_ANALYTIC_ACCOUNT_NOT_FOUND'],
];
const KNOWN: Record<string, string> = { journalId: 'B', accountNumber: '3108', costCenter: 'LAGER', project: '1' };

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
beforeEach(() => world.reconnect());
afterAll(async () => await world.close());

describe.each([
	['journalEntry', {}],
	['financialEntry', { financialCounterpartAccount: '1930' }],
])('%s > Get Many', (resource, more) => {
	const getAll = async (filters: INodeParameters, options: INodeParameters = {}) =>
		await world.run({ resource, operation: 'getAll', returnAll: true, filters, options, ...more });
	const fields = UNKNOWN.filter(([field]) => resource === 'journalEntry' || field !== 'accountNumber');

	it.each(fields)('refuses the %s %s', async (field, value, code) => {
		for (const filters of [
			{ [field]: value },
			{ [field]: value, dateFrom: '2025-01-01' },
			{ [field]: value, updatedAfter: '2026-01-01' },
		]) {
			const { error } = await getAll(filters);
			expect([error?.context?.error_code, named(error), error?.message]).toEqual([code, [field], expect.stringContaining(` ${value}`)]);
		}
	});

	it.each([
		['dateFrom', { dateFrom: '2019-01-01', dateTo: '2019-12-31' }, ' with days from 2019-01-01 to 2019-12-31. '],
		['dateFrom', { dateFrom: '2051-01-01' }, ' with days from 2051-01-01. '],
		['dateFrom', { dateFrom: '2023-05-01', dateTo: '2023-05-31' }, ' with days from 2023-05-01 to 2023-05-31. '],
		['dateTo', { dateTo: '2019-12-31' }, ' with days to 2019-12-31. '],
	])('refuses days that no financial year has (%s %j)', async (field, filters, words) => {
		for (const more of [{}, { updatedAfter: '2018-01-01' }]) {
			const { error } = await getAll({ ...filters, ...more });
			expect([error?.context?.error_code, named(error), error?.message]).toEqual([
				'ERROR_BOOKYEAR_NOT_FOUND',
				[field],
				expect.stringContaining(words),
			]);
		}
	});

	it.each(fields)('takes a %s that there is, whether it has entries or not', async (field) => {
		const first = await getAll({ [field]: KNOWN[field] });
		expect(first.error?.message).toBeUndefined();
		world.forget();
		const again = await getAll({ [field]: KNOWN[field] });
		expect(again.json()).toEqual(first.json());
		// The registers are cached.
		expect(world.requests('GET', /\/(accounts|voucherseries|costcenters|projects)/)).toEqual([]);
	});
});

it('refuses a bank account that is not in the chart', async () => {
	const { error } = await world.run({ resource: 'financialEntry', operation: 'getAll', financialCounterpartAccount: '1987' });
	expect([error?.context?.error_code, named(error)]).toEqual(['ERROR_ACCOUNT_NUMBER_NOT_FOUND', ['financialCounterpartAccount']]);
});

it.each([
	['getBalances', { end: '2026-05' }],
	['getLedger', {}],
])('refuses an account that is not there (account.%s)', async (operation, more) => {
	const { error } = await world.run({ resource: 'account', operation, accounts: '1930,9876', ...more });
	expect([error?.context?.error_code, named(error), error?.message]).toEqual([
		'ERROR_ACCOUNT_NUMBER_NOT_FOUND',
		['accounts'],
		expect.stringContaining('9876'),
	]);
});

it('refuses to reconcile an account that is not there', async () => {
	const parameters = { resource: 'report', operation: 'reconcile', accountNumber: '1987' };
	const { error } = await world.run(parameters, { input: [{ date: '2026-05-04', amount: 1, text: 'x' }] });
	expect([error?.context?.error_code, named(error)]).toEqual(['ERROR_ACCOUNT_NUMBER_NOT_FOUND', ['accountNumber']]);
});

describe.each([
	['polling', ACCOUNTING_TRIGGER],
	['instant', INSTANT_TRIGGER],
])('the %s trigger', (name, type) => {
	beforeAll(() => {
		Object.defineProperty(globalThis, 'WebSocket', { value: WebSocket, configurable: true, writable: true });
	});

	const begin = async (filters: INodeParameters, staticData: IDataObject = {}): Promise<EngineError | undefined> => {
		const parameters = { triggerOn: 'newEntry', filters };
		try {
			if (name === 'polling') await world.engine.poll(type, parameters, { staticData });
			else await (await world.engine.activate(type, parameters, { staticData })).deactivate();
			return undefined;
		} catch (error) {
			return error as EngineError;
		}
	};

	it.each(UNKNOWN.slice(0, 2))('does not begin to wait for the %s %s', async (field, value, code) => {
		const error = await begin({ [field]: value });
		expect([error?.context?.error_code, named(error)]).toEqual([code, [field]]);
	});

	it('begins where there is such a journal and account', async () => {
		expect((await begin({ journalId: 'B', accountNumber: '1930' }))?.message).toBeUndefined();
	});
});

it('looks filters of the polling trigger up where they are new, and not at each poll', async () => {
	const staticData: IDataObject = {};
	const poll = async (filters: INodeParameters) =>
		await world.engine.poll(ACCOUNTING_TRIGGER, { triggerOn: 'newEntry', filters }, { staticData });
	await poll({ accountNumber: '1930' });
	await expect(poll({ accountNumber: '9876' })).rejects.toThrow(/accountNumber: .*9876/);
	await poll({ accountNumber: '1930' });
	world.forget();
	await poll({ accountNumber: '1930' });
	expect(world.requests('GET', /\/(accounts|voucherseries)/)).toEqual([]);
});
