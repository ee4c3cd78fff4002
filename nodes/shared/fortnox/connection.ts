import type { Registers } from './cache';
import type { Clock } from './clock';
import type { Priority, RateLimiters } from './limiter';
import type { TokenGates } from './tokenGate';
import type { StoredCredential, Transport } from './transport';

/** A wait that the user should hear of, told when it begins. */
export interface WaitInfo {
	/** ms, as far as it can be foreseen. */
	expectedMs: number;
	/** `limit`: other requests of this company go first; `throttled`: Fortnox said 429; `retry`: Fortnox or the network failed. */
	why: 'limit' | 'throttled' | 'retry';
}

/** What all connections of a process share. */
export interface SharedState {
	clock: Clock;
	limiters: RateLimiters;
	gates: TokenGates;
	registers: Registers;
}

/** Everything that a client needs to know of the company, of how to reach it, and of who asks. */
export interface Connection {
	/** The company, as its token proves it. */
	tenantId: number;
	/** API base URL and company: what registers, mark index and claims belong to, whichever app or credential asks. */
	tenantKey: string;
	/** The same and the app: what Fortnox's limit belongs to. */
	limitKey: string;
	/** Checked, without a slash at its end. */
	baseUrl: string;
	credential: StoredCredential;
	transport: Transport;
	shared: SharedState;
	priority: Priority;
	/** Executions of one tenant take turns by this. */
	executionKey: string;
	signal?: AbortSignal;
	/** Most ms that one request may wait in all, its retries included; without it, a request waits as long as it takes. */
	maxWaitMs?: number;
	/** Called when a wait of more than 3 seconds begins. */
	onWait?: (info: WaitInfo) => void;
}
