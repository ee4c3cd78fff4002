import { LIMIT, WINDOW_MS } from '../../../../nodes/shared/fortnox/limiter';
import { Share } from '../../../../nodes/shared/fortnox/limiter/share';
import { exactClock } from './support';

const SILENCE_MS = WINDOW_MS + 50;
const ROUND_MS = 180_000;

/** A share whose process looks at a time of the test’s choice. Chance is `random`: a half of what it may add. */
function begin(random = 0.5) {
	const clock = exactClock(random);
	return { clock, share: new Share(clock) };
}

/** A share that was dealt `places`, at 6 s. */
function dealt(places: number, random = 0.5) {
	const { clock, share } = begin(random);
	share.refused(0);
	clock.now = 6000;
	share.refused(places);
	expect(share.places).toBe(places);
	return { clock, share };
}

/** The mean pace in ms, to a thousandth. */
const paceOf = ({ meanPaceMs }: Share): number => Math.round(meanPaceMs * 1000) / 1000;

describe('the whole limit', () => {
	it('is the share of a process that was never refused', () => {
		const { share } = begin();
		expect([share.places, share.isWhole, share.silentUntil, share.meanPaceMs, share.paceMs]).toEqual([LIMIT, true, -Infinity, 20, 20]);
	});

	it('is used evenly by a process that has had most of it for five windows and a quarter', () => {
		const { clock, share } = begin();
		share.look(18, true);
		clock.now = 1000;
		share.look(19, true);
		clock.now = 26_249;
		expect(paceOf(share)).toBe(20);
		clock.now = 26_250;
		expect(paceOf(share)).toBe(208);
		share.look(18, true);
		expect(paceOf(share)).toBe(20);
	});
});

describe('the first refusal', () => {
	it('makes everybody silent until the window has emptied, and then deals', () => {
		const { clock, share } = begin();
		clock.now = 100;
		share.refused(3);
		expect([share.isWhole, share.places, Math.round(share.silentUntil)]).toEqual([false, LIMIT, 100 + SILENCE_MS]);
		// What is refused meanwhile says nothing.
		for (const now of [5000, 100 + SILENCE_MS]) {
			clock.now = now;
			share.refused(3);
			share.refused(0);
			expect([share.places, paceOf(share)]).toEqual([LIMIT, 500]);
		}
	});

	it.each([
		[0, 500],
		[4000, 250],
		[8000, 166.667],
		[36_000, 50],
		[97_000, 20],
	])('deals out places faster and faster: after %d ms at %d ms', (after, paceMs) => {
		const { clock, share } = begin();
		share.refused(3);
		clock.now = SILENCE_MS + after;
		expect(paceOf(share)).toBe(paceMs);
	});

	it.each([
		[0, 250],
		[0.5, 500],
		[1, 750],
	])('lets chance part those that deal: %d', (random, paceMs) => {
		const { share } = begin(random);
		share.refused(3);
		expect(share.paceMs).toBeCloseTo(paceMs);
	});

	it('does not slow one down that is let in', () => {
		const { clock, share } = begin();
		share.refused(3);
		clock.now = SILENCE_MS + 4000;
		share.accepted(1);
		expect(paceOf(share)).toBe(250);
	});

	it('is forgotten where all places are got', () => {
		const { clock, share } = begin();
		share.refused(3);
		clock.now = 6000;
		share.accepted(LIMIT - 1);
		expect(share.isWhole).toBe(false);
		share.accepted(LIMIT);
		expect(share.isWhole).toBe(true);
	});
});

describe('a process that is refused while places are dealt', () => {
	it('keeps what it has by then', () => {
		const { share } = dealt(7);
		expect([share.isWhole, share.silentUntil, share.meanPaceMs, share.paceMs]).toEqual([false, -Infinity, 20, 20]);
	});

	it('knocks where it has none, each time a little later, ten seconds at most', () => {
		const { clock, share } = begin();
		share.refused(0);
		clock.now = 6000;
		const paces = [1, 2, 3].map(() => {
			share.refused(0);
			return paceOf(share);
		});
		expect(paces).toEqual([1000, 1200, 1440]);
		for (let knock = 0; knock < 20; knock++) share.refused(0);
		expect(paceOf(share)).toBe(2 * WINDOW_MS);
		expect(share.places).toBe(LIMIT);
	});

	it('goes slowly for a window once it is let in, and is not put off by refusals', () => {
		const { clock, share } = begin();
		share.refused(0);
		clock.now = 6000;
		share.refused(0);
		clock.now = 7000;
		share.accepted(1);
		expect([Math.round(share.silentUntil), paceOf(share)]).toEqual([7000, 1700]);
		clock.now = 11_999;
		share.refused(1);
		expect([share.places, paceOf(share)]).toEqual([LIMIT, 1700]);
		clock.now = 12_000;
		expect(paceOf(share)).toBeCloseTo(500 / 2.25, 2);
		share.refused(2);
		expect(share.places).toBe(2);
	});

	it('is no newcomer any more when places are dealt anew', () => {
		const { clock, share } = begin();
		share.refused(0);
		clock.now = 6000;
		share.refused(0);
		share.accepted(1);
		clock.now = 12_000;
		share.refused(2);
		clock.now = ROUND_MS;
		share.look(2, true);
		expect(paceOf(share)).toBe(500);
	});
});

