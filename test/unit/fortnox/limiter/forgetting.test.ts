import { RateLimiters, type Slot } from '../../../../nodes/shared/fortnox/limiter';
import { exactClock, soon, take } from './support';

/** A process at 0 ms. */
function begin() {
	const clock = exactClock();
	const limiters = new RateLimiters(clock);
	/** Another company's request, with which the companies without requests are forgotten in passing. */
	async function another(tenant: string, at: number): Promise<number> {
		await clock.pass(at - clock.now);
		void take(limiters, { tenant });
		return limiters.size;
	}
	async function slot(): Promise<Slot> {
		const got = await soon(clock, take(limiters));
		if (typeof got === 'string') throw new Error(got);
		return got;
	}
	return { clock, limiters, another, slot };
}

describe('a company', () => {
	test('is forgotten once its window is empty, and not before, by looks that are a window apart', async () => {
		const { limiters, another, slot } = begin();
		(await slot()).answered();
		expect(limiters.size).toBe(1);
		// The first request’s place is free at 5050 ms; then the next look is at 10 000 ms.
		expect([
			await another('a', 4999),
			await another('b', 5000),
			await another('c', 5051),
			await another('d', 9999),
			await another('e', 10_000),
		]).toEqual([2, 3, 4, 5, 5]);
	});

	test('is not forgotten while its request is on its way', async () => {
		const { another, slot } = begin();
		await slot();
		expect(await another('a', 60_000)).toBe(2);
	});

	test('is not forgotten while one waits, though nothing is on its way', async () => {
		const { clock, limiters, another, slot } = begin();
		await clock.pass(4990);
		// One request each 20 ms: the third waits.
		(await slot()).unsent();
		(await slot()).unsent();
		const waits = take(limiters);
		expect(await another('a', 5000)).toBe(2);
		await soon(clock, waits);
		expect(clock.now).toBe(5010);
	});

	test('is remembered a minute longer after a refusal, as there are others', async () => {
		const { another, slot } = begin();
		(await slot()).throttled();
		expect([await another('a', 5000), await another('b', 65_000), await another('c', 70_000)]).toEqual([2, 3, 3]);
	});

	test('is remembered as long as Fortnox has asked it to wait', async () => {
		const { another, slot } = begin();
		(await slot()).throttled(120_000);
		// Half a second more, by chance.
		expect([await another('a', 5000), await another('b', 70_000), await another('c', 120_500)]).toEqual([2, 3, 3]);
	});
});
