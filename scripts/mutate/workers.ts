/** A few processes that run tests for mutants, each started anew where a mutant hangs it. */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import type { Mutant } from './mutants';

export interface Work {
	tests: string[];
	mutant?: Mutant;
	/** For one test, in ms; what a mutant keeps waiting need not wait for long. */
	testTimeout?: number;
	/** Sources of which the lines that were run are wanted. */
	coverageOf?: string[];
}

export interface Result {
	/** The test file that failed. */
	failed?: string;
	message?: string;
	error?: string;
	ms?: number;
	/** Of the slowest test. */
	slowestMs?: number;
	lines?: Record<string, number[]>;
	/** It did not end. */
	hung?: boolean;
}

/** Much longer than the tests of a room take together. */
const HUNG_AFTER_MS = 90_000;
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
			const timer = setTimeout(() => end({ hung: true }, true), HUNG_AFTER_MS);
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

/** Does all the work in `count` processes, and hands each result over as it comes. Ends early where `goesOn` says so. */
export async function inWorkers(
	count: number,
	all: Work[],
	done: (work: Work, result: Result) => void,
	goesOn = () => true,
): Promise<void> {
	const left = all.values();
	const runOne = async (): Promise<void> => {
		const worker = new Worker();
		for (const work of left) {
			if (!goesOn()) break;
			done(work, await worker.run(work));
		}
		worker.stop();
	};
	await Promise.all(Array.from({ length: count }, runOne));
}
