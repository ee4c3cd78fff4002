/** `npm run docs` writes the generated parts of README.md and docs/; with `--check` it only says which are not current. */
import '../test/clock/fixedDate';

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { generateRegions, staleDocuments } from './docs/index';
import { errorCodeDifferences, ROOT } from './docs/tables';

async function main(check: boolean): Promise<void> {
	const { unused, unknown } = errorCodeDifferences();
	const stale = staleDocuments(await generateRegions());
	if (!check) for (const [path, text] of stale) writeFileSync(join(ROOT, path), text);
	for (const path of stale.keys()) console.log(check ? `${path} is not current; run npm run docs` : `${path} written`);
	for (const code of unused) console.log(`${code} is in the catalogue, but no code gives it`);
	for (const code of unknown) console.log(`${code} is given, but is not in the catalogue`);
	if ((check && stale.size > 0) || unused.length > 0 || unknown.length > 0) process.exitCode = 1;
}

void main(process.argv.includes('--check'));
