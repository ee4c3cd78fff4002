import type { INodeParameters } from 'n8n-workflow';

import { currentYear, startWorld, type World } from '../support/world';

/** An answer that says success proves a write only where it shows what was written. */
let world: World;

beforeEach(async () => {
	world = await startWorld();
});
afterEach(async () => await world.close());

/** Somebody else's objects. */
const OTHERS = {
	Account: { Number: 1100, Description: 'Other', Active: true, Year: 4 },
	VoucherSeries: { Code: 'Q', Description: 'Other', Manual: true, Year: 4 },
	FinancialYear: { Id: 99, FromDate: '2030-01-01', ToDate: '2030-12-31' },
};
const EMPTY = { Account: {}, VoucherSeries: {}, FinancialYear: {} };

const of = (resource: string, operation: string, more: INodeParameters): INodeParameters => ({ resource, operation, ...more });

const numbered = { iban: 'SE45 5000 0000 0583 9825 7466' };
const WRITES: Array<[string, string, string, INodeParameters, object]> = [
	['account.create', 'POST', '^/3/accounts$', of('account', 'create', { number: '1581', name: 'Klarna' }), { number: '1581' }],
	[
		'bankAccount.create',
		'POST',
		'^/3/accounts$',
		of('bankAccount', 'create', { number: '1935', bankName: 'SEB', currency: 'SEK', additionalFields: numbered }),
		{ code: '1935', bank_name: 'SEB' },
	],
	['journal.create', 'POST', '^/3/voucherseries$', of('journal', 'create', { code: 'ZZ', name: 'Import' }), { id: 'ZZ', name: 'Import' }],
	[
		'financialYear.create',
		'POST',
		'^/3/financialyears$',
		of('financialYear', 'create', { dateFrom: '2029-01-01', dateTo: '2029-12-31' }),
		{ start: '2029-01-01', end: '2029-12-31' },
	],
	[
		'account.update',
		'PUT',
		'^/3/accounts/1930$',
		of('account', 'update', { accountNumber: '1930', updateFields: { name: 'Ny' } }),
		{ number: '1930', name: 'Ny' },
	],
	[
		'journal.update',
		'PUT',
		'^/3/voucherseries/A$',
		of('journal', 'update', { journalId: 'A', updateFields: { name: 'Ny' } }),
		{ id: 'A', name: 'Ny' },
	],
];

describe.each(WRITES)('%s that is answered with another object', (_, method, path, parameters, right) => {
	it('and was not done is an error that says so', async () => {
		world.sandbox.faults.add({ kind: 'otherAnswer', when: 'before', body: OTHERS, method, path });
		const { error } = await world.run(parameters);
		expect(error?.message).toMatch(/does not show .* as it was sent .*it is not known whether it was written.* Of item 0 it is not known/);
		expect(world.requests(method, new RegExp(path))).toHaveLength(1);
	});

	it.each([
		['another object', OTHERS],
		['nothing of one', EMPTY],
	])('and was done is found, where it showed %s', async (_shown, body) => {
		world.sandbox.faults.add({ kind: 'otherAnswer', when: 'after', body, method, path });
		const result = await world.run(parameters);
		expect(result.error?.message).toBeUndefined();
		expect(result.json()[0]).toMatchObject(right);
		expect(result.json()[0]).not.toHaveProperty('already_exists');
		expect(world.requests(method, new RegExp(path))).toHaveLength(1);
	});
});

it.each(['dropAfterCommit', 'hangAfterCommit'] as const)('a change whose answer was lost is found (%s)', async (kind) => {
	world.sandbox.faults.add({ kind, method: 'PUT', times: 1 });
	const fields = { name: 'Ny', sru: 0 };
	const result = await world.run(of('account', 'update', { accountNumber: '1930', updateFields: fields }));
	expect(result.error?.message).toBeUndefined();
	expect(result.json()[0]).toMatchObject({ number: '1930', name: 'Ny' });
});

it('a change that was not made is not known, although the object is there', async () => {
	world.sandbox.faults.add({ kind: 'dropBeforeCommit', method: 'PUT', times: 1 });
	const result = await world.run(of('journal', 'update', { journalId: 'A', updateFields: { name: 'Ny' } }));
	expect(result.error?.message).toMatch(/no answer came from Fortnox.*Of item 0 it is not known/);
});

it('an account that somebody else made meanwhile, with other content, is not taken for the one that was sent', async () => {
	world.sandbox.faults.add({ kind: 'otherAnswer', when: 'before', body: OTHERS, method: 'POST', path: '^/3/accounts$' });
	const year = currentYear(world);
	const like = year.accounts.get(1930);
	if (like === undefined) throw new Error('The chart lacks 1930');
	const { log } = world.sandbox;
	const push = log.push.bind(log);
	log.push = (...entries) => {
		if (entries.some(({ method }) => method === 'POST')) year.setAccount({ ...like, number: 1581, description: 'Swish' });
		return push(...entries);
	};
	const { error } = await world.run(of('account', 'create', { number: '1581', name: 'Klarna' }));
	expect(error?.context?.error_code).toBe('ERROR_LEDGER_ACCOUNT_ALREADY_EXISTS');
	expect(error?.message).toContain('Swish');
});
