import type { INodeParameters } from 'n8n-workflow';

import type { OAuthTokenData } from '../../sandbox';

export interface ReaderTask {
	url: string;
	clientId: string;
	clientSecret: string;
	oauthTokenData: OAuthTokenData;
	parameters: INodeParameters;
	/** File that gets the entries in plain form, one JSON object per line. */
	output: string;
	yearId: number;
}

export interface ReaderFigures {
	seconds: number;
	entries: number;
	/** Heap before the node ran, after a collection. */
	beforeMb: number;
	/** What the run left on the heap: its output. */
	outputMb: number;
	peakRssMb: number;
	fileMb: number;
	rowsPerCpuSecond: number;
}
