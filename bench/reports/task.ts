import type { INodeParameters } from 'n8n-workflow';

import type { OAuthTokenData } from '../../sandbox';

export interface ReporterTask {
	/** The built node's file. */
	node: string;
	url: string;
	clientId: string;
	clientSecret: string;
	oauthTokenData: OAuthTokenData;
	parameters: INodeParameters;
	/** Memory is measured, which takes time of its own; else the time. */
	isMeasured: boolean;
}

export interface ReporterFigures {
	seconds: number;
	/** Of the whole run of the node: requests, reading, figures, output. */
	cpuSeconds: number;
	/** Alive when the year is read and its figures stand, the file among it, beside what was alive before. */
	heldMb: number;
	items: number;
}
