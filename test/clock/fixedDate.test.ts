import { DateTime } from 'luxon';

import { today } from '../../nodes/shared/ledger/dates';

const START = Date.parse(process.env.TEST_STARTS_AT ?? '2026-11-26T10:00:00Z');
/** Longer than a test file takes. */
const SOON = 15 * 60_000;

it.each([
	['Date.now()', () => Date.now()],
	['new Date()', () => new Date().getTime()],
	['a subclass of Date', () => new (class extends Date {})().getTime()],
	['Date()', () => Date.parse(Date())],
	["Luxon's now", () => DateTime.now().toMillis()],
])('%s is the time of the tests', (_name, read) => {
	expect(read()).toBeGreaterThanOrEqual(START - 1000);
	expect(read()).toBeLessThan(START + SOON);
});

it('leaves dates what they are', () => {
	const date = new Date('2024-02-29T12:00:00Z');
	expect(date).toBeInstanceOf(Date);
	expect(structuredClone(date)).toEqual(date);
	expect([new Date(2024, 1, 29).getDate(), Date.UTC(2024, 1, 29)]).toEqual([29, 1_709_164_800_000]);
});

it('is the clock of the node', () => {
	expect(today()).toBe(DateTime.fromMillis(START, { zone: 'Europe/Stockholm' }).toISODate());
});

it('goes on', () => {
	const before = performance.now();
	const start = Date.now();
	while (performance.now() < before + 20);
	expect(Date.now() - start).toBeGreaterThanOrEqual(19);
});
