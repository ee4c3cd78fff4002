import type { INodeParameters } from 'n8n-workflow';

import { startWorld, type World } from '../support/world';

describe('a series with an approver', () => {
	let world: World;
	beforeAll(async () => {
		world = await startWorld();
		world.sandbox.company(1001).setApprover(4, 'API', 'Åsa Öberg');
	});
	afterAll(async () => {
		await world.close();
	});
	const entry = (journalId: string): INodeParameters => ({
		resource: 'journalEntry',
		operation: 'create',
		journalId,
		date: '2026-10-05',
		number: `AP-${journalId}`,
		linesSource: 'json',
		linesJson: JSON.stringify([
			{ account: '6310', debit: 100 },
			{ account: '1930', credit: 100 },
		]),
	});

	it('is reported before anything is posted, with Validate Only', async () => {
		const checked = await world.run({ ...entry('API'), options: { dryRun: true } });
		expect(checked.json()[0]).toMatchObject({ dry_run: true, posted: false });
		expect(checked.hints().join(' ')).toMatch(/series API will await approval by Åsa Öberg in Fortnox once they are posted/);
		expect(checked.hints().join(' ')).toMatch(/pass the field 'proposal' on to the option Proposal/);
		expect((await world.run({ ...entry('A'), options: { dryRun: true } })).hints().join(' ')).not.toMatch(/await approval/);
	});

	it('has entries that await approval, which a hint says', async () => {
		const posted = await world.run(entry('API'));
		expect(posted.json()[0]?.approval_state).toMatch(/^not_(ready|approved)$/);
		expect(posted.hints().join(' ')).toMatch(/series API await approval by Åsa Öberg/);
		const id = String(posted.json()[0]?.id);
		const voucher = world.sandbox.company(1001).voucher('API', Number(posted.json()[0]?.voucher_number), 4);
		if (voucher === undefined) throw new Error('not posted');
		world.sandbox.company(1001).editVoucher(voucher, (booked) => (booked.approvalState = 3));
		const read = await world.run({ resource: 'journalEntry', operation: 'get', journalEntryId: id });
		expect(read.json()[0]).toMatchObject({ id, approval_state: 'approved' });
		const again = await world.run(entry('API'));
		expect(again.json()[0]).toMatchObject({ already_posted: true, approval_state: 'approved' });
		expect(again.hints().join(' ')).not.toMatch(/await approval/);
	});

	it('is the only one whose entries have a state', async () => {
		const posted = await world.run(entry('A'));
		expect(posted.json()[0]).not.toHaveProperty('approval_state');
		expect(posted.hints().join(' ')).not.toMatch(/approval/);
	});
});
