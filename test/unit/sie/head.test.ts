import { hasBalances, parseSie } from '../../../nodes/shared/ledger/sie';
import { parse, refusal } from './parsing';

describe('the head', () => {
	it('is read in full', () => {
		const file = parse(
			'#FLAGGA 1',
			'#PROGRAM "Fortnox" 3.57.11',
			'#FORMAT PC8',
			'#GEN 20260201 "Åsa"',
			'#SIETYP 4',
			'#PROSA "En kommentar"',
			'#FTYP AB',
			'#FNR 54256',
			'#ORGNR 556677-8899',
			'#BKOD 62010',
			'#ADRESS "Åsa" "Gatan 1" "123 45 Staden" "08-1"',
			'#FNAMN "Övning AB"',
			'#RAR 0 20260101 20261231',
			'#RAR -1 20250101 20251231',
			'#TAXAR 2027',
			'#OMFATTN 20260131',
			'#KPTYP EUBAS97',
			'#VALUTA SEK',
			'#KONTO 1920 PlusGiro',
			'#KTYP 1920 T',
			'#ENHET 1920 st',
			'#SRU 1920 7281',
			'#SRU 1920 7282',
			'#DIM 1 "Kostnadsställe"',
			'#UNDERDIM 21 "Grupp" 1',
			'#OBJEKT 1 "K1" "Norr"',
			'#IB 0 1920 100.50 3',
			'#UB 0 1920 90.50',
			'#OIB 0 1920 {1 "K1"} 10',
			'#OUB 0 1920 {1 "K1"} 11 2',
			'#RES 0 3001 -5',
			'#PSALDO 0 202601 1920 {} -10.00',
			'#PSALDO 0 202601 1920 {1 "K1"} -1.00 4',
			'#PBUDGET 0 202601 3001 {} -7',
			'#NYTT x',
		);
		expect(file).toMatchObject({
			type: 4,
			imported: true,
			program: { name: 'Fortnox', version: '3.57.11' },
			generated: { date: '2026-02-01', sign: 'Åsa' },
			company: {
				name: 'Övning AB',
				organisationNumber: '556677-8899',
			},
			years: [
				{ index: 0, from: '2026-01-01', to: '2026-12-31' },
				{ index: -1, from: '2025-01-01', to: '2025-12-31' },
			],
			currency: 'SEK',
			dimensions: [
				{ number: 1, name: 'Kostnadsställe' },
				{ number: 21, name: 'Grupp', parent: 1 },
			],
			objects: [{ dimension: 1, object: 'K1', name: 'Norr' }],
			openingBalances: [{ line: 27, year: 0, account: '1920', objects: [], amount: 10050, quantity: 3 }],
			closingBalances: [{ account: '1920', amount: 9050 }],
			openingObjectBalances: [{ account: '1920', objects: [{ dimension: 1, object: 'K1' }], amount: 1000 }],
			closingObjectBalances: [{ amount: 1100, quantity: 2 }],
			results: [{ account: '3001', amount: -500 }],
			periodBalances: [
				{ month: '2026-01', objects: [], amount: -1000 },
				{ month: '2026-01', objects: [{ dimension: 1, object: 'K1' }], amount: -100, quantity: 4 },
			],
			periodBudgets: [{ month: '2026-01', amount: -700 }],
			vouchers: [],
			warnings: [],
		});
		expect(file.accounts.get('1920')).toEqual({
			number: '1920',
			name: 'PlusGiro',
			sru: ['7281', '7282'],
		});
		expect([...file.unknownLabels]).toEqual(['#NYTT']);
		expect(hasBalances(file)).toBe(true);
	});

	describe('with a checksum', () => {
		const lines = ['#FLAGGA 0', '#KSUMMA', '#FNAMN  "Bo \\"Å\\" AB"', '#OIB 0 1930 {1 "K 1"} 5', '#KSUMMA 942565285'];

		it('is read in silence where it is right, however it is spaced, signed or not', () => {
			expect(parse(...lines).warnings).toEqual([]);
			expect(parse(...lines.map((line) => line.replace('#OIB 0', '  #OIB\t"0"'))).warnings).toEqual([]);
			const negative = ['#KSUMMA', '#FNAMN B', '#KSUMMA -264662822'];
			expect(parse(...negative).warnings).toEqual([]);
		});

		it('is read with a warning where the file was changed', () => {
			expect(parse(...lines.map((line) => line.replace('} 5', '} 6'))).warnings).toMatchObject([{ line: 5 }]);
			expect(parse(...lines.map((line) => line.replace('K 1', 'K1'))).warnings).toMatchObject([{ line: 5 }]);
			expect(parse('#KSUMMA', '#FNAMN B', '#KSUMMA abc').warnings).toMatchObject([{ line: 3 }]);
		});

		it('is read where only the closing one is there, which covers nothing', () => {
			expect(parse('#FLAGGA 0', '#KSUMMA 123').warnings).toEqual([]);
		});

		it('is refused where the closing one is missing', () => {
			expect(refusal(lines.slice(0, 4).join('\n'))).toEqual(['truncated', 4]);
		});
	});

	it('tells a file of vouchers only from a whole ledger, which any figure shows', () => {
		expect(hasBalances(parse('#FLAGGA 0', '#SIETYP 4', '#VER "" "" 20260131', '{', '}'))).toBe(false);
		for (const figure of ['#IB 0 1920 1', '#UB 0 1920 1', '#RES 0 3001 1', '#PSALDO 0 202601 1920 {} 1']) {
			expect([figure, hasBalances(parse('#FLAGGA 0', figure))]).toEqual([figure, true]);
		}
	});

	it('says of a file without #FLAGGA that no program has read it', () => {
		expect(parse('#SIETYP 4').imported).toBe(false);
	});

	it('of a damaged file is kept up to a bound', () => {
		const oddities = parse('#FLAGGA 0', ...Array<string>(1_001).fill('#GEN igår'));
		expect([oddities.warnings.length, oddities.warnings.at(-1)?.line]).toEqual([1_000, 1_001]);
		expect(parse('#FLAGGA 0', ...Array.from({ length: 1_001 }, (_, index) => `#X${index}`)).unknownLabels.size).toBe(1_000);
		const years = parse('#FLAGGA 0', ...Array<string>(101).fill('#RAR 0 20260101 20261231'));
		expect([years.years.length, years.warnings.length]).toEqual([100, 1]);
	});

	it.each([
		[8_192, 0],
		[8_193, 1],
	])('has fields of up to 8192 characters: %d', (length, warnings) => {
		expect(parse('#FLAGGA 0', `#FNAMN ${'x'.repeat(length)}`).warnings).toHaveLength(warnings);
	});

	it('may name a financial year of one day', () => {
		expect(parse('#FLAGGA 0', '#RAR 0 20260101 20260101').years).toEqual([{ index: 0, from: '2026-01-01', to: '2026-01-01' }]);
	});

	it('takes a file without #SIETYP for type 1, or for type 4 where it has vouchers', () => {
		expect(parse('#FLAGGA 0').type).toBe(1);
		expect(parse('#FLAGGA 0', '#VER A 1 20260131', '{', '}').type).toBe(4);
	});

	it('passes over a year without days, and warns of an unreadable date that nothing depends on', () => {
		const file = parse('#FLAGGA 0', '#GEN idag', '#RAR 0  ');
		expect(file.years).toEqual([]);
		expect(file.generated).toEqual({ date: undefined, sign: undefined });
		expect(file.warnings).toEqual([{ line: 2, message: expect.stringContaining('idag') }]);
	});

	it.each(['\n', '\r\n', '\r'])('is read with any line break, blank lines and the DOS end of file', (lineBreak) => {
		const file = parseSie(Buffer.from(['', '#FLAGGA 0', '', '  #FNAMN "A"', '\u001a'].join(lineBreak)));
		expect(file.company.name).toBe('A');
		expect(file.warnings).toEqual([]);
		expect(() => parseSie(Buffer.from(['#FLAGGA 0', '', '', '#IB 0 x'].join(lineBreak)), { strictBalances: true })).toThrow(/Line 4 /);
	});
});
