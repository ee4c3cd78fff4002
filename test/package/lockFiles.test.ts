import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

interface LockedPackage {
	version?: string;
	resolved?: string;
	integrity?: string;
	optionalDependencies?: Record<string, string>;
}

function lockedPackages(folder: string): Record<string, LockedPackage> {
	const lock: { packages: Record<string, LockedPackage> } = JSON.parse(readFileSync(join(ROOT, folder, 'package-lock.json'), 'utf8'));
	return lock.packages;
}

/** Where Node would find a package from a place in node_modules: beside it, or beside a folder above it. */
function candidates(from: string, name: string): string[] {
	const inside = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
	if (from === '') return [inside];
	return [inside, ...candidates(from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name)];
}

describe.each(['.', 'gates', 'test/oldest'])('the lock file in %s', (folder) => {
	const packages = lockedPackages(folder);

	test('names no host', () => {
		expect(Object.values(packages).filter((entry) => entry.resolved !== undefined)).toEqual([]);
		expect(readFileSync(join(ROOT, folder, 'package-lock.json'), 'utf8')).not.toMatch(/"https?:\/\/[^"]*\.tgz/);
	});

	test('vouches for every package by its content', () => {
		const unvouched = Object.entries(packages).filter(([path, entry]) => path !== '' && entry.integrity === undefined);
		expect(unvouched.map(([path]) => path)).toEqual([]);
	});

	// npm leaves out what a registry lacked when the lock was made, and `npm ci` then refuses the lock.
	test('has the optional packages of every platform', () => {
		const missing = Object.entries(packages).flatMap(([path, entry]) =>
			Object.keys(entry.optionalDependencies ?? {})
				.filter((name) => !candidates(path, name).some((place) => place in packages))
				.map((name) => `${name}, of ${path}`),
		);
		expect(missing).toEqual([]);
	});
});

test('every version of the project is pinned exactly', () => {
	for (const folder of ['.', 'gates']) {
		const manifest: { devDependencies: Record<string, string> } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
		for (const [name, version] of Object.entries(manifest.devDependencies)) {
			expect(`${name} ${version}`).toMatch(/ \d+\.\d+\.\d+$/);
		}
	}
});
