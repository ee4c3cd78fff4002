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

	const versions = readdirSync(__dirname)
		.filter((name) => name.endsWith('.json'))
		.sort();
	const newest = versions.at(-1) ?? '';
	const golden = (name: string): Formats => {
		const formats: Formats = JSON.parse(readFileSync(join(__dirname, name), 'utf8'));
		return formats;
	};
	/** By what they are of; a version may have more than an older one. */
	const marks = ({ entries, reversal, planned, sie, spread = [], vat }: Formats) =>
		Object.fromEntries(
			Object.entries({ ...entries, reversal, planned, ...named('sie', sie), ...named('spread', spread), vat })
				.filter(([, text]) => text !== undefined)
				.map(([name, text]) => [name, readComments(text).mark]),
		);
	const named = (kind: string, texts: readonly string[]) => Object.fromEntries(texts.map((text, index) => [`${kind} ${index}`, text]));

	const parts = ['entries', 'reversal', 'planned', 'sie', 'spread', 'vat', 'keys', 'triggerState'] as const;
	it.each(parts)(`are written as in ${newest}: %s`, (part) => {
		expect(golden(newest)[part]).toEqual(written[part]);
	});

	it.each(versions)('of %s are read as this version’s own, so that nothing is posted again', (name) => {
		const own = marks(written);
		for (const [of, mark] of Object.entries(marks(golden(name)))) {
			expect([of, own[of]]).toEqual([of, of === 'reversal' && name === 'v0.2.json' ? { ...mark, purpose: 'undo' } : mark]);
		}
		expect(written.keys).toMatchObject(golden(name).keys);
		// A state of an older version may lack what a later one keeps besides; it is read without.
		expect(written.triggerState).toMatchObject(golden(name).triggerState);
		expect(yearFromStored(golden(name).triggerState).known.toStored()).toEqual(yearFromStored(written.triggerState).known.toStored());
	});

	it('tell why a reversal was posted: 0.1 had none that were planned, 0.2 did not say', () => {
		const purposes = versions.map((name) => [name, readComments(golden(name).reversal).mark?.purpose]);
		expect(purposes).toEqual([
			['v0.1.json', 'undo'],
			['v0.2.json', undefined],
			['v0.3.json', 'undo'],
		]);
		expect(readComments(golden('v0.3.json').planned).mark).toMatchObject({ purpose: 'planned', reverses: expect.stringMatching(/^A-/) });
		expect(readComments(golden('v0.3.json').entries['ACCRUAL-1']).mark).toMatchObject({ reversedOn: '2026-07-01' });
	});
});
