import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { BALANCED, BANK, Desk, DRY, hintOf, sheet } from './support';

/** Sheets as bookkeeping programs and banks export them: every column is read, refused, or named in a hint. */
const desk = new Desk();

describe('columns that say how an amount is meant', () => {
	it.each<[string, IDataObject[], INodeParameters, RegExp]>([
		[
			'a rate beside amounts that the form has in SEK',
			sheet('Konto;Belopp;Kurs', ['6310', 100, '11,25'], ['1930', -100, '11,25']),
			{},
			/^currency_exchange_rate: item 0 has '11,25' in its field 'Kurs', but the node's field Currency says SEK, so its amounts/,
		],
		[
			'another rate than the form’s',
			sheet('Konto;Belopp;Valuta;Valutakurs', ['6310', 100, 'EUR', 11.3], ['1930', -100, 'EUR', 11.3]),
			{ currency: 'EUR', currencyExchangeRate: '11.1' },
			/^currency_exchange_rate: item 0 has '11\.3' in its field 'Valutakurs', but the node's field Currency Exchange Rate says 11\.1/,
		],
		[
			'another counter account than the balancing one',
			sheet('Konto;Belopp;Motkonto', ['6310', 100, '1940']),
			BALANCED,
			/^balancing_account: item 0 has '1940' in its field 'Motkonto', but the node's field Balancing Account says 1930/,
		],
		[
			'another counter account than the bank',
			sheet('Konto;Belopp;Motkonto', ['6310', -100, 1940]),
			BANK,
			/^financial_counterpart_account: item 0 has '1940' in its field 'Motkonto'/,
		],
		[
			'a gross amount that does not fit the one without VAT',
			sheet('Konto;Belopp;Brutto;Momskod', ['3001', -1000, -1200, 'MP1']),
			BALANCED,
			/^lines\[0\]\.gross_amount: the row has -1200\.00 with VAT and -1000\.00 besides, which is not the amount without the VAT \(960\.00\)/,
		],
		[
			'a gross amount of the other sign',
			sheet('Konto;Belopp;Brutto;Momskod', ['3001', 1000, -1250, 'MP1']),
			BALANCED,
			/^lines\[0\]\.gross_amount: .*of the other sign/,
		],
		[
			'a rate of VAT that is not the code’s',
			sheet('Konto;Brutto;Momskod;Moms %', ['3001', -1120, 'MP1', 12]),
			BALANCED,
			/^lines\[0\]\.tax_code: VAT code MP1 is for 25 %, and 12 stands behind it/,
		],
		[
			'another rate than that behind the code',
			sheet('Konto;Brutto;Momskod;Momssats', ['5410', 1120, 'I 12', '25 %']),
			BALANCED,
			/^lines\[0\]\.vat_rate: the row says 25 %, and its VAT code 'I 12' another rate/,
		],
		[
			'no VAT with a code of VAT',
			sheet('Konto;Brutto;Momskod;Momssats', ['3001', -1120, 'MP1', '0 %']),
			BALANCED,
			/^lines\[0\]\.vat_rate: the row says 0 %, and MP1 is a code with VAT/,
		],
		[
			'a rate that is none',
			sheet('Konto;Brutto;Momskod;Moms %', ['5410', 1120, 'I', 'moms']),
			BALANCED,
			/^lines\[0\]\.vat_rate: 'moms' is no rate of VAT/,
		],
	])('are refused: %s', async (_what, input, parameters, why) => {
		const result = await desk.post(input, parameters);
		expect(result.error?.message).toMatch(why);
		expect(desk.added()).toBe(0);
	});

	it('are taken where they agree with the form', async () => {
		const eur = sheet('Konto;Belopp;Valuta;Kurs', ['6310', 100, 'EUR', '11,1'], ['1930', -100, 'EUR', '11,1']);
		const inEur = await desk.post(eur, { currency: 'EUR', currencyExchangeRate: '={{ $json.Kurs }}' });
		expect(desk.booked(inEur)).toEqual([
			[6310, 1110],
			[1930, -1110],
		]);
		const counter = sheet('Konto;Belopp;Motkonto', ['6310', 100, '1930']);
		expect(desk.booked(await desk.post(counter, BALANCED))).toEqual([
			[6310, 100],
			[1930, -100],
		]);
		// Of amounts in SEK that were foreign elsewhere.
		const sek = sheet('Konto;Belopp;Valuta;Kurs', ['6310', 100, 'SEK', '11,25'], ['1930', -100, 'SEK', '11,25']);
		expect(desk.booked(await desk.post(sek))).toEqual([
			[6310, 100],
			[1930, -100],
		]);
	});

	it.each<[string, IDataObject, Array<[number, number]>]>([
		[
			'Moms %',
			{ Konto: '5410', Brutto: 1120, Momskod: 'I', 'Moms %': 12 },
			[
				[5410, 1000],
				[2641, 120],
				[1930, -1120],
			],
		],
		[
			'Momssats',
			{ Konto: '5410', Brutto: 1250, Momskod: 'I', Momssats: '25 %' },
			[
				[5410, 1000],
				[2641, 250],
				[1930, -1250],
			],
		],
		[
			'a spreadsheet’s per cent',
			{ Konto: '5410', Brutto: 1060, Momskod: 'I', 'VAT rate': 0.06 },
			[
				[5410, 1000],
				[2641, 60],
				[1930, -1060],
			],
		],
	])('the rate of VAT stands in a column of its own: %s', async (_what, row, rows) => {
		expect(desk.booked(await desk.post([row], BALANCED))).toEqual(rows);
	});

	it('net, VAT and gross of a sale stand side by side, on the side of the net', async () => {
		const input = sheet('Konto;Kredit;Debet;Moms;Brutto;Momskod', ['3001', 1000, '', 250, 1250, 'MP1'], ['5410', '', 80, 20, 100, 'I']);
		expect(desk.booked(await desk.post(input, BALANCED))).toEqual([
			[3001, -1000],
			[2611, -250],
			[5410, 80],
			[2641, 20],
			[1930, 1150],
		]);
	});

	it('tells of VAT that looks like its rate', async () => {
		const result = await desk.post(sheet('Konto;Brutto;Momskod;Moms', ['5410', 1250, 'I', 25]), { ...BALANCED, ...DRY });
		expect(hintOf(result)).toMatch(/Row 1, tax_info\.tax_amount: 25 was taken as an amount of VAT\. .* call the column 'Moms %'/);
		const right = await desk.post(sheet('Konto;Brutto;Momskod;Moms', ['5410', 125, 'I', 25]), { ...BALANCED, ...DRY });
		expect(hintOf(right)).not.toContain('was taken as an amount of VAT');
	});
});

