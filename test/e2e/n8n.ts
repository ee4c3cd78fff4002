import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { IConnections, INode, INodeExecutionData, IPinData, IRunData, IWorkflowSettings } from 'n8n-workflow';

import { environment, type StartOptions } from './n8nEnvironment';
import { N8nProcess, type Worker } from './n8nProcess';
import { freePort, run, waitFor } from './process';

/** The session cookie is bound to this value: another one, or none, is answered with 401. */
export const browserId = 'e2e-browser';

/** Of every instance. */
export const owner = { email: 'e2e@example.com', firstName: 'E2E', lastName: 'Test', password: 'E2e-password-1' };

export interface WorkflowBody {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings: IWorkflowSettings;
	pinData?: IPinData;
}

export interface Execution {
	id: string;
	workflowId: string;
	status: string;
	mode: string;
	data: { resultData: { runData: IRunData; error?: { message: string; description?: string | null } } };
}

/** A running n8n with an owner and an API key. */
export class N8n {
	readonly url: string;

	private main?: N8nProcess;

	private readonly workers: N8nProcess[] = [];

	private cookie = '';

	private apiKey = '';

	private constructor(
		readonly options: StartOptions,
		private readonly port: number,
	) {
		this.url = `http://localhost:${port}`;
	}

	/** Starts n8n on a fresh user folder. */
	static async start(options: StartOptions): Promise<N8n> {
		const n8n = await N8n.startKept(options);
		await n8n.setUpOwner();
		return n8n;
	}

	/** Starts n8n on a user folder that has an owner already: nothing but `restart` and `stop` can be asked of it. */
	static async startKept(options: StartOptions): Promise<N8n> {
		const n8n = new N8n(options, options.port ?? (await freePort()));
		await n8n.startMain();
		return n8n;
	}

	/** The files that the processes write their output to. */
	get logs(): string[] {
		return [join(this.options.home, 'main.log'), ...this.workers.map((worker) => worker.log)];
	}

	/** Value of the session cookie `n8n-auth`. */
	get session(): string {
		return this.cookie.slice(this.cookie.indexOf('=') + 1);
	}

	/**
	 * Stops and starts the main process; workflows, credentials, session and API key stay.
	 * @param whileStopped done in between
	 */
	async restart({ whileStopped }: { whileStopped?: () => Promise<void> } = {}): Promise<void> {
		await this.main?.stop();
		await whileStopped?.();
		await this.startMain();
	}

	/** Stops the main process and the workers. */
	async stop(): Promise<void> {
		await Promise.all([...this.workers, this.main].map(async (one) => await one?.stop()));
	}

	/** Starts a worker; the instance must have been started with `redisPort`. `WORKER_NAME` is set in its environment. */
	async startWorker(name: string, concurrency: number): Promise<Worker> {
		const healthPort = await freePort();
		const env = {
			...environment(this.options, this.port),
			N8N_RUNNERS_BROKER_PORT: `${await freePort()}`,
			QUEUE_HEALTH_CHECK_PORT: `${healthPort}`,
			WORKER_NAME: name,
		};
		const log = join(this.options.home, `${name}.log`);
		const worker = await N8nProcess.start(this.options.installed, ['worker', `--concurrency=${concurrency}`], env, log);
		this.workers.push(worker);
		await worker.ready(`n8n worker ${name}`, async () => {
			const answer = await fetch(`http://127.0.0.1:${healthPort}/healthz/readiness`);
			return answer.ok;
		});
		return worker;
	}

	/** Types of n8n as the editor gets them. */
	async types<T>(kind: 'nodes' | 'credentials'): Promise<T[]> {
		return await this.request<T[]>('GET', `/types/${kind}.json`);
	}

	/**
	 * Saves a credential.
	 * @param data its fields in the clear; with `oauthTokenData` it needs no consent
	 * @returns its id
	 */
	async createCredential(name: string, type: string, data: Record<string, unknown>): Promise<string> {
		return (await this.rest<{ id: string }>('POST', '/credentials', { name, type, data })).id;
	}

	/** A credential's fields in the clear, the stored token among them, as `n8n export:credentials` gives them. */
	async credential(id: string): Promise<Record<string, unknown>> {
		const file = join(this.options.home, 'export.json');
		const { installed } = this.options;
		const args = [installed.bin, 'export:credentials', `--id=${id}`, '--decrypted', `--output=${file}`];
		const env = { ...environment(this.options, this.port), N8N_RUNNERS_BROKER_PORT: `${await freePort()}` };
		await run(installed.node, args, { env });
		const [exported] = JSON.parse(await readFile(file, 'utf8')) as Array<{ data: Record<string, unknown> }>;
		await rm(file);
		if (exported === undefined) throw new Error(`no credential ${id}`);
		return exported.data;
	}

	/** Saves a workflow as the editor does, pinned data included, and returns its id. */
	async createWorkflow(workflow: WorkflowBody): Promise<string> {
		// As the editor stores it: without it the second Execute step on a page ends in n8n, and nothing is shown (seen in n8n
		// 2.41: "Cannot read properties of null" in find-start-nodes.js).
		const pinData = workflow.pinData ?? {};
		return (await this.rest<{ id: string }>('POST', '/workflows', { ...workflow, pinData, active: false })).id;
	}

	/** Publishes a workflow. n8n 2 answers before the trigger has run: a failure of it is only in the log. */
	async activate(workflowId: string): Promise<void> {
		await this.api('POST', `/workflows/${workflowId}/activate`);
	}

	async deactivate(workflowId: string): Promise<void> {
		await this.api('POST', `/workflows/${workflowId}/deactivate`);
	}

