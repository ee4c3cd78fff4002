/**
 * One reading of a ledger in a process of its own, so that its memory can be measured: runs Journal Entry > Get Many,
 * writes each entry's plain form as a line of a file, and reports figures to its parent.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

import type { IDataObject } from 'n8n-workflow';

import { ACCOUNTING_NODE, createEngine, fortnoxCredential } from '../../engine';
import { fromSieRow } from '../../nodes/FortnoxAccounting/reading/yearFile';
import { FortnoxAccounting } from '../../nodes/FortnoxAccounting/FortnoxAccounting.node.js';
import { readSie } from '../../nodes/shared/ledger/sie';
import { shownEntry } from '../../test/engine/reading/truth';
import type { ReaderFigures, ReaderTask } from './task';

const MB = 1024 * 1024;

async function main({ url, clientId, clientSecret, oauthTokenData, parameters, output, yearId }: ReaderTask): Promise<ReaderFigures> {
	const engine = createEngine({
		nodeTypes: { [ACCOUNTING_NODE]: FortnoxAccounting },
		credentials: { fortnox: fortnoxCredential({ url, clientId, clientSecret, oauthTokenData }) },
	});
	global.gc?.();
	const before = process.memoryUsage().heapUsed;
	const started = performance.now();
	const result = await engine.runNode({ parameters });
	const seconds = (performance.now() - started) / 1000;
	if (result.error) throw new Error(result.error.message);
	const entries = result.json();
	global.gc?.();
	const kept = process.memoryUsage().heapUsed - before;
	const peakRssMb = process.resourceUsage().maxRSS / 1024;
	await writeEntries(entries, output);
	return { seconds, entries: entries.length, beforeMb: before / MB, outputMb: kept / MB, peakRssMb, ...(await measureParsing(url, oauthTokenData.access_token, yearId)) };
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
async function measureParsing(url: string, token: unknown, yearId: number): Promise<{ fileMb: number; rowsPerCpuSecond: number }> {
	const answer = await fetch(`${url}/3/sie/4?financialyear=${yearId}`, { headers: { authorization: `Bearer ${String(token)}` } });
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
