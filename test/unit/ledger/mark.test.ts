import fc from 'fast-check';

import { digestOf, keyOfNumber, keyOfPlace, roomForComments, writeComments, writeMark, type Mark } from '../../../nodes/shared/ledger/mark';
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

	it('leaves room for the comments of the user', () => {
		const mark: Mark = { key: keyOfNumber('ö'.repeat(300)), digest: digestOf('1', 1), number: 'ö'.repeat(60), reference: 'å'.repeat(100) };
		const room = roomForComments(mark);
		expect(room).toBeGreaterThan(0);
		expect(writeComments(mark, 'x'.repeat(room))).toHaveLength(1000);
	});
});
