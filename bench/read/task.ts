import type { INodeParameters } from 'n8n-workflow';

import type { OAuthTokenData } from '../../sandbox';
import type { HeldMb } from './memory';

export interface ReaderTask {
	url: string;
	clientId: string;
	clientSecret: string;
	oauthTokenData: OAuthTokenData;
	parameters: INodeParameters;
	/** File that gets the entries in plain form, one JSON object per line. */
	output: string;
	yearId: number;
	/** How many entries will come; given where memory is to be measured, which takes time of its own. */
	measured?: number;
}

export interface ReaderFigures {
	seconds: number;
	entries: number;
	peakRssMb: number;
	fileMb: number;
	rowsPerCpuSecond: number;
}

/** Live memory after full collections, in MB, without what was alive before the node ran. */
export interface MemoryFigures extends HeldMb {
	/** The output alone. */
	output: number;
}
