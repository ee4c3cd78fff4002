/** An n8n worker with bulk work in a process of its own: posts entries, run after run, until its parent says stop. */
import { ACCOUNTING_NODE, createEngine, fortnoxCredential, type Engine } from '../../engine';
// The ending keeps loaders from taking the codex file `FortnoxAccounting.node.json` for it.
import { FortnoxAccounting } from '../../nodes/FortnoxAccounting/FortnoxAccounting.node.js';
import type { FromWorker, ToWorker, WorkerTask } from './task';

let isStopped = false;

function engineFor(task: WorkerTask): Engine {
	return createEngine({
		nodeTypes: { [ACCOUNTING_NODE]: FortnoxAccounting },
		credentials: { fortnox: fortnoxCredential(task) },
	});
}

/** Finishes the run that it is in when told to stop, so that every entry's outcome is known. */
async function work(task: WorkerTask): Promise<string[]> {
	const engine = engineFor(task);
	const numbers: string[] = [];
	for (let run = 0; !isStopped; run++) {
		const result = await engine.runNode({
			parameters: {
				resource: 'journalEntry',
				operation: 'create',
				journalId: 'A',
				date: '2026-06-01',
				number: '={{ $json.number }}',
				linesSource: 'json',
				linesJson: [
					{ account: '1930', debit: 1 },
					{ account: '3004', credit: 1 },
				],
			},
			input: Array.from({ length: task.entriesPerRun }, (_, entry) => ({ number: `${task.name}-${run}-${entry}` })),
		});
		if (result.error) throw new Error(result.error.message);
		numbers.push(...result.json().map(({ number }) => (typeof number === 'string' ? number : '')));
	}
	return numbers;
}

function tell(message: FromWorker, then: () => void = () => {}): void {
	process.send?.(message, then);
}

let task: WorkerTask | undefined;

process.on('message', (message: ToWorker) => {
	if (message.kind === 'stop') isStopped = true;
	if (message.kind === 'task') {
		({ task } = message);
		tell({ kind: 'ready' });
	}
	if (message.kind === 'go' && task) {
		void work(task).then(
			(numbers) => tell({ kind: 'posted', numbers }, () => process.exit(0)),
			(error: unknown) => {
				process.stderr.write(`${String(error)}\n`);
				process.exit(1);
			},
		);
	}
});
