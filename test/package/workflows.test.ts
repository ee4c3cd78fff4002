import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

const FOLDER = join(__dirname, '..', '..', '.github', 'workflows');

interface Step {
	name?: string;
	uses?: string;
	run?: string;
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
