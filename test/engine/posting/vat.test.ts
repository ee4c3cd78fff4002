import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { EngineResult } from '../../../engine';
import { countVouchers, startWorld, type World } from '../support/world';

/** Each handed case of VAT, and others of its kind, against the sandbox's ledger. */
describe('VAT of a line', () => {
	let world: World;
	let before: number;
	let number = 0;

	beforeAll(async () => {
		world = await startWorld();
		const year = world.sandbox.company().year(4);
		const sale = year.accounts.get(3001);
		if (!sale) throw new Error('The chart lacks 3001');
		const codes: Array<[number, string | null]> = [
			[2614, 'UTFU'],
			[2615, 'UI25'],
			[2617, null],
			[2624, null],
			[2634, null],
			[2647, 'I'],
			[2670, null],
			[3106, 'OSSDE'],
			[3305, 'ÖTEU'],
			[3308, 'FTEU'],
			[4516, 'IVEU'],
			[4517, 'IVEU'],
			[4545, 'BI'],
		];
		for (const [account, vatCode] of codes)
			year.setAccount({ ...sale, number: account, description: `Konto ${account}`, active: true, vatCode });
	});
	afterAll(async () => await world.close());
	beforeEach(() => {
		world.reconnect();
		before = countVouchers(world.sandbox);
	});

	/** The line and the row that balances it on the bank. */
	async function post(line: IDataObject, options: INodeParameters = {}): Promise<EngineResult> {
		const tax = line.tax_info as IDataObject | undefined;
		const net = Number(line.debit ?? 0) - Number(line.credit ?? 0);
		const reverse = tax?.reverse === true;
		delete tax?.reverse;
		const vat = tax === undefined || reverse || tax.gross === true ? 0 : Number(tax.tax_amount ?? 0) * Math.sign(net);
		const bank = Math.round((net + vat) * 100) / 100;
		return await world.run({
			resource: 'journalEntry',
			operation: 'create',
			linesSource: 'json',
			linesJson: JSON.stringify({
				journal_id: 'A',
				date: '2026-05-11',
				number: `VAT-${++number}`,
				items: [line, bank > 0 ? { account: '1930', credit: bank } : { account: '1930', debit: -bank }],
			}),
			options,
		});
	}

	const rows = (result: EngineResult): Array<[number, number]> => {
		const [item] = result.json();
		const stored = world.sandbox.company().year(4).voucher(String(item?.voucher_series), Number(item?.voucher_number));
		return (stored?.rows ?? [])
			.filter(({ account }) => account !== 1930)
			.map(({ account, debit, credit }) => [account, (debit - credit) / 100]);
	};

	const WRONG_ACCOUNTS: Array<[string, IDataObject, RegExp]> = [
		[
			'3004 (MF) with MP1',
			{ account: '3004', credit: 1000, tax_info: { tax_code: 'MP1', tax_amount: 250 } },
			/box 42.*Active accounts with MP1: 3001, /,
		],
		['3108 (VTEU) with MP1', { account: '3108', credit: 1000, tax_info: { tax_code: 'MP1', tax_amount: 250 } }, /box 35/],
		[
			'3001 (MP1) with MP3',
			{ account: '3001', credit: 1000, tax_info: { tax_code: 'MP3', tax_amount: 60 } },
			/sales at 6 %.*sales at 25 %/,
		],
		[
			'6540 (no code) with ITEU',
			{ account: '6540', debit: 1000, tax_info: { tax_code: 'ITEU', tax_amount: 250, reverse: true } },
			/box 21.*in no box.*4535/,
		],
		['3105 (E) with FTEU and no VAT', { account: '3105', credit: 1000, tax_info: { tax_code: 'FTEU', tax_amount: 0 } }, /box 36.*3308/],
		['the code alone', { account: '3001', credit: 1000, tax_code: 'MP2' }, /tax_code: MP2 is sales at 12 %/],
	];

	it.each(WRONG_ACCOUNTS)('%s is refused, and posted with a hint where that is accepted', async (_, line, message) => {
		const refused = await post(structuredClone(line));
		expect(refused.error?.context?.error_code).toBe('ERROR_VAT_BASE_ACCOUNT');
		expect(refused.error?.message).toMatch(message);
		expect(countVouchers(world.sandbox)).toBe(before);
		const accepted = await post(structuredClone(line), { acceptVatBase: true });
		expect(accepted.error?.message).toBeUndefined();
		expect(accepted.hints().join('\n')).toMatch(message);
		expect(countVouchers(world.sandbox)).toBe(before + 1);
	});

	it.each<[string, IDataObject, Array<[number, number]>]>([
		[
			'4535 with ITEU at 25 %',
			{ account: '4535', debit: 1000, tax_info: { tax_code: 'ITEU', tax_amount: 250, reverse: true } },
			[
				[4535, 1000],
				[2645, 250],
				[2614, -250],
			],
		],
		[
			'4515 with IVEU at 25 %',
			{ account: '4515', debit: 1000, tax_info: { tax_code: 'IVEU', tax_amount: 250, reverse: true } },
			[
				[4515, 1000],
				[2645, 250],
				[2614, -250],
			],
		],
		[
			'4516 with IVEU at 12 %',
			{ account: '4516', debit: 1000, tax_info: { tax_code: 'IVEU', tax_amount: 120, reverse: true } },
			[
				[4516, 1000],
				[2645, 120],
				[2624, -120],
			],
		],
		[
			'4517 with IVEU at 6 %',
			{ account: '4517', debit: 1000, tax_info: { tax_code: 'IVEU', tax_amount: 60, reverse: true } },
			[
				[4517, 1000],
				[2645, 60],
				[2634, -60],
			],
		],
		[
			'its credit note',
			{ account: '4517', credit: 1000, tax_info: { tax_code: 'IVEU', tax_amount: 60, reverse: true } },
			[
				[4517, -1000],
				[2645, -60],
				[2634, 60],
			],
		],
		[
			'4545 with UI25',
			{ account: '4545', debit: 1000, tax_info: { tax_code: 'UI25', tax_amount: 250, reverse: true } },
			[
				[4545, 1000],
				[2645, 250],
				[2615, -250],
			],
		],
		[
			'4535 with UTFU and its account',
			{ account: '4535', debit: 1000, tax_info: { tax_code: 'UTFU', tax_amount: 250, vat_account: 2614, reverse: true } },
			[
				[4535, 1000],
				[2645, 250],
				[2614, -250],
			],
		],
		[
			'an own code',
			{ account: '3106', credit: 1000, tax_info: { tax_code: 'OSSDE', tax_amount: 190, vat_account: 2670 } },
			[
				[3106, -1000],
				[2670, -190],
			],
		],
		[
			'a gross sale',
			{ account: '3001', credit: 1250, tax_info: { tax_code: 'MP1', gross: true } },
			[
				[3001, -1000],
				[2611, -250],
			],
		],
		[
			'a gross sale with a text for a switch, and an empty amount',
			{ account: '3001', credit: 1250, tax_info: { tax_code: 'MP1', gross: 'true', tax_amount: '' } },
			[
				[3001, -1000],
				[2611, -250],
			],
		],
		[
			'a gross sale that does not divide',
			{ account: '3001', credit: 99.99, tax_info: { tax_code: 'MP1', gross: true } },
			[
				[3001, -79.99],
				[2611, -20],
			],
		],
		[
			'a gross purchase with its VAT',
			{ account: '5410', debit: 125, tax_info: { tax_code: 'I', gross: true, tax_amount: 25 } },
			[
				[5410, 100],
				[2641, 25],
			],
		],
		[
			'a credit note',
			{ account: '3001', debit: 1000, tax_info: { tax_code: 'MP1', tax_amount: 250 } },
			[
				[3001, 1000],
				[2611, 250],
			],
		],
		[
			'a purchase on an account without a code',
			{ account: '5410', debit: 100, tax_info: { tax_code: 'I', tax_amount: 25 } },
			[
				[5410, 100],
				[2641, 25],
			],
		],
	])('%s is posted', async (_, line, expected) => {
		const result = await post(line);
		expect(result.error?.message).toBeUndefined();
		expect(rows(result)).toEqual(expected);
	});

	it.each<[string, IDataObject, string, RegExp]>([
		[
			'a rate that is none',
			{ account: '4535', debit: 1000, tax_info: { tax_code: 'ITEU', tax_amount: 100, reverse: true } },
			'ERROR_DATA_VALIDATION',
			/tax_info\.tax_amount: 100\.00 is none of the rates/,
		],
		[
			'input VAT above 25 %',
			{ account: '5410', debit: 100, tax_info: { tax_code: 'I', tax_amount: 300 } },
			'ERROR_DATA_VALIDATION',
			/more than 25 % of the base/,
		],
		[
			'an account that is none of VAT',
			{ account: '5410', debit: 100, tax_info: { tax_code: 'I', tax_amount: 25, vat_account: 1930 } },
			'ERROR_DATA_VALIDATION',
			/tax_info\.vat_account: 1930 is not a VAT account/,
		],
		[
			'an own code without an account',
			{ account: '3106', credit: 1000, tax_info: { tax_code: 'OSSDE', tax_amount: 190 } },
			'ERROR_TAX_CODE_NOT_FOUND',
			/add vat_account/,
		],
		[
			'a code that the chart does not have',
			{ account: '3106', credit: 1000, tax_info: { tax_code: 'OSSXX', tax_amount: 190, vat_account: 2670 } },
			'ERROR_TAX_CODE_NOT_FOUND',
			/No account of the chart has the VAT code "OSSXX"/,
		],
		[
			'an own code on the account of another',
			{ account: '3001', credit: 1000, tax_info: { tax_code: 'OSSDE', tax_amount: 190, vat_account: 2670 } },
			'ERROR_VAT_BASE_ACCOUNT',
			/3106/,
		],
		[
			'gross with reverse charge',
			{ account: '4535', debit: 1250, tax_info: { tax_code: 'ITEU', gross: true } },
			'ERROR_DATA_VALIDATION',
			/tax_info\.gross: .*buyer owes/,
		],
		...[0, '0', '0,00'].map((zero): [string, INodeParameters, string, RegExp] => [
			`gross with a VAT of ${JSON.stringify(zero)}, which is no VAT of the code’s`,
			{ account: '3001', credit: 1250, tax_info: { tax_code: 'MP1', gross: true, tax_amount: zero } },
			'ERROR_DATA_VALIDATION',
			/tax_info\.tax_amount: VAT code MP1 is for 25 %, of which 1250\.00 contains 250\.00, not 0/,
		]),
		[
			'a purchase of which a rate is said, and no VAT',
			{ account: '5410', debit: 1250, tax_info: { tax_code: 'I 25', gross: true, tax_amount: 0 } },
			'ERROR_DATA_VALIDATION',
			/tax_info\.tax_amount: I 25 says 25 %, .* not 0\.00/,
		],
		[
			'VAT that is not the code’s on the account of the code',
			{ account: '3001', credit: 100, tax_info: { tax_code: 'MP1', tax_amount: 250, vat_account: 2611 } },
			'ERROR_DATA_VALIDATION',
			/tax_info\.tax_amount: VAT code MP1 is for 25 %, which of 100\.00 is 25\.00, not 250\.00/,
		],
		[
			'a sale on an account of deducted VAT',
			{ account: '3001', credit: 100, tax_info: { tax_code: 'MP1', tax_amount: 25, vat_account: 2641 } },
			'ERROR_DATA_VALIDATION',
			/tax_info\.vat_account: 2641 is an account of deducted VAT/,
		],
		[
			'a purchase on an account of owed VAT',
			{ account: '5410', debit: 100, tax_info: { tax_code: 'I', tax_amount: 25, vat_account: 2611 } },
			'ERROR_DATA_VALIDATION',
			/tax_info\.vat_account: 2611 is an account of owed VAT/,
		],
		[
			'gross that is no switch',
			{ account: '3001', credit: 1250, tax_info: { tax_code: 'MP1', gross: 'maybe' } },
			'ERROR_DATA_VALIDATION',
			/tax_info\.gross: give true or false/,
		],
		[
			'two codes on one line',
			{ account: '3001', credit: 1000, tax_code: 'MP2', tax_info: { tax_code: 'MP1', tax_amount: 250 } },
			'ERROR_DATA_VALIDATION',
			/tax_code: the line names MP2 here and MP1 in tax_info/,
		],
	])('%s is an error, and nothing is posted', async (_, line, code, message) => {
		const result = await post(line);
		expect(result.error?.context?.error_code).toBe(code);
		expect(result.error?.message).toMatch(message);
		expect(countVouchers(world.sandbox)).toBe(before);
	});

	it('says where VAT goes to an account of another box', async () => {
		const result = await post({ account: '3001', credit: 100, tax_info: { tax_code: 'MP1', tax_amount: 25, vat_account: 2614 } });
		expect(result.hints().join('\n')).toMatch(/belongs in box 10 of the VAT return, and account 2614 .*feeds box 30/);
	});

	it('says that the base of I stands on an account that a box wants', async () => {
		const result = await post({ account: '4535', debit: 100, tax_info: { tax_code: 'I', tax_amount: 25 } });
		expect(result.hints().join('\n')).toMatch(/no box wants the base of I, but account 4535 has ITEU .* box 21/);
	});

	it('finds a gross entry again, and takes another amount for another entry', async () => {
		const body = (credit: number): string =>
			JSON.stringify({
				journal_id: 'A',
				date: '2026-05-11',
				number: 'GROSS-1',
				items: [
					{ account: '1930', debit: credit },
					{ account: '3001', credit, tax_info: { tax_code: 'MP1', gross: true } },
				],
			});
		const run = async (credit: number): Promise<EngineResult> =>
			await world.run({ resource: 'journalEntry', operation: 'create', linesSource: 'json', linesJson: body(credit) });
		await run(1250);
		expect((await run(1250)).json()).toMatchObject([{ already_posted: true }]);
		expect((await run(125)).error?.context?.error_code).toBe('ERROR_NUMBER_ALREADY_USED');
	});
});
