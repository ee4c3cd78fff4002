import type { INodeParameters } from 'n8n-workflow';

import { countVouchers, startWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
beforeEach(() => {
	world.reconnect();
	world.sandbox.faults.clear();
});
afterAll(async () => {
	await world.close();
});

it.each([
	['account', { accountNumber: '1999' }, 'ERROR_ACCOUNT_NUMBER_NOT_FOUND', 2000423, /kontot/],
	['journal', { journalId: 'X' }, 'ERROR_JOURNAL_NOT_FOUND', expect.any(Number), /./],
	['journalEntry', { journalEntryId: 'A-9999-4' }, 'ERROR_ENTRY_NOT_FOUND', expect.any(Number), /./],
])(
	'a 404 for a missing %s keeps the code and the text of Fortnox',
	async (resource, parameters: INodeParameters, error_code, fortnox_code, text) => {
		const { error } = await world.run({ resource, operation: 'get', ...parameters });
		const fortnox_message: unknown = expect.stringMatching(text);
		expect(error?.context).toMatchObject({ error_code, fortnox_code, fortnox_message, http_status: 404 });
		const continued = await world.run({ resource, operation: 'get', ...parameters }, { onError: 'continueRegularOutput' });
		expect(continued.json()[0]).toMatchObject({ error_code, fortnox_code, fortnox_message });
	},
);

it('reads the error in an answer that says success', async () => {
	world.sandbox.faults.add({ kind: 'errorEnvelopeOn200', method: 'GET', path: '^/3/(sie|companyinformation)' });
	for (const [resource, operation] of [
		['company', 'get'],
		['financialYear', 'exportSie'],
	]) {
		const { error } = await world.run({ resource, operation });
		expect(error?.context).toMatchObject({
			fortnox_code: expect.any(Number) as number,
			fortnox_message: expect.stringMatching(/./) as string,
		});
	}
});

it('takes no entry for posted where the answer to it holds an error', async () => {
	const before = countVouchers(world.sandbox);
	world.sandbox.faults.add({ kind: 'errorEnvelopeOn200', method: 'POST', path: '^/3/vouchers$' });
	const { error } = await world.run({
		resource: 'journalEntry',
		operation: 'create',
		date: '2026-06-01',
		number: 'HOLDS-ERROR',
		linesSource: 'json',
		linesJson: '[{"account":"1930","debit":1},{"account":"3004","credit":1}]',
		options: { outcomeTimeout: 1 },
	});
	expect(error?.context?.error_code).toBe('ERROR_POST_OUTCOME_UNKNOWN');
	expect(countVouchers(world.sandbox)).toBe(before);
});
