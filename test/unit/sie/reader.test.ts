import { SieError, type SieErrorReason, parseSie, readSie } from '../../../nodes/shared/ledger/sie';
import { encodeCp437 } from '../../../sandbox/company/sie/cp437';
import { endsWithLineBreak, wholeLines } from '../../../nodes/shared/ledger/sie/windows';
import { parse, rows, refusal } from './parsing';

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
		const named = (name: string) => () => parse('#FLAGGA 0', `#VER ${name} 20260131`, '{', '#TRANS 1920 {} -1', '}');
		expect(named('A ""')).toThrow('voucher A of 2026-01-31 does not balance; its rows sum to -1.00.');
		expect(named('"" ""')).toThrow('voucher without a number of 2026-01-31');
	});

	it('of a file of another type are handed on where that is asked for', () => {
		const bytes = Buffer.from('#FLAGGA 0\n#SIETYP 2\n#VER A 1 20260131\n{\n}\n');
		expect(parseSie(bytes, { allowAnyType: true })).toMatchObject({ type: 2, vouchers: [{ number: '1' }] });
	});

	it('are handed on while a large file is being read, of which the first megabyte tells the encoding', () => {
		const piece = Buffer.concat([
			Buffer.from('#VER A 1 20260131 "F\u00f6rs\u00e4ljning"\n{\n#TRANS 1920 {} 0\n}\n', 'latin1'),
			Buffer.from(`#PROSA ${'x'.repeat(16_000)}\n`.repeat(4)),
		]);
		let given = 0;
		function* pieces(): Generator<Buffer> {
			yield Buffer.from(`#FLAGGA 0\n#PROSA ${'x'.repeat(20_000)}\n`);
			for (; given < 30; given++) yield piece;
		}
		const givenAt: number[] = [];
		const head = readSie(pieces(), () => givenAt.push(given));
		expect([head.encoding, givenAt.length]).toEqual(['windows-1252', 30]);
		// A megabyte is 17 pieces.
		expect(givenAt[0]).toBeGreaterThan(14);
		expect(givenAt[0]).toBeLessThan(19);
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
		['type 14', `${head}#SIETYP 14`, 'wrong_type', 2],
		['type 41', `${head}#SIETYP 41`, 'wrong_type', 2],
		['vouchers in type 2', `${head}#SIETYP 2\n#VER A 1 20260131\n{\n}`, 'wrong_type', 3],
		['an object list without end', `${ver}{\n#TRANS 1920 {1 "K1" 1.00\n}`, 'bad_object_list', 4],
		['an object list that is cut off', `${ver}{\n#TRANS 1920 {1 "K1"\n}`, 'unterminated_object_list', 4],
		['a dimension without an object', `${ver}{\n#TRANS 1920 {1} 1.00\n}`, 'bad_object_list', 4],
		['a dimension that is no number', `${ver}{\n#TRANS 1920 {K1 1} 1.00\n}`, 'bad_object_list', 4],
		['a dimension with a letter behind it', `${ver}{\n#TRANS 1920 {1K 1} 1.00\n}`, 'bad_object_list', 4],
		['an endless object list', `${ver}{\n#TRANS 1920 {${'1 a '.repeat(1000)}} 1.00\n}`, 'bad_object_list', 4],
		['a row without account', `${ver}{\n#TRANS "" {} 1.00\n}`, 'missing_account', 4],
		['a day that is none', `${head}#VER A 1 20260230`, 'bad_date', 2],
		['a voucher without date', `${head}#VER A 1`, 'bad_date', 2],
		['a short date', `${head}#VER A 1 260131`, 'bad_date', 2],
		['a bad date in a row', `${ver}{\n#TRANS 1920 {} 1.00 20261301\n}`, 'bad_date', 4],
		['a quantity that is no number', `${ver}{\n#TRANS 1920 {} 1.00 "" "" många\n}`, 'bad_number', 4],
		['a quantity with its unit', `${ver}{\n#TRANS 1920 {} 1.00 "" "" 3st\n}`, 'bad_number', 4],
		['a quantity behind a letter', `${ver}{\n#TRANS 1920 {} 1.00 "" "" x3\n}`, 'bad_number', 4],
		['a text that ends anywhere before the registration', `${head}#VER A 1 20260131 "say "hi" to" 20260202`, 'unescaped_quote', 2],
		['text inside a voucher', `${ver}{\nhello\n}`, 'unexpected_text', 4],
		['a row outside vouchers', `${head}#TRANS 1920 {} 1.00`, 'row_outside_voucher', 2],
		['a row before the brace', `${ver}#TRANS 1920 {} 1.00`, 'missing_opening_brace', 3],
		['a label of others before the brace', `${ver}#NYHET 1`, 'missing_opening_brace', 3],
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

	it.each(['\n', '\r', '\r\n'])('hands lines on as they come, whichever line break they have: %j', (lineBreak) => {
		const lines = ['#A', '#B', '#C', '#D'].map((line) => line + lineBreak);
		const pieces = lines.map((line) => Buffer.from(line));
		const windows = [...wholeLines(pieces, 1)].map((window) => window.toString());
		// Whether a CR is whole shows the next character.
		expect(windows).toEqual(lines);
	});
});