describe('exports of programs and banks', () => {
	it('every heading is read, harmless, or named as not read', async () => {
		const input = sheet(
			'Ver nr;Serie;Datum;Konto;Kontonamn;Debet;Kredit;Saldo;Text;Kst;Projekt;Momskod;Motkonto;Valuta;Kurs;Antal;Attesterad av',
			[
				'V-1',
				'API',
				'2026-10-05',
				6310,
				'Företagsförsäkring',
				'100,00',
				'',
				'100,00',
				'Premie',
				'BUTIK',
				'1',
				'',
				'1930',
				'SEK',
				'1',
				'2',
				'Eva',
			],
			['V-1', 'API', '2026-10-05', 1930, 'Bank', '', '100,00', '-100,00', 'Premie', '', '', '', '6310', 'SEK', '1', '', ''],
		);
		const result = await desk.post(input, { date: '', number: '', allItems: false, groupBy: 'Ver nr' });
		expect(desk.booked(result)).toEqual([
			[6310, 100],
			[1930, -100],
		]);
		const row = { cost_center: 'BUTIK', project: '1', description: 'Premie' };
		expect(result.json()[0]).toMatchObject({ number: 'V-1', date: '2026-10-05', items: [row, {}] });
		expect(hintOf(result)).toContain(
			"Columns of the input were read by their headings: 'Datum' as date, 'Debet' as debit, 'Konto' as account, 'Kredit' as credit, 'Kst' as cost_center, " +
				"'Momskod' as tax_code (compared with the account's, and the VAT of a gross amount), 'Projekt' as project, 'Text' as description, 'Ver nr' as voucher_number.",
		);
		expect(hintOf(result)).toContain("Columns of the input that were not read: 'Motkonto', 'Antal', 'Attesterad av'.");
	});

	it.each<[string, IDataObject[], Array<[number, number]>, string]>([
		[
			'SEB',
			sheet('Bokföringsdatum;Valutadatum;Verifikationsnummer;Text;Belopp;Saldo;Konto', [
				'2026-10-05',
				'2026-10-05',
				'5490990004',
				'SWISH',
				'1 250,00',
				'9 000,00',
				'3004',
			]),
			[
				[1930, 1250],
				[3004, -1250],
			],
			"not read: 'Valutadatum'.",
		],
		[
			'Nordea',
			sheet('Bokföringsdag;Belopp;Avsändare;Mottagare;Namn;Rubrik;Saldo;Valuta;Konto', [
				'2026-10-05',
				'-250,00',
				'',
				'',
				'Kontorsgrossisten',
				'Kortköp',
				'8750,00',
				'SEK',
				'6110',
			]),
			[
				[1930, -250],
				[6110, 250],
			],
			"not read: 'Avsändare', 'Mottagare', 'Namn', 'Rubrik'.",
		],
		[
			'Handelsbanken',
			sheet('Reskontradatum;Transaktionsdatum;Text;Belopp;Saldo;Konto', [
				'2026-10-05',
				'2026-10-05',
				'Avgift',
				'-100,00',
				'8650,00',
				'6570',
			]),
			[
				[1930, -100],
				[6570, 100],
			],
			"not read: 'Reskontradatum', 'Transaktionsdatum'.",
		],
	])('%s, with the account that belongs to each row', async (_bank, input, rows, unread) => {
		const result = await desk.post(input, { ...BANK, date: '2026-10-05' });
		expect(desk.booked(result)).toEqual(rows);
		expect(hintOf(result)).toContain(unread);
	});

	it('items that are no sheet, under the model’s names, get no such hint', async () => {
		const more = { id: 'x', status: 'paid' };
		const result = await desk.post([
			{ account: '6310', debit: 1, ...more },
			{ account: '1930', credit: 1, ...more },
		]);
		expect(result.hints()).toEqual([]);
	});
});
