import fc from 'fast-check';

import {
	digestInSteps,
	digestOf,
	keyOfNumber,
	keyOfPlace,
	referenceFits,
	roomForComments,
	writeComments,
	writeMark,
	type Mark,
} from '../../../nodes/shared/ledger/mark';
import type { IsoDate } from '../../../nodes/shared/ledger/dates';
import { readComments } from '../../../nodes/shared/ledger/readMark';
import { replaceUnsupported } from '../../../nodes/shared/ledger/text';

/** Texts that a mark keeps whole; longer ones are cut in what people read, and the key holds all of them. */
const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => encodeURIComponent(text).length <= 200);
const marks = fc
	.record({
		number: fc.option(texts, { nil: undefined }),
		reference: fc.option(texts, { nil: undefined }),
		currency: fc.option(fc.constantFrom('EUR', 'USD', 'JPY'), { nil: undefined }),
		rate: fc.option(fc.constantFrom('11.2345', '0.0721'), { nil: undefined }),
		hasPartners: fc.option(fc.constant(true), { nil: undefined }),
		hasTexts: fc.option(fc.constant(true), { nil: undefined }),
		generation: fc.option(fc.integer({ min: 2, max: 9 }), { nil: undefined }),
		corrects: fc.option(fc.constant('A-17-3'), { nil: undefined }),
		place: fc.option(fc.constant('0123456789abcdef01234567'), { nil: undefined }),
		reversedOn: fc.option(fc.constant<IsoDate>('2026-07-01'), { nil: undefined }),
	})
	.map((facts): Mark => ({ key: keyOfNumber(facts.number ?? ''), digest: digestOf('1', facts), ...defined(facts) }));

function defined<T extends object>(facts: T): Partial<T> {
	const result: Partial<T> = {};
	for (const key in facts) if (facts[key] !== undefined) result[key] = facts[key];
	return result;
}

