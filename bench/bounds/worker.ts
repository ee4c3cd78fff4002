/** One work of `bench/bounds.ts` in a process of its own, whose event loop is watched. */
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTING_NODE, createEngine, fortnoxCredential, type EngineInput } from '../../engine';
import { FortnoxAccounting } from '../../nodes/FortnoxAccounting/FortnoxAccounting.node.js';
import type { BoundsFigures, BoundsTask } from './task';
import { watchLoop } from './watch';

const MB = 1024 * 1024;

interface Run {
	parameters: INodeParameters;
	input?: EngineInput;
}

const DRY = { options: { dryRun: true } };

const ENTRY = { resource: 'journalEntry', operation: 'create', journalId: 'A', date: '2026-06-01', ...DRY };

const RUNS: Record<BoundsTask['work'], () => Run> = {
	'read accounts': () => ({ parameters: { resource: 'account', operation: 'getAll', returnAll: true } }),
	'read 100,000 vouchers': () => ({
		parameters: { resource: 'journalEntry', operation: 'getAll', returnAll: true, filters: { dateFrom: '2026-01-01', dateTo: '2026-12-31' } },
	}),
	'read the balances of a year': () => ({
		parameters: { resource: 'account', operation: 'getBalances', start: '2026-01', end: '2026-12' },
	}),
	'read an income statement': () => ({
		parameters: { resource: 'report', operation: 'incomeStatement', period: '2026', options: { columns: 'months' } },
	}),
	'import a SIE file of 2 MB': () => sieImport(vouchersOf(2)),
	'import a SIE file of 200 MB': () => sieImport(vouchersOf(200)),
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

async function main({ work, ...app }: BoundsTask): Promise<BoundsFigures> {
	const engine = createEngine({
		nodeTypes: { [ACCOUNTING_NODE]: FortnoxAccounting },
		credentials: { fortnox: fortnoxCredential(app) },
	});
	// The engine loads itself with its first run.
	await engine.runNode({ parameters: { resource: 'company', operation: 'get' }, onError: 'continueRegularOutput' });
	const { parameters, input } = RUNS[work]();
	global.gc?.();
	const before = process.memoryUsage().rss;
	const [started, cpu] = [performance.now(), process.cpuUsage()];
	const stop = watchLoop();
	const runs = work.includes('two companies') ? 2 : 1;
	const results = await Promise.all(Array.from({ length: runs }, async () => await engine.runNode({ parameters, ...(input && { input }) })));
	const blocks = await stop();
	const { user, system } = process.cpuUsage(cpu);
	const [result] = results;
	return {
		...blocks,
		seconds: round((performance.now() - started) / 1000),
		cpuSeconds: round((user + system) / 1_000_000),
		grewMb: Math.round(process.resourceUsage().maxRSS / 1024 - before / MB),
		ended: result?.error?.message.slice(0, 120) ?? `${result?.items().length ?? 0} items`,
	};
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
