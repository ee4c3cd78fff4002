import type { Waiter } from './slot';

/** Waiting requests of one priority: executions take turns, each in its own order. */
export class FairQueue {
	private readonly turns = new Map<string, Set<Waiter>>();
	size = 0;

	add(waiter: Waiter): void {
		const own = this.turns.get(waiter.executionKey);
		if (own === undefined) this.turns.set(waiter.executionKey, new Set([waiter]));
		else own.add(waiter);
		this.size++;
	}

	peek(): Waiter | undefined {
		for (const own of this.turns.values()) for (const waiter of own) return waiter;
		return undefined;
	}

	/** Does nothing where it has left before. */
	remove(waiter: Waiter): void {
		const own = this.turns.get(waiter.executionKey);
		if (own?.delete(waiter) !== true) return;
		this.size--;
		this.turns.delete(waiter.executionKey);
		if (own.size > 0) this.turns.set(waiter.executionKey, own);
	}

	*[Symbol.iterator](): Iterator<Waiter> {
		for (const own of this.turns.values()) yield* own;
	}
}
