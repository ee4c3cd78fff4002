/**
 * The wall clock of every test: it starts at a fixed instant and goes on from there, so that no test expires or depends
 * on the day it runs. Imported for its effect, as the first thing of a process or of a test file.
 */

/** Thursday, 11:00 in Stockholm: within the seeded financial years, far from every border of a month or a year. */
const SUITE_STARTS = '2026-11-26T10:00:00Z';

/**
 * Another start, as ISO 8601 with a zone: how `npm run test:ahead` runs the tests a year later and around New Year.
 * Processes that a test starts inherit it.
 */
const startsAt = Date.parse(process.env.TEST_STARTS_AT ?? SUITE_STARTS);
if (Number.isNaN(startsAt)) throw new Error(`TEST_STARTS_AT is no instant: ${process.env.TEST_STARTS_AT}`);

const origin = performance.now();
let moved = 0;
const now = (): number => startsAt + moved + Math.floor(performance.now() - origin);

/** Sets the clock of this test file's node, engine and sandbox to an instant, from which it goes on. */
export function moveClock(to: number): void {
	moved += to - now();
}

Date.now = now;
// The constructor without arguments reads the machine's clock by itself. Dates keep their class and their prototype.
globalThis.Date = new Proxy(Date, {
	construct: (date, given: unknown[], newTarget) => Reflect.construct(date, given.length === 0 ? [now()] : given, newTarget) as Date,
	apply: () => new Date().toString(),
});
