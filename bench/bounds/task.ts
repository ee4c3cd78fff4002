import type { OAuthTokenData } from '../../sandbox';

/** ms for which nobody else has a turn. */
export const LONGEST_PIECE_MS = 50;

/** At 100,000 vouchers, beside the output. */
export const MOST_MEMORY_MB = 150;

/** What the node is asked to do, while others wait for their turn. */
export const WORKS = [
	'read 100,000 vouchers',
	'read the balances of a year',
	'read an income statement',
	'import a SIE file of 2 MB',
	'import a SIE file of 100,000 vouchers',
	'refuse 100,000 vouchers of a SIE file',
	'refuse 100,000 vouchers of a SIE file, each for a reason of its own',
	'import a SIE file of 200 MB',
	'import a SIE quantity of 80 kB',
	'check 20,000 items',
	'check 20,000 items of two companies at once',
	'check an entry of 10,000 rows',
	'check a sheet of 10,000 rows in EUR',
	'reconcile 20,000 rows of one amount',
] as const;

/** Works that are measured without pauses as well. */
export const WORKS_BEFORE: readonly Work[] = ['read the balances of a year', 'import a SIE file of 2 MB', 'check 20,000 items'];

/** Works on 100,000 vouchers, or on as much as a run is given at most, whose memory is measured. */
export const LARGE_WORKS = [
	'read 100,000 vouchers',
	'list 100,000 vouchers',
	'read the balances of a year',
	'read an income statement',
	'import a SIE file of 100,000 vouchers',
	'refuse 100,000 vouchers of a SIE file',
	'refuse 100,000 vouchers of a SIE file, each for a reason of its own',
	'import a SIE file of 32 MB',
	'check 20,000 items',
	'reconcile 20,000 rows of one amount',
] as const;

export type Work = (typeof WORKS)[number] | (typeof LARGE_WORKS)[number];

export interface BoundsTask {
	/** A work, or `read accounts` from a server that means harm. */
	work: Work | 'read accounts';
	measures: 'blocks' | 'memory';
	url: string;
	clientId: string;
	clientSecret: string;
	/** One for each execution that runs at the same time, of another company each. */
	tokens: OAuthTokenData[];
}

export interface BoundsFigures {
	/** The longest time in which the node gave nobody else a turn, in ms of CPU: a busy machine lengthens none. */
	longestBlock: number;
	/** Pieces of more than 50 ms. */
	over50: number;
	/** How long a request to the same process waited at most, in ms of CPU: others need the network, not only timers. */
	longestWait: number;
	/** The longest pause of V8's garbage collection, which no code can divide and which is no part of the blocks. ms. */
	longestGc: number;
	/** The longest event loop delay of `perf_hooks`, in ms that passed: with collections, and on a busy machine with other programs. */
	longestDelay: number;
	seconds: number;
	cpuSeconds: number;
	/** How it ended, such as the beginning of an error. */
	ended: string;
}

/** In a run of its own, since looking at the memory holds others up. MB that are alive after a full collection. */
export interface MemoryFigures {
	/** At most, beside the output as it is in the end; with what the node keeps for the next run. */
	besideOutputMb: number;
	outputMb: number;
	/** What the node keeps for the next run. */
	keptMb: number;
	seconds: number;
	ended: string;
}
