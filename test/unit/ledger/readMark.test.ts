import { checkOf, digestOf, keyOfNumber, keyOfOrigin, writeMark, type Mark, type ReversalPurpose } from '../../../nodes/shared/ledger/mark';
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
		['two lines of text', `${mark} \t\nEva\n\nBo`, 'Eva\n\nBo'],
		['two lines of text behind it', `${mark} Eva\n\nBo`, ' Eva\n\nBo'],
		['blanks behind it', `${mark}  `, ''],
		['no-break blanks behind it', `${mark}\u00a0\u00a0`, ''],
		['notes on both sides', `Eva\n${mark}\nBo`, 'Eva\nBo'],
		['a note before it, and blanks', ` Eva \n\n${mark} \n`, 'Eva'],
		['blanks between its fields', mark.replace(/;/g, '; '), ''],
	])('stands with %s', (__, comments, text) => {
		expect(readComments(comments)).toEqual({ mark: MARK, marks: [MARK], damaged: false, cut: false, suspects: [], text });
	});

	const recovered = { recovered: MARK, marks: [], damaged: true, suspects: [MARK.key, MARK.key], text: '' };

	it.each<[string, string]>([
		['its last * lost', mark.slice(0, -1)],
		['its last * lost and a note', `${mark.slice(0, -1)}\nGranskad`],
		['its beginning and its last * lost', mark.slice(mark.indexOf('k=') - 1, -1)],
	])('is recovered, and known to be cut, with %s', (__, comments) => {
		expect(readComments(comments)).toEqual({ ...recovered, cut: true });
	});

	it.each<[string, string]>([
		['its first * lost', mark.slice(1)],
		['its first * lost, and a * before it', `* ${mark.slice(1)}`],
		['a line break after 60 characters', `${mark.slice(0, 60)}\n${mark.slice(60)}`],
		['a line break every 20 characters', mark.replace(/.{20}/g, '$&\r\n')],
		['capitals', mark.toUpperCase()],
		['* as an entity', mark.replace(/\*/g, '&#42;')],
		['* as a hexadecimal and a named entity', mark.replace('*', '&#x2A;').replace(/\*$/, '&ast;')],
		['; and = as entities', mark.replace(/;/g, '&#59;').replace(/=/g, '&#61;')],
		['invisible characters', mark.replace(/(.{9})/g, '$1\u200b')],
		['full width characters', mark.replace('*', '＊').replace('=', '＝')],
		['a line break in its number', mark.replace('ALT-7', 'AL\nT-7')],
	])('is recovered with %s', (__, comments) => {
		expect(readComments(comments)).toEqual({ ...recovered, cut: false });
	});

	it('is recovered without its number where its end is gone', () => {
		const { key, digest } = MARK;
		const left = mark.slice(0, mark.indexOf(';n='));
		expect(readComments(left)).toEqual({ recovered: { key, digest }, marks: [], damaged: true, cut: true, suspects: [key], text: '' });
	});

	it.each([
		['a note before it', `Eva\n${mark.slice(1)}`, 'Eva'],
		['a note behind it', `${mark.slice(1)}\nBo`, 'Bo'],
		['notes on both sides in its line', `Eva ${mark.slice(1)} Bo`, 'Eva\n Bo'],
		['a note behind its last *, which is an entity', `${mark.slice(1, -1)}&ast;\nBo`, 'Bo'],
	])('is recovered with its first * lost and %s, which is kept', (__, comments, text) => {
		expect(readComments(comments)).toMatchObject({ recovered: MARK, text });
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

	it.each<[string, string]>([
		['a digit too many in its key', mark.replace(/k=[0-9a-f]+/, '$&0')],
		['something before its key', mark.replace('k=', 'k=x')],
		['a digit too many in its digest', mark.replace(/d=[0-9.a-f]+/, '$&0')],
		['something before its digest', mark.replace('d=', 'd=x')],
		['no digest', mark.replace(/d=[0-9.a-f]+;/, '')],
	])('is not put together again, and suspected, with %s', (__, comments) => {
		const read = readComments(comments);
		expect(read).toMatchObject({ marks: [], damaged: true, cut: false, text: '' });
		expect(read.recovered).toBeUndefined();
		expect(read.suspects).toContain(MARK.key);
	});

	it('with a changed copy beside it is the one that counts', () => {
		const copy = withOtherDigit(mark, 'k');
		const changed = expect.objectContaining({ number: 'ALT-7', digest: MARK.digest });
		const read = { mark: MARK, marks: [MARK], recovered: changed, damaged: true, cut: false, text: 'Eva\nBo' };
		expect(readComments(`${mark}\nEva\n${copy}\nBo`)).toMatchObject(read);
		expect(readComments(`${copy}\nEva\n${mark}\nBo`)).toMatchObject(read);
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
		expect(readComments(writeMark({ ...reversal, number: '7' })).mark?.reverses).toBeUndefined();
	});

	it.each(['A-17', 'a-17-3', 'x A-17-3', 'A-17-3 x', 'Å-17-3', 'ABCDEFGHIJK-17-3'])('name no entry that is reversed in %s', (reference) => {
		const mark: Mark = { key: keyOfOrigin('reversal', reference), digest: digestOf('1', reference), reference };
		expect(readComments(writeMark(mark)).mark).toEqual(mark);
	});

	it.each<[string, string, ReversalPurpose | undefined]>([
		['planned', ';y=p;z=', 'planned'],
		['to undo', ';y=u;z=', 'undo'],
		['for a reason of a later version', ';y=q;z=', undefined],
		['by version 0.2, which did not say', ';z=', undefined],
		['by version 0.1, which planned none', '', 'undo'],
		['by version 0.1, which planned none, with a word that it did not write', ';y=q', 'undo'],
	])('say that a reversal was posted %s', (_, end, purpose) => {
		const body = `k=${keyOfOrigin('reversal', 'A-17-3')};d=${MARK.digest};r=A-17-3${end.replace(';z=', '')}`;
		const check = end.endsWith('z=') ? `;z=${checkOf(body)}` : '';
		expect(readComments(`*n8n1;${body}${check}*`).mark).toMatchObject({ reverses: 'A-17-3' });
		expect(readComments(`*n8n1;${body}${check}*`).mark?.purpose).toBe(purpose);
		expect(readComments(`*n8n1;${body.replace('r=A-17-3', 'r=A-17-4')}${check}*`).marks[0]?.purpose).toBeUndefined();
	});

	it.each<[string, Partial<Mark>]>([
		['v=2026-07-01', { reversedOn: '2026-07-01' }],
		['v=2026-07-011', {}],
		['v=12026-07-01', {}],
		['v=', {}],
		['g=2', { generation: 2 }],
		['g=1', {}],
		['g=x', {}],
		['p;t', { hasPartners: true, hasTexts: true }],
		[' T = x ; p ', { hasPartners: true, hasTexts: true }],
		['c=EUR;x=11.5', { currency: 'EUR', rate: '11.5' }],
		['o=A-1-3;e=5f', { corrects: 'A-1-3', place: '5f' }],
		['r=%C3%A5%c3%b6', { reference: 'åö' }],
		['r=å 50% %4', { reference: 'å 50% %4' }],
		['r=å%2C 5%25', { reference: 'å, 5%' }],
		['r=a=b', { reference: 'a=b' }],
	])('hold the fact %s', (field, facts) => {
		const body = `k=${MARK.key};d=${MARK.digest};${field}`;
		const { key, digest } = MARK;
		expect(readComments(`*n8n1;${body};z=${checkOf(body)}*`).mark).toEqual({ key, digest, ...facts });
		expect(readComments(`*n8n1;${body}*`).mark).toEqual({ key, digest, ...facts });
	});

	it.each<[string, string]>([
		['a field behind its check', M.replace(/\*$/, ';p*')],
		['its check empty', M.replace(/z=.*\*/, 'z=*')],
		['its check without a value', M.replace(/z=.*\*/, 'z*')],
		['another check', M.replace(/z=.*\*/, 'z=0000*')],
		['a field that came between', M.replace(';z=', ';p;z=')],
	])('hold a mark that somebody changed: %s', (_, comments) => {
		expect(readComments(comments)).toMatchObject({ marks: [], recovered: { key: MARK.key }, damaged: true });
	});

	it('hold a mark whose letters were taken apart, as file names on a Mac are', () => {
		const mark: Mark = { key: keyOfNumber('Åre-1'), digest: MARK.digest, number: 'Åre-1' };
		expect(readComments(writeMark(mark).normalize('NFD')).marks).toEqual([{ ...mark, number: 'Åre-1'.normalize('NFD') }]);
	});

	it('of version 0.1 hold a whole number that its key is made of, or one that may be cut', () => {
		const holds = (number: string, all: string): boolean =>
			readComments(`*n8n1;k=${keyOfNumber(all)};d=${MARK.digest};n=${number}*`).marks.length === 1;
		const [whole, long] = ['x'.repeat(187), 'x'.repeat(188)];
		expect([holds(whole, whole), holds(whole, `${whole}y`), holds(long, long), holds(long, `${long}y`)]).toEqual([true, false, true, true]);
	});

	it('name what a changed mark without a number may have been by its key alone', () => {
		const mark: Mark = { key: keyOfOrigin('sie', '7'), digest: MARK.digest, reference: 'L 7' };
		expect(readComments(writeMark(mark).replace('L 7', 'L 8'))).toMatchObject({ recovered: { key: mark.key }, suspects: [mark.key] });
	});

	it.each(['*n', '*n8', '*n8n', '*n8n1', '*n8n1;'])('are cut in the first characters of a mark: %s', (comments) => {
		expect(readComments(comments)).toEqual({ marks: [], damaged: true, cut: true, suspects: [], text: '' });
	});

	it('are read as browsers and programs write characters', () => {
		const names: Record<string, string> = { '*': 'ast', ';': 'semi', '=': 'equals', '.': 'period', '%': 'percnt' };
		const mark: Mark = { key: keyOfNumber('A;7'), digest: MARK.digest, number: 'A;7' };
		const left = writeMark(mark).replace(/[*;=.%]/g, (character) => `&${names[character]};`);
		const note = 'AT&amp;T&nbsp;&num;1 &#65;&#x42;&#X43; &euro; &#1234567;';
		expect(readComments(`${left}\n${note}`)).toMatchObject({ recovered: mark, text: 'AT&T #1 ABC &euro; &#1234567;' });
	});

	it('are looked through to their 8,000th character', () => {
		const before = 'x'.repeat(8000 - M.length);
		expect(readComments(`${before}${M}`).marks).toEqual([MARK]);
		expect(readComments(`${before}x${M}`)).toMatchObject({ marks: [], cut: true });
	});

	it('that are missing are empty', () => {
		const none = { marks: [], damaged: false, cut: false, suspects: [], text: '' };
		expect([null, undefined, ''].map(readComments)).toEqual([none, none, none]);
	});

	it.each(['Hyra januari', '* viktigt', '*', '*nytt', 'n8n1', 'k=7; d=1.5', 'AT&T &amp; Co &#42;'])(
		'of others are left alone: %s',
		(text) => {
			expect(readComments(text)).toEqual({ marks: [], damaged: false, cut: false, suspects: [], text });
		},
	);

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
