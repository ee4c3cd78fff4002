import { parse, rows, refusal } from './parsing';

describe('rows', () => {
	it('read Fortnox’s own way of writing them', () => {
		expect(rows('#TRANS 1920 {} -1.85 "" "" 0').rows).toEqual([{ line: 4, account: '1920', objects: [], amount: -185, quantity: 0 }]);
	});

	it('read every field', () => {
		expect(rows('\t#TRANS  3010  {1 "K1" 6 "P 2"}  -1250.5\t20260130 "Såld \\"vara\\"" -3.25 "Åsa B"').rows).toEqual([
			{
				line: 4,
				account: '3010',
				objects: [
					{ dimension: 1, object: 'K1' },
					{ dimension: 6, object: 'P 2' },
				],
				amount: -125050,
				date: '2026-01-30',
				text: 'Såld "vara"',
				quantity: -3.25,
				sign: 'Åsa B',
			},
		]);
	});

	it.each([
		['{}', []],
		['{ }', []],
		['{1 K1}', [{ dimension: 1, object: 'K1' }]],
		['{"1" "K1"}', [{ dimension: 1, object: 'K1' }]],
		[
			'{ "1" "K1" "6" "P1"}',
			[
				{ dimension: 1, object: 'K1' },
				{ dimension: 6, object: 'P1' },
			],
		],
		[
			'{1 "2"\t10 "21" }',
			[
				{ dimension: 1, object: '2' },
				{ dimension: 10, object: '21' },
			],
		],
		['{6 "a}b"}', [{ dimension: 6, object: 'a}b' }]],
	])('read the object list %s', (list, objects) => {
		expect(rows(`#TRANS 1920 ${list} 1`).rows[0]?.objects).toEqual(objects);
	});

	it.each([
		['0', 0],
		['-0.00', 0],
		['1', 100],
		['+1.5', 150],
		['-.5', -50],
		['12.', 1200],
		['1.500', 150],
		['"99.99"', 9999],
		['-90071992547409.91', -9007199254740991],
	])('read the amount %s as %d öre', (written, ore) => {
		expect(rows(`#TRANS 1920 {} ${written}`).rows[0]?.amount).toBe(ore);
	});

	it.each(['', 'abc', '1,50', '1.505', '--1', '-', '.', '1e3', '""', '90071992547409.92', '1.5.0', '1}'])(
		'refuse the amount «%s»',
		(written) => {
			expect(refusal(`#FLAGGA 0\n#VER A 1 20260131\n{\n#TRANS 1920 {} ${written}\n}`)).toEqual(['bad_amount', 4]);
		},
	);

	it.each([
		['', 'the amount is missing;'],
		['1,50', 'the amount "1,50" can\'t be read;'],
	])('say of the amount «%s» what is wrong', (written, words) => {
		expect(() => rows(`#TRANS 1920 {} ${written}`)).toThrow(words);
	});

	it('count an added row and its repetition once, and leave removed rows out', () => {
		const voucher = rows(
			'#TRANS 2641 {} 16.81',
			'#BTRANS 1910 {} -157.00 20260102 "" "" "2 Christer"',
			'#RTRANS 1920 {} -157.00 20260102 "" "" "2 Christer"',
			'#TRANS 1920 {} -157.00 20260131',
			'#TRANS 7690 {} 140.19',
		);
		expect(voucher.rows.map(({ account, amount, added }) => [account, amount, added])).toEqual([
			['2641', 1681, undefined],
			['1920', -15700, true],
			['7690', 14019, undefined],
		]);
		expect(voucher.removed.map(({ account, sign }) => [account, sign])).toEqual([['1910', '2 Christer']]);
		expect(voucher.difference).toBe(0);
		expect(voucher.warnings).toEqual([]);
	});

	it('count each of two equal added rows, and a third that is no repetition', () => {
		const pair = ['#RTRANS 1920 {} 5.00', '#TRANS 1920 {} 5.00'];
		expect(rows(...pair, ...pair, '#TRANS 1920 {} 5.00').rows).toHaveLength(3);
	});

	it('count an added row that is not repeated, with a warning', () => {
		const voucher = rows('#RTRANS 1920 {} 5.00', '#TRANS 3010 {} -5.00');
		expect(voucher.rows).toHaveLength(2);
		expect(voucher.warnings).toEqual([{ line: 4, message: expect.stringContaining('not repeated') }]);
	});

	it('are repeated within their own voucher only', () => {
		const file = parse(
			'#VER A 1 20260131',
			'{',
			'#RTRANS 1920 {} 5.00',
			'#TRANS 3010 {} -5.00',
			'}',
			'#VER A 2 20260131',
			'{',
			'#TRANS 1920 {} 5.00',
			'#TRANS 3010 {} -5.00',
			'}',
		);
		expect(file.vouchers.map(({ rows: each }) => each.length)).toEqual([2, 2]);
		expect(file.warnings).toHaveLength(1);
	});

	it('pass over unknown labels and further fields, as the standard requires', () => {
		expect(rows('#NYHET 1 2', '#TRANS 1920 {} 5.00 "" "" 0 "" "something new"').rows).toHaveLength(1);
	});
});

