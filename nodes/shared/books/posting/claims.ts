import { orAborted } from '../../fortnox/clock';
import { cancelled } from '../../fortnox/errors';
import type { Run } from '../../n8n/run';

/** An entry that an execution of this process is posting right now. */
interface Claim {
	isOver: Promise<void>;
	end: () => void;
}

/** By names that are unique over companies. */
const claims = new Map<string, Claim>();

/**
 * Runs `work` while no other execution of this process works on any of the same entries; one that comes later waits for
 * the first and then finds its entries in the ledger. The entries of all companies of an execution are claimed at once:
 * of two executions that each held a part of what the other needs, neither would ever go on.
 *
 * @param names of the entries, unique over companies
 * @throws {FortnoxError} where the execution is cancelled while it waits
 * @throws {StoppedWithOthers} where another company's run has failed
 */
export async function withClaims<T>({ together, signal }: Run, names: readonly string[], work: () => Promise<T>): Promise<T> {
	await together.meet(names, async (all) => await take(all, signal));
	try {
		return await work();
	} finally {
		for (const name of names) {
			claims.get(name)?.end();
			claims.delete(name);
		}
	}
}

async function take(names: readonly string[], signal: AbortSignal | undefined): Promise<void> {
	for (let held = firstHeld(names); held !== undefined; held = firstHeld(names)) {
		await orAborted(held.isOver, signal);
		if (signal?.aborted) throw cancelled();
	}
	for (const name of names) {
		let end = (): void => undefined;
		const isOver = new Promise<void>((resolve) => {
			end = resolve;
		});
		claims.set(name, { isOver, end });
	}
}

function firstHeld(names: readonly string[]): Claim | undefined {
	const held = names.find((name) => claims.has(name));
	return held === undefined ? undefined : claims.get(held);
}
