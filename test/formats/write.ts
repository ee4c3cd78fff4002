/**
 * Writes the golden file of a version: `npx tsx test/formats/write.ts 0.2`. Only for a new version whose formats are
 * new; the file of a version that users have is never written again.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startWorld } from '../engine/support/world';
import { writeFormats } from './samples';

async function write(version: string | undefined): Promise<void> {
	if (version === undefined) throw new Error('Name the version');
	const world = await startWorld();
	try {
		writeFileSync(join(__dirname, `v${version}.json`), `${JSON.stringify(await writeFormats(world), undefined, '\t')}\n`, { flag: 'wx' });
	} finally {
		await world.close();
	}
}

void write(process.argv[2]);
