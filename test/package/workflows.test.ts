import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

const ROOT = join(__dirname, '..', '..');
const FOLDER = join(ROOT, '.github', 'workflows');

interface Step {
	name?: string;
	uses?: string;
	run?: string;
	'working-directory'?: string;
	with?: Record<string, unknown>;
	env?: Record<string, unknown>;
	if?: unknown;
	'continue-on-error'?: unknown;
}

interface Job {
	needs?: unknown;
	environment?: unknown;
	permissions?: Record<string, string>;
	steps: Step[];
	[key: string]: unknown;
}

interface Workflow {
	on: Record<string, unknown>;
	permissions?: Record<string, string>;
	jobs: Record<string, Job>;
	[key: string]: unknown;
}

/** As GitHub reads it. (YAML 1.1 would take the key `on` for true.) */
function workflowIn(name: string): { name: string; text: string; workflow: Workflow } {
	const text = readFileSync(join(FOLDER, name), 'utf8');
	return { name, text, workflow: parse(text) as Workflow };
}

const files = readdirSync(FOLDER).map(workflowIn);
const publish = workflowIn('publish.yml').workflow;
const stepsOf = ({ jobs }: Workflow): Step[] => Object.values(jobs).flatMap(({ steps }) => steps);
const commandsOf = ({ steps }: Job): string[] => steps.flatMap(({ run }) => (run === undefined ? [] : [run.trim()]));

test.each(files)('$name uses actions of GitHub by their commit, and says which version that is', ({ text, workflow }) => {
	const uses = stepsOf(workflow).flatMap(({ uses: action }) => (action === undefined ? [] : [action]));
	expect(uses.length).toBeGreaterThan(0);
	for (const action of uses) {
		expect(action).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
		expect(text).toMatch(new RegExp(`uses: ${action} # v\\d+\\.\\d+\\.\\d+\n`));
	}
});

test('an action has the same commit everywhere', () => {
	const commits = new Map<string, Set<string>>();
	for (const { uses = '' } of files.flatMap(({ workflow }) => stepsOf(workflow))) {
		const [name = '', commit = ''] = uses.split('@');
		commits.set(name, (commits.get(name) ?? new Set<string>()).add(commit));
	}
	expect([...commits].filter(([, of]) => of.size > 1)).toEqual([]);
});

test.each(files)(
	'$name grants nothing to a job that does not name it, and no right to write but the one to publish',
	({ name, workflow }) => {
		expect(Object.keys(workflow.permissions ?? { all: '' }).filter((right) => right !== 'contents')).toEqual([]);
		for (const [job, { permissions = workflow.permissions }] of Object.entries(workflow.jobs)) {
			const written = Object.entries(permissions ?? {}).filter(([, right]) => right !== 'read');
			expect([name, job, written]).toEqual([name, job, name === 'publish.yml' && job === 'publish' ? [['id-token', 'write']] : []]);
		}
	},
);

test.each(files)('$name leaves no credentials behind a checkout, and puts nothing of an event into a shell', ({ workflow }) => {
	for (const { uses = '', with: given } of stepsOf(workflow)) {
		if (uses.startsWith('actions/checkout@')) expect(given).toMatchObject({ 'persist-credentials': false });
	}
	// A title, a branch or a tag is anybody's text; only what the matrix of the file itself says is put into a command.
	for (const { run = '' } of stepsOf(workflow)) expect(run.replaceAll(/\$\{\{ matrix\.\w+ \}\}/g, '')).not.toContain('${{');
	expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
	expect(Object.keys(workflow.on)).not.toContain('workflow_run');
});

test.each(files)('$name uses no stored secret', ({ text }) => {
	expect(text).not.toMatch(/\bsecrets\b|github\.token/i);
});

