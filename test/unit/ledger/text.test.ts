import fc from 'fast-check';

import { cutText, lengthOf, replaceUnsupported } from '../../../nodes/shared/ledger/text';

/** Fortnox's published expression, once more and as a whole, as the independent judge. */
const FORTNOX = /^[\u0308\u030a\p{L}’\\a-zåäöéáœæøüA-ZÅÄÖÉÁÜŒÆØ0-9 –:.`´’,;^¤#%§£$€¢¥©™°&/()=+\-*_!?²³®½@\u00a0\n\r]*$/u;

test.each([
	['Räksmörgås 1–2: 100 % (½) à 5 kr; A&B @ #3', 'Räksmörgås 1–2: 100 % (½) à 5 kr; A&B @ #3'],
	['Łódź Ærø Ελλάδα 日本', 'Łódź Ærø Ελλάδα 日本'],
	['line\r\nline\u00a0x', 'line\r\nline\u00a0x'],
	['"a" \'b\' “c” ‘d’ «e»', '’a’ ’b’ ’c’ ’d’ ’e’'],
	['<a> [b] {c}', '(a) (b) (c)'],
	['wait…', 'wait...'],
	['a|b ~ c · d', 'a/b - c - d'],
	['a\tb\u0000c\u200bd\ufeff', 'a bcd'],
	['a—b−c', 'a–b-c'],
	['① ¹ №5', '1 1 No5'],
	['a\u200d\u0308', 'ä'],
	['2 × 3 ÷ 4', '2 x 3 / 4'],
	['e\u0301 a\u0308 A\u030a', 'é ä Å'],
	['x\u0306y', 'xy'],
	['paid ✓ 👍🏽 👨‍👩‍👧 🇸🇪', 'paid ? ? ? ?'],
	['©️ ™️', '© ™'],
	['☀️', '?'],
	['\ud800x', '?x'],
	['thin\u2009space\u3000wide', 'thin space wide'],
	['', ''],
])('%j becomes %j', (given, expected) => {
	expect(replaceUnsupported(given).text).toBe(expected);
});

/** Written by hand: every sign that has a nearest one in Fortnox's set. */
test.each([
	['"\'“”„‟‘‚‛«»‹›′″', '’’’’’’’’’’’’’’’'],
	['<[{>]}', '((()))'],
	['…—―‒', '...–––'],
	['‐‑−~·•‧→←', '---------'],
	['|¦⁄÷', '////'],
	['×±¿¡', 'x+/-?!'],
	['a\tb\vc\fd\u0085e\u2028f\u2029g', 'a b\nc\nd\ne\nf\ng'],
])('%j has the signs %j', (given, expected) => {
	expect(replaceUnsupported(given).text).toBe(expected);
});

test('names each replaced character once, in the order of the text', () => {
	expect(replaceUnsupported('"a" <b> "c"').replaced).toEqual([
		{ from: '"', to: '’' },
		{ from: '<', to: '(' },
		{ from: '>', to: ')' },
	]);
	expect(replaceUnsupported('a…b·c…').replaced.map(({ from }) => from)).toEqual(['…', '·']);
	expect(replaceUnsupported('Räksmörgås e\u0301').replaced).toEqual([]);
});

test('whatever comes in, Fortnox takes what comes out, and it stays as it is', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (given) => {
			const { text, replaced } = replaceUnsupported(given);
			expect(text).toMatch(FORTNOX);
			expect(replaceUnsupported(text).text).toBe(text);
			if (FORTNOX.test(given) && given.normalize('NFC') === given) {
				expect({ text, replaced }).toEqual({ text: given, replaced: [] });
			}
		}),
		{ numRuns: 1000 },
	);
});

test('cuts by whole characters', () => {
	expect(cutText('abc', 3)).toBe('abc');
	expect(cutText('abcd', 3)).toBe('abc');
	expect(cutText('a😀b', 2)).toBe('a😀');
	expect(lengthOf('a😀b')).toBe(3);
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, max) => {
			const cut = cutText(text, max);
			expect(lengthOf(cut)).toBe(Math.min(max, lengthOf(text)));
			expect(text.startsWith(cut)).toBe(true);
		}),
	);
});
