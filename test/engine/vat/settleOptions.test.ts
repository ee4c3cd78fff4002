import type { INodeParameters } from 'n8n-workflow';

import type { EngineResult } from '../../../engine';
import type { CompanyState } from '../../../sandbox';
import { countVouchers, type World } from '../support/world';
import { book, startVatWorld, type Rows } from './support';

let world: World;
let company: CompanyState;
let before: number;

const SALE: Rows = [
	[1930, 1250],
	[3001, -1000],
	[2611, -250],
];

beforeAll(async () => {
	world = await startVatWorld();
	company = world.sandbox.company();
});
afterAll(async () => await world.close());

/** A month with a sale, of its own for each test. */
function month(name: string): string {
	book(company, `${name}-10`, SALE);
	world.reconnect();
	before = countVouchers(world.sandbox);
	return name;
}

const added = (): number => countVouchers(world.sandbox) - before;

const settle = async (period: string, more: INodeParameters = {}, options: Parameters<World['run']>[1] = {}): Promise<EngineResult> =>
	await world.run({ resource: 'vatReturn', operation: 'settle', period, journalId: 'A', ...more }, options);

describe('a settlement on another day than the last of its period', () => {
	it('is posted on that day where the period is locked, and known again without the day', async () => {
		const period = month('2027-01');
		const { lockedPeriod } = company;
		company.setLocked('2027-01-31');
		const refused = await settle(period);
		expect(refused.error?.message).toMatch(/^date: the books are locked up to and including 2027-01-31.*Use a later date/);
		const posted = await settle(period, { date: '2027-02-03' });
		expect(posted.error?.message).toBeUndefined();
		expect(posted.json()[0]).toMatchObject({ date: '2027-02-03', description: 'Momsredovisning 2027-01', to_pay: 250 });
		const again = await settle(period);
		expect(again.json()[0]).toMatchObject({ id: posted.json()[0]?.id, already_posted: true });
		world.reconnect();
		expect((await settle(period, { date: '2027-02-28' })).json()[0]).toMatchObject({ id: posted.json()[0]?.id, already_posted: true });
		expect(added()).toBe(1);
		company.setLocked(lockedPeriod);
		// The month that it is booked in is settled by itself.
		book(company, '2027-02-10', SALE);
		world.reconnect();
		expect((await settle('2027-02')).json()[0]).toMatchObject({ date: '2027-02-28', to_pay: 250 });
	});

	it('is known again in the year after', async () => {
		const period = month('2027-12');
		const posted = await settle(period, { date: '2028-01-15' });
		expect(posted.error?.message).toBeUndefined();
		world.reconnect();
		expect((await settle(period)).json()[0]).toMatchObject({ id: posted.json()[0]?.id, already_posted: true });
		expect(added()).toBe(1);
	});

	it('is refused where it was booked by hand in the year after', async () => {
		const period = month('2028-12');
		const byHand = book(company, '2029-02-12', [
			[2611, 250],
			[2650, -250],
		]);
		world.reconnect();
		expect((await settle(period)).error?.message).toContain(`${byHand} of 2029-02-12 settles the VAT of the period already`);
		expect(added()).toBe(1);
	});

	it('is refused before the end of its period, and where the day is none', async () => {
		const period = month('2027-03');
		const early = await settle(period, { date: '2027-03-30' });
		expect(early.error?.message).toContain('date: 2027-03-30 lies before the end of 2027-03 (2027-03-31)');
		expect((await settle(period, { date: '2027-02-30' })).error?.message).toMatch(/^date: /);
		expect(added()).toBe(0);
	});
});

describe('a settlement beside a purchase over 2650', () => {
	it('is refused for what the return lacks, and posted where that is accepted', async () => {
		const period = month('2027-04');
		const mixed = book(company, '2027-04-12', [
			[5410, 100],
			[2641, 25],
			[2650, -125],
		]);
		const refused = await settle(period);
		expect(refused.error?.context?.error_code).toBe('ERROR_VAT_CHECKS_FAILED');
		expect(refused.error?.message).toContain(`(${mixed})`);
		expect(refused.error?.message).not.toContain('already');
		expect((await settle(period, { options: { acceptChecks: true } })).json()[0]).toMatchObject({ posted: true, to_pay: 250 });
	});
});

