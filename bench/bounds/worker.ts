/** One work of `bench/bounds.ts` in a process of its own, whose event loop is watched. */
import type { IExecuteFunctions, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { ACCOUNTING_NODE, createEngine, fortnoxCredential, type EngineInput, type EngineResult } from '../../engine';
import { FortnoxAccounting } from '../../nodes/FortnoxAccounting/FortnoxAccounting.node.js';
import { liveMb } from '../read/memory';
import type { BoundsFigures, BoundsTask, MemoryFigures } from './task';
import { watchLoop, type Blocks } from './watch';

const MB = 1024 * 1024;

/** How often the memory is looked at; each look is a full collection. */
const LOOK_EVERY_MS = 500;

interface Run {
	parameters: INodeParameters;
	input?: EngineInput;
}

const DRY = { options: { dryRun: true } };

const YEAR = { dateFrom: '2026-01-01', dateTo: '2026-12-31' };

const ENTRY = { resource: 'journalEntry', operation: 'create', journalId: 'A', date: '2026-06-01', ...DRY };

const RUNS: Record<BoundsTask['work'], () => Run> = {
	'read accounts': () => ({ parameters: { resource: 'account', operation: 'getAll', returnAll: true } }),
	'read 100,000 vouchers': () => ({
		parameters: { resource: 'journalEntry', operation: 'getAll', returnAll: true, filters: YEAR },
	}),
	'list 100,000 vouchers': () => ({
		parameters: { resource: 'journalEntry', operation: 'getAll', returnAll: true, filters: YEAR, options: { includeItems: false } },
	}),
	'read the balances of a year': () => ({
		parameters: { resource: 'account', operation: 'getBalances', start: '2026-01', end: '2026-12' },
	}),
	'read an income statement': () => ({
		parameters: { resource: 'report', operation: 'incomeStatement', period: '2026', options: { columns: 'months' } },
	}),
	'import a SIE file of 2 MB': () => sieImport(vouchersOf(2)),
	'import a SIE file of 200 MB': () => sieImport(vouchersOf(200)),
	'import a SIE file of 100,000 vouchers': () => sieImport(vouchersOf(9.6)),
	'import a SIE quantity of 80 kB': () => sieImport(`#VER L 1 20260625 "Bench"\n{\n#TRANS 1930 {} 1.00 "" "" ${'1'.repeat(80_000)}x\n}\n`),
	'check 20,000 items': checks,
	'check 20,000 items of two companies at once': checks,
	'check an entry of 10,000 rows': () => ({
		parameters: { ...ENTRY, number: 'B', linesSource: 'inputItems', allItems: true },
		input: Array.from(
			{ length: 10_000 },
			(_, index) => ({ account: index % 2 ? '1930' : '3001', [index % 2 ? 'debit' : 'credit']: (index >> 1) + 1 }),
		),
	}),
	'reconcile 20,000 rows of one amount': () => ({
		parameters: { resource: 'report', operation: 'reconcile', accountNumber: '1930', options: { maxDaysApart: 31 } },
		input: Array.from({ length: 20_000 }, (_, index) => ({
			date: `2026-${String((index % 12) + 1).padStart(2, '0')}-15`,
			amount: 100,
			text: 'Swish',
		})),
	}),
};

function checks(): Run {
	return {
		parameters: {
			...ENTRY,
			number: '={{ $json.number }}',
			linesSource: 'json',
			linesJson: '={{ [{ account: "1930", debit: $json.amount }, { account: "3001", credit: $json.amount }] }}',
		},
		input: Array.from({ length: 20_000 }, (_, index) => ({ number: `B-${index}`, amount: index + 1 })),
	};
}

function sieImport(vouchers: string): Run {
	const head = '#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#RAR 0 20260101 20261231\n';
	const data = Buffer.from(head + vouchers).toString('base64');
	return {
		parameters: { resource: 'journalEntry', operation: 'importSie', journalId: 'A', ...DRY },
		input: [{ json: {}, binary: { data: { data, mimeType: 'text/plain', fileName: 'bench.se' } } }],
	};
}

function vouchersOf(megabytes: number): string {
	const rows = '{\n#TRANS 1930 {} 100.00 "" "Bench"\n#TRANS 3001 {} -100.00 "" "Bench"\n}\n';
	const vouchers: string[] = [];
	for (let number = 1, size = 0; size < megabytes * MB; number++) {
		const voucher = `#VER L ${number} 20260625 "Bench"\n${rows}`;
		vouchers.push(voucher);
		size += voucher.length;
	}
	return vouchers.join('');
}

/** Of the executions that are under way; what n8n itself computes before and after them is its own. */
const watched: { executions: number; stop?: ReturnType<typeof watchLoop>; blocks?: Blocks } = { executions: 0 };

class WatchedNode extends FortnoxAccounting {
	override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		if (watched.executions++ === 0) watched.stop = watchLoop();
		try {
			return await FortnoxAccounting.prototype.execute.call(this);
		} finally {
			if (--watched.executions === 0) watched.blocks = await watched.stop?.();
		}
	}
}

async function main({ work, measures, ...app }: BoundsTask): Promise<BoundsFigures | MemoryFigures> {
	const engine = createEngine({
		nodeTypes: { [ACCOUNTING_NODE]: WatchedNode },
		credentials: { fortnox: fortnoxCredential(app) },
	});
	// The engine loads itself with its first run.
	await engine.runNode({ parameters: { resource: 'company', operation: 'get' }, onError: 'continueRegularOutput' });
	const { parameters, input } = RUNS[work]();
	const runs = work.includes('two companies') ? 2 : 1;
	const runAll = async (): Promise<EngineResult[]> =>
		await Promise.all(Array.from({ length: runs }, async () => await engine.runNode({ parameters, ...(input && { input }) })));
	return measures === 'memory' ? await memoryOf(runAll) : await blocksOf(runAll);
}

async function blocksOf(runAll: () => Promise<EngineResult[]>): Promise<BoundsFigures> {
	const [started, cpu] = [performance.now(), process.cpuUsage()];
	const results = await runAll();
	const { blocks } = watched;
	if (blocks === undefined) throw new Error('The node was not run');
	const { user, system } = process.cpuUsage(cpu);
	return {
		...blocks,
		seconds: round((performance.now() - started) / 1000),
		cpuSeconds: round((user + system) / 1_000_000),
		ended: endOf(results),
	};
}

async function memoryOf(runAll: () => Promise<EngineResult[]>): Promise<MemoryFigures> {
	const before = liveMb();
	let most = 0;
	const look = setInterval(() => {
		most = Math.max(most, liveMb());
	}, LOOK_EVERY_MS);
	const results = await runAll();
	clearInterval(look);
	const after = liveMb();
	return { besideOutputMb: Math.round(Math.max(most, after) - after), outputMb: Math.round(after - before), ended: endOf(results) };
}

function endOf([result]: readonly EngineResult[]): string {
	return result?.error?.message.slice(0, 120) ?? `${result?.items().length ?? 0} items`;
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
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
