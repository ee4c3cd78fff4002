import type { OAuthTokenData } from '../../sandbox';

export type Work =
	| 'read 100,000 vouchers'
	| 'read the balances of a year'
	| 'import a SIE file of 2 MB'
	| 'import a SIE file of 200 MB'
	| 'check 20,000 items';

export interface BoundsTask {
	work: Work;
	url: string;
	clientId: string;
	clientSecret: string;
	oauthTokenData: OAuthTokenData;
}

export interface BoundsFigures {
	/** ms */
	longestBlock: number;
	/** Pieces of more than 50 ms. */
	over50: number;
	seconds: number;
	peakRssMb: number;
	/** How it ended, such as the beginning of an error. */
	ended: string;
}
