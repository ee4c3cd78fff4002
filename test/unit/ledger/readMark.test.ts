import { digestOf, keyOfNumber, keyOfOrigin, writeMark, type Mark } from '../../../nodes/shared/ledger/mark';
import { readComments } from '../../../nodes/shared/ledger/readMark';
import { cpuMs } from '../../clock/cpuTime';

const MARK: Mark = { key: keyOfNumber('ALT-7'), digest: digestOf('1', 'x'), number: 'ALT-7' };
const M = writeMark(MARK);
/** As version 0.1 wrote it: without a check. */
const OLD = M.replace(/;z=[0-9a-f]{4}/, '');

/** A change of one character of a hex value. */
const withOtherDigit = (mark: string, field: string): string =>
	mark.replace(
		new RegExp(`(${field}=(?:1\\.)?[0-9a-f]{5})([0-9a-f])`),
		(_, before: string, digit: string) => before + (digit === '0' ? '1' : '0'),
	);

describe.each([
	['this version', M],
	['version 0.1', OLD],
])('a mark of %s', (_, mark) => {
	it.each<[string, string, string]>([
		['text on the next line', `${mark}\nGranskad av Eva`, 'Granskad av Eva'],
		['text on the next line, CRLF', `${mark}\r\nGranskad av Eva`, 'Granskad av Eva'],
		['a note before it', `Granskad av Eva\n${mark}`, 'Granskad av Eva'],
		['a blank before it', ` ${mark}`, ''],
		['a line break before it', `\n${mark}`, ''],
		['text behind it on the same line', `${mark} Granskad av Eva`, ' Granskad av Eva'],
		['blanks behind it', `${mark}  `, ''],
		['no-break blanks behind it', `${mark}\u00a0\u00a0`, ''],
		['notes on both sides', `Eva\n${mark}\nBo`, 'Eva\nBo'],
		['blanks between its fields', mark.replace(/;/g, '; '), ''],
	])('stands with %s', (__, comments, text) => {
		expect(readComments(comments)).toEqual({ mark: MARK, marks: [MARK], damaged: false, cut: false, suspects: [], text });
	});

	it.each<[string, string]>([
		['its last * lost', mark.slice(0, -1)],
		['its last * lost and a note', `${mark.slice(0, -1)}\nGranskad`],
		['its first * lost', mark.slice(1)],
		['a line break after 60 characters', `${mark.slice(0, 60)}\n${mark.slice(60)}`],
		['a line break every 20 characters', mark.replace(/.{20}/g, '$&\r\n')],
		['capitals', mark.toUpperCase()],
		['* as an entity', mark.replace(/\*/g, '&#42;')],
		['* as a hexadecimal and a named entity', mark.replace('*', '&#x2A;').replace(/\*$/, '&ast;')],
		['; and = as entities', mark.replace(/;/g, '&#59;').replace(/=/g, '&#61;')],
		['invisible characters', mark.replace(/(.{9})/g, '$1\u200b')],
		['full width characters', mark.replace('*', '＊').replace('=', '＝')],
		['its end gone', mark.slice(0, mark.indexOf(';n='))],
	])('is recovered with %s', (__, comments) => {
		const read = readComments(comments);
		expect(read.recovered).toMatchObject({ key: MARK.key, digest: MARK.digest });
		expect(read).toMatchObject({ marks: [], damaged: true });
	});

	it.each([
		['a note before it', `Eva\n${mark.slice(1)}`, 'Eva'],
		['a note behind it', `${mark.slice(1)}\nBo`, 'Bo'],
		['a note behind its last *, which is an entity', `${mark.slice(1, -1)}&ast;\nBo`, 'Bo'],
	])('is recovered with its first * lost and %s, which is kept', (__, comments, text) => {
		expect(readComments(comments)).toMatchObject({ recovered: { key: MARK.key, digest: MARK.digest }, text });
	});

	it('is recovered with its last * lost, without a note in its number', () => {
		expect(readComments(`${mark.slice(0, -1)}\nGranskad`).recovered?.number).toBe(MARK.number);
	});

	it.each<[string, string]>([
		['one digit of its key changed', withOtherDigit(mark, 'k')],
		['its key gone', mark.replace(/k=[0-9a-f]+;/, '')],
		['its key cut short', mark.replace(/(k=[0-9a-f]{20})[0-9a-f]+/, '$1')],
	])('is suspected with %s', (__, comments) => {
		const read = readComments(comments);
		expect(read.marks).toEqual([]);
		expect(read.damaged).toBe(true);
		expect(read.suspects).toContain(MARK.key);
	});
});

describe('comments', () => {
	it('notice a changed digest by the check of the mark', () => {
		expect(readComments(withOtherDigit(M, 'd'))).toMatchObject({ marks: [], damaged: true, suspects: [MARK.key, MARK.key] });
	});

	it('may hold several marks', () => {
		const other: Mark = { ...MARK, key: keyOfNumber('B'), number: 'B' };
		expect(readComments(`${M}\n${writeMark(other)}`).marks).toEqual([MARK, other]);
	});

	it('say which entry a reversal reverses, by its key', () => {
		const reversal: Mark = { key: keyOfOrigin('reversal', 'A-17-3'), digest: digestOf('1', 'A-17-3'), reference: 'A-17-3' };
		expect(readComments(writeMark(reversal)).mark?.reverses).toBe('A-17-3');
		expect(readComments(writeMark({ ...reversal, key: keyOfOrigin('sie', 'A-17-3') })).mark?.reverses).toBeUndefined();
	});

	it.each(['Hyra januari', '* viktigt', 'n8n1', 'k=7; d=1.5', 'AT&T &amp; Co &#42;'])('of others are left alone: %s', (text) => {
		expect(readComments(text)).toEqual({ marks: [], damaged: false, cut: false, suspects: [], text });
	});

	it('are read in linear time, whatever is in them', () => {
		const took = cpuMs(() => {
			for (const text of ['*n8n1;', ' ', '*', 'n 8 n 1 ;', '&#42', 'k=0123456789', ';\n']) readComments(text.repeat(100_000));
		});
		expect(took).toBeLessThan(1000);
	});
});

it.each(['1', '2', '13'])('what is left of a mark whose digest is of version %s is noticed', (version) => {
	const left = writeMark({ ...MARK, digest: digestOf(version, 'x') }).replace(/^.*;d=/, 'd=');
	expect(readComments(left)).toMatchObject({ marks: [], damaged: true });
});
