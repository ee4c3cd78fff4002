import type { INodeParameters } from 'n8n-workflow';

import { startWorld, type World } from '../support/world';
import { named } from './parameters';

/** Fields for a month or a period, given as expressions hand them over; and ranges that are none. */

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
beforeEach(() => world.reconnect());
afterAll(async () => await world.close());

const MAY = [
	'={{ DateTime.fromISO("2026-05-17T22:30:00+02:00") }}',
	'={{ "2026-05-17" }}',
	'={{ 20260517 }}',
	'={{ new Date("2026-05-17T10:00:00Z") }}',
];
const NOW = '={{ DateTime.fromISO("2026-05-01") }}';

const FIELDS: Array<[operation: string, field: string, more: INodeParameters]> = [
	['report.incomeStatement', 'period', {}],
	['report.balanceSheet', 'period', {}],
	['report.trialBalance', 'period', {}],
	['report.checkLedger', 'period', {}],
	['vatReturn.get', 'period', {}],
	['vatReturn.settle', 'period', { options: { dryRun: true } }],
	['account.getBalances', 'end', { accounts: '1930' }],
	['account.getBalances', 'start', { accounts: '1930', end: '2026-06' }],
];

/** Hints call fields as the form does. */
const LABELS: Readonly<Record<string, string>> = { period: 'Period', end: 'Up to Month', start: 'First Month of Period' };

/** Fields that take a day or a month. */
const DAYS: Array<[operation: string, field: string, more: INodeParameters]> = [
	[
		'journalEntry.spread',
		'firstMonth',
		{ amount: 100, resultAccount: '5010', balanceAccount: '1790', lastMonth: '2026-07', number: 'S-1', options: { dryRun: true } },
	],
	[
		'journalEntry.spread',
		'lastMonth',
		{ amount: 100, resultAccount: '5010', balanceAccount: '1790', firstMonth: '2026-03', number: 'S-2', options: { dryRun: true } },
	],
	['journalEntry.getWithoutFile', 'dateFrom', { dateTo: '2026-05', returnAll: true }],
	['journalEntry.getWithoutFile', 'dateTo', { dateFrom: '2026-01', returnAll: true }],
];

async function run(operation: string, parameters: INodeParameters) {
	const [resource = '', name = ''] = operation.split('.');
	return await world.run({ resource, operation: name, ...parameters });
}

it.each(FIELDS)('%s: %s is the month of a day', async (operation, field, more) => {
	const expected = await run(operation, { ...more, [field]: '2026-05' });
	expect([expected.error?.message, expected.json()]).toEqual([undefined, expect.anything()]);
	for (const value of MAY) {
		const result = await run(operation, { ...more, [field]: value });
		expect([value, result.error?.message, result.json()]).toEqual([value, undefined, expected.json()]);
		expect(result.hints().join(' ')).toContain(`${LABELS[field] ?? ''}: of the day 2026-05-17 the month was used.`);
	}
});

it.each(DAYS)('%s: %s is a day, also as a luxon value', async (operation, field, more) => {
	const expected = await run(operation, { ...more, [field]: '2026-05-01' });
	expect(expected.error?.message).toBeUndefined();
	expect((await run(operation, { ...more, [field]: NOW })).json()).toEqual(expected.json());
});

it.each([...FIELDS, ...DAYS])('%s: %s refuses what is none, and names the field', async (operation, field, more) => {
	for (const value of ['next-mnoth', '={{ "05/2026" }}', '={{ 46143 }}', '={{ DateTime.fromISO("nope") }}', '={{ true }}']) {
		const { error } = await run(operation, { ...more, [field]: value });
		expect([value, error?.context?.error_code, named(error)]).toEqual([value, 'ERROR_DATA_VALIDATION', [field]]);
	}
});

const BACKWARDS: Array<[operation: string, parameters: INodeParameters, field: string]> = [
	['account.getBalances', { start: '2026-06', end: '2026-05' }, 'start'],
	['account.getLedger', { accounts: '1930', dateFrom: '2026-06-02', dateTo: '2026-06-01' }, 'dateTo'],
	['journalEntry.getAll', { filters: { dateFrom: '2026-06-02', dateTo: '2026-06-01' } }, 'dateTo'],
	['financialEntry.getAll', { financialCounterpartAccount: '1930', filters: { dateFrom: '2026-06-02', dateTo: '2026-06-01' } }, 'dateTo'],
	['journalEntry.getWithoutFile', { dateFrom: '2026-06', dateTo: '2026-05' }, 'dateTo'],
	[
		'journalEntry.spread',
		{ amount: 100, resultAccount: '5010', balanceAccount: '1790', firstMonth: '2026-06', lastMonth: '2026-05', number: 'S-3' },
		'lastMonth',
	],
	['report.incomeStatement', { dateFrom: '2026-06-02', dateTo: '2026-06-01' }, 'dateTo'],
	['report.balanceSheet', { dateFrom: '2026-06-02', dateTo: '2026-06-01' }, 'dateTo'],
	['report.trialBalance', { dateFrom: '2026-06-02', dateTo: '2026-06-01' }, 'dateTo'],
	['report.checkLedger', { dateFrom: '2026-06-02', dateTo: '2026-06-01' }, 'dateTo'],
	['financialYear.create', { dateFrom: '2031-12-31', dateTo: '2031-01-01' }, 'dateTo'],
];

it.each(BACKWARDS)('%s refuses a range that ends before it begins (%j)', async (operation, parameters, field) => {
	const { error } = await run(operation, parameters);
	expect([error?.context?.error_code, named(error), error?.message]).toEqual([
		'ERROR_DATA_VALIDATION',
		[field],
		expect.stringMatching(new RegExp(`^${field}: `)),
	]);
});

const OUTSIDE: Array<[operation: string, parameters: INodeParameters, field: string]> = [
	['account.getBalances', { end: '2019-05' }, 'end'],
	['account.getBalances', { start: '2019-05', end: '2026-05' }, 'start'],
	['account.getLedger', { accounts: '1930', dateFrom: '2019-05-01' }, 'dateFrom'],
	['account.getLedger', { accounts: '1930', dateTo: '2019-05-01' }, 'dateTo'],
	['account.getLedger', { accounts: '1930', dateFrom: '2019-05-01', dateTo: '2019-06-01' }, 'dateFrom'],
	['journalEntry.getWithoutFile', { dateFrom: '2019-05', dateTo: '2019-06' }, 'dateFrom'],
	['report.trialBalance', { period: '2019-05' }, 'period'],
	['report.checkLedger', { dateFrom: '2019-05-01', dateTo: '2019-06-01' }, 'dateFrom'],
	['vatReturn.get', { period: '2019-05' }, 'period'],
];

it.each(OUTSIDE)('%s says where no financial year has the days (%j)', async (operation, parameters, field) => {
	const { error } = await run(operation, parameters);
	expect([named(error), error?.message]).toEqual([[field], expect.stringMatching(/no financial year/i)]);
});
