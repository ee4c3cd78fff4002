import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { BALANCED, BANK, Desk, DRY, hintOf, sheet } from './support';

/** Columns and fields of rows that were dropped or misread without a word. */
const desk = new Desk();
const GROUPED: INodeParameters = { ...BALANCED, allItems: false, number: '' };

describe('a currency in the heading of amounts', () => {
	const SIGNS = ['Belopp €', 'Amount ($)', 'Belopp i euro', '€ Belopp'];
	const CODES = ['Belopp EUR', 'Amount (USD)', 'EUR-belopp', 'amount_gbp', 'Belopp THB', 'belopp xof', 'Amount in IDR', 'Belopp ALL'];

	it.each([...SIGNS, ...CODES])('%s is refused where the form says SEK', async (heading) => {
		const result = await desk.post([{ Konto: 1510, [heading]: 100 }], BALANCED);
		expect(result.error?.message).toContain(`currency: the column '${heading}' has its amounts in `);
		expect(desk.added()).toBe(0);
	});

	it.each(['Debet (€)', 'Debet EUR'])('%s beside its credit is refused likewise', async (heading) => {
		const rows = sheet(`Konto;${heading};${heading.replace('Debet', 'Kredit')}`, ['6310', 100, ''], ['1930', '', 100]);
		expect((await desk.post(rows)).error?.message).toMatch(/^currency: the column '(?:Debet|Kredit) /);
		expect(desk.added()).toBe(0);
	});

	it.each(['Belopp SEK', 'Belopp (kr)', 'Belopp i kronor'])('%s is read', async (heading) => {
		expect(desk.booked(await desk.post([{ Konto: 6310, [heading]: 100 }], BALANCED))).toEqual([
			[6310, 100],
			[1930, -100],
		]);
	});

	it('is that of the form, or stands beside amounts in SEK', async () => {
		const inEur = { ...BALANCED, currency: 'EUR', currencyExchangeRate: '11' };
		expect(desk.booked(await desk.post([{ Konto: 6310, 'Belopp €': 100, Belopp: 1100 }], inEur))).toEqual([
			[6310, 1100],
			[1930, -1100],
		]);
		const beside = await desk.post([{ Konto: 6310, Debet: 1100, Kredit: '', 'Belopp EUR': 100 }], BALANCED);
		expect(desk.booked(beside)).toEqual([
			[6310, 1100],
			[1930, -1100],
		]);
		expect(hintOf(beside)).toContain("not read: 'Belopp EUR'");
	});
});

it.each(['Belopp all', 'Belopp top', 'Belopp KRX'])('%s names no currency, and no amount either', async (heading) => {
	expect((await desk.post([{ Konto: 1510, [heading]: 100 }], BALANCED)).error?.message).toMatch(/neither debit nor credit/);
	expect(desk.added()).toBe(0);
});

it.each(['Moms (kr)', 'Moms SEK', 'Varav moms', 'Ingående moms', 'Utgående moms', 'Input VAT'])(
	'VAT in the column %s, which would not be booked, is refused',
	async (heading) => {
		const { error } = await desk.post([{ Konto: 6310, Belopp: 125, [heading]: 25 }], BALANCED);
		expect(error?.message).toMatch(/^lines\[0\]\.gross_amount: .*would not be booked/);
		expect(desk.added()).toBe(0);
	},
);

describe('a VAT code that is only compared', () => {
	const LEFT_OUT = /Row 1, tax_code: I stands for VAT, and no row of the entry has any/;

	it('is reported where no row of the entry has VAT', async () => {
		expect(hintOf(await desk.post([{ Konto: 6110, Belopp: 125, Momskod: 'I' }], BALANCED))).toMatch(LEFT_OUT);
	});

	it.each<[string, IDataObject[]]>([
		['has a row of VAT', sheet('Konto;Belopp;Momskod', ['6110', 100, 'I'], ['2641', 25, ''])],
		['moves a cost', sheet('Konto;Belopp;Momskod', ['6110', 100, 'I'], ['6310', -100, 'I'])],
		['has codes without VAT', sheet('Konto;Belopp;Momskod', ['3004', -100, 'MF'])],
	])('is not told of an entry that %s', async (_what, rows) => {
		const result = await desk.post(rows, BALANCED);
		expect([result.error?.message, hintOf(result)]).toEqual([undefined, expect.not.stringContaining('stands for VAT')]);
	});
});

it('rows with several voucher numbers that become one entry are reported', async () => {
	const result = await desk.post(sheet('Vernr;Konto;Belopp', ['90', '6310', 100], ['91', '6570', 50]), { ...BALANCED, number: '' });
	expect(hintOf(result)).toMatch(/Number: the items have several numbers in their column 'Vernr' \('90', '91', …\) and became one entry/);
});

describe('amounts that contradict each other', () => {
	it.each<[string, IDataObject, INodeParameters, RegExp]>([
		['a VAT of 0', { Konto: 3001, Brutto: -1250, Momskod: 'MP1', Moms: 0 }, BALANCED, /tax_amount: VAT code MP1 is for 25 %/],
		['a VAT of 0 at a said rate', { Konto: 6110, Brutto: 1250, Momskod: 'I 25', Moms: 0 }, BALANCED, /tax_amount: I 25 says 25 %/],
		[
			'a cost that goes into the bank',
			{ Konto: 6110, Debet: 100, Kredit: 0, Belopp: 100 },
			BANK,
			/^lines\[0\]\.amount: .*'Debet' says -100\.00/,
		],
		['the same by the model’s names', { account: 6110, debit: 100, amount: 100 }, BANK, /^lines\[0\]\.amount: .*'debit' says -100\.00/],
		[
			'a total beside two sides of 0',
			{ Konto: 6570, Debet: 0, Kredit: 0, Summa: 100 },
			BALANCED,
			/^lines\[0\]: 'Debet' and 'Kredit' are 0, and 'Summa' is 100\.00/,
		],
	])('are refused: %s', async (_what, row, parameters, why) => {
		expect((await desk.post([row], parameters)).error?.message).toMatch(why);
		expect(desk.added()).toBe(0);
	});

	it('are taken where they agree, and empty ones are computed', async () => {
		expect(desk.booked(await desk.post([{ Konto: 6110, Debet: 100, Belopp: -100 }], BANK))).toEqual([
			[1930, -100],
			[6110, 100],
		]);
		const gross = { Konto: 6110, Debet: 1000, Brutto: 1250, Momskod: 'I 25', Moms: '' };
		expect(desk.booked(await desk.post([gross], BALANCED))).toEqual([
			[6110, 1000],
			[2641, 250],
			[1930, -1250],
		]);
	});
});

it.each(['Moms %', 'Moms (%)', 'VAT %', 'Momssats', 'Momssats (%)', 'Moms i %', 'Moms, procent', 'VAT rate (%)', 'Tax %'])(
	'%s is a rate, however it is written',
	async (heading) => {
		for (const rate of [25, '25', '25 %', '25,00', 0.25]) {
			const result = await desk.post([{ Konto: 6110, Brutto: 1250, Momskod: 'I', [heading]: rate }], BALANCED);
			expect(desk.booked(result)).toEqual([
				[6110, 1000],
				[2641, 250],
				[1930, -1250],
			]);
		}
	},
);

describe('a VAT amount of the form', () => {
	const form = (tax: INodeParameters): INodeParameters => ({
		linesSource: 'define',
		lines: {
			line: [
				{ account: '6110', debit: '1250', tax_info: { tax_code: 'I 25', gross: true, ...tax } },
				{ account: '1930', credit: '1250' },
			],
		},
	});

	it('is an amount where an expression gives 0', async () => {
		const result = await desk.post([{ vat: 0 }], form({ tax_amount: '={{ $json.vat }}' }));
		expect(result.error?.message).toMatch(/tax_amount: I 25 says 25 %, which of 1250\.00 is 312\.50, not 0\.00/);
		expect(desk.added()).toBe(0);
	});

	it.each([{}, { tax_amount: '' }, { tax_amount: 0 }])('is computed where nothing was typed: %j', async (tax) => {
		expect(desk.booked(await desk.post([{ vat: 0 }], form(tax)))).toEqual([
			[6110, 1000],
			[2641, 250],
			[1930, -1250],
		]);
	});
});

it('columns called D and K are debit and credit', async () => {
	expect(desk.booked(await desk.post(sheet('Konto;D;K', ['6310', 100, ''], ['1930', '', 100])))).toEqual([
		[6310, 100],
		[1930, -100],
	]);
});

describe('fields of the head in rows', () => {
	it.each<[string, string | number, INodeParameters, RegExp]>([
		['reverse_on', '2026-11-01', BALANCED, /^reverse_on: item 0 has '2026-11-01' .*Reverse On is empty.*\{\{ \$json\.reverse_on \}\}/],
		['accrual_account', 1730, BALANCED, /^accrual_account: item 0 has '1730'.*Accrual Account is empty/],
		['balancing_account', 1940, BALANCED, /^balancing_account: item 0 has '1940'.*Balancing Account says 1930/],
		['financial_counterpart_account', 1940, BANK, /^financial_counterpart_account: item 0 has '1940'/],
		['financial_counterpart_account', 1940, BALANCED, /a journal entry has no such field/],
		['reverse_on', '2026-11-01', BANK, /a financial entry has no such field/],
		['currency_exchange_rate', 11, BALANCED, /^currency_exchange_rate: item 0 has '11'/],
		['start_date', '2026-10-01', BANK, /^start_date: .*is not spread/],
		['end_date', '2026-10-31', BANK, /^end_date: .*is not spread/],
	])('%s: %s is refused where the form does not say it', async (field, value, parameters, why) => {
		const result = await desk.post([{ account: 6310, amount: -100, [field]: value }], parameters);
		expect(result.error?.message).toMatch(why);
		expect(desk.added()).toBe(0);
	});

	it.each<[string, string | boolean, RegExp]>([
		['comments', 'Se avtal', /Comments: item 0 .*not read.*\{\{ \$json\.comments \}\}/],
		['reference', 'R-1', /Reference: item 0 .*not read/],
		['due_date', '2026-11-01', /due_date: .*not read/],
		['posted', false, /posted: Fortnox books every voucher at once/],
		['pdf_name', 'a.pdf', /pdf_name: .*not read/],
	])('%s is named in a hint', async (field, value, why) => {
		const result = await desk.post([{ account: 6310, amount: 100, [field]: value }], { ...BALANCED, ...DRY });
		expect(result.error?.message).toBeUndefined();
		expect(hintOf(result)).toMatch(why);
	});
});

describe('rows of a group', () => {
	it('of several series are refused', async () => {
		const rows = sheet('Serie;Ver nr;Konto;Belopp', ['A', 1, '6310', 100], ['B', 1, '6570', 50]);
		const result = await desk.post(rows, { ...GROUPED, groupBy: 'Ver nr' });
		expect(result.error?.message).toMatch(
			/^journal_id: the items of the group '1' are of several series: item 0 has 'A' in its column 'Serie', item 1 has 'B'/,
		);
		expect(desk.added()).toBe(0);
	});

	it('are one group, whatever blanks stand around its name', async () => {
		const rows = sheet('Ver nr;Konto;Belopp', ['16', '6310', 100], ['16 ', '6570', 50], [16, '6110', 25]);
		const result = await desk.post(rows, { ...GROUPED, groupBy: 'Ver nr' });
		expect(desk.added()).toBe(1);
		expect(desk.booked(result)).toEqual([
			[6310, 100],
			[6570, 50],
			[6110, 25],
			[1930, -175],
		]);
		const refused = await desk.post([{ Ver: '\u200b', Konto: 6310, Belopp: 1 }], { ...GROUPED, groupBy: 'Ver' });
		expect(refused.error?.message).toMatch(/^groupBy: item 0 has no value in the field 'Ver'/);
	});
});
