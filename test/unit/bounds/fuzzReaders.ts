import fc from 'fast-check';

import { cpuMs } from '../../clock/cpuTime';
import { READERS, WRITERS } from './readers';

/** Kept, so that a run can be repeated. */
const SEED = 20261126;

/** Of computing time. A hang is meant, and not a garbage collection: a slow reading is repeated. */
const MOST_MS = 100;

const pieces = fc.constantFrom(
	...[
		'0',
		'1',
		'9',
		' ',
		',',
		'.',
		':',
		'-',
		'−',
		'+',
		'%',
		'kr',
		'SEK',
		'\u00a0',
		'\t',
		'\r\n',
		'"',
		'\\"',
		'{',
		'}',
		'[',
		']',
		'<',
		'>',
		'</',
	],
	...[
		'#TRANS ',
		'#VER ',
		'#KSUMMA ',
		'1930',
		'2026-01-31',
		'20260131',
		'T10:00:00Z',
		'+02:00',
		'n8n:',
		'*C1 ',
		'*=1.00 ',
		'*- ',
		'SE45',
		'bg ',
		'8000-2',
	],
	...[
		'Belopp',
		'Debet',
		'D/K',
		'EUR',
		'(USD)',
		'{"ErrorInformation":',
		'"message":',
		'null',
		'konto',
		'inte aktivt',
		'(2000401)',
		'å',
		'a\u0308',
		'😀',
		'\ud83d',
		'\u0000',
		'\uFEFF',
		'e5',
		'NaN',
		'__proto__',
	],
);
const texts = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 200 }),
	fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
	// Short ones, which a reader is more likely to take.
	fc.array(pieces, { maxLength: 4 }).map((parts) => parts.join('')),
	fc.stringMatching(/^-?\d{1,12}([.,]\d{1,6})?$/),
	fc.json({ maxDepth: 4 }),
);

/** What a reader took the text for; undefined where it refused it, or takes all texts. */
function valueIn(result: unknown): unknown {
	return typeof result === 'object' && result !== null && 'value' in result ? result.value : undefined;
}

function timed(read: (text: string) => unknown, text: string): { result: unknown; ms: number } {
	let result: unknown;
	const ms = cpuMs(() => (result = read(text)));
	return { result, ms };
}

/** Lets every reader read any texts, each twice, and what was read once more as this package writes it. */
export function fuzzReaders(textsPerReader: number): void {
	test.each(Object.entries(READERS))(
		'any text as %s is read or refused, in no time, and twice alike',
		(name, read) => {
			fc.assert(
				fc.property(texts, (text) => {
					const first = timed(read, text);
					const second = timed(read, text);
					expect(second.result).toEqual(first.result);
					const value = valueIn(first.result);
					const write = WRITERS[name];
					if (value !== undefined && write !== undefined) expect([text, valueIn(read(write(value)))]).toEqual([text, value]);
					expect(Math.min(first.ms, second.ms)).toBeLessThan(MOST_MS);
				}),
				{ numRuns: textsPerReader, seed: SEED },
			);
		},
		600_000,
	);
}
