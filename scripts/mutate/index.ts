/**
 * `npm run mutate`: changes the code in a small way, a few hundred times, and sees whether a test fails each time. What
 * survives shows what no test looks at. Samples are drawn with a seed, so that a run can be repeated.
 *
 * `npm run mutate -- limiter retry --seed 7 --sample 300 --minutes 10`: rooms, and the seed, mutants and minutes for each.
 * Ends with 1 where fewer than 90 % of a room's mutants are found.
 */
import { parseArgs } from 'node:util';

import { mutantsOf, type Mutant } from './mutants';
import { ROOMS, type Room } from './rooms';
import { compiler } from './types';
import { inWorkers, type Work } from './workers';

const LEAST = 0.9;

const { values: given, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		seed: { type: 'string', default: '20' },
		sample: { type: 'string', default: '150' },
		minutes: { type: 'string', default: '3' },
		workers: { type: 'string', default: '2' },
	},
});
const workers = Number(given.workers);

/** Numbers from 0 to below 1 that a seed determines (mulberry32). */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Some of all, in random order. */
function sampleOf(all: Mutant[], count: number): Mutant[] {
	const random = randomFrom(Number(given.seed));
	return all
		.map((mutant) => ({ mutant, place: random() }))
		.sort((a, b) => a.place - b.place)
		.slice(0, count)
		.map(({ mutant }) => mutant);
}

interface TestFile {
	file: string;
	ms: number;
	/** Of its slowest test. */
	slowestMs: number;
	lines: Map<string, Set<number>>;
}

/** Runs each test file once: how long it takes, and which lines of the sources it runs. Fastest first. */
async function measure({ sources, tests }: Room): Promise<TestFile[]> {
	const measured: TestFile[] = [];
	const all = tests.map((test): Work => ({ tests: [test], coverageOf: sources }));
	await inWorkers(workers, all, ({ tests: [file = ''] }, { lines, failed, message, error, ms = 0, slowestMs = 0 }) => {
		if (failed !== undefined || lines === undefined) throw new Error(`${file} fails without a mutant: ${message ?? error}`);
		measured.push({
			file,
			ms,
			slowestMs,
			lines: new Map(Object.entries(lines).map(([path, ran]) => [path.slice(process.cwd().length + 1), new Set(ran)])),
		});
	});
	return measured.sort((a, b) => a.ms - b.ms);
}

interface Outcome {
	killed: number;
	survivors: { mutant: Mutant; why: string }[];
}

async function tryAll(mutants: Mutant[], tests: TestFile[]): Promise<Outcome> {
	const until = Date.now() + Number(given.minutes) * 60_000;
	const outcome: Outcome = { killed: 0, survivors: [] };
	const work: Work[] = [];
	for (const mutant of mutants) {
		const running = tests.filter(({ lines }) => lines.get(mutant.file)?.has(mutant.line));
		if (running.length === 0) outcome.survivors.push({ mutant, why: 'no test runs it' });
		else work.push({
			mutant,
			tests: running.map(({ file }) => file),
			testTimeout: 3000 + 3 * Math.max(...running.map(({ slowestMs }) => slowestMs)),
		});
	}
	await inWorkers(workers, work, ({ mutant }, { failed, hung, error }) => {
		if (failed !== undefined || hung === true || error !== undefined) outcome.killed++;
		else if (mutant !== undefined) outcome.survivors.push({ mutant, why: 'survives' });
	}, () => Date.now() < until);
	return outcome;
}

async function mutate(name: string, room: Room): Promise<boolean> {
	const all = room.sources.flatMap(mutantsOf);
	const started = Date.now();
	const tests = await measure(room);
	const { killed, survivors } = await tryAll(sampleOf(all, Number(given.sample)), tests);
	const compiles = survivors.length === 0 ? () => true : compiler();
	const real = survivors.filter(({ mutant }) => compiles(mutant));
	const tried = killed + survivors.length;
	const found = tried - real.length;
	const share = `${((100 * found) / tried).toFixed(1)} %`;
	console.log(`${name}: ${share}, ${found} of ${tried} (of ${all.length} mutants, seed ${given.seed}) in ${Math.round((Date.now() - started) / 1000)} s`);
	for (const { mutant, why } of real.sort((a, b) => a.mutant.file.localeCompare(b.mutant.file) || a.mutant.line - b.mutant.line)) {
		const shown = (text: string): string => (text.length > 70 ? `${text.slice(0, 70)}…` : text).replaceAll(/\s+/g, ' ');
		console.log(`  ${mutant.file}:${mutant.line}  ${shown(mutant.was)}  →  ${shown(mutant.text)}  ${why}`);
	}
	return found >= LEAST * tried;
}

async function main(): Promise<void> {
	let enough = true;
	for (const name of positionals.length > 0 ? positionals : Object.keys(ROOMS)) {
		const room = ROOMS[name];
		if (room === undefined) throw new Error(`There is no room ${name}: ${Object.keys(ROOMS).join(', ')}`);
		if (!(await mutate(name, room()))) enough = false;
	}
	process.exitCode = enough ? 0 : 1;
}

void main();
