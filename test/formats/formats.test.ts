import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { yearFromStored } from '../../nodes/shared/books/watching/yearLook';
import { readComments } from '../../nodes/shared/ledger/readMark';
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

	const versions = readdirSync(__dirname).filter((name) => name.endsWith('.json')).sort();
	const newest = versions.at(-1) ?? '';
	const golden = (name: string): Formats => {
		const formats: Formats = JSON.parse(readFileSync(join(__dirname, name), 'utf8'));
		return formats;
	};
	/** By what they are of; a version may have more than an older one. */
	const marks = ({ entries, reversal, sie, spread = [], vat }: Formats) =>
		Object.fromEntries(
			Object.entries({ ...entries, reversal, ...named('sie', sie), ...named('spread', spread), ...(vat !== undefined && { vat }) }).map(([name, text]) => [name, readComments(text).mark]),
		);
	const named = (kind: string, texts: readonly string[]) => Object.fromEntries(texts.map((text, index) => [`${kind} ${index}`, text]));

	it.each(['entries', 'reversal', 'sie', 'spread', 'vat', 'keys', 'triggerState'] as const)(`are written as in ${newest}: %s`, (part) => {
		expect(golden(newest)[part]).toEqual(written[part]);
	});

	it.each(versions)('of %s are read as this version’s own, so that nothing is posted again', (name) => {
		const own = marks(written);
		for (const [of, mark] of Object.entries(marks(golden(name)))) expect([of, own[of]]).toEqual([of, mark]);
		expect(written.keys).toMatchObject(golden(name).keys);
		// A state of an older version may lack what a later one keeps besides; it is read without.
		expect(written.triggerState).toMatchObject(golden(name).triggerState);
		expect(yearFromStored(golden(name).triggerState).known.toStored()).toEqual(yearFromStored(written.triggerState).known.toStored());
	});
});
