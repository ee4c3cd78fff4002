import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';

import { cacheFolder, installN8n, type InstalledN8n, type Line } from './install';
import { N8n } from './n8n';
import { installPackage, packPackage } from './package';
import type { Context, Scenario } from './scenario';
import { scenarios } from './scenarios';

const usage = `npm run test:e2e -- [--line 2|1] [--only NAME ...] [--pictures FOLDER] [--keep] [--install]
  --line      run on one line of n8n; else on both
  --only      run these scenarios (${scenarios.map(({ name }) => name).join(', ')}); else all
  --pictures  keep the pictures of the editor here; else in the folder of installations
  --keep      keep n8n's user folders to look at them
  --install   only install what the scenarios run on`;

interface Outcome {
	title: string;
	result: 'passed' | 'failed' | 'skipped';
	seconds: number;
}

/** An error with its causes. */
function explain(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const cause = error.cause === undefined ? '' : `\ncaused by ${explain(error.cause)}`;
	return `${error.stack ?? error.message}${cause}`;
}

interface Options {
	tarball: string;
	pictures: string | undefined;
	keep: boolean;
}

async function runScenario(scenario: Scenario, installed: InstalledN8n, options: Options): Promise<Outcome> {
	const { tarball, pictures, keep } = options;
	const title = `${scenario.name} (n8n ${installed.version})`;
	console.log(`\n${title}: ${scenario.proves}`);
	const start = performance.now();
	const stops: Array<() => Promise<unknown>> = [];
	const homes: string[] = [];
	const folder = async (): Promise<string> => {
		const path = await mkdtemp(join(tmpdir(), 'fortnox-e2e-'));
		if (!keep) stops.push(async () => await rm(path, { recursive: true, force: true, maxRetries: 3 }));
		return path;
	};
	const context: Context = {
		installed,
		pictures: pictures ?? join(cacheFolder, 'screenshots', `n8n${installed.line}`),
		folder,
		tarball,
		startN8n: async ({ withoutPackage = false, ...options } = {}) => {
			const home = await folder();
			homes.push(home);
			if (!withoutPackage) await installPackage(tarball, home);
			const n8n = await N8n.start({ installed, home, ...options });
			stops.push(async () => await n8n.stop());
			return n8n;
		},
		onEnd: (stop) => stops.push(stop),
		note: (text) => console.log(`  - ${text}`),
	};
	let result: Outcome['result'] = 'passed';
	try {
		await scenario.run(context);
	} catch (error) {
		result = 'failed';
		console.log(`  FAILED: ${explain(error)}`);
		await keepLogs(homes, join(cacheFolder, 'logs', `${scenario.name}-n8n${installed.line}`));
	}
	for (const stop of stops.reverse()) {
		await stop().catch((error: unknown) => console.log(`  while stopping: ${explain(error)}`));
	}
	if (keep) console.log(`  kept: ${homes.join(', ')}`);
	const seconds = (performance.now() - start) / 1000;
	console.log(`  ${result} in ${seconds.toFixed(1)} s`);
	return { title, result, seconds };
}

async function keepLogs(homes: string[], target: string): Promise<void> {
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	for (const home of homes) {
		for (const file of (await readdir(home)).filter((name) => name.endsWith('.log'))) {
			await copyFile(join(home, file), join(target, `${basename(home)}-${file}`));
		}
	}
	console.log(`  n8n's logs: ${target}`);
}

async function main(): Promise<boolean> {
	const { values } = parseArgs({
		options: {
			line: { type: 'string' },
			only: { type: 'string', multiple: true },
			pictures: { type: 'string' },
			keep: { type: 'boolean', default: false },
			install: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	const unknown = values.only?.filter((name) => !scenarios.some((scenario) => scenario.name === name)) ?? [];
	if (values.help || unknown.length > 0 || !['1', '2', undefined].includes(values.line)) {
		console.log(unknown.length > 0 ? `no scenario ${unknown.join(', ')}\n${usage}` : usage);
		return values.help;
	}
	const lines: Line[] = values.line === undefined ? [2, 1] : values.line === '2' ? [2] : [1];
	if (values.install) {
		for (const line of lines) await installN8n(line);
		return true;
	}
	const chosen = scenarios.filter(({ name }) => values.only?.includes(name) ?? true);

	const packed = await mkdtemp(join(tmpdir(), 'fortnox-e2e-pack-'));
	const tarball = await packPackage(packed);
	console.log(`package: ${basename(tarball)}`);
	const outcomes: Outcome[] = [];
	for (const line of lines) {
		const installed = await installN8n(line);
		for (const scenario of chosen) {
			if (scenario.lines.includes(line)) {
				outcomes.push(await runScenario(scenario, installed, { tarball, pictures: values.pictures, keep: values.keep }));
			} else {
				const title = `${scenario.name} (n8n ${installed.version})`;
				outcomes.push({ title, result: 'skipped', seconds: 0 });
			}
		}
	}
	await rm(packed, { recursive: true });

	console.log('');
	for (const { title, result, seconds } of outcomes) {
		console.log(`${result.padEnd(8)}${title}${result === 'skipped' ? ': not for this line' : `, ${seconds.toFixed(1)} s`}`);
	}
	const count = (wanted: Outcome['result']) => outcomes.filter(({ result }) => result === wanted).length;
	console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
	return count('failed') === 0;
}

main().then(
	(ok) => process.exit(ok ? 0 : 1),
	(error: unknown) => {
		console.error(explain(error));
		process.exit(1);
	},
);
