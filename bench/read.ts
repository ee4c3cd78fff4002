import { fork } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { INodeParameters } from 'n8n-workflow';

import { type CompanyState, type Sandbox, startSandbox } from '../sandbox';
import { truthOf } from '../test/engine/reading/truth';
import type { MemoryFigures, ReaderFigures, ReaderTask } from './read/task';

const SIZES = [1_000, 10_000, 100_000];

/** The company without vouchers in 2026, so that the year holds exactly what the bench books. */
const TENANT = 1003;
const YEAR = 7;

/** Requests per second that Fortnox's limit allows: 25 per 5 s. */
const PER_SECOND = 5;

/** Reads years of 1,000, 10,000 and 100,000 vouchers through the node and prints what it takes. About 6 minutes. */
export async function run(print: (figure: object) => void): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-read-'));
	try {
		for (const size of SIZES) {
			const sandbox = await startSandbox();
			const company = sandbox.company(TENANT);
			company.addVouchers(size, { yearId: YEAR, seed: 42 });
			const joined = await readOnce(sandbox, join(folder, `${size}`), {});
			const memory = await measureMemory(sandbox, size);
			const wrong = await countWrong(company, joined.output);
			print({ bench: 'read', vouchers: size, how: 'list and SIE', ...joined.figures, ...memory, wrong_entries: wrong });
			if (size === SIZES[0]) {
				const singly = await readOnce(sandbox, join(folder, `${size}-singly`), { readOneByOne: true });
				print({
					bench: 'read',
					vouchers: size,
					how: 'one by one',
					...singly.figures,
					wrong_entries: await countWrong(company, singly.output),
				});
			} else {
				print({ bench: 'read', vouchers: size, how: 'one by one (computed)', requests: size, seconds: size / PER_SECOND });
			}
			await sandbox.close();
		}
	} finally {
		rmSync(folder, { recursive: true });
	}
}

async function readOnce(sandbox: Sandbox, output: string, options: INodeParameters): Promise<{ output: string; figures: object }> {
	sandbox.log.length = 0;
	const figures = await inProcess<ReaderFigures>(taskFor(sandbox, { output, options }));
	// The reader's last request, for the file alone, measures the parsing.
	const requests = sandbox.log.filter(({ path }) => path.startsWith('/3/'));
	const measured = requests.slice(0, -1);
	return {
		output,
		figures: {
			requests: measured.length,
			refused: measured.filter(({ status }) => status === 429).length,
			seconds: round(figures.seconds),
			peak_rss_mb: round(figures.peakRssMb),
			file_mb: round(figures.fileMb),
			rows_per_cpu_second: figures.rowsPerCpuSecond,
		},
	};
}

/**
 * Reads once more and looks at what is alive at fixed moments. `reader_holds_mb` is what the reader has alive beside
 * its output when that is complete, the file among it.
 */
async function measureMemory(sandbox: Sandbox, size: number): Promise<object> {
	const { listed, joined, converted, output } = await inProcess<MemoryFigures>(taskFor(sandbox, { measured: size }));
	return {
		live_mb: { listed: round(listed), joined: round(joined), converted: round(converted) },
		output_mb: round(output),
		reader_holds_mb: round(converted - output),
	};
}

function taskFor(
	sandbox: Sandbox,
	{ options = {}, ...more }: { options?: INodeParameters; output?: string; measured?: number },
): ReaderTask {
	const [client] = sandbox.clients;
	if (client === undefined) throw new Error('The sandbox has no client');
	return {
		url: sandbox.url,
		clientId: client.id,
		clientSecret: client.secret,
		oauthTokenData: sandbox.issueTokens({ tenantId: TENANT }),
		parameters: {
			resource: 'journalEntry',
			operation: 'getAll',
			returnAll: true,
			filters: { dateFrom: '2026-01-01', dateTo: '2026-12-31' },
			options,
		},
		output: '',
		yearId: YEAR,
		...more,
	};
}

async function inProcess<Figures>(task: ReaderTask): Promise<Figures> {
	const child = fork(join(__dirname, 'read', 'reader.ts'), {
		execArgv: ['--require', 'tsx/cjs', '--expose-gc', '--max-old-space-size=3072'],
	});
	child.send(task);
	return await new Promise((resolve, reject) => {
		child.once('message', (figures) => resolve(figures as Figures));
		child.once('exit', (code) => reject(new Error(`The reader ended with ${code}`)));
	});
}

/** Compares what the node returned with the sandbox's ledger, entry by entry and row by row. */
async function countWrong(company: CompanyState, output: string): Promise<number> {
	const truth = truthOf(company.vouchers(YEAR));
	let wrong = 0;
	let at = 0;
	for await (const line of createInterface({ input: createReadStream(output) })) {
		if (line !== JSON.stringify(truth[at++])) wrong++;
	}
	return wrong + Math.abs(truth.length - at);
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
