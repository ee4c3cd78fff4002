import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';

import type { InstalledN8n } from './install';
import { waitFor } from './process';

/** Runs under load make a slow machine slower; nothing is measured by this. */
const BOOT_MS = 120_000;

/** A process of n8n that writes its output to a file. */
export class N8nProcess {
	private constructor(
		private readonly child: ChildProcess,
		readonly log: string,
	) {}

	static async start(installed: InstalledN8n, args: string[], env: Record<string, string>, log: string) {
		const file = await open(log, 'a');
		// A process group of its own: the task runner is a child that has to go with it.
		const child = spawn(installed.node, [installed.bin, ...args], {
			env,
			detached: true,
			stdio: ['ignore', file.fd, file.fd],
		});
		await file.close();
		return new N8nProcess(child, log);
	}

	/** Polls until n8n is ready, and says what it logged if it ends before that. */
	async ready(what: string, ask: () => Promise<boolean>): Promise<void> {
		await waitFor(
			what,
			async () => {
				if (this.child.exitCode !== null) return true;
				return await ask();
			},
			{ ms: BOOT_MS },
		);
		if (this.child.exitCode !== null) {
			throw new Error(`${what} ended with ${this.child.exitCode}:\n${(await readFile(this.log, 'utf8')).slice(-3000)}`);
		}
	}

	/** Ends it as an operator would; what is left of the process group after 20 s is killed. */
	async stop(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		const gone = once(this.child, 'exit');
		this.child.kill('SIGTERM');
		const late = setTimeout(() => this.killGroup(), 20_000);
		await gone;
		clearTimeout(late);
	}

	/** Ends it as a power cut would. */
	async kill(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		const gone = once(this.child, 'exit');
		this.killGroup();
		await gone;
	}

	private killGroup(): void {
		if (this.child.pid !== undefined) process.kill(-this.child.pid, 'SIGKILL');
	}
}

/** A worker of an n8n in queue mode. */
export type Worker = Pick<N8nProcess, 'stop' | 'kill' | 'log'>;