describe('a correction of an earlier return over 2650', () => {
	it('is no settlement of the period, and stays out of its return', async () => {
		const period = month('2027-06');
		book(company, '2027-06-15', [
			[2641, 80],
			[2650, -80],
		]);
		book(company, '2027-06-16', [
			[2621, -12],
			[2650, 12],
		]);
		world.reconnect();
		const posted = await settle(period);
		expect(posted.error?.message).toBeUndefined();
		expect(posted.json()[0]).toMatchObject({ posted: true, to_pay: 250 });
		const rows = posted.json()[0]?.items as Array<{ account_number: string }>;
		expect(rows.map(({ account_number }) => account_number)).toEqual(['2611', '2650']);
	});

	it('but what empties an account of VAT is, even in part', async () => {
		const period = month('2029-07');
		const byHand = book(company, '2029-07-31', [
			[2611, 200],
			[2650, -200],
		]);
		world.reconnect();
		expect((await settle(period)).error?.message).toContain(`${byHand} settles VAT of the period already`);
	});
});

describe('months with the same amounts', () => {
	it('are settled each, also the earlier one after the later one', async () => {
		month('2027-08');
		const later = month('2027-09');
		expect((await settle(later)).json()[0]).toMatchObject({ posted: true, to_pay: 250 });
		world.reconnect();
		const earlier = await settle('2027-08');
		expect(earlier.error?.message).toBeUndefined();
		expect(earlier.json()[0]).toMatchObject({ posted: true, to_pay: 250, date: '2027-08-31' });
	});
});

describe('a proposed settlement', () => {
	it('is posted as it was approved, and not where the ledger has changed since', async () => {
		const period = month('2027-05');
		const proposed = await settle(period, { options: { dryRun: true } });
		const proposal = String(proposed.json()[0]?.proposal);
		book(company, '2027-05-20', SALE);
		world.reconnect();
		const changed = await settle(period, { options: { proposal } });
		expect(changed.error?.context?.error_code).toBe('ERROR_PROPOSAL_CHANGED');
		expect(changed.error?.message).toMatch(/row 1 was 2611 250\.00 and is 2611 500\.00/);
		const anew = String((await settle(period, { options: { dryRun: true } })).json()[0]?.proposal);
		expect((await settle(period, { options: { proposal: anew } })).json()[0]).toMatchObject({ posted: true, to_pay: 500 });
		expect(added()).toBe(2);
	});
});

describe('several settlements of one run', () => {
	const FORMS = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;
	it.each(FORMS)('where one is refused, with On Error: %s', async (onError) => {
		const good = month(`2028-0${FORMS.indexOf(onError) + 1}`);
		const bad = month(`2028-1${FORMS.indexOf(onError)}`);
		book(company, `${bad}-11`, [
			[1930, 1000],
			[3001, -1000],
		]);
		const result = await settle('={{ $json.period }}', {}, { input: [{ period: good }, { period: bad }], onError });
		if (onError === 'stopWorkflow') {
			expect(result.error?.context?.error_code).toBe('ERROR_VAT_CHECKS_FAILED');
			expect(result.error?.message).toContain('Nothing was posted');
			expect(added()).toBe(1);
			return;
		}
		const errors = onError === 'continueRegularOutput' ? result.json().slice(1) : result.json(undefined, 1);
		expect(result.json()[0]).toMatchObject({ posted: true, to_pay: 250 });
		expect(errors).toMatchObject([{ error_code: 'ERROR_VAT_CHECKS_FAILED', error: expect.stringContaining(bad) }]);
		expect(added()).toBe(2);
	});
});
