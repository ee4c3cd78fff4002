import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { EngineResult } from '../../../engine';
import type { SandboxVoucher } from '../../../sandbox';
import { countVouchers, startWorld, type World } from '../support/world';
import { inEncoding, itemWith, OWN_NUMBER, preSystemFile, voucher } from './files';

describe('a SIE file becomes entries', () => {
	let world: World;
	let before: number;
	let numbers = 100;
	const next = (series = 'A'): string => `${series} ${++numbers}`;
	const added = (): number => countVouchers(world.sandbox) - before;

	const importing = async (
		files: Buffer | string | INodeExecutionData[],
		parameters: IDataObject = {},
		more: Parameters<World['run']>[1] = {},
	): Promise<EngineResult> =>
		await world.run(
			{ resource: 'journalEntry', operation: 'importSie', binaryPropertyName: 'data', ...parameters },
			{ input: Array.isArray(files) ? files : [itemWith(files)], ...more },
		);

	const stored = (item: IDataObject | undefined): SandboxVoucher => {
		const found = world.sandbox.company(1001).year(4).voucher(String(item?.voucher_series), Number(item?.voucher_number));
		if (!found) throw new Error('The ledger does not have the voucher');
		return found;
	};

	// A world of its own has a limit of its own, so no test waits for what another one asked.
	beforeEach(async () => {
		world = await startWorld();
		before = countVouchers(world.sandbox);
	});
	afterEach(async () => {
		await world.close();
	});

	const PAYROLL = `#KONTO 7210 "Löner tjänstemän"
#DIM 1 Kostnadsställe
#DIM 6 Projekt
#VER "" "" 20260525 "Löner för maj – ö"
{
#TRANS 7210 {1 BUTIK} 25000.00 "" "Åsa Öberg" 160
#TRANS 7210 {1 WEBB 6 1} 15000.50 "" "Märta Nyström" 1.5
#TRANS 2710 {} -12000.50
#TRANS 1930 {} -28000.00
}
`;

	it('not where it has a number twice: both are named, with what to do', async () => {
		const file = preSystemFile(voucher('K 60', '20260501') + voucher('K 60', '20260601'));
		const result = await importing(file, { journalId: 'API' });
		expect(result.error?.message).toMatch(/2 times in this run \(voucher K 60 \(line \d+ .*, voucher K 60 \(line \d+ .*Restart/);
		expect(added()).toBe(0);
		const apart = await importing(file, { journalId: 'API', options: { voucherNumbers: 'restart' } });
		expect([apart.error?.message, added()]).toEqual([undefined, 2]);
	});

	it('and says where a voucher is not of the year that the file names', async () => {
		world.sandbox.company(1001).setLocked(null);
		const file = preSystemFile(voucher(next(), '20251231') + voucher(next(), '20260601'));
		const result = await importing(file, { journalId: 'API', options: { dryRun: true } });
		expect(result.error?.message).toBeUndefined();
		expect(result.hints().join(' ')).toMatch(/outside the financial year of the SIE file, 2026-01-01–2026-12-31 \(#RAR 0\).*: line \d+\. /);
	});

	it('with dates, texts, cost centers, projects, quantities and amounts to the öre', async () => {
		const result = await importing(preSystemFile(PAYROLL), { journalId: 'API' });
		expect(result.error?.message).toBeUndefined();
		const [item] = result.json();
		expect(item).toMatchObject({
			journal_id: 'API',
			date: '2026-05-25',
			reference: 'SIE Lönesystemet',
			number: null,
			source: { series: null, number: null, line: expect.any(Number) },
		});
		expect(result.items()[0]?.pairedItem).toEqual([{ item: 0 }]);
		expect(stored(item).rows).toMatchObject([
			{ account: 7210, debit: 2_500_000, costCenter: 'BUTIK', project: '', transactionInformation: 'Åsa Öberg', quantity: 160 },
			{ account: 7210, debit: 1_500_050, costCenter: 'WEBB', project: '1', transactionInformation: 'Märta Nyström', quantity: 1.5 },
			{ account: 2710, credit: 1_200_050, costCenter: '', quantity: null },
			{ account: 1930, credit: 2_800_000 },
		]);
		expect(result.hints().join('\n')).toMatch(/no number are recognised by their content/);
		expect(added()).toBe(1);
	});

	it.each<['cp437' | 'latin1' | 'utf8']>([['cp437'], ['latin1'], ['utf8']])('from a file in %s', async (encoding) => {
		const id = next();
		const file = preSystemFile(voucher(id, '20260525', '10.00', 'Får får lön åt Örjan'));
		const result = await importing(encoding === 'cp437' ? file : inEncoding(file, encoding));
		expect(result.json()[0]).toMatchObject({ description: 'Får får lön åt Örjan', reference: `SIE ${id}` });
	});

	it('once, however often the file is imported, and in whichever encoding', async () => {
		const file = preSystemFile([next(), next(), '"" ""', '"" ""'].map((id) => voucher(id)).join(''));
		const first = await importing(file);
		const second = await importing(inEncoding(file, 'utf8'));
		expect(first.json().map(({ already_posted }) => already_posted)).toEqual([undefined, undefined, undefined, undefined]);
		expect(second.json().map(({ already_posted }) => already_posted)).toEqual([true, true, true, true]);
		expect(second.json().map(({ id }) => id)).toEqual(first.json().map(({ id }) => id));
		expect(second.json()[0]?.source).toEqual(first.json()[0]?.source);
		expect(added()).toBe(4);
	});

	it('once where the program was updated, or added vouchers', async () => {
		const [one, two] = [next(), next()];
		await importing(preSystemFile(voucher(one)));
		const result = await importing(
			preSystemFile(voucher(two) + voucher(one), (file) => {
				file.program = { name: 'Lönesystemet', version: '2027.4' };
			}),
		);
		expect(result.json().map(({ already_posted }) => already_posted)).toEqual([undefined, true]);
		expect(added()).toBe(2);
	});

	it('but not where a voucher was changed after it was imported', async () => {
		const [one, two] = [next(), next()];
		const first = await importing(preSystemFile(voucher(one)));
		const changed = preSystemFile(voucher(two) + voucher(one, '20260625', '99.00'));
		const result = await importing(changed);
		expect(result.error?.context?.error_code).toBe('ERROR_NUMBER_ALREADY_USED');
		expect(result.error?.message).toMatch(
			new RegExp(`voucher ${one} .*already posted as ${String(first.json()[0]?.id)} with other content`),
		);
		expect(added()).toBe(1);
		const continued = await importing(changed, {}, { onError: 'continueErrorOutput' });
		expect(continued.json(undefined, 0)).toHaveLength(1);
		expect(continued.json(undefined, 1)).toMatchObject([{ error_code: 'ERROR_NUMBER_ALREADY_USED' }]);
		expect(added()).toBe(2);
	});

	it('and a number that was moved within the file’s year, but into another one of the company, is found', async () => {
		const brokenYear = (file: Parameters<Exclude<Parameters<typeof preSystemFile>[1], undefined>>[0]): void => {
			file.years = [{ index: 0, from: '2025-07-01', to: '2026-06-30' }];
		};
		world.sandbox.company(1001).setLocked(null);
		const id = next();
		await importing(preSystemFile(voucher(id, '20260110'), brokenYear));
		const moved = await importing(preSystemFile(voucher(id, '20251230'), brokenYear));
		world.sandbox.company(1001).setLocked('2025-12-31');
		expect(moved.error?.context?.error_code).toBe('ERROR_NUMBER_ALREADY_USED');
		expect(added()).toBe(1);
	});

	it('refuses a number that stands twice in the file', async () => {
		const id = next();
		const result = await importing(preSystemFile(voucher(id) + voucher(id)));
		expect(result.error?.context?.error_code).toBe('ERROR_NUMBER_ALREADY_USED');
		expect(added()).toBe(0);
	});

	it('counts added rows once, removed ones not, and drops rows of 0.00 with a hint', async () => {
		const text = `#FLAGGA 0\n#SIETYP 4\n#PROGRAM Kassan 1\n#ORGNR ${OWN_NUMBER}
#VER ${next()} 20260602 Dagskassa
{
#TRANS 1911 {} 500.00
#BTRANS 3001 {} -500.00
#RTRANS 3001 {} -400.00
#TRANS 3001 {} -400.00
#TRANS 2611 {} -100.00
#TRANS 3740 {} 0.00
}
`;
		const result = await importing(text);
		expect(stored(result.json()[0]).rows.map(({ account, debit, credit }) => [account, debit - credit])).toEqual([
			[1911, 50_000],
			[3001, -40_000],
			[2611, -10_000],
		]);
		expect(result.hints()).toContain('Rows of 0.00 were left out (line 12).');
	});

	it('leaves out vouchers without any amount, and other dimensions, and names both', async () => {
		const result = await importing(
			preSystemFile(
				`#DIM 20 "Nivå 4"\n#VER ${next()} 20260602 Makulerad\n{\n#TRANS 1911 {} 0\n}\n#VER ${next()} 20260602 Kassa\n{\n#TRANS 1911 {20 N12 21 X} 5\n#TRANS 3001 {1 BUTIK 20 N12} -5\n}\n`,
			),
		);
		expect(result.json()).toHaveLength(1);
		expect(stored(result.json()[0]).rows.map(({ costCenter }) => costCenter)).toEqual(['', 'BUTIK']);
		expect(result.hints().join('\n')).toMatch(/Vouchers without any amount were left out \(line \d+\)/);
		expect(result.hints().join('\n')).toMatch(/other dimensions was left out: 20 Nivå 4, 21\./);
	});

	it('cuts and replaces what Fortnox does not accept, with hints, or fails', async () => {
		const long = 'Ö'.repeat(120);
		const body = `#VER ${next()} 20260602 "Kvitto [12]"\n{\n#TRANS 1911 {} 5 "" "${long}"\n#TRANS 3001 {} -5\n}\n`;
		const refused = await importing(preSystemFile(body), { options: { unsupportedCharacters: 'fail' } });
		expect(refused.error?.message).toMatch(
			/^In voucher A \d+ \(line \d+ of the SIE file\): description: Fortnox does not accept the characters \[ \]/,
		);
		expect(added()).toBe(0);
		const result = await importing(preSystemFile(body));
		expect(stored(result.json()[0])).toMatchObject({ description: 'Kvitto (12)' });
		expect(stored(result.json()[0]).rows[0]?.transactionInformation).toBe('Ö'.repeat(100));
		expect(result.hints().join('\n')).toMatch(/line \d+\.description: cut to fit the 100 characters/);
	});

	it('has no items and a hint where the file has no vouchers', async () => {
		const result = await importing(preSystemFile(''));
		expect(result.status).toBe('success');
		expect(result.items()).toEqual([]);
		expect(result.hints()).toEqual(['The SIE file has no vouchers.']);
		expect(world.requests('POST')).toEqual([]);
	});

	it('pairs the entries of several files with their items', async () => {
		const files = [itemWith(preSystemFile(voucher(next()) + voucher(next()))), itemWith(preSystemFile(voucher(next())))];
		const result = await importing(files);
		expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual([[{ item: 0 }], [{ item: 0 }], [{ item: 1 }]]);
	});

	it('posts nothing in a dry run', async () => {
		const result = await importing(preSystemFile(voucher(next()) + PAYROLL.replace('maj', 'juni')), { options: { dryRun: true } });
		expect(result.json()).toMatchObject([
			{ dry_run: true, id: null, journal_id: 'A', source: { series: 'A' } },
			{ dry_run: true, id: null, items: [{ cost_center: 'BUTIK', quantity: 160 }, {}, {}, {}] },
		]);
		expect(world.requests('POST')).toEqual([]);
	});

	describe('in the right journal', () => {
		const body = (): string => voucher(next('L')) + voucher(next('API')) + voucher('"" ""', '20260601', `${++numbers}.00`);

		it('that is chosen for the whole file', async () => {
			const result = await importing(preSystemFile(body()), { journalId: { __rl: true, mode: 'list', value: 'API' } });
			expect(result.json().map(({ journal_id }) => journal_id)).toEqual(['API', 'API', 'API']);
		});

		it('that is given for the series, else of the same code, else the first manual one', async () => {
			const result = await importing(preSystemFile(body()), { seriesMap: { map: [{ series: 'L', journalId: 'A' }] } });
			expect(result.json().map(({ journal_id }) => journal_id)).toEqual(['A', 'API', 'A']);
		});

		it('also for vouchers without a series', async () => {
			const map = [
				{ series: '', journalId: 'API' },
				{ series: 'L', journalId: 'A' },
			];
			const result = await importing(preSystemFile(body()), { seriesMap: { map } });
			expect(result.json().map(({ journal_id }) => journal_id)).toEqual(['A', 'API', 'API']);
		});

		it('and says which series of the file have none, and which journals there are', async () => {
			const result = await importing(preSystemFile(body() + voucher(next('K')) + voucher(next('X9'))));
			expect(result.error?.context?.error_code).toBe('ERROR_JOURNAL_NOT_FOUND');
			expect(result.error?.message).toMatch(
				/2026-01-01–2026-12-31: L, K, X9\. Manual journals: A Redovisning, API Importerade verifikationer\./,
			);
			expect(result.error?.message).toMatch(/Nothing was posted\. 3 of the run's 5 entries were refused/);
			expect(added()).toBe(0);
		});

		it.each([
			[[{ series: 'L', journalId: 'a b' }], 'ERROR_INVALID_FIELD_FORMAT_JOURNAL_ID'],
			[
				[
					{ series: 'L', journalId: 'A' },
					{ series: 'L', journalId: 'API' },
				],
				'ERROR_DATA_VALIDATION',
			],
		])('and refuses the map %j', async (map, code) => {
			expect((await importing(preSystemFile(body()), { seriesMap: { map } })).error?.context?.error_code).toBe(code);
		});
	});

	describe('unless the file is not meant for this ledger', () => {
		it('another company’s, unless that is accepted', async () => {
			const file = preSystemFile(voucher(next()), ({ company }) => {
				company.organisationNumber = '556677-8899';
			});
			const refused = await importing(file);
			expect(refused.error?.message).toMatch(/556677-8899.*the credential to Björkdalens Handel AB/);
			expect(added()).toBe(0);
			expect((await importing(file, { options: { acceptOtherCompany: true } })).json()).toHaveLength(1);
		});

		it('in another currency, unless that is accepted', async () => {
			const file = preSystemFile(`#VALUTA EUR\n${voucher(next())}`);
			expect((await importing(file)).error?.message).toMatch(/amounts of the file are in EUR/);
			expect(added()).toBe(0);
			expect((await importing(file, { options: { acceptOtherCurrency: true } })).json()).toHaveLength(1);
		});

		it('of another type than 4, unless that is accepted', async () => {
			const file = preSystemFile(voucher(next())).toString('latin1').replace('#SIETYP 4', '#SIETYP 3');
			expect((await importing(file)).error?.message).toMatch(/SIE type 3/);
			expect(added()).toBe(0);
			expect((await importing(file, { options: { acceptOtherType: true } })).json()).toHaveLength(1);
		});

		it('takes the organisation number however it is written, and says where there is none', async () => {
			for (const written of [OWN_NUMBER.replace(/^\d{6}/, '$&-'), `16${OWN_NUMBER}`]) {
				const result = await importing(preSystemFile(voucher(next()), ({ company }) => (company.organisationNumber = written)));
				expect(result.json()).toHaveLength(1);
			}
			const without = await importing(preSystemFile(voucher(next()), ({ company }) => delete company.organisationNumber));
			expect(without.hints().join('\n')).toMatch(/names no organisation number/);
		});

		const LEDGER = '#IB 0 1930 1000\n#IB 0 2081 -1000\n#UB 0 1930 900\n';

		it('warns first of all where it is a whole ledger (4E)', async () => {
			for (const dryRun of [true, false]) {
				const result = await importing(preSystemFile(LEDGER + voucher(next())), { options: { dryRun } });
				expect(result.json()).toHaveLength(1);
				expect(result.hints().find((hint) => !hint.startsWith('Validate Only is'))).toMatch(
					/has balances \(4E\).*opening balances are not.*Validate Only/,
				);
			}
		});

		it('refuses the company’s own ledger as Fortnox exports it', async () => {
			const file = preSystemFile(LEDGER + voucher(next()), (own) => (own.program = { name: 'Fortnox', version: '3.57.11' }));
			expect((await importing(file)).error?.message).toMatch(/own ledger as Fortnox exported it.*twice/);
			expect(added()).toBe(0);
		});

		it.each<[string, Buffer | string, RegExp]>([
			['empty', '', /the file .* is empty/],
			['not SIE', 'account;amount\n1930;5', /Line 1 of the SIE file/],
			['broken in a row', '#FLAGGA 0\n#SIETYP 4\n#VER A 1 20260601\n{\n#TRANS 1930 {} 5,00\n}\n', /Line 5 of the SIE file/],
			['cut off', '#FLAGGA 0\n#SIETYP 4\n#VER A 1 20260601\n{\n#TRANS 1930 {} 5\n', /file ends inside the voucher that begins on line 3/],
		])('refuses a file that is %s, with the line', async (_, file, message) => {
			const result = await importing(file);
			expect(result.error?.message).toMatch(message);
			const continued = await importing([itemWith(file), itemWith(preSystemFile(voucher(next())))], {}, { onError: 'continueErrorOutput' });
			expect(continued.json(undefined, 0)).toHaveLength(1);
			expect(continued.json(undefined, 1)).toMatchObject([{ item_index: 0, error_code: 'ERROR_DATA_VALIDATION' }]);
			expect(added()).toBe(1);
		});

		it('names the field where there is no file', async () => {
			const result = await importing([{ json: {} }]);
			expect(result.error?.message).toMatch(/item 0 has no binary field 'data'/);
		});
	});

	describe('under the checks of every entry', () => {
		it('refuses a voucher that does not balance, with its line; the others are posted where the user continues', async () => {
			const bad = `#VER ${next()} 20260601 Fel\n{\n#TRANS 1930 {} 10\n#TRANS 3001 {} -9.99\n}\n`;
			const file = preSystemFile(voucher(next()) + bad + voucher(next()));
			const stopped = await importing(file);
			expect(stopped.error?.context?.error_code).toBe('ERROR_ENTRY_NOT_BALANCED');
			expect(stopped.error?.message).toMatch(
				/Line \d+ of the SIE file: voucher A \d+ of 2026-06-01 does not balance; its rows sum to 0\.01\. Nothing was posted/,
			);
			expect(added()).toBe(0);
			const continued = await importing(file, {}, { onError: 'continueErrorOutput' });
			expect(continued.json(undefined, 0)).toHaveLength(2);
			expect(continued.json(undefined, 1)).toMatchObject([{ error_code: 'ERROR_ENTRY_NOT_BALANCED', item_index: 0 }]);
			expect(added()).toBe(2);
		});

		it('refuses locked periods, years that are not there, account numbers that are none, and unknown cost centers', async () => {
			const body = [
				voucher(next(), '20251230'),
				voucher(next(), '20190101'),
				`#VER ${next()} 20260601\n{\n#TRANS 19300 {} 5\n#TRANS 3001 {} -5\n}\n`,
				`#VER ${next()} 20260601\n{\n#TRANS 1930 {1 SAKNAS} 5\n#TRANS 3001 {6 2} -5\n}\n`,
			].join('');
			const result = await importing(preSystemFile(body), {}, { onError: 'continueErrorOutput' });
			expect(result.json(undefined, 1)).toMatchObject([
				{
					error_code: 'ERROR_PERIOD_CLOSED',
					error: expect.stringMatching(/^In voucher A \d+ \(line \d+ of the SIE file\): date: the books are locked/),
				},
				{ error_code: 'ERROR_BOOKYEAR_NOT_FOUND' },
				{ error_code: 'ERROR_DATA_VALIDATION', error: expect.stringMatching(/line \d+\.account: "19300" is not an account number/) },
				{
					error_code: 'ERROR_ANALYTIC_ACCOUNT_NOT_FOUND',
					error: expect.stringMatching(/line \d+\.cost_center: there is no cost center SAKNAS/),
					problems: [{}, { error_code: 'ERROR_ANALYTIC_ACCOUNT_CLOSED' }],
				},
			]);
			expect(added()).toBe(0);
		});

		it('returns vouchers that are there also where their period was locked meanwhile', async () => {
			const file = preSystemFile(voucher(next()));
			await importing(file);
			world.sandbox.company(1001).setLocked('2026-06-30');
			const again = await importing(file);
			world.sandbox.company(1001).setLocked('2025-12-31');
			expect(again.json()).toMatchObject([{ already_posted: true }]);
		});
	});

	describe('with accounts that the chart lacks', () => {
		const body = (...accounts: number[]): string =>
			accounts.map((account) => `#VER ${next()} 20260601\n{\n#TRANS ${account} {} 5\n#TRANS 1930 {} -5\n}\n`).join('');
		const NAMES = '#KONTO 7385 "Fri bil [förmån]"\n#KONTO 7399 "Motkonto förmåner"\n#KONTO 7398 "Annan förmån"\n';
		const chart = () => world.sandbox.company(1001).year(4).accounts;

		it('lists them all, with the names of the file, in one error', async () => {
			const result = await importing(preSystemFile(NAMES + body(7399, 7385, 7399, 8888, 7210)));
			expect(result.error?.context?.error_code).toBe('ERROR_ACCOUNT_NUMBER_NOT_FOUND');
			expect(result.error?.message).toMatch(
				/lacks accounts that the SIE file uses: 7385 Fri bil \[förmån\], 7399 Motkonto förmåner, 8888 \(without a name in the file\)\. Create them with Account > Create, or turn on 'Create Missing Accounts'/,
			);
			expect(added()).toBe(0);
		});

		it('creates them where the user wants that, after all else is checked, and once', async () => {
			const file = preSystemFile(NAMES + body(7399, 7385, 7399));
			const options = { createMissingAccounts: true };
			const dry = await importing(file, { options: { ...options, dryRun: true } });
			expect(dry.json()).toHaveLength(3);
			expect(dry.hints().join('\n')).toMatch(
				/would be created in the financial year .*: 7385 Fri bil \[förmån\], 7399 Motkonto förmåner\./,
			);
			const bad = await importing(preSystemFile(NAMES + body(7399) + voucher(next(), '20251230')), { options });
			expect(bad.error?.context?.error_code).toBe('ERROR_PERIOD_CLOSED');
			expect(chart().has(7399)).toBe(false);

			const result = await importing(file, { options });
			expect(result.hints().join('\n')).toMatch(/accounts were created in the financial year 2026-01-01–2026-12-31: 7385 .*, 7399 /);
			expect(result.json()[0]?.items).toMatchObject([{ account_number: '7399', account_name: 'Motkonto förmåner' }, {}]);
			expect(chart().get(7385)?.description).toBe('Fri bil (förmån)');
			expect(world.requests('POST', /^\/3\/accounts$/)).toHaveLength(2);
			expect(added()).toBe(3);
			expect((await importing(file, { options })).json()[0]).toMatchObject({ already_posted: true });
			expect(world.requests('POST', /^\/3\/accounts$/)).toHaveLength(2);
		});

		it('creates one whose answer was lost only once', async () => {
			world.sandbox.faults.add({ kind: 'dropAfterCommit', method: 'POST', path: '^/3/accounts$', times: 1 });
			const result = await importing(preSystemFile(NAMES + body(7398)), { options: { createMissingAccounts: true } });
			expect(result.json()).toHaveLength(1);
			expect(world.requests('POST', /^\/3\/accounts$/)).toHaveLength(1);
		});

		it('refuses those that the file gives no name, and those that Fortnox refuses', async () => {
			const options = { createMissingAccounts: true };
			const nameless = await importing(preSystemFile(body(8887)), { options });
			expect(nameless.error?.message).toMatch(/8887 \(without a name in the file\)\. .*no names that they could be created with/);
			world.sandbox.faults.add({ kind: 'scopeMissing', method: 'POST', path: '^/3/accounts$' });
			const file = preSystemFile(`#KONTO 8886 Ny\n${body(8886, 7210)}`);
			const stopped = await importing(file, { options });
			expect(stopped.error?.message).toMatch(/Nothing was posted/);
			expect(added()).toBe(0);
			const continued = await importing(file, { options }, { onError: 'continueErrorOutput' });
			expect(continued.json(undefined, 0)).toHaveLength(1);
			expect(continued.json(undefined, 1)).toMatchObject([{ error_code: 'ERROR_CONNECTOR_AUTHENTICATION' }]);
		});
	});
});
