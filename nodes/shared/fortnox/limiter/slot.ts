export type Priority = 'interactive' | 'bulk';

export interface SlotRequest {
	priority: Priority;
	/** Executions take turns. */
	executionKey: string;
	signal?: AbortSignal;
	/** Monotonic time after which waiting makes no sense any more. */
	deadline: number;
	/** Called at once when the request can't leave at once, with the wait to be expected in ms. */
	onQueued?: (expectedMs: number) => void;
}

/** The right to send one request now. Exactly one of its methods is to be called, once. */
export interface Slot {
	/** An answer came: free again a window after now. */
	answered(): void;
	/** Fortnox said 429. `retryAfterMs` holds back the tenant's other requests as well. */
	throttled(retryAfterMs?: number): void;
	/** No answer came; the request reaches Fortnox before `arrivesBy` (monotonic) or never. */
	lost(arrivesBy: number): void;
	/** It is proven that nothing was sent. */
	unsent(): void;
}

/** Why a waiting request got no slot. */
export type Denial = 'cancelled' | 'deadline';

/** A request that waits for a slot. */
export interface Waiter extends SlotRequest {
	settle(result: Slot | Denial): void;
}
