import type { INodeParameters } from 'n8n-workflow';

import type { FaultRule } from '../../../sandbox';
import { entry } from '../support/entry';
import { countVouchers, startWorld, type World } from '../support/world';

/** A cache or a proxy on the way may answer with what somebody else asked for. */
let world: World;

beforeAll(async () => {
	world = await startWorld();
});
beforeEach(() => {
	world.sandbox.faults.clear();
	world.reconnect();
});
afterAll(async () => await world.close());

const of = (resource: string, operation: string, more: INodeParameters = {}): INodeParameters => ({ resource, operation, ...more });

interface Crossed {
	run: INodeParameters;
	path: string;
	body: object;
	/** What the error says was asked for, and what came. */
	says: string;
	/** What is answered once the right object comes. */
	right: object;
}

const voucher = (fields: object) => ({
	Voucher: { VoucherSeries: 'A', VoucherNumber: 1, Year: 4, TransactionDate: '2026-01-02', VoucherRows: [], ...fields },
});
const account = (fields: object) => ({ Account: { Number: 1930, Description: 'Foreign', Active: true, Year: 4, ...fields } });
const A1 = { run: of('journalEntry', 'get', { journalEntryId: 'A-1-4' }), path: '^/3/vouchers/A/1$', right: { id: 'A-1-4' } };
const BANK = { run: of('account', 'get', { accountNumber: '1930' }), path: '^/3/accounts/1930$', right: { number: '1930' } };
const JOURNAL = { run: of('journal', 'get', { journalId: 'A' }), path: '^/3/voucherseries/A$', right: { id: 'A' } };

const series = (fields: object) => ({ VoucherSeries: { Code: 'A', Description: 'Foreign', Manual: true, Year: 4, ...fields } });

const CASES: Array<[string, Crossed]> = [
	['a voucher of another number', { ...A1, body: voucher({ VoucherNumber: 2 }), says: 'entry A 1 .* id 4, .*VoucherNumber 2' }],
	['a voucher of another series', { ...A1, body: voucher({ VoucherSeries: 'B' }), says: 'entry A 1 .*VoucherSeries B' }],
	['a voucher of another year', { ...A1, body: voucher({ Year: 3 }), says: 'entry A 1 .*Year 3' }],
	['another account', { ...BANK, body: account({ Number: 1920 }), says: 'account 1930 .*Number 1920' }],
	['an account of another year', { ...BANK, body: account({ Year: 3 }), says: 'account 1930 .* id \\d, .*Year 3' }],
	['another voucher series', { ...JOURNAL, body: series({ Code: 'B' }), says: 'voucher series A .*Code B' }],
	[
		'another company',
		{
			run: of('company', 'get'),
			path: '^/3/companyinformation$',
			body: { CompanyInformation: { CompanyName: 'Foreign AB', DatabaseNumber: 1002 } },
			says: 'company 1001, .*DatabaseNumber 1002',
			right: { tenant_id: 1001 },
		},
	],
];

describe('what was asked for is answered with', () => {
	const cross = ({ path, body }: Crossed, times: number): FaultRule => ({
		kind: 'otherAnswer',
		status: 200,
		method: 'GET',
		path,
		body,
		times,
	});

	it.each(CASES)('%s, twice: an error says what came', async (_, crossed) => {
		world.sandbox.faults.add(cross(crossed, 2));
		const result = await world.run(crossed.run);
		expect(result.error?.message).toMatch(new RegExp(`^Asked twice for (the )?${crossed.says}`));
		expect(result.error?.context?.error_code).toBe('UNEXPECTED_FORTNOX_ERROR');
		expect(world.requests('GET', new RegExp(crossed.path))).toHaveLength(2);
	});

	it.each(CASES)('%s, once: it is asked for once more', async (_, crossed) => {
		world.sandbox.faults.add(cross(crossed, 1));
		const result = await world.run(crossed.run);
		expect(result.error?.message).toBeUndefined();
		for (const item of result.json()) expect(item).toMatchObject(crossed.right);
		expect(JSON.stringify(result.json())).not.toContain('Foreign');
		expect(world.requests('GET', new RegExp(crossed.path))).toHaveLength(2);
	});
});

it('nothing is reversed where another entry came in place of the one to reverse', async () => {
	const lines = JSON.stringify([
		{ account: '1930', debit: 7 },
		{ account: '3004', credit: 7 },
	]);
	const [one] = (await world.run(entry({ number: 'CROSS-1' }))).json();
	await world.run(entry({ number: 'CROSS-2', linesJson: lines }));
	const before = countVouchers(world.sandbox);
	const other = voucher({ VoucherNumber: Number(one?.voucher_number) + 1, VoucherRows: [{ Account: 1930, Debit: 7, Credit: 0 }] });
	world.sandbox.faults.add({ kind: 'otherAnswer', status: 200, method: 'GET', path: '^/3/vouchers/A/\\d+$', body: other });
	const result = await world.run(of('journalEntry', 'reverse', { journalEntryId: String(one?.id) }));
	expect(result.error?.message).toMatch(/^Asked twice for entry A .*Nothing was posted/);
	expect(countVouchers(world.sandbox)).toBe(before);
});