describe('publishing', () => {
	const { build, publish: last } = publish.jobs;
	if (build === undefined || last === undefined) throw new Error('The workflow does not build and publish');

	test('happens for version tags only', () => {
		expect(publish.on).toEqual({ push: { tags: ['*.*.*'] } });
		expect(publish.permissions).toEqual({});
		expect(Object.keys(publish.jobs)).toEqual(['build', 'publish']);
	});

	test('begins with a build that is not allowed to publish, of a tagged commit of main', () => {
		expect(build.permissions).toEqual({ contents: 'read' });
		expect(build.environment).toBeUndefined();
		const commands = commandsOf(build);
		expect(commands).toEqual([
			`test "$(node -p 'require("./package.json").version')" = "$GITHUB_REF_NAME"`,
			'git merge-base --is-ancestor "$GITHUB_SHA" origin/main',
			// The first line that runs the code of a development package.
			'bash .ci/run',
			'npm pack --ignore-scripts --pack-destination packed',
		]);
		const [checkout] = build.steps;
		// All of main is there to compare with.
		expect(checkout?.with).toMatchObject({ 'fetch-depth': 0 });
	});

	test('keeps nothing from run to run that another job could have written', () => {
		for (const step of stepsOf(publish)) {
			expect(step.uses ?? '').not.toMatch(/actions\/cache/);
			expect(step.with ?? {}).not.toHaveProperty('cache');
			// setup-node keeps a cache by itself where package.json names a package manager.
			if (step.uses?.startsWith('actions/setup-node@')) expect(step.with).toMatchObject({ 'package-manager-cache': false });
		}
	});

	test('lets no step fail without a word', () => {
		for (const step of stepsOf(publish)) {
			expect(step.if).toBeUndefined();
			expect(step['continue-on-error']).toBeUndefined();
		}
		for (const job of Object.values(publish.jobs)) expect([job.if, job['continue-on-error']]).toEqual([undefined, undefined]);
	});

	test('hands on the one file that was built', () => {
		const upload = build.steps.find(({ uses = '' }) => uses.startsWith('actions/upload-artifact@'));
		const download = last.steps.find(({ uses = '' }) => uses.startsWith('actions/download-artifact@'));
		expect(upload?.with).toEqual({ name: 'package', path: 'packed/*.tgz', 'if-no-files-found': 'error' });
		// Of this run, and of no other repository.
		expect(download?.with).toEqual({ name: 'package' });
	});

	test('ends with a job that may publish, waits for a person, and runs nothing but npm', () => {
		expect(last.needs).toBe('build');
		expect(last.environment).toBe('npm');
		expect(last.permissions).toEqual({ 'id-token': 'write' });
		expect(last.steps.flatMap(({ uses }) => uses?.split('@')[0] ?? [])).toEqual(['actions/download-artifact', 'actions/setup-node']);
		// The registry is named, since a package could name another one in its own publishConfig, and would get the right to publish there.
		expect(commandsOf(last)).toEqual([
			'npm publish --ignore-scripts --provenance --access public --registry https://registry.npmjs.org/ ./*.tgz',
		]);
	});
});

describe('the audit', () => {
	const { workflow } = workflowIn('audit.yml');
	const steps = stepsOf(workflow);
	const commands = steps.flatMap(({ run, if: condition, 'working-directory': folder = '.' }) =>
		run === undefined ? [] : [{ run, folder, condition }],
	);

	test('runs each week, and when somebody asks for it', () => {
		expect(workflow.on).toEqual({ schedule: [{ cron: expect.stringMatching(/^\d+ \d+ \* \* [0-6]$/) }], workflow_dispatch: null });
	});

	test('asks for the weaknesses of every lock file but those that hold an n8n to test with, whatever it finds in another', () => {
		const others = ['test/e2e/n8n1', 'test/e2e/n8n2', 'test/e2e/sqlite3', 'test/oldest'];
		const audits = commands.filter(({ run }) => run === 'npm audit --package-lock-only --audit-level=high');
		expect([...audits.map(({ folder }) => folder), ...others].sort()).toEqual(lockFolders().sort());
		expect(audits.slice(1).map(({ condition }) => condition)).toEqual(['${{ !cancelled() }}']);
	});

	test('runs nothing else but npm’s list of parts, which it keeps before it can fail', () => {
		const list = 'npm sbom --package-lock-only --sbom-format cyclonedx > sbom.json';
		expect(commands.map(({ run }) => run).filter((run) => !run.startsWith('npm audit'))).toEqual([list]);
		const [listed, kept, audited] = [
			steps.findIndex(({ run }) => run === list),
			steps.findIndex(({ uses = '' }) => uses.startsWith('actions/upload-artifact@')),
			steps.findIndex(({ run = '' }) => run.startsWith('npm audit')),
		];
		expect([listed < kept, kept < audited]).toEqual([true, true]);
		expect(steps[kept]?.with).toEqual({ name: 'sbom', path: 'sbom.json', 'if-no-files-found': 'error' });
	});

	test('lets no finding pass without a word, and asks npm’s own registry', () => {
		for (const step of steps) {
			expect([step['continue-on-error'], step.env, step.with?.['registry-url']]).toEqual([undefined, undefined, undefined]);
		}
		for (const job of Object.values(workflow.jobs)) expect([job.if, job['continue-on-error']]).toEqual([undefined, undefined]);
		for (const folder of lockFolders())
			expect(readFileSync(join(ROOT, folder, '.npmrc'), 'utf8')).not.toMatch(/^\s*(?:@[^=]*:)?registry\s*=/m);
	});
});

/** The folders of the repository that have a lock file. */
function lockFolders(folder = '.'): string[] {
	const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
	const own = entries.some(({ name }) => name === 'package-lock.json') ? [folder] : [];
	const inner = entries.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'));
	return [...own, ...inner.flatMap(({ name }) => lockFolders(join(folder, name)))];
}
