import { cpuMs } from '../../clock/cpuTime';
import { READERS } from './readers';

/** Long enough for work that grows with its square to cost seconds, short enough for all these texts to be read in half a minute. */
const LENGTH = 100_000;

/** What a regular expression may start anew at, or take in two ways. */
const PIECES = [
	...[' ', '\t', '\n', '0', '9', '1 ', '1,', '1.', '-', '/', '<', '<a', '<script', '<script>', '</style', '>', '"', '\\"', '{', '}'],
	...['%', '+', ':', '=', '*', '(', '(1', 'konto', 'verifikationsserie', 'inte ', '1 000', '1,000', '8000-', 'å', 'a\u0308', '😀', '\ud83d'],
	...['{"a":', '[', '#', '1 2 ', '*C1 ', '*=1.00 ', 'n8n:', '\r\n', '8', 'SE45', '2026-01-01'],
];
/** What makes a match fail at its end. */
const ENDS = ['', 'x', '!', '\u0000'];

/** Of computing. Linear readers take a few ms; the slowest before took minutes. */
const MOST_MS = 300;

describe.each(Object.entries(READERS))('a long text as %s', (_, read) => {
	test('is read or refused without holding n8n up', () => {
		const slow: string[] = [];
		for (const piece of PIECES) {
			for (const end of ENDS) {
				const text = piece.repeat(Math.ceil(LENGTH / piece.length)) + end;
				const took = cpuMs(() => read(text));
				if (took > MOST_MS) slow.push(`${JSON.stringify(piece)} … ${JSON.stringify(end)}: ${Math.round(took)} ms`);
			}
		}
		expect(slow).toEqual([]);
	}, 120_000);
});