describe('quoted fields', () => {
	const text = (field: string) => rows(`#TRANS 1920 {} 1 "" ${field} 2`).rows[0];

	it.each([
		['"a b"', 'a b'],
		['plain', 'plain'],
		['"say \\"hi\\""', 'say "hi"'],
		['"\\"\\""', '""'],
		['"1820\\A012 Cykel"', '1820\\A012 Cykel'],
		['"{not} a list"', '{not} a list'],
		['"#VER"', '#VER'],
		['38500*0,043*25', '38500*0,043*25'],
		['a}b', 'a}b'],
		['"Ç"', 'Ç'],
		['Ç', 'Ç'],
	])('%s is %s', (field, expected) => {
		expect(text(field)).toMatchObject({ text: expected, quantity: 2 });
	});

	it('may end with a backslash, which SIE does not escape', () => {
		expect(text('"C:\\data\\"')).toMatchObject({ text: 'C:\\data\\', quantity: 2 });
		expect(parse('#FLAGGA 0', '#FNAMN "C:\\data files\\"').company.name).toBe('C:\\data files\\');
		expect(text('"\\"Räksmörgås på C:\\"')).toMatchObject({ text: '"Räksmörgås på C:\\', quantity: 2 });
		expect(rows('#TRANS 1920 {} 1 "" "a b\\" "" "Åsa"').rows[0]).toMatchObject({ text: 'a b\\', sign: 'Åsa' });
	});

	it('may hold a quotation mark that lacks its backslash, with a warning', () => {
		const file = parse('#FLAGGA 0', '#KONTO 1288 "F"rskott till Lind"');
		expect(file.accounts.get('1288')?.name).toBe('F"rskott till Lind');
		expect(file.warnings).toEqual([{ line: 2, message: expect.stringContaining('quotation mark') }]);
	});

	it('are warned of once on each line', () => {
		const file = parse('#FLAGGA 0', '#KONTO 1288 "F"rsk"tt"', '#KONTO 1289 "F"rsk"tt"');
		expect(file.warnings.map(({ line }) => line)).toEqual([2, 3]);
	});

	it('end behind a mark that has its backslash, though one before it lacks it', () => {
		expect(parse('#FLAGGA 0', '#KONTO 1288 "F"rskott 3\\" lang"').accounts.get('1288')?.name).toBe('F"rskott 3" lang');
	});

	it('alone have their backslashes undoubled', () => {
		expect(rows('#TRANS 1920 {} 1 "" "say \\"hi\\"" 1 C:\\\\temp').rows[0]).toMatchObject({ text: 'say "hi"', sign: 'C:\\\\temp' });
	});

	it('are refused where such a mark leaves it open where the text ends', () => {
		expect(refusal('#FLAGGA 0\n#VER A 1 20260131\n{\n#TRANS 1920 {} 1 "" "say "hi" to" 2\n}')).toEqual(['unescaped_quote', 4]);
	});
});
