import { Settling } from './settling';

const vat = new Settling();
const { added, forget, onAccount, owes, refused, reverse, sell, settle, settled } = vat;

describe('periods of one run that share days', () => {
	const input = ['2028-08', '2028-09', '2028-Q3'].map((period) => ({ period }));

	it.each([{}, { options: { dryRun: true } }])('are none of them settled (%j)', async (more) => {
		sell({ '08': 400, '09': 1000 });
		const result = await settle('={{ $json.period }}', more, { input, onError: 'continueRegularOutput' });
		const errors = result.json().map(({ error }) => String(error));
		expect(errors[0]).toContain(
			'2028-08 shares days with what other items of this run settle, and their VAT would be booked twice: item 2 (2028-Q3)',
		);
		expect(errors[1]).toContain('item 2 (2028-Q3)');
		expect(errors[2]).toContain('item 0 (2028-08), item 1 (2028-09)');
		expect((await settle('={{ $json.period }}', more, { input })).error?.message).toContain('shares days');
		expect(added()).toBe(0);
	});

	it('are refused but for those that are settled, and those beside them', async () => {
		sell({ '08': 400, '09': 1000 });
		const { id } = await settled('2028-08');
		const result = await settle('={{ $json.period }}', {}, { input, onError: 'continueRegularOutput' });
		expect(result.json()).toMatchObject([
			{ id, already_posted: true },
			{ posted: true, to_pay: 250 },
			{ error: expect.stringContaining(`${String(id)} (2028-08)`) },
		]);
		owes(350);
	});

	it('are refused by their period where one is asked for twice', async () => {
		sell({ '08': 400 });
		const { error } = await settle('={{ $json.period }}', {}, { input: [{ period: '2028-08' }, { period: '202808' }] });
		expect(error?.message).toMatch(/^period: the VAT settlement of 2028-08 occurs 2 times in this run \(items 0, 1\)/);
		expect(added()).toBe(0);
	});

	it('are settled where they share none', async () => {
		sell({ '08': 400, '09': 1000 });
		expect((await settle('={{ $json.period }}', {}, { input: input.slice(0, 2) })).error).toBeUndefined();
		owes(350);
	});
});

describe('a longer period after a shorter one', () => {
	it('is refused where that was settled on a day after both', async () => {
		sell({ '07': 500, '09': 1000 });
		const { id } = await settled('2028-07', { date: '2028-10-12' });
		owes(125);
		await refused('2028-Q3', id, '2028-07');
		await refused('2028', id);
		expect((await settle('2028-07')).json()[0]).toMatchObject({ id, already_posted: true });
		await settled('2028-09');
		owes(375);
	});

	it('is refused where that was settled in a later year, and costs no request more', async () => {
		sell({ '07': 500, '10': 1000 });
		await settle('2028-Q4', { options: { dryRun: true } });
		const requests = vat.world.requests().length;
		forget();
		const { id } = await settled('2028-07', { date: '2029-05-02' });
		await settle('2028-Q4', { options: { dryRun: true } });
		// At first 2029 had no entry, and whether its file lacks some only the voucher list could tell.
		expect(vat.world.requests().length).toBe(requests - 1);
		owes(125);
		await refused('2028-Q3', id);
	});

	it('is refused where an older balance stands', async () => {
		sell({ '05': 2000, '07': 500, '09': 1000 });
		const { id } = await settled('2028-09');
		owes(250);
		await refused('2028-Q3', id);
		await refused('2028', id);
		await settled('2028-07');
		owes(375);
	});
});

describe('a longer period after a shorter one, in a year that opens with VAT', () => {
	it('is refused', async () => {
		const year = vat.company.yearOf('2028-06-01');
		const account = year?.accounts.get(2611);
		if (year === undefined || account === undefined) throw new Error('The chart lacks 2611');
		year.setAccount({ ...account, broughtForward: -90_000 });
		sell({ '09': 1000 });
		const { id } = await settled('2028-09');
		owes(250);
		await refused('2028', id);
	});
});

describe('a shorter period after a longer one', () => {
	it('is refused where öre are left over from before', async () => {
		sell({ '05': 4, '07': 500, '08': 400, '09': 1000 });
		const { id } = await settled('2028-Q3');
		owes(475);
		for (const month of ['2028-08', '2028-07', '2028-09']) await refused(month, id, '2028-Q3');
		await settled('2028-05');
	});

	it('is refused where an entry of the longer one came late', async () => {
		sell({ '07': 500, '08': 400 });
		const { id } = await settled('2028-Q3');
		sell({ '07': 100 });
		owes(225);
		await refused('2028-07', id);
		await refused('2028-08', id);
		const again = (await settle('2028-Q3')).json()[0];
		expect(again).toMatchObject({ id, already_posted: true, difference: [{ account_number: '2611' }, { account_number: '2650' }] });
	});

	it('is refused where it is one of credit notes', async () => {
		sell({ '08': 4000, '09': -400 });
		const { id } = await settled('2028-Q3');
		owes(900);
		await refused('2028-09', id);
		await refused('2028-08', id);
		expect(onAccount(2611)).toBe(0);
	});

	it('is refused where it is a quarter or a month of a year', async () => {
		sell({ '02': 400, '09': 1000 });
		const { id } = await settled('2028');
		owes(350);
		for (const period of ['2028-Q1', '2028-02', '2028-Q3', '2028-09']) await refused(period, id, '(2028)');
	});
});

describe('a settlement that was reversed', () => {
	it('frees its days, and is not posted again once others have them', async () => {
		sell({ '08': 400, '09': 1000 });
		const { id } = await settled('2028-Q3');
		owes(350);
		await reverse(id);
		owes(0);
		const { id: september } = await settled('2028-09');
		await settled('2028-08');
		owes(350);
		await refused('2028-Q3', september, '2028-08');
	});

	it('has its days again where the reversal is reversed', async () => {
		sell({ '08': 400, '09': 1000 });
		const { id } = await settled('2028-09');
		await reverse(await reverse(id));
		owes(250);
		await refused('2028-Q3', id);
		await reverse(id);
		owes(0);
		await settled('2028-Q3');
		owes(350);
	});
});

describe('overlapping settlements of executions side by side', () => {
	it('are posted for one of them', async () => {
		sell({ '08': 400, '09': 1000 });
		const results = await Promise.all(['2028-09', '2028-Q3', '2028'].map(async (period) => await settle(period)));
		expect(results.filter(({ error }) => error === undefined)).toHaveLength(1);
		expect(added()).toBe(1);
	});
});
