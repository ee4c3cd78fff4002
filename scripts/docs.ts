/** `npm run docs` writes the generated parts of README.md and docs/, and the schemas of outputs; with `--check` it only says which are not current. */
import '../test/clock/fixedDate';

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { generateRegions, staleDocuments } from './docs/index';
import { runSamples } from './docs/runSamples';
import { NODE_VERSIONS, schemaFiles, storedSchemas } from './docs/schemas';
import { errorCodeDifferences, ROOT } from './docs/tables';

async function main(check: boolean): Promise<void> {
	const { unused, unknown } = errorCodeDifferences();
	const stale = new Map([...staleDocuments(await generateRegions()), ...(await staleSchemas(check))]);
	if (!check) for (const [path, text] of stale) write(join(ROOT, path), text);
	for (const path of stale.keys()) console.log(check ? `${path} is not current; run npm run docs` : `${path} written`);
	for (const code of unused) console.log(`${code} is in the catalogue, but no code gives it`);
	for (const code of unknown) console.log(`${code} is given, but is not in the catalogue`);
	if ((check && stale.size > 0) || unused.length > 0 || unknown.length > 0) process.exitCode = 1;
}

/** Schemas that are not what the operations put out now; those of operations that are gone are removed. */
async function staleSchemas(check: boolean): Promise<Array<[path: string, text: string]>> {
	const current = new Map<string, string>();
	for (const version of NODE_VERSIONS) {
		for (const [path, text] of schemaFiles(version, (await runSamples(version)).operations)) current.set(path, text);
	}
	const stored = storedSchemas();
	const gone = [...stored.keys()].filter((path) => !current.has(path));
	if (!check) for (const path of gone) rmSync(join(ROOT, path));
	return [...current].filter(([path, text]) => stored.get(path) !== text);
}

function write(path: string, text: string): void {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, text);
}

void main(process.argv.includes('--check'));
