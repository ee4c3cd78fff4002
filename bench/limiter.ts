import { startWorld } from '../test/engine/support/world';

const LIMIT = { requests: 25, windowMs: 5000, countRefused: false, retryAfter: false };
const REQUESTS = 150;
/** The least time that this many requests can need at Fortnox's limit, in ms. */
const optimum = (requests: number): number => Math.floor((requests - 1) / LIMIT.requests) * LIMIT.windowMs;

/** 150 requests through the node, one per item and one for the financial years, against the physical optimum; 429s must not happen. */
export async function run(print: (figure: object) => void): Promise<void> {
	for (const latencyMs of [0, 150]) {
		const world = await startWorld({ settings: { limit: LIMIT, latencyMs } });
		try {
			const started = performance.now();
			const result = await world.run(
				{ resource: 'account', operation: 'get', accountNumber: '={{ $json.number }}' },
				{ input: Array.from({ length: REQUESTS - 1 }, () => ({ number: 1930 })) },
			);
			const ms = performance.now() - started;
			if (result.error) throw new Error(result.error.message);
			const log = world.requests();
			print({
				bench: 'limiter',
				latencyMs,
				requests: log.length,
				throttled: log.filter(({ status }) => status === 429).length,
				seconds: Math.round(ms) / 1000,
				timeToOptimum: Math.round((ms / optimum(log.length)) * 1000) / 1000,
				...(latencyMs === 0 && { atMost: 1.05 }),
			});
		} finally {
			await world.close();
		}
	}
}
