import { orAborted } from '../../fortnox/clock';
import { cancelled } from '../../fortnox/errors';

/** Keys of entries that an execution of this process is posting right now, per company. */
const claimed = new Map<string, Promise<void>>();

/**
 * Runs `work` while no other execution of this process works on any of the same keys; one that comes later waits for
 * the first and then finds its entries in the ledger. All keys are taken at once, so two runs never wait for each other.
 *
 * @param keys names that are unique over companies
 * @throws {FortnoxError} where the execution is cancelled while it waits
 */
export async function withClaims<T>(keys: readonly string[], signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
	for (let holder = heldBy(keys); holder !== undefined; holder = heldBy(keys)) {
		await orAborted(holder, signal);
		if (signal?.aborted) throw cancelled();
	}
	let release: () => void = () => undefined;
	const held = new Promise<void>((resolve) => {
		release = resolve;
	});
	for (const key of keys) claimed.set(key, held);
	try {
		return await work();
	} finally {
		for (const key of keys) claimed.delete(key);
		release();
	}
}

function heldBy(keys: readonly string[]): Promise<void> | undefined {
	const key = keys.find((candidate) => claimed.has(candidate));
	return key === undefined ? undefined : claimed.get(key);
}
