/** A few processes that run tests for mutants, each started anew where a mutant hangs it. */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import type { Mutant } from './mutants';

export interface Work {
	tests: string[];
	mutant?: Mutant;
	/** For one test, in ms; what a mutant keeps waiting need not wait for long. */
	testTimeout?: number;
	/** For all tests together, in ms; then the process is ended. */
	timeout?: number;
	/** Sources of which the lines that were run are wanted. */
	coverageOf?: string[];
}

export interface Result {
	/** The test file that failed. */
	failed?: string;
	/** Nothing failed but for a test that did not end in its time. */
	timedOut?: boolean;
	message?: string;
	error?: string;
	ms?: number;
	cpuMs?: number;
	/** Of the slowest test. */
	slowestMs?: number;
	lines?: Record<string, number[]>;
	/** It did not end. */
	hung?: boolean;
}

/** Much longer than one test file takes. */
const TIMEOUT_MS = 90_000;
/** What jest keeps of each run fills the memory. */
const RUNS_PER_PROCESS = 60;

class Worker {
	private child: ChildProcess | undefined;
	private runs = 0;

	async run(work: Work): Promise<Result> {
		if (++this.runs % RUNS_PER_PROCESS === 0) this.stop();
		const child = (this.child ??= fork(join(__dirname, 'worker.js'), { stdio: 'ignore', execArgv: [] }));
		return await new Promise((resolve) => {
			const end = (result: Result, stop = false): void => {
				clearTimeout(timer);
				child.removeAllListeners();
				if (stop) this.stop();
				resolve(result);
			};
			const timer = setTimeout(() => end({ hung: true }, true), work.timeout ?? TIMEOUT_MS);
			child.once('message', (result) => end(result as Result));
			child.once('exit', (code) => end({ error: `the process ended with ${code}` }, true));
			child.send(work);
		});
	}

	stop(): void {
		this.child?.removeAllListeners();
		this.child?.kill('SIGKILL');
		this.child = undefined;
	}
}

export type RunWork = (work: Work) => Promise<Result>;

/** Does `each` with all works in `count` processes; `run` runs a work in one of them. Ends early where `goesOn` says so. */
export async function inWorkers<T extends Work>(
	count: number,
	all: T[],
	each: (work: T, run: RunWork) => Promise<void>,
	goesOn = () => true,
): Promise<void> {
	const left = all.values();
	const runOne = async (): Promise<void> => {
		const worker = new Worker();
		for (const work of left) {
			if (!goesOn()) break;
			await each(work, async (asked) => await worker.run(asked));
		}
		worker.stop();
	};
	await Promise.all(Array.from({ length: count }, runOne));
}
