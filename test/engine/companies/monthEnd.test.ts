import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startFirm, type Firm } from '../support/firm';

describe('month-end of two companies in one run', () => {
	let firm: Firm;
	beforeEach(async () => {
		firm = await startFirm(2);
	});
	afterEach(async () => {
		await firm.close();
	});
	const input: IDataObject[] = [
		{ tenant: 1001, number: 'N-1', amount: 200 },
		{ tenant: 1002, number: 'N-1', amount: 300 },
	];
	const spread: INodeParameters = {
		resource: 'journalEntry',
		operation: 'spread',
		tenantId: '={{ $json.tenant }}',
		amount: '={{ $json.amount }}',
		number: '={{ $json.number }}',
		resultAccount: '6310',
		balanceAccount: '1730',
		firstMonth: '2026-10',
		lastMonth: '2026-11',
		journalId: 'A',
		description: 'Insurance',
	};
	const accrual: INodeParameters = {
		resource: 'journalEntry',
		operation: 'create',
		tenantId: '={{ $json.tenant }}',
		journalId: 'A',
		date: '2026-10-31',
		number: '={{ $json.number }}',
		description: 'Accrued',
		linesSource: 'json',
		linesJson: '={{ [{ account: "6310", debit: $json.amount }, { account: "2990", credit: $json.amount }] }}',
		additionalFields: { reverseOn: '2026-11-01' },
	};

	it('settles VAT in each: a period of one shares no days with another company’s', async () => {
		for (const tenantId of [1001, 1002]) {
			firm.sandbox.company(tenantId).addVoucher({
				date: '2026-08-10',
				description: 'Sale',
				rows: [
					{ account: 1930, debit: 125_00 },
					{ account: 3001, credit: 100_00 },
					{ account: 2611, credit: 25_00 },
				],
			});
		}
		const settle: INodeParameters = {
			resource: 'vatReturn',
			operation: 'settle',
			tenantId: '={{ $json.tenant }}',
			period: '={{ $json.period }}',
			journalId: 'A',
		};
		const periods = (first: string, second: string): IDataObject[] => [
			{ tenant: 1001, period: first },
			{ tenant: 1002, period: second },
		];
		const posted = await firm.run(settle, { input: periods('2026-08', '2026-Q3') });
		expect(posted.error?.message).toBeUndefined();
		expect(posted.json().map(({ tenant_id, to_pay }) => [tenant_id, to_pay])).toEqual([
			[1001, 25],
			[1002, 25],
		]);
		const again = await firm.run(settle, { input: periods('2026-08', '2026-Q3') });
		expect(again.json().map(({ already_posted }) => already_posted)).toEqual([true, true]);
		const refused = await firm.run(settle, { input: periods('2026-Q3', '2026-08'), onError: 'continueRegularOutput' });
		expect(refused.json().map(({ error_code }) => error_code)).toEqual(['ERROR_VAT_CHECKS_FAILED', 'ERROR_VAT_CHECKS_FAILED']);
		expect([1001, 1002].map((tenantId) => firm.sandbox.company(tenantId).vouchers().length)).toEqual([2, 2]);
	});

	it('spreads in each what is meant for it', async () => {
		expect((await firm.run(spread, { input })).error).toBeUndefined();
		expect(firm.ledger(1001)).toEqual(['A1 Insurance 1/2 6310:10000 1730:-10000', 'A2 Insurance 2/2 6310:10000 1730:-10000']);
		expect(firm.ledger(1002)).toEqual(['A1 Insurance 1/2 6310:15000 1730:-15000', 'A2 Insurance 2/2 6310:15000 1730:-15000']);
	});

	it('posts nothing in either where the month of one is locked, and only there where the run may go on', async () => {
		firm.sandbox.company(1002).setLocked('2026-11-30');
		for (const parameters of [spread, accrual]) {
			expect((await firm.run(parameters, { input })).error?.context?.error_code).toBe('ERROR_PERIOD_CLOSED');
			expect([firm.ledger(1001), firm.ledger(1002)]).toEqual([[], []]);
		}
		const result = await firm.run(accrual, { input, onError: 'continueErrorOutput' });
		expect(result.json('Node', 0)).toMatchObject([{ tenant_id: 1001, number: 'N-1', reversal: { date: '2026-11-01' } }]);
		expect(result.json('Node', 1)).toMatchObject([{ tenant_id: 1002, error_code: 'ERROR_PERIOD_CLOSED' }]);
		expect(firm.ledger(1001)).toHaveLength(2);
		expect(firm.ledger(1002)).toEqual([]);
	});

	it('does not take the proposal of one for the other', async () => {
		const [first] = input;
		const propose = { ...accrual, options: { dryRun: true } };
		const [proposed] = (await firm.run(propose, { input: [first ?? {}] })).json();
		const post = { ...accrual, options: { proposal: String(proposed?.proposal) } };
		const other = await firm.run(post, { input: [{ ...first, tenant: 1002 }] });
		expect(other.error?.message).toMatch(/the company was 1001 and is 1002/);
		expect(firm.ledger(1002)).toEqual([]);
	});
});
