/**
 * One reading of a ledger in a process of its own: runs Journal Entry > Get Many. Either writes each entry's plain form
 * as a line of a file and reports how long it took, or reports what was alive in memory on the way.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

import type { IDataObject } from 'n8n-workflow';

import { ACCOUNTING_NODE, createEngine, fortnoxCredential } from '../../engine';
import { fromSieRow } from '../../nodes/shared/books/reading/yearFile';
import { FortnoxAccounting } from '../../nodes/FortnoxAccounting/FortnoxAccounting.node.js';
import { readSie } from '../../nodes/shared/ledger/sie';
import { shownEntry } from '../../test/engine/reading/truth';
import { liveMb } from '../liveMb';
import { measuredNode, type HeldMb } from './memory';
import type { MemoryFigures, ReaderFigures, ReaderTask } from './task';

const MB = 1024 * 1024;

async function main(task: ReaderTask): Promise<ReaderFigures | MemoryFigures> {
	return task.measured === undefined ? await read(task) : await measureMemory(task, task.measured);
}

async function read(task: ReaderTask): Promise<ReaderFigures> {
	const started = performance.now();
	const entries = await entriesOf(task, FortnoxAccounting);
	const seconds = (performance.now() - started) / 1000;
	const peakRssMb = process.resourceUsage().maxRSS / 1024;
	await writeEntries(entries, task.output);
	return { seconds, entries: entries.length, peakRssMb, ...(await measureParsing(task)) };
}

async function measureMemory(task: ReaderTask, vouchers: number): Promise<MemoryFigures> {
	const held: HeldMb = { listed: 0, joined: 0, converted: 0 };
	const before = liveMb();
	const entries = await entriesOf(task, measuredNode(vouchers, held));
	const output = liveMb() - before;
	if (entries.length !== vouchers) throw new Error(`${entries.length} entries came`);
	return { listed: held.listed - before, joined: held.joined - before, converted: held.converted - before, output };
}

async function entriesOf(task: ReaderTask, node: typeof FortnoxAccounting): Promise<IDataObject[]> {
	const engine = createEngine({
		nodeTypes: { [ACCOUNTING_NODE]: node },
		credentials: { fortnox: fortnoxCredential(task) },
	});
	const result = await engine.runNode({ parameters: task.parameters });
	if (result.error) throw new Error(result.error.message);
	return result.json();
}

async function writeEntries(entries: readonly IDataObject[], path: string): Promise<void> {
	const file = createWriteStream(path);
	for (const entry of entries) {
		if (!file.write(`${JSON.stringify(shownEntry(entry))}\n`)) await once(file, 'drain');
	}
	file.end();
	await once(file, 'finish');
}

/** The CPU time of reading the year's file alone. */
async function measureParsing({ url, oauthTokenData, yearId }: ReaderTask): Promise<{ fileMb: number; rowsPerCpuSecond: number }> {
	const headers = { authorization: `Bearer ${oauthTokenData.access_token}` };
	const answer = await fetch(`${url}/3/sie/4?financialyear=${yearId}`, { headers });
	const bytes = Buffer.from(await answer.arrayBuffer());
	let rows = 0;
	const cpu = process.cpuUsage();
	readSie(bytes, (voucher) => (rows += voucher.rows.map(fromSieRow).length), { encoding: 'cp437' });
	const { user, system } = process.cpuUsage(cpu);
	return { fileMb: bytes.length / MB, rowsPerCpuSecond: Math.round(rows / ((user + system) / 1_000_000)) };
}

process.once('message', (task: ReaderTask) => {
	void main(task).then(
		(figures) => process.send?.(figures, () => process.exit(0)),
		(error: unknown) => {
			process.stderr.write(`${String(error)}\n`);
			process.exit(1);
		},
	);
});
