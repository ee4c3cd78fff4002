import type { OAuthTokenData } from '../../sandbox';

/** What the parent tells a worker before it starts. */
export interface WorkerTask {
	url: string;
	clientId: string;
	clientSecret: string;
	oauthTokenData: OAuthTokenData;
	/** Begins every number of the worker's entries. */
	name: string;
	entriesPerRun: number;
}

/** `ready`: everything is loaded, `go` starts the work; `posted`: numbers that the node returned as posted, after the work ended. */
export type FromWorker = { kind: 'ready' } | { kind: 'posted'; numbers: string[] };
export type ToWorker = { kind: 'task'; task: WorkerTask } | { kind: 'go' } | { kind: 'stop' };
