import { Settling } from './settling';
import { book, type Rows } from './support';

/** Periods that people settle in Fortnox, on whatever day and account, and the entries that they make besides. */
const vat = new Settling();
const { added, forget, onAccount, owes, reverse, sell, settle, settled } = vat;

const settles = (kronor: number, against = 2650): Rows => [
	[2611, kronor],
	[against, -kronor],
];

/** The period is not settled, whatever is accepted, and the error names the entry. */
async function refused(period: string, id: string): Promise<void> {
	const { error } = await settle(period, { options: { acceptChecks: true } });
	expect(error?.context?.error_code).toBe('ERROR_VAT_CHECKS_FAILED');
	expect(error?.message).toMatch(new RegExp(`^period: ${period} was not settled again: ${id} .*settle.* VAT of the period already`));
	expect(added()).toBe(0);
}

describe('a period that was settled by hand after its end', () => {
	it.each([
		['2028-03-12', 2650],
		['2028-04-12', 2650],
		['2028-03-12', 1630],
		['2028-03-12', 1930],
	])('is not settled again, though a sale came late (%s, %d)', async (day, against) => {
		sell({ '02': 1000 });
		const byHand = book(vat.company, day, settles(250, against), 'Moms feb');
		sell({ '02': 400 });
		await refused('2028-02', byHand);
	});

	it('is settled once that is reversed', async () => {
		sell({ '02': 1000 });
		const byHand = book(vat.company, '2028-03-12', settles(250), 'Moms feb');
		sell({ '02': 400 });
		await refused('2028-02', byHand);
		await reverse(byHand, '2028-03-13');
		await settled('2028-02');
		owes(350);
	});

	it('is settled where the entry’s text says that it settles another one', async () => {
		sell({ '02': 1000, '03': 4000 });
		book(vat.company, '2028-04-12', settles(200), 'Momsredovisning 2028-03');
		forget();
		await settled('2028-02');
		owes(450);
	});
});

describe('a settlement that was posted after its period, and taken back', () => {
	it('is posted anew', async () => {
		sell({ '02': 1000, '03': 1000 });
		await settled('2028-03');
		const first = await settled('2028-02', { date: '2028-04-12' });
		await reverse(first.id, '2028-04-13');
		await settled('2028-02', { date: '2028-04-14' });
		owes(500);
	});
});

describe('an older balance on the accounts of VAT', () => {
	it('does not make another one’s of a settlement by hand that names the period', async () => {
		sell({ '01': 4000, '02': 1000 });
		const byHand = book(vat.company, '2028-02-29', settles(250), 'Momsredovisning 2028-02');
		sell({ '02': 400 });
		await refused('2028-02', byHand);
		const { checks } = (await vat.world.run({ resource: 'vatReturn', operation: 'get', period: '2028-02' })).json()[0] ?? {};
		expect(checks).toMatchObject([{ check: 'earlier_period_not_settled', account_number: '2611', amount: -750 }]);
	});
});

describe('an entry that closes the year', () => {
	it('is an error where it has VAT, which the return lacks', async () => {
		sell({ '12': 1000 });
		const closing = book(vat.company, '2028-12-31', [
			[5410, 500],
			[2641, 125],
			[2440, -625],
			[8999, 500],
			[2099, -500],
		]);
		forget();
		const { error } = await settle('2028-12');
		expect(error?.message).toMatch(new RegExp(`${closing} closes the year .* has rows on 2641: .*Accept Checks`));
		const accepted = await settled('2028-12', { options: { acceptChecks: true } });
		expect(accepted).toMatchObject({ posted: true, checks: [{ check: 'closing_with_vat', severity: 'error', amount: 125 }] });
		owes(250);
	});
});

describe('accounts of VAT that make up for each other', () => {
	it('are emptied', async () => {
		book(vat.company, '2028-02-10', [
			[3001, 2000],
			[2611, 500],
			[3002, -4166.67],
			[2621, -500],
			[1930, 2166.67],
		]);
		forget();
		const { id } = await settled('2028-02');
		expect([onAccount(2611), onAccount(2621), onAccount(2650)]).toEqual([0, 0, 0]);
		expect((await settle('2028-02')).json()[0]).toMatchObject({ id, already_posted: true });
	});
});

describe('the account of the settlement', () => {
	it('is 2650, where the chart gives it that code, and not another one where it is not active', async () => {
		sell({ '02': 1000 });
		const year = vat.company.yearOf('2028-02-01');
		const account = year?.accounts.get(2650);
		if (year === undefined || account === undefined) throw new Error('The chart lacks 2650');
		year.setAccount({ ...account, active: false });
		forget();
		expect((await settle('2028-02')).error?.message).toMatch(/2650 .*not active/);
		year.setAccount({ ...account, vatCode: null, active: false });
		year.setAccount({ ...account, number: 2655, vatCode: 'R1' });
		forget();
		await settled('2028-02');
		expect(onAccount(2655)).toBe(-250);
	});

	it('holds no more of an earlier settlement than was not taken back', async () => {
		const warned = async (): Promise<unknown> => {
			const result = await vat.world.run({ resource: 'vatReturn', operation: 'get', period: '2028-03' });
			return result.json()[0]?.checks;
		};
		sell({ '02': 1000 });
		await reverse((await settled('2028-02')).id, '2028-03-15');
		owes(0);
		expect(await warned()).toEqual([]);
		sell({ '02': 400 });
		await settled('2028-02');
		owes(350);
		expect(await warned()).toMatchObject([{ check: 'settlement_account_not_cleared', account_number: '2650', amount: -350 }]);
	});
});
