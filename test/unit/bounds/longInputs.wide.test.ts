import { cpuMs } from '../../clock/cpuTime';
import { longTexts } from './longTexts';
import { READERS } from './readers';

/** Long enough for work that grows with its square to cost seconds, short enough for all these texts to be read in half a minute. */
const LENGTH = 100_000;

/** Of computing. Linear readers take a few ms; the slowest before took minutes. */
const MOST_MS = 300;

describe.each(Object.entries(READERS))('a long text as %s', (_, read) => {
	test('is read or refused without holding n8n up', () => {
		const slow: string[] = [];
		for (const { text, madeOf } of longTexts(LENGTH)) {
			let took = cpuMs(() => read(text));
			// Work that grows with its square is slow every time; the collection of garbage is not.
			for (let again = 0; took > MOST_MS && again < 2; again++)
				took = Math.min(
					took,
					cpuMs(() => read(text)),
				);
			if (took > MOST_MS) slow.push(`${madeOf}: ${Math.round(took)} ms`);
		}
		expect(slow).toEqual([]);
	});
});
