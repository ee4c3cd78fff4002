import { SieError, type SieErrorReason, hasBalances, parseSie, readSie } from '../../../nodes/shared/ledger/sie';
import { encodeCp437 } from '../../../sandbox/company/sie/cp437';
import { endsWithLineBreak, wholeLines } from '../../../nodes/shared/ledger/sie/windows';

function parse(...lines: string[]) {
	return parseSie(encodeCp437(lines.join('\r\n')));
}

/** The only voucher of a file whose voucher has these rows; it need not balance. */
function rows(...lines: string[]) {
	const file = parseSie(encodeCp437(['#FLAGGA 0', '#VER A 1 20260131 "Text"', '{', ...lines, '}'].join('\n')), {
		allowUnbalanced: true,
	});
	const [voucher] = file.vouchers;
	if (!voucher) throw new Error('no voucher');
	return { ...voucher, warnings: file.warnings };
}

function refusal(bytes: string | Buffer): [SieErrorReason, number] {
	try {
		parseSie(typeof bytes === 'string' ? encodeCp437(bytes) : bytes);
	} catch (error) {
		if (!(error instanceof SieError)) throw error;
		expect(error.message).toContain(`Line ${error.line} of the SIE file`);
		return [error.reason, error.line];
	}
	throw new Error('the file was read');
}

