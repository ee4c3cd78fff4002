import { whyNoId, whyNoName, whyNoText, wordForNothing } from '../../../nodes/shared/ledger/nonsense';

/** Words as programs write them for nothing, and words of people that look like them. */
it.each(['None', 'nil', 'N/A', 'n/a', ' None ', 'null', 'UNDEFINED', 'NaN', '<None>', '(null)', '[undefined]'])(
	'%p is a value that is missing',
	(text) => {
		expect(whyNoName(text)).toMatch(/a value that is missing\. Correct what makes it\./);
	},
);

it.each(['#N/A', '#REF!', '#NAMN?', '#SAKNAS!', '#DIV/0!', '#DIVISION/0!'])('%p is the error of a spreadsheet', (text) => {
	expect(whyNoName(text)).toMatch(/error of a spreadsheet/);
});

it.each(['', 'none', 'NONE', 'NIL', 'Nilsson', 'Annullering', '#1', '#Hyra!', 'N-1', 'Annull', '(none) fee', 'Cell #REF!', '#REF! A1'])(
	'%p may be a name',
	(text) => {
		expect(whyNoName(text)).toBeUndefined();
	},
);

it.each([
	['INV-undefined', 'undefined'],
	['Hyra null', 'null'],
	['NaN kr', 'NaN'],
	['a/null/b', 'null'],
])('%p has the word %s for nothing in it', (text, word) => {
	expect(wordForNothing(text)).toContain(`"${text}" has the word ${word} in it`);
	expect(whyNoName(text)).toContain(`"${text}" `);
});

it.each(['Nullställd', 'Annullering', 'nan', 'NULL och inget', 'éundefined'])('%p has no word for nothing in it', (text) => {
	expect(wordForNothing(text)).toBeUndefined();
});

it('no text is made of characters that are not shown, or has an object in it', () => {
	for (const text of ['\u200b', ' \u00ad\u0007 ']) expect(whyNoText(text)).toContain('only characters that are not shown');
	expect(whyNoText(' Hyra [object Object] ')).toContain('"Hyra [object Object]" has an object in it');
	for (const text of ['', ' ', '\n', 'Hyra', 'a\u200b', '\u200ba']) expect(whyNoText(text)).toBeUndefined();
});

it.each([
	['A\u200b1', 'U+200B'],
	['A\u00ad1', 'U+00AD'],
	['\u0007A1', 'U+0007'],
	['A1\u{e0001}', 'U+E0001'],
])('no id has a character in it that is not shown: %j', (text, code) => {
	expect(whyNoId(text)).toContain(`that is not shown (${code})`);
});

it('an id is what else a name can be, blanks around it left out', () => {
	for (const text of [' A1 ', '\tA1\n', 'Å 1', '']) expect(whyNoId(text)).toBeUndefined();
	expect(whyNoId('null')).toContain('a value that is missing');
	expect(whyNoId(' A\u200b1 ')).toMatch(/^"A\u200b1" has/);
	expect(wordForNothing(' INV-null ')).toMatch(/^"INV-null" has/);
});
