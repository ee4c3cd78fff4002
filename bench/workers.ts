import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

import { readComments } from '../nodes/shared/ledger/readMark';
import { type Sandbox, startSandbox } from '../sandbox';
import type { FromWorker, ToWorker } from './workers/task';

const LIMIT = { requests: 25, windowMs: 5000 };
const TENANT = 1001;
const WANTED = { throughput: '>= 0.9', refusedShare: '<= 0.03', fairness: '>= 0.5', lost: 0, doubled: 0 };
const SETTLED_AFTER_MS = 10_000;
/** Entries of all processes' runs together: few enough for the last runs to end soon after the time is over. */
const ENTRIES_AT_ONCE = 60;

export interface WorkersScenario {
	processes: number;
	/** Whether a refused request takes a place in Fortnox's window. */
	refusedCount: boolean;
	seconds: number;
	/** The first process starts at once, the last one this many seconds later, the others in between. */
	startsWithinSeconds?: number;
	latencyMs?: number;
}

interface WorkersFigures {
	/** Requests let in, as a part of what the limit allows in the time. */
	throughput: number;
	/** 429s as a part of the requests later than 10 s after the start of the last process. */
	refusedShare: number;
	/** Requests let in since the last process started: slowest ÷ fastest process. */
	fairness: number;
	perProcess: number[];
	entries: number;
	lost: number;
	doubled: number;
}

/** Runs separate processes with endless bulk work against one tenant of a sandbox. */
export async function runWorkers(scenario: WorkersScenario): Promise<WorkersFigures> {
	const { processes, refusedCount, seconds, startsWithinSeconds = 0, latencyMs = 5 } = scenario;
	const sandbox = await startSandbox({
		settings: { limit: { ...LIMIT, countRefused: refusedCount, retryAfter: false }, latencyMs },
	});
	const workers = Array.from({ length: processes }, () =>
		fork(join(__dirname, 'workers', 'worker.ts'), { execArgv: ['--require', 'tsx/cjs'] }),
	);
	try {
		const tokens = workers.map(() => sandbox.issueTokens({ tenantId: TENANT }));
		for (const [index, worker] of workers.entries()) {
			const ready = nextMessage(worker, 'ready');
			const [client] = sandbox.clients;
			const oauthTokenData = tokens[index];
			if (client === undefined || oauthTokenData === undefined) throw new Error('The sandbox has no client');
			tell(worker, {
				kind: 'task',
				task: {
					url: sandbox.url,
					clientId: client.id,
					clientSecret: client.secret,
					oauthTokenData,
					name: `W${index}`,
					entriesPerRun: Math.ceil(ENTRIES_AT_ONCE / processes),
				},
			});
			await ready;
		}
		const posted = workers.map(async (worker) => await nextMessage(worker, 'posted'));
		const startedAt = performance.now();
		const gapMs = processes > 1 ? (startsWithinSeconds * 1000) / (processes - 1) : 0;
		for (const worker of workers) {
			if (worker !== workers[0]) await pass(gapMs);
			tell(worker, { kind: 'go' });
		}
		const allStartedAt = performance.now();
		await pass(seconds * 1000);
		const endedAt = performance.now();
		for (const worker of workers) tell(worker, { kind: 'stop' });
		const numbers = (await Promise.all(posted)).flatMap((message) => (message.kind === 'posted' ? message.numbers : []));
		return { ...countRequests(sandbox, processes, startedAt, allStartedAt, endedAt), ...countEntries(sandbox, numbers) };
	} finally {
		for (const worker of workers) worker.kill();
		await sandbox.close();
	}
}

function tell(worker: ChildProcess, message: ToWorker): void {
	worker.send(message);
}

async function pass(ms: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, ms));
}

async function nextMessage(worker: ChildProcess, kind: FromWorker['kind']): Promise<FromWorker> {
	return await new Promise((resolve, reject) => {
		worker.on('message', (message: FromWorker) => message.kind === kind && resolve(message));
		worker.once('exit', (code) => reject(new Error(`A worker ended with ${code} before it was ${kind}`)));
	});
}

/** The process's index, by the number of the entry that is in a voucher's comments. */
function ownerOf(comments: string | null | undefined): number | undefined {
	const number = readComments(comments).mark?.number;
	return number === undefined ? undefined : Number(/^W(\d+)-/.exec(number)?.[1]);
}

function countRequests(sandbox: Sandbox, processes: number, startedAt: number, allStartedAt: number, endedAt: number) {
	const log = sandbox.log.filter(({ at }) => at >= startedAt && at < endedAt);
	const letIn = log.filter(({ status }) => status !== 429);
	const settled = log.filter(({ at }) => at >= allStartedAt + SETTLED_AFTER_MS);
	const perProcess = Array.from({ length: processes }, () => 0);
	for (const { at, method, body } of letIn) {
		if (method !== 'POST' || at < allStartedAt) continue;
		const owner = ownerOf(commentsIn(body));
		if (owner !== undefined) perProcess[owner] = (perProcess[owner] ?? 0) + 1;
	}
	return {
		throughput: round(letIn.length / (((endedAt - startedAt) / LIMIT.windowMs) * LIMIT.requests)),
		refusedShare: round(settled.filter(({ status }) => status === 429).length / Math.max(settled.length, 1)),
		fairness: round(Math.min(...perProcess) / Math.max(...perProcess)),
		perProcess,
	};
}

/** Of a voucher that was posted. */
function commentsIn(body: unknown): string | undefined {
	return /"Comments":"([^"]*)"/.exec(JSON.stringify(body))?.[1];
}

function countEntries(sandbox: Sandbox, posted: readonly string[]) {
	const timesInLedger = new Map<string, number>();
	for (const { comments } of sandbox.company(TENANT).vouchers()) {
		const number = readComments(comments).mark?.number;
		if (number?.startsWith('W')) timesInLedger.set(number, (timesInLedger.get(number) ?? 0) + 1);
	}
	return {
		entries: posted.length,
		lost: posted.filter((number) => !timesInLedger.has(number)).length,
		doubled: [...timesInLedger.values()].filter((times) => times > 1).length,
	};
}

/** Prints what 1, 2, 4 and 8 processes reach together. `--seconds N` changes the time of each run, `--processes N` picks one. */
export async function run(print: (figure: object) => void): Promise<void> {
	const seconds = argument('--seconds') ?? 90;
	const only = argument('--processes');
	for (const processes of only === undefined ? [1, 2, 4, 8] : [only]) {
		for (const refusedCount of [false, true]) {
			const figures = await runWorkers({ processes, refusedCount, seconds });
			print({ bench: 'workers', processes, refusedCount, seconds, ...figures, wanted: WANTED });
		}
	}
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

function argument(name: string): number | undefined {
	const at = process.argv.indexOf(name);
	return at === -1 ? undefined : Number(process.argv[at + 1]);
}
