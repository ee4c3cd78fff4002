import { startSandbox, type Sandbox } from '../../sandbox';
import { clientOf, voucher, type Call, type Reply } from './client';

let sandbox: Sandbox;
let call: (path: string, call?: Call) => Promise<Reply>;

beforeEach(async () => {
	sandbox = await startSandbox({ settings: { limit: 'off' } });
	call = clientOf(sandbox);
});
afterEach(() => sandbox.close());

const post = (body: unknown, year = 4) => call(`/3/vouchers?financialyear=${year}`, { body });
const rows = (...list: Array<Record<string, unknown>>) => voucher({ VoucherRows: list });

describe('Posting a voucher', () => {
	it('books it under the next number of its series and year, and says so as recorded', async () => {
		const before = sandbox.company().vouchers(4).length;
		const first = await post(voucher({ Comments: 'Ett/två', Description: 'Åäö' }));
		const second = await post(voucher());
		expect([first.status, first.headers.get('location')]).toEqual([201, 'vouchers']);
		expect(first.text).toContain('"Description":"\\u00c5\\u00e4\\u00f6"');
		expect(first.text).toContain('"Comments":"Ett\\/tv\\u00e5"');
		expect(Object.keys((first.json as { Voucher: object }).Voucher)).toEqual([
			'@url',
			'Comments',
			'CostCenter',
			'Description',
			'Project',
			'ReferenceNumber',
			'ReferenceType',
			'TransactionDate',
			'VoucherNumber',
			'VoucherRows',
			'VoucherSeries',
			'Year',
			'ApprovalState',
		]);
		expect(first.json).toMatchObject({
			Voucher: { VoucherNumber: 5, Year: 4, VoucherRows: [{ Description: 'Kontorsmaterial', Debit: 100.5 }, {}] },
		});
		expect(second.json).toMatchObject({ Voucher: { VoucherNumber: 6 } });
		expect(sandbox.company().vouchers(4)).toHaveLength(before + 2);
		expect(sandbox.company().voucher('A', 5, 4)?.rows[0]).toMatchObject({ account: 6110, debit: 10_050, credit: 0 });
	});

	const texts = (name: 'invalidSeries' | 'seriesNotManual' | 'accountInactive' | 'notBalanced' | 'dateOutsideYear') =>
		sandbox.settings.placeholderErrors[name].code;

	it.each<[string, object, () => number, number?]>([
		['a series that is not there', voucher({ VoucherSeries: 'Q' }), () => texts('invalidSeries')],
		['a series that is not manual', voucher({ VoucherSeries: 'B' }), () => texts('seriesNotManual')],
		['an account that is not there', rows({ Account: 6111, Debit: 1 }, { Account: 1930, Credit: 1 }), () => 2001304],
		['an inactive account', rows({ Account: 6580, Debit: 1 }, { Account: 1930, Credit: 1 }), () => texts('accountInactive')],
		['rows that do not balance', rows({ Account: 6110, Debit: 1 }, { Account: 1930, Credit: 1.01 }), () => texts('notBalanced')],
		['a date outside the year', voucher({ TransactionDate: '2027-01-01' }), () => texts('dateOutsideYear')],
		['a locked date', voucher({ TransactionDate: '2025-12-31' }), () => 2000401, 3],
		['characters outside the set', voucher({ Description: 'a "b"' }), () => 2000359],
		['a third decimal', rows({ Account: 6110, Debit: 1.005 }, { Account: 1930, Credit: 1.005 }), () => 2999015],
		['15 digits', rows({ Account: 6110, Debit: 9999999999999.99 }, { Account: 1930, Credit: 1 }), () => 2999015],
		['one row', rows({ Account: 6110, Debit: 1 }), () => 2999012],
		['debit and credit on one row', rows({ Account: 6110, Debit: 1, Credit: 1 }, { Account: 1930, Credit: 0 }), () => 2999016],
		['a mandatory cost center left out', rows({ Account: 3041, Credit: 1 }, { Account: 1930, Debit: 1 }), () => 2000946],
		['a mandatory project left out', rows({ Account: 4600, Debit: 1 }, { Account: 1930, Credit: 1 }), () => 2999004],
		['a project where none is allowed', rows({ Account: 1510, Debit: 1, Project: '1' }, { Account: 1930, Credit: 1 }), () => 2999006],
		['a closed project', rows({ Account: 6110, Debit: 1, Project: '2' }, { Account: 1930, Credit: 1 }), () => 2999008],
		['a project that begins later', rows({ Account: 6110, Debit: 1, Project: 'P30' }, { Account: 1930, Credit: 1 }), () => 2999008],
		['a closed cost center', rows({ Account: 6110, Debit: 1, CostCenter: 'GAMLA' }, { Account: 1930, Credit: 1 }), () => 2000947],
		['comments of 1001 characters', voucher({ Comments: 'x'.repeat(1001) }), () => 2999017],
		[
			'transaction information of 101',
			rows({ Account: 6110, Debit: 1, TransactionInformation: 'x'.repeat(101) }, { Account: 1930, Credit: 1 }),
			() => 2999017,
		],
		['text for an amount', rows({ Account: 6110, Debit: 'tio' }, { Account: 1930, Credit: 1 }), () => 2000108],
		['no description', voucher({ Description: '' }), () => 2999021],
		['no envelope', { Foo: 1 }, () => 2001392],
	])('refuses %s, and books nothing', async (_name, body, code, year = 4) => {
		const before = sandbox.company().vouchers().length;
		const reply = await post(body, year);
		expect([reply.status, reply.json]).toEqual([400, { ErrorInformation: { error: 1, message: expect.any(String), code: code() } }]);
		expect(sandbox.company().vouchers()).toHaveLength(before);
	});

	it('takes API_BLANK, an empty string and merging as Fortnox does', async () => {
		await call('/3/accounts/6110?financialyear=4', {
			method: 'PUT',
			body: { Account: { VATCode: 'I', TransactionInformation: 'x' } },
		});
		const kept = await call('/3/accounts/6110?financialyear=4', {
			method: 'PUT',
			body: { Account: { VATCode: '' } },
		});
		expect(kept.json).toMatchObject({
			Account: { VATCode: 'I', Description: 'Kontorsmaterial', TransactionInformation: 'x' },
		});
		const blanked = await call('/3/accounts/6110?financialyear=4', {
			method: 'PUT',
			body: { Account: { VATCode: 'API_BLANK' } },
		});
		expect(blanked.json).toMatchObject({ Account: { VATCode: '' } });
	});

	it('keeps accounts and series per year', async () => {
		await call('/3/accounts?financialyear=4', { body: { Account: { Number: 6111, Description: 'Pennor' } } });
		expect((await call('/3/accounts/6111?financialyear=4')).status).toBe(200);
		expect((await call('/3/accounts/6111?financialyear=3')).status).toBe(404);
	});

	it('deletes the newest voucher only, and with its own scope', async () => {
		await post(voucher());
		expect((await call('/3/vouchers/A/4?financialyear=4', { method: 'DELETE' })).status).toBe(400);
		expect((await call('/3/vouchers/A/5?financialyear=4', { method: 'DELETE' })).status).toBe(204);
		const token = sandbox.issueTokens({ scopes: ['bookkeeping'] }).access_token;
		expect((await call('/3/vouchers/A/4?financialyear=4', { method: 'DELETE', token })).json).toMatchObject({
			ErrorInformation: { code: 2000663 },
		});
		expect((await post(voucher())).json).toMatchObject({ Voucher: { VoucherNumber: 5 } });
	});
});