	/** Whether n8n has stored what a workflow's trigger remembers. */
	async hasStaticData(workflowId: string): Promise<boolean> {
		const { staticData } = await this.rest<{ staticData: unknown }>('GET', `/workflows/${workflowId}`);
		return staticData !== null && JSON.stringify(staticData) !== '{}';
	}

	/**
	 * Starts a workflow as the editor's button does, and returns the execution's id.
	 * @param message what is written in the editor's chat, for a chat trigger
	 */
	async run(workflowId: string, trigger: string, message?: string): Promise<string> {
		const workflowData = await this.rest('GET', `/workflows/${workflowId}`);
		const json = { sessionId: 'e2e', action: 'sendMessage', chatInput: message };
		const data = { startTime: Date.now(), executionTime: 0, executionStatus: 'success', source: [null], data: { main: [[{ json }]] } };
		const body = { workflowData, triggerToStartFrom: { name: trigger, ...(message === undefined ? {} : { data }) } };
		return (await this.rest<{ executionId: string }>('POST', `/workflows/${workflowId}/run`, body)).executionId;
	}

	/** Runs the failed execution again from the node that failed, as *Retry with original workflow* does. */
	async retry(executionId: string): Promise<string> {
		return `${(await this.api<{ id: number | string }>('POST', `/executions/${executionId}/retry`)).id}`;
	}

	/** Waits for the end of an execution and returns it with its data. */
	async finished(executionId: string, ms = 120_000): Promise<Execution> {
		return await waitFor(
			`execution ${executionId}`,
			async () => {
				const execution = await this.execution(executionId);
				return hasEnded(execution) && execution;
			},
			{ ms, every: 300 },
		);
	}

	async execution(executionId: string): Promise<Execution> {
		return await this.api<Execution>('GET', `/executions/${executionId}?includeData=true`);
	}

	/** All executions of a workflow with their data, oldest first. */
	async executions(workflowId: string): Promise<Execution[]> {
		return (await this.list(workflowId, true)).sort((a, b) => Number(a.id) - Number(b.id));
	}

	/** How many executions of a workflow have ended, well or not. */
	async countFinished(workflowId: string): Promise<number> {
		return (await this.list(workflowId, false)).filter(hasEnded).length;
	}

	private async list(workflowId: string, includeData: boolean): Promise<Execution[]> {
		const found: Execution[] = [];
		const query = `workflowId=${workflowId}&includeData=${includeData}&limit=100`;
		let cursor: string | null = null;
		do {
			const from: string = cursor === null ? '' : `&cursor=${cursor}`;
			const page: { data: Execution[]; nextCursor: string | null } = await this.api('GET', `/executions?${query}${from}`);
			found.push(...page.data);
			cursor = page.nextCursor;
		} while (cursor !== null);
		return found;
	}

	/** The editor's own API. Answers of `{ data }` come without the envelope. */
	async rest<T>(method: string, path: string, body?: unknown): Promise<T> {
		return (await this.request<{ data: T }>(method, `/rest${path}`, body)).data;
	}

	/** n8n's public API. */
	async api<T>(method: string, path: string, body?: unknown): Promise<T> {
		return await this.request<T>(method, `/api/v1${path}`, body);
	}

	private async startMain(): Promise<void> {
		const env = {
			...environment(this.options, this.port),
			N8N_RUNNERS_BROKER_PORT: `${await freePort()}`,
			QUEUE_HEALTH_CHECK_PORT: `${await freePort()}`,
			WORKER_NAME: 'main',
		};
		this.main = await N8nProcess.start(this.options.installed, ['start'], env, join(this.options.home, 'main.log'));
		// `/healthz/readiness` comes too early on 1.x: the REST routes still answer 404 then.
		await this.main.ready('n8n', async () => {
			const answer = await fetch(`${this.url}/rest/settings`);
			return answer.ok && (await answer.text()).startsWith('{');
		});
	}

	private async setUpOwner(): Promise<void> {
		await this.request('POST', '/rest/owner/setup', owner);
		const scopes = await this.rest<string[]>('GET', '/api-keys/scopes');
		const key = await this.rest<{ rawApiKey: string }>('POST', '/api-keys', { label: 'e2e', scopes, expiresAt: null });
		this.apiKey = key.rawApiKey;
	}

	private async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const init: RequestInit = {
			method,
			headers: {
				'browser-id': browserId,
				'X-N8N-API-KEY': this.apiKey,
				...(this.cookie === '' ? {} : { cookie: this.cookie }),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		};
		const answer = await fetch(`${this.url}${path}`, init);
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 1000)}`);
		const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('n8n-auth='));
		if (cookie !== undefined) this.cookie = cookie.slice(0, cookie.indexOf(';'));
		return JSON.parse(text) as T;
	}
}

function hasEnded({ status }: Execution): boolean {
	return !['new', 'running', 'waiting'].includes(status);
}

/**
 * The items that a node put out in its last run of an execution.
 * @throws Error with the node's own message if it failed, or did not run.
 */
export function itemsOf(execution: Execution, node: string): INodeExecutionData[] {
	const runs = execution.data.resultData.runData[node];
	const last = runs?.at(-1);
	const failure = last?.error ?? (last === undefined ? execution.data.resultData.error : undefined);
	if (failure !== undefined) throw new Error(`${node} failed: ${failure.message} (${failure.description ?? ''})`);
	if (last === undefined) throw new Error(`${node} did not run; the execution's status is ${execution.status}`);
	return last.data?.main?.[0] ?? [];
}
