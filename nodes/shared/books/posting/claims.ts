import { orAborted } from '../../fortnox/clock';
import { cancelled } from '../../fortnox/errors';
import type { Run } from '../../n8n/run';
import { giveWay } from '../../turns';

/**
 * Entries that executions of this process are posting right now, by names that are unique over companies, with the runs
 * that wait for each.
 */
const claims = new Map<string, Array<() => void>>();

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
			const waiting = claims.get(name) ?? [];
			claims.delete(name);
			for (const goOn of waiting) goOn();
			await giveWay();
		}
	}
}

/** Those that take claims come one after the other, so that nobody takes a part of them in between. */
let turn: Promise<unknown> = Promise.resolve();

async function take(names: readonly string[], signal: AbortSignal | undefined): Promise<void> {
	for (;;) {
		const attempt = turn.then(async () => await takeUnlessHeld(names));
		turn = attempt;
		const { released } = await attempt;
		if (released === undefined) return;
		await orAborted(released, signal);
		if (signal?.aborted) throw cancelled();
	}
}

/** Takes all of them, or none. @returns where another execution has one of them, when it lets go of it */
async function takeUnlessHeld(names: readonly string[]): Promise<{ released?: Promise<void> }> {
	for (const name of names) {
		const held = claims.get(name);
		if (held !== undefined) return { released: new Promise<void>((goOn) => held.push(goOn)) };
		await giveWay();
	}
	for (const name of names) {
		claims.set(name, []);
		await giveWay();
	}
	return {};
}
