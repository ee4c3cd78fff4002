import type { Registers } from './cache';
import type { Clock } from './clock';
import type { Priority, RateLimiters } from './limiter';
import type { Proofs } from './proofs';
import type { Secrets } from './secrets';
import type { ServiceAccountTokens } from './serviceAccount';
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
	proofs: Proofs;
	tokens: ServiceAccountTokens;
	registers: Registers;
}

/** How to reach a company, and which execution is asking. */
export interface Connection {
	/** The company that is meant; undefined until it is known which one the credential leads to. */
	tenantId?: number;
	/** API base URL, app and company: what Fortnox's limit belongs to. */
	limitKey: string;
	/** Checked, without a slash at its end. */
	baseUrl: string;
	credential: StoredCredential;
	/** Its secrets, as far as they were read: nothing that holds one is kept. */
	secrets: Secrets;
	transport: Transport;
	shared: SharedState;
	priority: Priority;
	/** Executions of one tenant take turns by this. */
	executionKey: string;
	signal?: AbortSignal;
	/** Nothing but GET is sent. */
	isReadOnly?: boolean;
	/** Most ms that one request may wait in all, its retries included; without it, a request waits as long as it takes. */
	maxWaitMs?: number;
	/** Called when a wait of more than 3 seconds begins, and where Fortnox answers 429 for that time. */
	onWait?: (info: WaitInfo) => void;
	/** Writes a line to n8n's log at debug level. */
	debug?: (line: string) => void;
}

/** A connection whose company is proven. */
export interface ProvenConnection extends Connection {
	tenantId: number;
	/** What the credential may do: the scopes of its token, or the credential itself where the token doesn't say. */
	access: string;
}
