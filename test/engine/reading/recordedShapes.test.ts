import type { INodeParameters } from 'n8n-workflow';

import { countVouchers, startWorld, type World } from '../support/world';
import { itemsOf } from './truth';

/** Answers with the fields of the public recordings of 2014 and 2015 alone; whole suites run with them in `npm run test:recorded`. */
let world: World;

beforeAll(async () => {
	world = await startWorld({ settings: { answerShapes: 'recorded' } });
});
afterAll(async () => await world.close());
beforeEach(() => world.reconnect());

const run = async (parameters: INodeParameters) => await world.run(parameters);

it('a VAT return is refused, not empty, where the list of accounts has no VAT codes', async () => {
	const result = await run({ resource: 'vatReturn', operation: 'get', period: '2026-01' });
	expect(result.error?.message).toContain('list of accounts came without VAT codes');
	world.sandbox.settings.answerShapes = 'documented';
	world.reconnect();
	const whole = await run({ resource: 'vatReturn', operation: 'get', period: '2026-01' });
	world.sandbox.settings.answerShapes = 'recorded';
	expect(whole.error).toBeUndefined();
});

it('a check of the ledger leaves VAT out, and says so', async () => {
	const result = await run({ resource: 'report', operation: 'checkLedger', period: '2026-01' });
	expect(result.error).toBeUndefined();
	expect(result.hints().join()).toContain('so VAT was not checked');
});

it('an account by itself has everything, in the list what is there', async () => {
	const single = await run({ resource: 'account', operation: 'get', accountNumber: '3001' });
	expect(single.json()).toMatchObject([{ number: '3001', vat_code: 'MP1', cost_center_setting: 'ALLOWED' }]);
	const [first] = (await run({ resource: 'account', operation: 'getAll', returnAll: true, filters: { search: '3001' } })).json();
	expect(first).toMatchObject({ number: '3001', active: true, vat_code: null, opening_balance: null });
});

it('a row without a project, which is the number 0 there, has none', async () => {
	const [entry] = (await run({ resource: 'journalEntry', operation: 'get', journalEntryId: 'A-1-4' })).json();
	expect(itemsOf(entry).map(({ project }) => project)).toEqual(expect.arrayContaining([null]));
	expect(itemsOf(entry).filter(({ project }) => project !== null && typeof project !== 'string')).toEqual([]);
});

it('an amount is spread, and the VAT code of its account is said not to be looked at', async () => {
	const result = await run({
		resource: 'journalEntry',
		operation: 'spread',
		amount: 1000,
		resultAccount: '6310',
		balanceAccount: '1730',
		firstMonth: '2026-10',
		lastMonth: '2026-12',
		journalId: 'A',
		number: 'SPREAD-1',
	});
	expect(result.error).toBeUndefined();
	expect(result.hints().join()).toContain('so that of 6310 was not looked at');
});

it('an entry is posted, with its VAT, and its code is said not to be compared', async () => {
	const before = countVouchers(world.sandbox);
	const result = await run({
		resource: 'journalEntry',
		operation: 'create',
		journalId: 'A',
		date: '2026-06-01',
		linesSource: 'json',
		linesJson: [
			{ account: '1930', debit: 125 },
			{ account: '3001', credit: 100, tax_info: { tax_code: 'MP1', tax_amount: 25 } },
		],
	});
	expect(result.error).toBeUndefined();
	expect(result.hints().join()).toContain('chart does not say which VAT codes accounts have');
	expect(countVouchers(world.sandbox)).toBe(before + 1);
});