describe('rows', () => {
	it('read Fortnox’s own way of writing them', () => {
		expect(rows('#TRANS 1920 {} -1.85 "" "" 0').rows).toEqual([
			{ line: 4, account: '1920', objects: [], amount: -185, quantity: 0 },
		]);
	});

	it('read every field', () => {
		expect(
			rows('\t#TRANS  3010  {1 "K1" 6 "P 2"}  -1250.5\t20260130 "Såld \\"vara\\"" -3.25 "Åsa B"').rows,
		).toEqual([
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

	it.each(['', 'abc', '1,50', '1.505', '--1', '-', '.', '1e3', '""', '90071992547409.92', '1.5.0'])(
		'refuse the amount «%s»',
		(written) => {
			expect(refusal(`#FLAGGA 0\n#VER A 1 20260131\n{\n#TRANS 1920 {} ${written}\n}`)).toEqual(['bad_amount', 4]);
		},
	);

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

	it('are refused where such a mark leaves it open where the text ends', () => {
		expect(refusal('#FLAGGA 0\n#VER A 1 20260131\n{\n#TRANS 1920 {} 1 "" "say "hi" to" 2\n}')).toEqual([
			'unescaped_quote',
			4,
		]);
	});
});

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
		const lines = [
			'#FLAGGA 0',
			'#KSUMMA',
			'#FNAMN  "Bo \\"Å\\" AB"',
			'#OIB 0 1930 {1 "K 1"} 5',
			'#KSUMMA 942565285',
		];

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

	it('tells a file of vouchers only from a whole ledger', () => {
		expect(hasBalances(parse('#FLAGGA 0', '#SIETYP 4', '#VER "" "" 20260131', '{', '}'))).toBe(false);
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
		expect(() => parseSie(Buffer.from(['#FLAGGA 0', '', '', '#IB 0 x'].join(lineBreak)), { strictBalances: true })).toThrow(/Line 4 /);
	});
});

describe('vouchers', () => {
	it('read every field', () => {
		expect(parse('#FLAGGA 0', '#VER K 17 20260131 "Lön, januari" 20260202 "Åsa"', '{', '}').vouchers).toEqual([
			{
				line: 2,
				series: 'K',
				number: '17',
				date: '2026-01-31',
				text: 'Lön, januari',
				registered: '2026-02-02',
				sign: 'Åsa',
				rows: [],
				removed: [],
				difference: 0,
			},
		]);
	});

	it('may leave series and number to the receiving program', () => {
		expect(parse('#FLAGGA 0', '#VER "" "" 20260131', '{', '}').vouchers[0]).toMatchObject({
			series: '',
			number: '',
			date: '2026-01-31',
		});
	});

	it('are handed on with what the file has said so far', () => {
		const seen: Array<[string, string | undefined]> = [];
		const bytes = encodeCp437('#FLAGGA 0\n#FNAMN "Bolaget"\n#VER A 1 20260131\n{\n}\n#VER A 2 20260131\n{\n}\n');
		const head = readSie(bytes, (voucher, { company }) => seen.push([voucher.number, company.name]));
		expect(seen).toEqual([
			['1', 'Bolaget'],
			['2', 'Bolaget'],
		]);
		expect(head).not.toHaveProperty('vouchers');
	});

	it('that don’t balance are refused by name, or handed on where that is asked for', () => {
		const bytes = Buffer.from('#FLAGGA 0\n#VER A 17 20260131\n{\n#TRANS 1920 {} 1.00\n#TRANS 3010 {} -0.99\n}\n');
		expect(refusal(bytes)).toEqual(['unbalanced_voucher', 2]);
		expect(() => parseSie(bytes)).toThrow('voucher A 17 of 2026-01-31 does not balance; its rows sum to 0.01.');
		expect(parseSie(bytes, { allowUnbalanced: true }).vouchers[0]?.difference).toBe(1);
	});

	it('carry the code of the unified model when refused', () => {
		const codeOf = (text: string) => {
			try {
				parseSie(Buffer.from(text));
			} catch (error) {
				return error instanceof SieError ? error.problems[0]?.code : undefined;
			}
			return undefined;
		};
		expect(codeOf('#VER A 1 20260131\n{\n#TRANS 1920 {} 1\n}')).toBe('ERROR_ENTRY_NOT_BALANCED');
		expect(codeOf('#VER A 1 x')).toBe('ERROR_DATA_VALIDATION');
	});
});

describe('bad files', () => {
	const head = '#FLAGGA 0\n';
	const ver = `${head}#VER A 1 20260131\n`;

	it.each<[string, string | Buffer, SieErrorReason, number]>([
		['nothing', '', 'empty', 1],
		['blank lines only', '\n \r\n', 'empty', 2],
		['a text', 'Hello\n#FLAGGA 0', 'not_sie', 1],
		['SIE 5', '<?xml version="1.0"?>', 'not_sie', 1],
		['a zip file', Buffer.from('504b0304140000000800', 'hex'), 'not_sie', 1],
		['UTF-16', Buffer.from('\ufeff#FLAGGA 0\n', 'utf16le'), 'not_sie', 1],
		['a line without end', `${head}#${'x'.repeat(3_000_000)}`, 'not_sie', 2],
		['type 5', `${head}#SIETYP 5`, 'wrong_type', 2],
		['no type', `${head}#SIETYP`, 'wrong_type', 2],
		['vouchers in type 2', `${head}#SIETYP 2\n#VER A 1 20260131\n{\n}`, 'wrong_type', 3],
		['an object list without end', `${ver}{\n#TRANS 1920 {1 "K1" 1.00\n}`, 'bad_object_list', 4],
		['an object list that is cut off', `${ver}{\n#TRANS 1920 {1 "K1"\n}`, 'unterminated_object_list', 4],
		['a dimension without an object', `${ver}{\n#TRANS 1920 {1} 1.00\n}`, 'bad_object_list', 4],
		['a dimension that is no number', `${ver}{\n#TRANS 1920 {K1 1} 1.00\n}`, 'bad_object_list', 4],
		['an endless object list', `${ver}{\n#TRANS 1920 {${'1 a '.repeat(1000)}} 1.00\n}`, 'bad_object_list', 4],
		['a row without account', `${ver}{\n#TRANS "" {} 1.00\n}`, 'missing_account', 4],
		['a day that is none', `${head}#VER A 1 20260230`, 'bad_date', 2],
		['a voucher without date', `${head}#VER A 1`, 'bad_date', 2],
		['a short date', `${head}#VER A 1 260131`, 'bad_date', 2],
		['a bad date in a row', `${ver}{\n#TRANS 1920 {} 1.00 20261301\n}`, 'bad_date', 4],
		['a quantity that is no number', `${ver}{\n#TRANS 1920 {} 1.00 "" "" många\n}`, 'bad_number', 4],
		['text inside a voucher', `${ver}{\nhello\n}`, 'unexpected_text', 4],
		['a row outside vouchers', `${head}#TRANS 1920 {} 1.00`, 'row_outside_voucher', 2],
		['a row before the brace', `${ver}#TRANS 1920 {} 1.00`, 'missing_opening_brace', 3],
		['a voucher without braces', `${ver}#VER A 2 20260131`, 'missing_opening_brace', 3],
		['a voucher that is not closed', `${ver}{\n#TRANS 1920 {} 0\n#VER A 2 20260131`, 'missing_closing_brace', 5],
		['a brace out of place', `${head}{`, 'unexpected_brace', 2],
		['a closing brace out of place', `${head}}`, 'unexpected_brace', 2],
		['a second brace', `${ver}{\n{`, 'unexpected_brace', 4],
		['an end inside a voucher', `${ver}{\n#TRANS 1920 {} 1.00\n`, 'truncated', 4],
		['an end after #VER', ver, 'truncated', 2],
	])('%s', (_, bytes, reason, line) => {
		expect(refusal(bytes)).toEqual([reason, line]);
	});
});

describe('wholeLines', () => {
	it('never cuts a line or a CRLF, wherever windows end', () => {
		const bytes = Buffer.from('#A\r\n#BB\r\n\r\n#CCC\n#D\r#EEEE\r\r\n#F');
		for (let size = 1; size <= bytes.length + 1; size++) {
			const windows = [...wholeLines(bytes, size)];
			expect(Buffer.concat(windows).toString()).toBe(`${bytes.toString()}\n`);
			for (const window of windows) expect(endsWithLineBreak(window)).toBe(true);
			for (const window of windows) expect(window[0]).not.toBe(10);
		}
	});
});

describe('what no entry needs', () => {
	const voucher = '#VER A 1 20260131 Kassa\n{\n#TRANS 1920 {} 1\n#TRANS 3001 {} -1\n}\n';

	it.each([
		['text between vouchers', 'hello'],
		['a text over two lines', '#FNAMN "Bola\nget"'],
		['an account without number', '#KONTO'],
		['half a year', '#RAR 0 20260101'],
		['a year that ends first', '#RAR -1 20261231 20260101'],
		['a day of a year that it does not have', '#RAR -1 20250229 20251231'],
		['a month that is none', '#PSALDO 0 202613 1920 {} 1'],
		['a budget with its fields in another order', '#PBUDGET 0 3001 202601'],
		['a balance of a year that is no number', '#IB x 1920 1'],
		['a balance without an amount', '#IB 0 1119 ""'],
		['a dimension that is no number', '#DIM X Namn'],
		['a day of the export that is none', '#GEN i_går'],
	])('%s is passed over, and told', (_, line) => {
		const file = parseSie(Buffer.from(`#FLAGGA 0\n${line}\n${voucher}`));
		expect(file.vouchers).toHaveLength(1);
		expect(file.warnings.map((warning) => warning.message).join()).toMatch(/left out/);
	});

	it('but a balance is refused where balances are what is read', () => {
		for (const line of ['#IB 0 1119 ""', '#UB 0 x y', '#PSALDO 0 1 2 3']) {
			expect(() => parseSie(Buffer.from(`#FLAGGA 0\n${line}\n${voucher}`), { strictBalances: true })).toThrow(/^Line 2 /);
		}
		expect(parseSie(Buffer.from('#FLAGGA 0\n#PBUDGET 0 3001 202601\n'), { strictBalances: true }).periodBudgets).toEqual([]);
	});

	it.each([
		'// en kommentar',
		'; kommentar',
		'* kommentar',
		'-- kommentar',
		"' kommentar",
	])('comments such as "%s" are none of the file’s lines', (comment) => {
		const file = parseSie(Buffer.from(`${comment}\n#FLAGGA 0\n${voucher.replace('{\n', `{\n${comment}\n`)}${comment}\n`));
		expect(file.vouchers[0]?.rows).toHaveLength(2);
		expect(file.warnings).toEqual([]);
	});
});

describe('dialects', () => {
	it('labels may be in any case', () => {
		const file = parseSie(Buffer.from('#Flagga 0\n#Sietyp 4\n#Orgnr 559900-1012\n#konto 1920 PlusGiro\n#Ver A 1 20260131 Kassa\n{\n#Trans 1920 {} 1\n#trans 3001 {} -2\n#rtrans 3001 {} 1\n#Trans 3001 {} 1\n#btrans 3001 {} 9\n}\n'));
		expect(file.vouchers[0]).toMatchObject({
			rows: [{ amount: 100 }, { amount: -200 }, { amount: 100, added: true }],
			removed: [{ amount: 900 }],
		});
		expect(file.company.organisationNumber).toBe('559900-1012');
		expect(file.accounts.get('1920')?.name).toBe('PlusGiro');
		expect(file.unknownLabels.size).toBe(0);
	});

	it.each(['4I', '4E', '"4i"', '4'])('#SIETYP %s is type 4', (type) => {
		expect(parseSie(Buffer.from(`#FLAGGA 0\n#SIETYP ${type}\n`)).type).toBe(4);
	});

	it('days may be written with dashes', () => {
		const file = parseSie(Buffer.from('#FLAGGA 0\n#GEN 2026-08-01\n#RAR 0 2026-01-01 2026-12-31\n#VER A 1 2026-07-05 Kassa\n{\n}\n'));
		expect(file).toMatchObject({
			generated: { date: '2026-08-01' },
			years: [{ from: '2026-01-01' }],
			vouchers: [{ date: '2026-07-05' }],
			warnings: [],
		});
	});

	it.each([
		'#VER A 1 20260131 "Kassa" {',
		'#VER A 1 20260131 {',
		'#VER A 1 20260131 "Kassa" 20260201 {',
		'#VER A 1 20260131 "Kassa"{',
		'#VER A 1 20260131 "Kassa" 20260201 Åsa {',
	])('%s opens its voucher', (line) => {
		const [voucher] = parse('#FLAGGA 0', line, '#TRANS 1920 {} 1', '#TRANS 3001 {} -1', '}').vouchers;
		expect(voucher).toMatchObject({ number: '1', date: '2026-01-31', rows: [{}, {}] });
		expect(voucher?.text).toBe(line.includes('Kassa') ? 'Kassa' : undefined);
	});

	it.each([
		['"C:\\\\Kvitton"', 'C:\\Kvitton'],
		['"C:\\Kvitton"', 'C:\\Kvitton'],
		['"C:\\Kvitton\\\\"', 'C:\\Kvitton\\'],
		['"C:\\Kvitton\\"', 'C:\\Kvitton\\'],
		['"sa \\"hej\\""', 'sa "hej"'],
	])('backslashes of the text %s are read as Fortnox writes them and as the standard does', (written, text) => {
		const [row] = rows(`#TRANS 1920 {} 1 "" ${written} 1`).rows;
		expect(row).toMatchObject({ text, quantity: 1 });
	});
});
