import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { startWorld } from '../engine/support/world';
import { writeFormats, type Formats } from './samples';

/**
 * A failure here means that books or stored states of users are read in another way than they were written. Give the
 * changed format a new version, and keep the reader of the old one.
 */
describe('formats that outlive a release', () => {
	let written: Formats;
	beforeAll(async () => {
		const world = await startWorld();
		written = await writeFormats(world).finally(async () => await world.close());
	});

	const newest = readdirSync(__dirname).filter((name) => name.endsWith('.json')).sort().at(-1) ?? '';

	it.each(['entries', 'reversal', 'sie', 'keys', 'triggerState'] as const)(`are written as in ${newest}: %s`, (part) => {
		const golden: unknown = JSON.parse(readFileSync(join(__dirname, newest), 'utf8'));
		expect(golden).toMatchObject({ [part]: written[part] });
	});
});