describe('the mark of an entry', () => {
	it('is read back with all its facts, beside a comment of the user', () => {
		fc.assert(
			fc.property(marks, fc.option(texts, { nil: undefined }), (mark, comment) => {
				const text = comment?.replace(/[\r\n]/g, ' ');
				expect(readComments(writeComments(mark, text))).toEqual({
					mark,
					marks: [mark],
					damaged: false,
					cut: false,
					suspects: [],
					text: (text ?? '').trim() === '' ? '' : text,
				});
			}),
		);
	});

	it('uses only characters that Fortnox takes', () => {
		fc.assert(fc.property(marks, (mark) => expect(replaceUnsupported(writeMark(mark)).replaced).toEqual([])));
	});

	it('is noticed to be cut wherever a list cuts it', () => {
		fc.assert(
			fc.property(marks, fc.nat(), (mark, at) => {
				const whole = writeMark(mark);
				const cut = whole.slice(0, 2 + (at % (whole.length - 2)));
				expect(readComments(cut)).toMatchObject({ cut: true });
				expect(readComments(cut).mark).toBeUndefined();
			}),
		);
	});

	it('leaves comments that others wrote alone', () => {
		for (const text of ['Hyra januari', '* viktigt', 'n8n1']) {
			expect(readComments(text)).toEqual({ marks: [], damaged: false, cut: false, suspects: [], text });
		}
	});

	it('tells numbers apart that begin alike, differ in case or look alike', () => {
		const numbers = ['INV-1', 'INV-10', 'INV-100', 'inv-1', 'INV-1 ', 'INV‑1', 'INV-1;k=2'];
		expect(new Set(numbers.map(keyOfNumber)).size).toBe(numbers.length);
		expect(keyOfNumber('Café'.normalize('NFD'))).toBe(keyOfNumber('Café'));
	});

	it('gives places of an execution keys of their own', () => {
		const places = [
			['i', '7', 'node', 0, 0, ''],
			['i', '7', 'node', 1, 0, ''],
			['i', '7', 'node', 0, 1, ''],
			['i', '7', 'node', 0, 0, 'x'],
			['i', '70', 'node', 0, 0, ''],
		];
		expect(new Set(places.map(keyOfPlace)).size).toBe(places.length);
	});

	it('gives the same digest for the same content whatever the order of its fields', () => {
		expect(digestOf('1', { a: 1, b: [{ c: 2, d: undefined }] })).toBe(digestOf('1', { b: [{ c: 2 }], a: 1 }));
		expect(digestOf('1', { a: 1 })).not.toBe(digestOf('1', { a: 2 }));
		expect(digestOf('1', { a: [1, 2] })).not.toBe(digestOf('1', { a: [2, 1] }));
	});

	it('takes nothing in a list for null, as JSON does, and a list for a list wherever it stands', () => {
		expect(digestOf('1', [undefined])).toBe(digestOf('1', [null]));
		expect(digestOf('1', { rows: [undefined] })).toBe(digestOf('1', { rows: [null] }));
		expect(digestOf('1', { rows: [undefined] })).not.toBe(digestOf('1', { rows: [] }));
		const all = [digestOf('1', [1]), digestOf('1', { 0: 1 }), digestOf('1', { a: [1] }), digestOf('1', { a: { 0: 1 } })];
		expect(new Set(all).size).toBe(all.length);
	});

	it('lets others have a turn at each row of an entry while its digest is made', () => {
		expect([...digestInSteps('1', { date: '2026-06-01', rows: [{ debit: 1 }, { debit: 2 }, { credit: 3 }] })]).toHaveLength(3);
	});

	it.each<[string, string, string]>([
		['letters, digits and marks that Fortnox takes', 'Åsa Ö-1 a.b_c/d:e+f', 'Åsa Ö-1 a.b_c/d:e+f'],
		['what would end a field or the mark', 'a;b*c=d%e', 'a%3Bb%2Ac%3Dd%25e'],
		['a tab', 'a\tb', 'a%09b'],
		['a character of three bytes', '5 €', '5 %E2%82%AC'],
		['200 characters', 'x'.repeat(200), 'x'.repeat(200)],
		['more, cut', 'x'.repeat(201), 'x'.repeat(200)],
		['characters that count for nine each, cut to whole ones', '€'.repeat(23), '%E2%82%AC'.repeat(22)],
		['nothing after the first that is cut', `${'x'.repeat(199)}€x`, 'x'.repeat(199)],
	])('keeps of a number %s', (_, number, kept) => {
		expect(writeMark({ key: keyOfNumber(number), digest: digestOf('1', 1), number })).toContain(`;n=${kept};z=`);
	});

	it('keeps references of 300 characters, and says of longer ones that they do not fit', () => {
		const references = ['x'.repeat(300), 'x'.repeat(301), `${'x'.repeat(291)}€`, `${'x'.repeat(292)}€`];
		expect(references.map(referenceFits)).toEqual([true, false, true, false]);
		const written = references.map((reference) => writeMark({ key: keyOfNumber('1'), digest: digestOf('1', 1), reference }));
		const kept = written.map((mark) => readComments(mark).mark?.reference);
		expect(kept).toEqual([references[0], references[0], references[2], 'x'.repeat(292)]);
	});

	it('has a line of its own before the comments of the user, if there are any', () => {
		const mark: Mark = { key: keyOfNumber('1'), digest: digestOf('1', 1) };
		const line = writeMark(mark);
		expect([undefined, '', 'Rent'].map((text) => writeComments(mark, text))).toEqual([line, line, `${line}\nRent`]);
	});

	it('leaves room for the comments of the user', () => {
		const mark: Mark = { key: keyOfNumber('ö'.repeat(300)), digest: digestOf('1', 1), number: 'ö'.repeat(60), reference: 'å'.repeat(100) };
		const room = roomForComments(mark);
		expect(room).toBeGreaterThan(0);
		expect(writeComments(mark, 'x'.repeat(room))).toHaveLength(1000);
	});
});
