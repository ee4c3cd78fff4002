import type { OAuthTokenData } from '../../sandbox';

/** What the node is asked to do. */
export const WORKS = [
	'read 100,000 vouchers',
	'read the balances of a year',
	'read an income statement',
	'import a SIE file of 2 MB',
	'import a SIE file of 200 MB',
	'import a SIE quantity of 80 kB',
	'check 20,000 items',
	'check 20,000 items of two companies at once',
	'check an entry of 10,000 rows',
] as const;

export type Work = (typeof WORKS)[number];

export interface BoundsTask {
	/** A work, or `read accounts` from a server that means harm. */
	work: Work | 'read accounts';
	url: string;
	clientId: string;
	clientSecret: string;
	oauthTokenData: OAuthTokenData;
}

export interface BoundsFigures {
	/** The longest time in which nobody else had a turn, in ms of this process's CPU: a busy machine lengthens none. */
	longestBlock: number;
	/** Pieces of more than 50 ms. */
	over50: number;
	/** How long a request to the same process waited at most, in ms of its CPU: others need the network, not only timers. */
	longestWait: number;
	seconds: number;
	cpuSeconds: number;
	/** What the process took more than before the work, in MB. */
	grewMb: number;
	/** How it ended, such as the beginning of an error. */
	ended: string;
}