describe('dealt places', () => {
	it('are lost one by one where somebody else was first, but for the last', () => {
		const { share } = dealt(3);
		const places = [1, 2, 3].map(() => {
			share.refused(3);
			return share.places;
		});
		expect(places).toEqual([2, 1, 1]);
	});

	// 70 requests of 7 places are ten windows, give or take a half.
	it.each([
		[0, 25_000],
		[0.5, 50_000],
		[1, 75_000],
	])('are one more now and then: by chance %d after %d ms', (random, afterMs) => {
		const { clock, share } = dealt(7, random);
		clock.now = 6000 + afterMs - 1;
		share.look(7, true);
		expect(share.places).toBe(7);
		clock.now = 6000 + afterMs;
		share.look(6, true);
		share.look(7, false);
		expect(share.places).toBe(7);
		share.look(7, true);
		expect(share.places).toBe(8);
	});

	it('stay as they are where there was no room for one more, and are tried again later', () => {
		const { clock, share } = dealt(7);
		clock.now = 57_000;
		share.look(7, true);
		share.refused(7);
		share.look(7, true);
		expect(share.places).toBe(7);
		clock.now = 107_001;
		share.look(7, true);
		expect(share.places).toBe(8);
	});

	it('are dealt on where there was room for one more', () => {
		const { clock, share } = dealt(7);
		share.accepted(8);
		expect(share.places).toBe(7);
		clock.now = 57_000;
		share.look(7, true);
		share.accepted(7);
		expect(share.places).toBe(8);
		share.accepted(8);
		expect([share.places, Math.round(share.silentUntil), paceOf(share)]).toEqual([LIMIT, 57_000, 500]);
	});
});

describe('places are dealt anew', () => {
	it.each([
		[true, ROUND_MS + SILENCE_MS],
		[false, ROUND_MS],
	])('at every full three minutes; those who have work to do (%s) are silent first', (isHeldUp, silentUntil) => {
		const { clock, share } = dealt(7);
		clock.now = ROUND_MS - 1;
		share.look(7, isHeldUp);
		expect(share.silentUntil).toBe(-Infinity);
		clock.now = ROUND_MS;
		share.look(7, isHeldUp);
		expect([share.places, Math.round(share.silentUntil)]).toEqual([LIMIT, silentUntil]);
	});

	it('once in a round', () => {
		const { clock, share } = dealt(7);
		clock.now = ROUND_MS;
		share.look(7, true);
		clock.now = ROUND_MS + 6000;
		share.refused(4);
		share.look(4, true);
		expect(share.places).toBe(4);
	});

	it('not for one that has the whole limit or deals', () => {
		const { clock, share } = begin();
		clock.now = ROUND_MS;
		share.look(7, true);
		expect(share.isWhole).toBe(true);
		share.refused(7);
		clock.now = 2 * ROUND_MS;
		share.look(7, true);
		expect(Math.round(share.silentUntil)).toBe(ROUND_MS + SILENCE_MS);
	});
});

describe('a process without requests', () => {
	it.each([
		[0, false, true],
		[1, false, false],
		[0, true, false],
	])('for a minute starts afresh: %d on their way, waiting %s', (used, isHeldUp, isWhole) => {
		const { clock, share } = dealt(7);
		share.look(7, true);
		clock.now = 40_000;
		share.look(used, isHeldUp);
		clock.now = 66_001;
		share.look(0, false);
		expect(share.isWhole).toBe(isWhole);
	});

	it('for less keeps its places', () => {
		const { clock, share } = dealt(7);
		share.look(7, true);
		clock.now = 66_000;
		share.look(0, false);
		expect(share.places).toBe(7);
	});

	it('for a minute starts afresh, though nobody has looked meanwhile', () => {
		const { clock, share } = dealt(7);
		clock.now = 60_001;
		share.look(0, false);
		expect(share.isWhole).toBe(true);
	});

	it('for a minute has the whole limit again, also where it tried for more when it ended', () => {
		const { clock, share } = dealt(7);
		clock.now = 57_000;
		share.look(7, true);
		expect(share.places).toBe(8);
		clock.now = 117_001;
		share.look(0, false);
		share.accepted(8);
		expect(share.isWhole).toBe(true);
	});
});
