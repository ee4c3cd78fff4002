import fc from 'fast-check';

import { changedSince } from '../../../nodes/shared/books/reading/changedSince';
import { Numbers } from '../../../nodes/shared/books/watching/numbers';
import { lookForChanges, lookForNew } from '../../../nodes/shared/books/watching/yearLook';
import { instantOf, Ledger, Trigger, type Comparison } from './ledgerOfLooks';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

async function started(lookAt: typeof lookForNew, at: string, comparison?: Comparison) {
	const ledger = new Ledger(Date.parse(at), comparison);
	const trigger = new Trigger(ledger, lookAt);
	return { ledger, trigger };
}

type Step =
	| { kind: 'wait'; ms: number }
	| { kind: 'post'; series: string; listedAfter: number }
	| { kind: 'change'; which: number }
	| { kind: 'look'; fails: boolean; meanwhile: 'nothing' | 'post' | 'change' };

const steps = fc.array(
	fc.oneof(
		{
			weight: 4,
			arbitrary: fc.record({
				kind: fc.constant('wait' as const),
				ms: fc.oneof(
					fc.integer({ min: 1, max: 90 * SECOND }),
					fc.integer({ min: 1, max: 40 * MINUTE }),
					fc.integer({ min: 0, max: 3 * 24 * 60 * MINUTE }),
					// To the second around a change of the minute.
					fc.integer({ min: 0, max: 3 }).map((minutes) => minutes * MINUTE),
				),
			}),
		},
		{
			weight: 3,
			arbitrary: fc.record({
				kind: fc.constant('post' as const),
				series: fc.constantFrom('A', 'B'),
				listedAfter: fc.constantFrom(0, 0, 0, 20 * SECOND, 4 * MINUTE, 8 * MINUTE),
			}),
		},
		{ weight: 3, arbitrary: fc.record({ kind: fc.constant('change' as const), which: fc.nat() }) },
		{
			weight: 5,
			arbitrary: fc.record({
				kind: fc.constant('look' as const),
				fails: fc.boolean(),
				meanwhile: fc.constantFrom('nothing' as const, 'nothing' as const, 'post' as const, 'change' as const),
			}),
		},
	),
	{ minLength: 5, maxLength: 60 },
);

/** On a plain day, and in the last hour before summer time begins or ends. */
const starts = ['2026-05-04T08:00:00Z', '2026-03-29T00:55:30Z', '2026-10-24T22:50:00Z', '2026-10-24T23:56:30Z'];

const startsInRepeatedHour = ['2026-10-24T23:58:30Z', '2026-10-25T00:30:00Z', '2026-10-25T00:58:30Z'];

const comparisons = fc.constantFrom<Comparison>('faces of the clock', 'instants, the earlier meant', 'instants, the later meant');

async function play(lookAt: typeof lookForNew, start: string, comparison: Comparison, script: Step[], seed: number) {
	let drawn = seed;
	const clockError = () => ((drawn = (drawn * 1103515245 + 12345) % 2147483648) % 2001) - 1000;
	const ledger = new Ledger(Date.parse(start), comparison, clockError);
	for (let index = 0; index < 3; index++) ledger.post('A');
	// What happened in the minutes before the start is not reported; nobody changes it in the very minute of the start.
	ledger.now += 2 * MINUTE;
	const trigger = new Trigger(ledger, lookAt);
	await trigger.start();
	const startedAt = ledger.now;
	const change = (which: number) => {
		const voucher = ledger.vouchers[which % ledger.vouchers.length];
		if (voucher) ledger.change(voucher);
	};
	for (const step of script) {
		if (step.kind === 'wait') ledger.now += step.ms;
		if (step.kind === 'post') ledger.post(step.series, step.listedAfter);
		if (step.kind === 'change') change(step.which);
		if (step.kind === 'look') {
			ledger.fails = step.fails;
			ledger.whileAsked = () => {
				if (step.meanwhile === 'post') ledger.post('B');
				if (step.meanwhile === 'change') change(ledger.requests);
			};
			await trigger.look().catch((error: unknown) => {
				if (!step.fails) throw error;
			});
			ledger.fails = false;
			ledger.whileAsked = () => undefined;
		}
	}
	// The rest of the night, so that the repeated hour is over, and the lists are up to date.
	for (let index = 0; index < 4; index++) {
		ledger.now += index === 0 ? 9 * MINUTE : 65 * MINUTE;
		await trigger.look();
	}
	return { ledger, trigger, startedAt };
}

