/** One work of `bench/bounds.ts` in a process of its own. */
import type { INodeExecutionData } from 'n8n-workflow';

import { ACCOUNTING_NODE, createEngine, fortnoxCredential, type Engine, type EngineResult } from '../../engine';
import { FortnoxAccounting } from '../../nodes/FortnoxAccounting/FortnoxAccounting.node.js';
import { liveMb } from '../liveMb';
import type { BoundsFigures, BoundsTask, MemoryFigures } from './task';
import { watchedNode } from './together';
import type { Blocks } from './watch';
import { RUNS } from './works';

/** How often the memory is looked at; each look is a full collection. */
const LOOK_EVERY_MS = 500;

/** A collection of a large heap takes long; between two of them passes this many times as much, so that the work goes on. */
const LOOKS_COST = 4;

/** How often it is looked at before the work begins. */
const LOOKS_BEFORE = 3;

/** Has n8n load itself, and what its requests and expressions need. */
const FIRST_RUN = {
	parameters: { resource: 'company', operation: 'get', options: { rawResponse: '={{ [true][0] }}' } },
	onError: 'continueRegularOutput',
} as const;

async function main({ work, measures, tokens, ...app }: BoundsTask): Promise<BoundsFigures | MemoryFigures> {
	const { node, blocks } = watchedNode(tokens.length);
	const engines: Engine[] = [];
	for (const oauthTokenData of tokens) {
		const credentials = { fortnox: fortnoxCredential({ ...app, oauthTokenData }) };
		await createEngine({ nodeTypes: { [ACCOUNTING_NODE]: FortnoxAccounting }, credentials }).runNode(FIRST_RUN);
		engines.push(createEngine({ nodeTypes: { [ACCOUNTING_NODE]: measures === 'blocks' ? node : FortnoxAccounting }, credentials }));
	}
	const run = RUNS[work]();
	const runAll = async (): Promise<EngineResult[]> => await Promise.all(engines.map(async (engine) => await engine.runNode(run)));
	return measures === 'memory' ? await memoryOf(runAll) : await timed(runAll, blocks);
}

async function timed(runAll: () => Promise<EngineResult[]>, blocks: () => Blocks): Promise<BoundsFigures> {
	const [started, cpu] = [performance.now(), process.cpuUsage()];
	const results = await runAll();
	const { user, system } = process.cpuUsage(cpu);
	return {
		...blocks(),
		seconds: secondsSince(started),
		cpuSeconds: round((user + system) / 1_000_000),
		ended: endOf(results),
	};
}

async function memoryOf(runAll: () => Promise<EngineResult[]>): Promise<MemoryFigures> {
	const before = await settledMb();
	const started = performance.now();
	let most = 0;
	let looking: NodeJS.Timeout | undefined;
	const look = (): void => {
		const begun = performance.now();
		most = Math.max(most, liveMb());
		looking = setTimeout(look, Math.max(LOOK_EVERY_MS, LOOKS_COST * (performance.now() - begun)));
	};
	look();
	const results = await runAll();
	clearTimeout(looking);
	const seconds = secondsSince(started);
	const ended = endOf(results);
	const withOutput = liveMb();
	results.length = 0;
	// What the node keeps for the next run, such as the marks that it knows, is no part of the output.
	const outputMb = withOutput - liveMb();
	return {
		besideOutputMb: Math.round(Math.max(most, withOutput) - before - outputMb),
		outputMb: Math.round(outputMb),
		keptMb: Math.round(withOutput - before - outputMb),
		seconds,
		ended,
	};
}

/** What is alive before the work begins: the work's own input was made a moment ago, and what that took goes a little later. */
async function settledMb(): Promise<number> {
	let least = liveMb();
	for (let look = 0; look < LOOKS_BEFORE; look++) {
		await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
		least = Math.min(least, liveMb());
	}
	return least;
}

function endOf(results: readonly EngineResult[]): string {
	const items: INodeExecutionData[][] = results.map((result) => result.items());
	return results.find(({ error }) => error)?.error?.message.slice(0, 120) ?? `${items.map(({ length }) => length).join(' and ')} items`;
}

function secondsSince(started: number): number {
	return round((performance.now() - started) / 1000);
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}

process.once('message', (task: BoundsTask) => {
	void main(task).then(
		(figures) => process.send?.(figures, () => process.exit(0)),
		(error: unknown) => {
			process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
			process.exit(1);
		},
	);
});
