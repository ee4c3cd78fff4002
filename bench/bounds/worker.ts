/** One work of `bench/bounds.ts` in a process of its own, whose event loop is watched. */
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTING_NODE, createEngine, fortnoxCredential, type EngineInput } from '../../engine';
import { FortnoxAccounting } from '../../nodes/FortnoxAccounting/FortnoxAccounting.node.js';
import type { BoundsFigures, BoundsTask, Work } from './task';

const MB = 1024 * 1024;

interface Run {
	parameters: INodeParameters;
	input?: EngineInput;
}

const DRY = { options: { dryRun: true } };

const RUNS: Record<Work, () => Run> = {
	'read 100,000 vouchers': () => ({
		parameters: { resource: 'journalEntry', operation: 'getAll', returnAll: true, filters: { dateFrom: '2026-01-01', dateTo: '2026-12-31' } },
	}),
	'read the balances of a year': () => ({
		parameters: { resource: 'account', operation: 'getBalances', start: '2026-01', end: '2026-12' },
	}),
	'import a SIE file of 2 MB': () => sieImport(2),
	'import a SIE file of 200 MB': () => sieImport(200),
	'check 20,000 items': () => ({
		parameters: {
			resource: 'journalEntry',
			operation: 'create',
			journalId: 'A',
			date: '2026-06-01',
			number: '={{ $json.number }}',
			linesSource: 'json',
			linesJson: '={{ [{ account: "1930", debit: $json.amount }, { account: "3001", credit: $json.amount }] }}',
			...DRY,
		},
		input: Array.from({ length: 20_000 }, (_, index) => ({ number: `B-${index}`, amount: index + 1 })),
	}),
};

function sieImport(megabytes: number): Run {
	const head = '#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#RAR 0 20260101 20261231\n';
	const rows = '{\n#TRANS 1930 {} 100.00 "" "Bench"\n#TRANS 3001 {} -100.00 "" "Bench"\n}\n';
	const vouchers: string[] = [];
	for (let number = 1, size = 0; size < megabytes * MB; number++) {
		const voucher = `#VER L ${number} 20260625 "Bench"\n${rows}`;
		vouchers.push(voucher);
		size += voucher.length;
	}
	const data = Buffer.from(head + vouchers.join('')).toString('base64');
	return {
		parameters: { resource: 'journalEntry', operation: 'importSie', journalId: 'A', ...DRY },
		input: [{ json: {}, binary: { data: { data, mimeType: 'text/plain', fileName: 'bench.se' } } }],
	};
}

/** Counts how long nobody else had a turn: a timer that is due every few ms is late by that. */
function watch(): () => { longestBlock: number; over50: number } {
	let last = performance.now();
	let [longestBlock, over50] = [0, 0];
	const timer = setInterval(() => {
		const late = performance.now() - last - EVERY_MS;
		last = performance.now();
		longestBlock = Math.max(longestBlock, late);
		if (late > 50) over50++;
	}, EVERY_MS);
	return () => {
		clearInterval(timer);
		return { longestBlock: Math.round(longestBlock), over50 };
	};
}

const EVERY_MS = 2;

async function main({ work, ...app }: BoundsTask): Promise<BoundsFigures> {
	const engine = createEngine({
		nodeTypes: { [ACCOUNTING_NODE]: FortnoxAccounting },
		credentials: { fortnox: fortnoxCredential(app) },
	});
	// The engine loads itself with its first run.
	await engine.runNode({ parameters: { resource: 'company', operation: 'get' } });
	const { parameters, input } = RUNS[work]();
	const started = performance.now();
	const stop = watch();
	const result = await engine.runNode({ parameters, ...(input && { input }) });
	const blocks = stop();
	return {
		...blocks,
		seconds: Math.round((performance.now() - started) / 100) / 10,
		peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
		ended: result.error?.message.slice(0, 120) ?? `${result.items().length} items`,
	};
}

process.once('message', (task: BoundsTask) => {
	void main(task).then(
		(figures) => process.send?.(figures, () => process.exit(0)),
		(error: unknown) => {
			process.stderr.write(`${String(error)}\n`);
			process.exit(1);
		},
	);
});