describe('new entries', () => {
	it('are found also where Fortnox’s clock was an hour fast at one look', async () => {
		let fastBy = 0;
		const ledger = new Ledger(Date.parse('2026-05-04T08:00:00Z'), 'faces of the clock', () => fastBy);
		const trigger = new Trigger(ledger, lookForNew);
		ledger.post('A');
		ledger.now += 5 * MINUTE;
		await trigger.start();
		ledger.now += 5 * MINUTE;
		fastBy = 60 * MINUTE;
		await trigger.look();
		fastBy = 0;
		ledger.post('A');
		ledger.now += 30 * MINUTE;
		await trigger.look();
		expect(trigger.reports.map(({ voucher }) => voucher)).toEqual(['A2']);
	});

	const anyStart = fc.constantFrom(...starts, ...startsInRepeatedHour);

	it('are reported once each, with whatever minutes, delays, failures, restarts and hours in between', async () => {
		await fc.assert(
			fc.asyncProperty(anyStart, comparisons, steps, fc.nat(), async (start, comparison, script, seed) => {
				const { ledger, trigger, startedAt } = await play(lookForNew, start, comparison, script, seed);
				const posted = ledger.vouchers.filter(({ createdAt }) => createdAt >= startedAt);
				expect(trigger.said.sort()).toEqual(posted.map(({ series, number }) => `${series}${number} new`).sort());
			}),
			{ numRuns: 200 },
		);
	});

	it('cost one request, and are reported at the next look, within the same minute', async () => {
		const { ledger, trigger } = await started(lookForNew, '2026-05-04T08:00:10Z');
		await trigger.start();
		ledger.post();
		const before = ledger.requests;
		await trigger.look();
		expect(trigger.said).toEqual(['A1 new']);
		await trigger.look();
		expect(trigger.said).toEqual(['A1 new']);
		expect(ledger.requests - before).toBe(2);
	});

	it('are reported although they are listed after later ones', async () => {
		const { ledger, trigger } = await started(lookForNew, '2026-05-04T08:00:10Z');
		await trigger.start();
		ledger.post('A', 5 * MINUTE);
		ledger.post('A');
		await trigger.look();
		expect(trigger.said).toEqual(['A2 new']);
		expect(JSON.parse(trigger.stored)).toMatchObject({ known: { A: '2' } });
		ledger.now += 6 * MINUTE;
		await trigger.look();
		expect(trigger.said).toEqual(['A2 new', 'A1 new']);
		expect(JSON.parse(trigger.stored)).toMatchObject({ known: { A: '1-2' } });
	});
});

