import type { IDataObject } from 'n8n-workflow';

import { ACCOUNTING_TRIGGER } from '../../../engine';
import { startWorld, type World } from '../support/world';

describe('the trigger on approval', () => {
	let world: World;
	beforeEach(async () => {
		world = await startWorld();
		world.sandbox.company(1001).setApprover(4, 'API', 'Åsa Öberg');
	});
	afterEach(async () => {
		await world.close();
	});

	const company = () => world.sandbox.company(1001);
	function book(approvalState: 2 | 3) {
		const voucher = company().addVoucher({
			series: 'API',
			date: '2026-10-05',
			description: 'Rent',
			rows: [
				{ account: 5010, debit: 100 },
				{ account: 1930, credit: 100 },
			],
		});
		company().editVoucher(voucher, (booked) => (booked.approvalState = approvalState));
		return voucher;
	}

	it('fires once for each entry that is approved, also where it was posted and approved between two looks', async () => {
		const staticData: IDataObject = {};
		const look = async () =>
			((await world.engine.poll(ACCOUNTING_TRIGGER, { triggerOn: 'entryApproved' }, { staticData }))?.[0] ?? []).map(({ json }) => json);
		book(3);
		const waiting = book(2);
		expect(await look()).toEqual([]);
		const quick = book(3);
		book(2);
		company().editVoucher(waiting, (booked) => (booked.approvalState = 3));
		const found = await look();
		expect(found.map(({ id, change, approval_state }) => [id, change, approval_state])).toEqual([
			[`API-${waiting.number}-4`, 'approved', 'approved'],
			[`API-${quick.number}-4`, 'approved', 'approved'],
		]);
		expect((found[0]?.items as IDataObject[]).map(({ account_number }) => account_number)).toEqual(['5010', '1930']);
		company().editVoucher(waiting, (booked) => (booked.description = 'Rent, changed'));
		expect(await look()).toEqual([]);
	});

	it('has a sample where something was approved, and asks for nothing where no series has an approver', async () => {
		const sample = async () => await world.engine.poll(ACCOUNTING_TRIGGER, { triggerOn: 'entryApproved' }, { mode: 'manual' });
		await expect(sample()).rejects.toThrow(/No data/);
		book(3);
		expect((await sample())?.[0]?.[0]?.json).toMatchObject({ change: 'approved', approval_state: 'approved' });
		company().setApprover(4, 'API', null);
		world.forget();
		expect(await world.engine.poll(ACCOUNTING_TRIGGER, { triggerOn: 'entryApproved' }, { staticData: {} })).toBeNull();
		expect(world.requests('GET', /vouchers$/)).toEqual([]);
	});
});
