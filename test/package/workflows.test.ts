import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', '..', '.github', 'workflows');
const files = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }));
const publish = files.find(({ name }) => name === 'publish.yml')?.text ?? '';

/** The lines of a job, without comments. */
function job(name: string): string {
	const [, after = ''] = publish.split(`\n  ${name}:\n`);
	const [own = ''] = after.split(/\n {2}\w+:\n/);
	return own.replaceAll(/^ *#.*$/gm, '');
}

test.each(files)('$name uses actions by their commit, and says which version that is', ({ text }) => {
	const uses = [...text.matchAll(/uses: *(.*)/g)].map(([, action = '']) => action);
	expect(uses.length).toBeGreaterThan(0);
	for (const action of uses) expect(action).toMatch(/^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('an action has the same commit everywhere', () => {
	const commits = new Map<string, Set<string>>();
	for (const { text } of files) {
		for (const [, name = '', commit = ''] of text.matchAll(/uses: *(\S+?)@(\w+)/g)) {
			commits.set(name, (commits.get(name) ?? new Set<string>()).add(commit));
		}
	}
	expect([...commits].filter(([, of]) => of.size > 1)).toEqual([]);
});

test.each(files)('$name grants nothing that it does not name', ({ text }) => {
	expect(text).toMatch(/^permissions:(?: \{\}|\n {2}contents: read)$/m);
});

describe('publishing', () => {
	test('happens for version tags only', () => {
		expect(publish).toMatch(/^on:\n {2}push:\n {4}tags: \['\*\.\*\.\*'\]\n\n/m);
	});

	test('begins with a build that is not allowed to publish, of a tagged commit of main', () => {
		const build = job('build');
		expect(build).toMatch(/permissions:\n +contents: read\n {4}steps:/);
		expect(build).not.toMatch(/id-token|environment|secrets\./);
		const at = (text: string): number => build.indexOf(text);
		expect(at('persist-credentials: false')).toBeGreaterThan(0);
		expect(at('merge-base --is-ancestor "$GITHUB_SHA" origin/main')).toBeGreaterThan(0);
		// Before the first line of code of a development package.
		expect(at('merge-base')).toBeLessThan(at('.ci/run'));
		expect(at('GITHUB_REF_NAME')).toBeLessThan(at('.ci/run'));
		expect(at('.ci/run')).toBeLessThan(at('npm pack'));
	});

	test('ends with a job that may publish and runs nothing but npm', () => {
		const last = job('publish');
		expect(last).toMatch(/needs: build\n/);
		expect(last).toMatch(/permissions:\n +id-token: write\n {4}steps:/);
		expect([...last.matchAll(/uses: actions\/([\w-]+)@/g)].map(([, name]) => name)).toEqual(['download-artifact', 'setup-node']);
		expect([...last.matchAll(/run: *(.*)/g)].map(([, command]) => command)).toEqual(['npm publish --ignore-scripts --provenance --access public ./*.tgz']);
		expect(last).not.toMatch(/secrets\.|cache:/);
	});
});
