import { RateLimiters, type Slot } from '../../../../nodes/shared/fortnox/limiter';
import { exactClock, expectedOf, soon, take } from './support';

/** A process at 0 ms, whose chances are all even. */
function begin() {
	const clock = exactClock();
	const limiters = new RateLimiters(clock);
	async function slot(): Promise<Slot> {
		const got = await soon(clock, take(limiters));
		if (typeof got === 'string') throw new Error(got);
		return got;
	}
	/** One request after the other, each answered, or refused (r), after a round trip. @returns when they leave, in ms */
	async function send(answers: string, roundTripMs = 0): Promise<number[]> {
		const at: number[] = [];
		for (const answer of answers) {
			const got = await slot();
			at.push(clock.now);
			await clock.pass(roundTripMs);
			if (answer === 'r') got.throttled();
			else got.answered();
		}
		return at;
	}
	return { clock, limiters, slot, send };
}

describe('a process that others leave places', () => {
	// Refused at 0 ms, silent until 5050 ms; then at a pace that rises from two a second. A place is free after 5050 ms.
	test('has those that it got before it was refused, but for two while few are refused with it', async () => {
		const { send } = begin();
		expect(await send('raaaar')).toEqual([0, 5050, 5050, 5550, 5995, 6399]);
		// Of its places the first two stay free until what was refused at 6399 ms can’t count any more.
		expect(await send('aaaaa')).toEqual([10_600, 11_045, 11_449, 11_449, 15_650]);
	});

	test('has all but one of five or more meanwhile', async () => {
		const { send } = begin();
		expect(await send('raaaaar')).toEqual([0, 5050, 5050, 5550, 5995, 6399, 6773]);
		expect(await send('aaaaaa')).toEqual([10_100, 10_600, 11_045, 11_449, 11_823, 15_150]);
	});

	test('hears of the pace as a wait', async () => {
		const { limiters, send } = begin();
		await send('raa');
		expect([expectedOf(limiters), expectedOf(limiters), expectedOf(limiters)]).toEqual([500, 1000, 1500]);
		expect(expectedOf(limiters, { priority: 'interactive' })).toBe(500);
	});
});

describe('a process that others leave no place', () => {
	test('tries again at longer and longer intervals, and goes slowly for a window once it is let in', async () => {
		const { send } = begin();
		expect(await send('rrrr', 10)).toEqual([0, 5060, 5070, 6060]);
		expect(await send('aaaaaa', 10)).toEqual([7260, 8700, 10_400, 12_100, 13_800, 13_990]);
	});

	test('is one whose places have become free while its request was on its way', async () => {
		const { clock, slot, send } = begin();
		await send('ra');
		const long = await slot();
		await clock.pass(10_200 - clock.now);
		long.throttled();
		expect(await send('rrr')).toEqual([10_200, 10_200, 11_400]);
	});
});

describe('when places are dealt anew', () => {
	test('a process with one waiting request is silent until the window has emptied', async () => {
		const { clock, limiters, send } = begin();
		await send('raaaar');
		const waits = take(limiters);
		clock.wallOffset += 180_000;
		await soon(clock, waits);
		// It looks 250 ms after 6399 ms.
		expect(clock.now).toBe(6649 + 5050);
	});

	test('a process without is not', async () => {
		const { clock, send } = begin();
		await send('raaaar');
		await clock.pass(7000 - clock.now);
		clock.wallOffset += 180_000;
		expect(await send('a')).toEqual([7000]);
	});
});
