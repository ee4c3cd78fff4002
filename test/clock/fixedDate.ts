/**
 * The wall clock of every test: it starts at a fixed instant and goes on from there, so that no test expires or depends
 * on the day it runs. Imported for its effect, as the first thing of a process or of a test file.
 */

import { oncePerProcess } from './oncePerProcess';

/** Thursday, 11:00 in Stockholm: within the seeded financial years, far from every border of a month or a year. */
const SUITE_STARTS = '2026-11-26T10:00:00Z';

/**
 * Another start, as ISO 8601 with a zone: how `npm run test:ahead` runs the tests a year later and around New Year.
 * Processes that a test starts inherit it.
 */
const startsAt = Date.parse(process.env.TEST_STARTS_AT ?? SUITE_STARTS);
if (Number.isNaN(startsAt)) throw new Error(`TEST_STARTS_AT is no instant: ${process.env.TEST_STARTS_AT}`);

/** Where a wall clock shows `shows` when `performance.now()` is `at`, both in ms. */
interface Setting {
	at: number;
	shows: number;
}

const { setting, FixedDate } = oncePerProcess('date', makeDate);
setting.at = performance.now();
setting.shows = startsAt;
globalThis.Date = FixedDate;

function makeDate(): { setting: Setting; FixedDate: DateConstructor } {
	const setting: Setting = { at: 0, shows: 0 };
	const now = (): number => setting.shows + Math.floor(performance.now() - setting.at);
	// Without arguments the constructor reads the machine's clock by itself. Dates keep their class and their prototype.
	const FixedDate = new Proxy(Date, {
		construct: (date, given: unknown[], newTarget) => Reflect.construct(date, given.length === 0 ? [now()] : given, newTarget) as Date,
		apply: () => new FixedDate().toString(),
		get: (date, key, receiver) => (key === 'now' ? now : (Reflect.get(date, key, receiver) as unknown)),
	});
	return { setting, FixedDate };
}

/** Sets the clock of this test file's node, engine and sandbox to an instant, from which it goes on. */
export function moveClock(to: number): void {
	setting.at = performance.now();
	setting.shows = to;
}