describe('what no entry needs', () => {
	const voucher = '#VER A 1 20260131 Kassa\n{\n#TRANS 1920 {} 1\n#TRANS 3001 {} -1\n}\n';

	it.each([
		['text between vouchers', 'hello'],
		['text with a slash and something like a comment', '/ rad; två'],
		['text with a hyphen and something like a comment', '- rad -- två'],
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
		['a dimension behind a letter', '#DIM X1 Namn'],
		['a dimension with a letter behind it', '#DIM 1X Namn'],
		['a day of the export that is none', '#GEN i_går'],
	])('%s is passed over, and told', (_, line) => {
		const file = parseSie(Buffer.from(`#FLAGGA 0\n${line}\n${voucher}`));
		expect(file.vouchers).toHaveLength(1);
		expect(file.warnings.map((warning) => warning.message).join()).toMatch(/left out/);
	});

	it('but a balance is refused where balances are what is read', () => {
		for (const line of ['#IB 0 1119 ""', '#UB 0 x y', '#RES 0 3001', '#OIB 0 1920 {1 K} x', '#OUB x', '#PSALDO 0 1 2 3']) {
			expect(() => parseSie(Buffer.from(`#FLAGGA 0\n${line}\n${voucher}`), { strictBalances: true })).toThrow(/^Line 2 /);
		}
		expect(parseSie(Buffer.from('#FLAGGA 0\n#PBUDGET 0 3001 202601\n'), { strictBalances: true }).periodBudgets).toEqual([]);
	});

	it.each(['// en kommentar', '; kommentar', '* kommentar', '-- kommentar', "' kommentar"])(
		'comments such as "%s" are none of the file’s lines',
		(comment) => {
			const file = parseSie(Buffer.from(`${comment}\n#FLAGGA 0\n${voucher.replace('{\n', `{\n${comment}\n`)}${comment}\n`));
			expect(file.vouchers[0]?.rows).toHaveLength(2);
			expect(file.warnings).toEqual([]);
		},
	);
});

describe('dialects', () => {
	it('labels may be in any case', () => {
		const file = parseSie(
			Buffer.from(
				'#Flagga 0\n#Sietyp 4\n#Orgnr 559900-1012\n#konto 1920 PlusGiro\n#Ver A 1 20260131 Kassa\n{\n#Trans 1920 {} 1\n#trans 3001 {} -2\n#rtrans 3001 {} 1\n#Trans 3001 {} 1\n#btrans 3001 {} 9\n}\n',
			),
		);
		expect(file.vouchers[0]).toMatchObject({
			rows: [{ amount: 100 }, { amount: -200 }, { amount: 100, added: true }],
			removed: [{ amount: 900 }],
		});
		expect(file.company.organisationNumber).toBe('559900-1012');
		expect(file.accounts.get('1920')?.name).toBe('PlusGiro');
		expect(file.unknownLabels.size).toBe(0);
	});

	it.each(['4I', '4E', '"4i"', '4', '04', 'SIE4', '"SIE 4"', '" 4 "'])('#SIETYP %s is type 4', (type) => {
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

	it.each(['1', '1 "" "Kassa"', '1 "" "Kassa" 2', '1 "" "Kassa" 2 Åsa'])('a row of %s closes its voucher', (fields) => {
		const lines = (label: string) => ['#VER A 1 20260131', '{', '#TRANS 1920 {} -1', `${label} 3001 {} ${fields} }`];
		for (const label of ['#TRANS', '#RTRANS']) {
			const [voucher] = parse('#FLAGGA 0', ...lines(label), '#VER A 2 20260131', '{', '}').vouchers;
			expect([label, voucher?.rows.length, voucher?.difference]).toEqual([label, 2, 0]);
		}
		const [voucher] = parse('#FLAGGA 0', ...lines('#BTRANS').toSpliced(2, 1)).vouchers;
		expect(voucher).toMatchObject({ rows: [], removed: [{ amount: 100 }] });
	});

	it('days of zeros are none', () => {
		const file = parse('#FLAGGA 0', '#VER A 1 20260131 "Kassa" 0', '{', '}', '#VER A 2 20260131 "Kassa" 00000000', '{', '}');
		expect(file.vouchers.map(({ registered }) => registered)).toEqual([undefined, undefined]);
		expect(file.warnings).toEqual([]);
	});

	it('a text may stand in the place of a row’s day', () => {
		expect(rows('#TRANS 1920 {} 1 "Swish 20260131"').rows[0]).toMatchObject({ text: 'Swish 20260131' });
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

	it('a text is also kept as it was written where its backslashes are doubled, and only there', () => {
		const written = ['"C:\\\\Kvitton"', '"C:\\\\ \\"Å\\""', '"sa \\"hej\\""', '"Kassa"'];
		const read = rows(...written.map((text) => `#TRANS 1920 {} 1 "" ${text}`)).rows;
		expect(read.map(({ writtenText }) => writtenText)).toEqual(['C:\\\\Kvitton', 'C:\\\\ "Å"', undefined, undefined]);
		const vouchers = parse('#FLAGGA 0', ...written.flatMap((text) => [`#VER A 1 20260131 ${text}`, '{', '}'])).vouchers;
		expect(vouchers.map(({ writtenText }) => writtenText)).toEqual(read.map(({ writtenText }) => writtenText));
	});
});
