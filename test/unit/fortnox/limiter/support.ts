import { LIMIT, type RateLimiters, type Slot } from '../../../../nodes/shared/fortnox/limiter';
import type { SlotRequest } from '../../../../nodes/shared/fortnox/limiter/slot';
import type { FakeClock } from '../support';

export function take(limiters: RateLimiters, over: Partial<SlotRequest> & { tenant?: string } = {}) {
	const { tenant = 't', ...rest } = over;
	return limiters.acquire(tenant, { priority: 'bulk', executionKey: '1', deadline: Infinity, ...rest });
}

export async function fill(clock: FakeClock, limiters: RateLimiters, tenant = 't'): Promise<Slot[]> {
	const slots = await clock.run(Promise.all(Array.from({ length: LIMIT }, async () => await take(limiters, { tenant }))));
	return slots.filter((slot) => typeof slot !== 'string');
}

/** In which order waiting requests leave, each answered at once. */
export async function order(clock: FakeClock, waiting: Array<[string, Promise<Slot | string>]>): Promise<string[]> {
	const left: string[] = [];
	await clock.run(
		Promise.all(
			waiting.map(async ([name, slot]) => {
				const granted = await slot;
				left.push(name);
				if (typeof granted !== 'string') granted.answered();
			}),
		),
	);
	return left;
}