describe('Listing vouchers', () => {
	const list = async (query: string) =>
		(await call(`/3/vouchers?${query}`)).json as {
			MetaInformation: Record<string, number>;
			Vouchers: Array<Record<string, unknown>>;
		};

	it('pages through thousands once each, in the order of series and number', async () => {
		sandbox.company().addVouchers(1200, { yearId: 4, seed: 7 });
		const seen: string[] = [];
		for (let page = 1; page <= 3; page++) {
			const { MetaInformation, Vouchers } = await list(`financialyear=4&limit=500&page=${page}`);
			expect(MetaInformation).toEqual({ '@TotalResources': 1207, '@TotalPages': 3, '@CurrentPage': page });
			seen.push(...Vouchers.map((item) => `${String(item.VoucherSeries)}-${String(item.VoucherNumber)}`));
		}
		expect(seen).toEqual(
			sandbox
				.company()
				.vouchers(4)
				.map((item) => `${item.series}-${item.number}`),
		);
		expect(new Set(seen).size).toBe(1207);
	});

	it('answers an empty list with no pages', async () => {
		expect((await list('financialyear=4&voucherseries=M')).MetaInformation).toEqual({
			'@TotalResources': 0,
			'@TotalPages': 0,
			'@CurrentPage': 1,
		});
	});

	it('bounds pages at 500 by default, or refuses more where the setting says so', async () => {
		sandbox.company().addVouchers(600, { yearId: 4 });
		sandbox.settings.limitAboveMax = 'clamp';
		expect((await list('financialyear=4&limit=1000')).Vouchers).toHaveLength(500);
		expect((await list('financialyear=4')).Vouchers).toHaveLength(100);
		sandbox.settings.limitAboveMax = 'refuse';
		expect((await call('/3/vouchers?financialyear=4&limit=501')).json).toMatchObject({
			ErrorInformation: { code: 2000588 },
		});
	});

	it('filters by dates, series and cost center', async () => {
		const dates = (await list('financialyear=4&fromdate=2026-02-01&todate=2026-02-28')).Vouchers.map((item) => item.TransactionDate);
		expect(dates).toEqual(['2026-02-17', '2026-02-14']);
		expect((await list('financialyear=4&voucherseries=B')).Vouchers).toHaveLength(1);
		expect((await list('financialyear=4&costcenter=WEBB')).Vouchers.map((item) => item.VoucherNumber)).toEqual([3]);
	});

	it('compares lastmodified with the minute on the wall clock in Stockholm', async () => {
		let wall = Date.parse('2026-07-01T10:30:59Z');
		const clocked = await startSandbox({ settings: { limit: 'off' }, now: () => wall });
		const ask = clientOf(clocked);
		clocked.company().addVoucher({
			date: '2026-06-30',
			rows: [
				{ account: 6110, debit: 100 },
				{ account: 1930, credit: 100 },
			],
		});
		const found = async (time: string) => {
			const reply = await ask(`/3/vouchers?financialyear=4&lastmodified=${encodeURIComponent(time)}`);
			return (reply.json as { Vouchers: unknown[] }).Vouchers.length;
		};
		expect([await found('2026-07-01 12:30'), await found('2026-07-01 12:31')]).toEqual([1, 0]);
		wall += 60_000;
		const [booked] = clocked.company().vouchers(4).slice(0, 1);
		if (booked) clocked.company().editVoucher(booked, (each) => (each.comments = 'ändrad'));
		expect(await found('2026-07-01 12:31')).toBe(1);
		await clocked.close();
	});

	it('goes through the hour that comes twice in autumn', async () => {
		let wall = Date.parse('2026-10-25T00:40:00Z');
		const clocked = await startSandbox({ settings: { limit: 'off' }, now: () => wall });
		const ask = clientOf(clocked);
		const book = (description: string) =>
			clocked.company().addVoucher({
				date: '2026-10-24',
				description,
				rows: [
					{ account: 6110, debit: 100 },
					{ account: 1930, credit: 100 },
				],
			});
		book('02:40 summer time');
		wall += 50 * 60_000;
		book('02:30 winter time');
		const found = async (time: string) => {
			const reply = await ask(`/3/vouchers?financialyear=4&lastmodified=${encodeURIComponent(time)}`);
			return (reply.json as { Vouchers: Array<{ Description: string }> }).Vouchers.map((item) => item.Description);
		};
		expect(await found('2026-10-25 02:30')).toEqual(['02:40 summer time', '02:30 winter time']);
		expect(await found('2026-10-25 02:35')).toEqual(['02:40 summer time']);
		await clocked.close();
	});

	it('shows removed rows in the single voucher and leaves them out of balances', async () => {
		const reply = await call('/3/vouchers/A/3?financialyear=4');
		const all = (reply.json as { Voucher: { VoucherRows: Array<{ Debit: number; Credit: number; Removed: boolean }> } }).Voucher
			.VoucherRows;
		expect(all.filter((row) => row.Removed)).toHaveLength(1);
		const sum = all.filter((row) => !row.Removed).reduce((total, row) => total + row.Debit - row.Credit, 0);
		expect(sum).toBe(0);
	});
});

it('has seeded books that sum to nought, and stay so under bulk', () => {
	for (const company of sandbox.companies) {
		for (const year of company.years.values()) {
			company.addVouchers(50, { yearId: year.id });
			expect([...company.trialBalance(year.id).values()].reduce((sum, ore) => sum + ore, 0)).toBe(0);
		}
	}
});