describe('new and changed entries', () => {
	it('are reported once for all changes since the last report, and none is missed', async () => {
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...starts), comparisons, steps, fc.nat(), async (start, comparison, script, seed) => {
				const { ledger, trigger, startedAt } = await play(lookForChanges, start, comparison, script, seed);
				for (const { series, number, createdAt, changedAt } of ledger.vouchers) {
					const reports = trigger.reports.filter(({ voucher }) => voucher === `${series}${number}`);
					// Nothing missed: the last report was read after the last change.
					const last = changedAt.at(-1) ?? 0;
					if (last >= startedAt) expect(reports.at(-1)?.lookBegan ?? 0).toBeGreaterThanOrEqual(last);
					// Nothing twice: something changed between one report and the next, and before the first.
					let since = startedAt;
					for (const { lookBegan, lookEnded } of reports) {
						expect(changedAt.some((instant) => since <= instant && instant < lookEnded)).toBe(true);
						since = lookBegan;
					}
					const expected = reports.map((_, index) => (index === 0 && createdAt >= startedAt ? 'new' : 'changed'));
					expect(reports.map(({ change }) => change)).toEqual(expected);
				}
			}),
			{ numRuns: 200 },
		);
	});

	it('are reported when their minute is over, all changes of a minute at once', async () => {
		const { ledger, trigger } = await started(lookForChanges, '2026-05-04T08:00:10Z');
		const voucher = ledger.post();
		ledger.now += 5 * MINUTE;
		await trigger.start();
		ledger.now = Date.parse('2026-05-04T08:07:01Z');
		ledger.change(voucher);
		await trigger.look();
		ledger.now = Date.parse('2026-05-04T08:07:59Z');
		ledger.change(voucher);
		ledger.post();
		await trigger.look();
		expect(trigger.said).toEqual([]);
		ledger.now = Date.parse('2026-05-04T08:08:30Z');
		await trigger.look();
		expect(trigger.said).toEqual(['A1 changed', 'A2 new']);
		ledger.now = Date.parse('2026-05-04T08:09:30Z');
		await trigger.look();
		expect(trigger.said).toEqual(['A1 changed', 'A2 new']);
		ledger.change(voucher);
		ledger.now = Date.parse('2026-05-04T08:10:30Z');
		await trigger.look();
		expect(trigger.said).toEqual(['A1 changed', 'A2 new', 'A1 changed']);
	});

	it('cost one request a look while nothing changes, at most three where something did', async () => {
		const { ledger, trigger } = await started(lookForChanges, '2026-05-04T08:00:30Z');
		await trigger.start();
		const requestsOf = async () => {
			const before = ledger.requests;
			ledger.now += MINUTE;
			await trigger.look();
			return ledger.requests - before;
		};
		expect(await requestsOf()).toBe(1);
		const voucher = ledger.post();
		expect(await requestsOf()).toBe(2);
		ledger.change(voucher);
		expect(await requestsOf()).toBe(3);
		ledger.now += 15 * MINUTE;
		await trigger.look();
		expect(await requestsOf()).toBe(1);
	});

	it('of the hour that autumn repeats are reported after it', async () => {
		const { ledger, trigger } = await started(lookForChanges, '2026-10-24T22:00:30Z');
		await trigger.start();
		ledger.now = Date.parse('2026-10-25T00:30:00Z');
		const voucher = ledger.post();
		await trigger.look();
		ledger.now = Date.parse('2026-10-25T00:59:59Z');
		await trigger.look();
		expect(trigger.said).toEqual([]);
		ledger.now = Date.parse('2026-10-25T01:00:00Z');
		ledger.change(voucher);
		ledger.now = Date.parse('2026-10-25T02:00:15Z');
		await trigger.look();
		expect(trigger.said).toEqual(['A1 new']);
		ledger.now += 5 * MINUTE;
		await trigger.look();
		expect(trigger.said).toEqual(['A1 new']);
	});
});

describe('what is stored', () => {
	it('stays small, however many entries were posted', async () => {
		const { ledger, trigger } = await started(lookForChanges, '2026-05-04T08:00:30Z');
		await trigger.start();
		for (let index = 0; index < 5000; index++) ledger.post(index % 2 === 0 ? 'A' : 'B');
		ledger.now += 2 * MINUTE;
		await trigger.look();
		expect(trigger.reports).toHaveLength(5000);
		// The ranges of numbers, and what the five newest vouchers of each series said.
		expect(trigger.stored.length).toBeLessThan(350);
	});

	it('stays bounded where a series leaves numbers out', () => {
		const numbers = new Numbers();
		for (let number = 10; number <= 100_000; number += 10) numbers.add({ series: 'A', number });
		numbers.fillGaps(100);
		expect(numbers.toStored().A).toHaveLength(100 * 6 + '10-'.length - '0'.length + 1);
		expect(numbers.has({ series: 'A', number: 15 })).toBe(true);
		expect(numbers.has({ series: 'A', number: 99_995 })).toBe(false);
	});

	it('holds the numbers that were put in and not taken out again, and no others', () => {
		const some = fc.array(fc.integer({ min: 1, max: 60 }));
		fc.assert(
			fc.property(some, some, fc.integer({ min: 0, max: 60 }), (put, removed, upTo) => {
				const numbers = new Numbers();
				put.forEach((number) => numbers.add({ series: 'A', number }));
				removed.forEach((number) => numbers.remove({ series: 'A', number }));
				const added = put.filter((number) => !removed.includes(number));
				const restored = Numbers.fromStored(JSON.parse(JSON.stringify(numbers.toStored())));
				for (let number = 0; number <= 61; number++) {
					expect(restored.has({ series: 'A', number })).toBe(added.includes(number));
				}
				numbers.addUpTo({ series: 'A', number: upTo });
				const highest = Math.max(upTo, ...added, 0);
				for (let number = 1; number <= 61; number++) expect(numbers.has({ series: 'A', number })).toBe(number <= highest);
			}),
		);
	});
});

it('a minute that is asked for is never after the instant that is meant', () => {
	fc.assert(
		fc.property(fc.integer({ min: Date.UTC(2026, 9, 24), max: Date.UTC(2026, 9, 26) }), (instant) => {
			expect(instantOf(changedSince(new Date(instant)), 'instants, the later meant')).toBeLessThanOrEqual(instant);
		}),
	);
});
