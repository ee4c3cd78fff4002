import type { INodeParameters } from 'n8n-workflow';

import type { EngineResult } from '../../../engine';
import { countVouchers, startWorld, type World } from '../support/world';

describe('an entry in a foreign currency', () => {
	let world: World;
	beforeAll(async () => {
		world = await startWorld();
	});
	afterAll(async () => await world.close());
	beforeEach(() => world.reconnect());

	const post = async (items: object[], more: INodeParameters = {}): Promise<EngineResult> =>
		await world.run({
			resource: 'journalEntry',
			operation: 'create',
			journalId: 'A',
			date: '={{ $now.toISODate() }}',
			currency: 'EUR',
			linesSource: 'json',
			linesJson: JSON.stringify(items),
			...more,
		});

	const rows = (result: EngineResult): Array<[number, number]> => {
		const [item] = result.json();
		const stored = world.sandbox.company().year(4).voucher(String(item?.voucher_series), Number(item?.voucher_number));
		return (stored?.rows ?? []).map(({ account, debit, credit }) => [account, (debit - credit) / 100]);
	};

	it('leaves the debt as it is and puts the residual on the cost, with a hint', async () => {
		const cost = { account: '5410', debit: 33.33 };
		const result = await post([cost, cost, cost, { account: '2440', credit: 99.99 }], { currencyExchangeRate: 11.056 });
		expect(result.error?.message).toBeUndefined();
		expect(rows(result).at(-1)).toEqual([2440, -1105.49]);
		expect(rows(result).reduce((sum, [, amount]) => sum + Math.round(amount * 100), 0)).toBe(0);
		expect(result.hints().join('\n')).toMatch(/lines\[0\]: rounding each row to whole öre left -?0\.\d\d SEK, which this row on 5410 took/);
	});

	it.each<[string, string, string | undefined, number, RegExp]>([
		['a supplier’s invoice', '2440', undefined, 11_040, /1 EUR = 11\.04 SEK, the selling rate of \d{4}-/],
		['a customer’s invoice', '1510', undefined, 10_980, /1 EUR = 10\.98 SEK, the buying rate of \d{4}-/],
		['a customer’s invoice where the selling rate is chosen', '1510', 'sell', 11_040, /the selling rate/],
		['a supplier’s invoice where the mean is chosen', '2440', 'middle', 11_010, /1 EUR = 11\.01 SEK, the mean of/],
	])('takes the register’s rate for %s', async (_, account, registerRate, sek, hint) => {
		const lines =
			account === '2440'
				? [
						{ account: '1220', debit: 1000 },
						{ account, credit: 1000 },
					]
				: [
						{ account, debit: 1000 },
						{ account: '3001', credit: 1000 },
					];
		const result = await post(lines, { options: { rateFromRegister: true, ...(registerRate && { registerRate }) } });
		expect(result.error?.message).toBeUndefined();
		expect(Math.abs(rows(result)[0]?.[1] ?? 0)).toBe(sek);
		expect(result.hints().join('\n')).toMatch(hint);
	});

	describe('at the register’s rate, run again', () => {
		const eur = () => world.sandbox.company().currencies.find(({ code }) => code === 'EUR');
		const fields = { number: 'REGISTER', options: { rateFromRegister: true } };
		const lines = [
			{ account: '1220', debit: 1000 },
			{ account: '2440', credit: 1000 },
		];
		const before = {};
		let posted: unknown;
		beforeAll(async () => {
			Object.assign(before, eur());
			posted = (await post(lines, fields)).json()[0]?.id;
		});
		afterEach(() => Object.assign(eur() ?? {}, before));

		it.each<[string, object, RegExp]>([
			['after the register changed', { sellRate: 11.5 }, /posted as \S+ at the register's rate of then, 11\.04; by now it is 11\.5\b/],
			['after the register grew old', { date: '2025-01-02' }, /already there/],
		])('is the entry that is there: %s', async (_, change, words) => {
			Object.assign(eur() ?? {}, change);
			world.reconnect();
			const again = await post(lines, fields);
			expect(again.json()[0]).toMatchObject({ id: posted, already_posted: true });
			expect(again.hints().join('\n')).toMatch(words);
			expect(again.hints().join('\n')).not.toContain('changed in Fortnox');
		});

		it('says where its voucher was changed, besides its rate', async () => {
			Object.assign(eur() ?? {}, { sellRate: 11.5 });
			const [series = '', number] = String(posted).split('-');
			const voucher = world.sandbox.company().year(4).voucher(series, Number(number));
			for (const row of voucher?.rows ?? []) Object.assign(row, { debit: row.debit * 2, credit: row.credit * 2 });
			world.reconnect();
			expect((await post(lines, fields)).hints().join('\n')).toMatch(
				/changed in Fortnox .*the amount on 1220 was 11040\.00 and is 22080\.00/,
			);
		});
	});

	it('keeps the buying rate for a customer’s payment with a bank fee, and says why', async () => {
		const lines = [
			{ account: '1930', debit: 980 },
			{ account: '6570', debit: 20 },
			{ account: '1510', credit: 1000 },
		];
		const result = await post(lines, { options: { rateFromRegister: true } });
		expect(rows(result)).toEqual([
			[1930, 10_760.4],
			[6570, 219.6],
			[1510, -10_980],
		]);
		const why =
			/the buying rate of [\d-]{10}\. It was chosen by the rows: what customers owe or pay \(15xx\) weighs most\. 'Register Rate'/;
		expect(result.hints().join('\n')).toMatch(why);
		const chosen = await post(lines, { options: { rateFromRegister: true, registerRate: 'sell' } });
		expect(rows(chosen)[2]).toEqual([1510, -11_040]);
		expect(chosen.hints().join('\n')).not.toContain('weighs most');
	});

	describe('that the body names in place of the form’s', () => {
		const items = [
			{ account: '1510', debit: 100 },
			{ account: '3001', credit: 100 },
		];
		const body = (more: object, parameters: INodeParameters): Promise<EngineResult> =>
			post([], { currency: 'USD', currencyExchangeRate: 10.2, ...parameters, linesJson: JSON.stringify({ items, ...more }) });

		it('has no rate where the body brings none: the form’s is that of another currency', async () => {
			const before = countVouchers(world.sandbox);
			for (const currency of ['EUR', 'eur', 'NOK']) {
				const { error } = await body({ currency }, {});
				const why = expect.stringMatching(new RegExp(`in ${currency.toUpperCase()}.*Give the rate`));
				expect([error?.context?.error_code, error?.message]).toEqual(['ERROR_CURRENCY_NOT_ALLOWED', why]);
			}
			expect(countVouchers(world.sandbox)).toBe(before);
		});

		it('has the body’s own rate, or the register’s where that is wanted', async () => {
			expect(rows(await body({ currency: 'EUR', currency_exchange_rate: 11 }, {}))[0]).toEqual([1510, 1100]);
			expect(rows(await body({ currency: 'EUR' }, { options: { rateFromRegister: true } }))[0]).toEqual([1510, 1098]);
		});

		it('is SEK, without a rate', async () => {
			expect(rows(await body({ currency: 'SEK' }, {}))[0]).toEqual([1510, 100]);
		});

		it('has the form’s rate where it is the same currency, or none is named', async () => {
			expect(rows(await body({ currency: 'usd' }, {}))[0]).toEqual([1510, 1020]);
			expect(rows(await body({ currency: null }, {}))[0]).toEqual([1510, 1020]);
			expect(rows(await body({}, {}))[0]).toEqual([1510, 1020]);
		});
	});

	it('refuses a choice that is none, and posts nothing', async () => {
		const before = countVouchers(world.sandbox);
		const result = await post(
			[
				{ account: '1510', debit: 1 },
				{ account: '3001', credit: 1 },
			],
			{ options: { rateFromRegister: true, registerRate: 'best' } },
		);
		expect(result.error?.message).toMatch(/registerRate: "best" is not one of the choices/);
		expect(countVouchers(world.sandbox)).toBe(before);
	});

	it('converts the bank row of a financial entry once and puts the residual on the largest counterpart', async () => {
		const result = await world.run({
			resource: 'financialEntry',
			operation: 'create',
			journalId: 'A',
			date: '2026-05-11',
			financialCounterpartAccount: '1950',
			currency: 'EUR',
			currencyExchangeRate: 11.056,
			linesSource: 'json',
			linesJson: JSON.stringify([
				{ account: '2440', amount: -33.33 },
				{ account: '6570', amount: -33.33 },
				{ account: '2440', amount: -33.33 },
			]),
		});
		expect(result.error?.message).toBeUndefined();
		expect(rows(result).find(([account]) => account === 1950)).toEqual([1950, -1105.49]);
		expect(result.hints().join('\n')).toMatch(/lines\[0\]: rounding each row .* on 2440 took/);
	});
});
