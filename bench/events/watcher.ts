/**
 * Triggers that watch a ledger for a while, side by side, in a process of its own: its clock may be faster than the
 * machine's (`TEST_SPEED`), so that an hour takes minutes.
 */
import '../../test/clock/fastTime';
import '../../test/clock/fixedDate';

import type { IDataObject } from 'n8n-workflow';

import { ACCOUNTING_TRIGGER, INSTANT_TRIGGER } from '../../engine';
import { seededRandom } from '../../sandbox/company/random';
import { MINUTE, pass, provideWebSocket, SECOND } from '../../test/engine/support/waiting';
import { currentYear, startWorld, type World } from '../../test/engine/support/world';
import type { EventsFigures, EventsTask } from './task';

const LATENCY_MS = 100;
const PARAMETERS = { triggerOn: 'newEntry' };
/** What was posted at the end of the time must have come by then. */
const LATEST_MS = 2 * MINUTE;

type Note = (items: readonly IDataObject[]) => void;

async function watch(task: EventsTask): Promise<EventsFigures> {
	const { trigger, eventsAnHour, minutes } = task;
	const world = await startWorld({ settings: { latencyMs: LATENCY_MS } });
	const postedAt = new Map<unknown, number>();
	const delays = new Map<unknown, number[]>();
	const note: Note = (items) => {
		for (const { name } of items) delays.set(name, [...(delays.get(name) ?? []), performance.now() - (postedAt.get(name) ?? 0)]);
	};
	const stop = trigger === 'instant' ? await listen(world, note) : await poll(world, note);
	await pass(10 * SECOND);
	world.forget();
	await postAtRandom(world, task, postedAt);
	const requestsAnHour = Math.round((world.requests(undefined, /\/3\//).length * 60) / minutes);
	for (let waited = 0; delays.size < postedAt.size && waited < LATEST_MS; waited += SECOND) await pass(SECOND);
	await stop();
	await world.close();
	const came = [...delays.values()];
	const sorted = came.map(([first = 0]) => Math.round(first)).sort((one, other) => one - other);
	const at = (part: number): number => sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)] ?? 0;
	return {
		trigger,
		eventsAnHour,
		minutes,
		posted: postedAt.size,
		lost: postedAt.size - delays.size,
		doubled: came.filter((times) => times.length > 1).length,
		requestsAnHour,
		...(sorted.length > 0 && { delayMs: { median: at(0.5), p99: at(0.99) } }),
	};
}

/** Posts one entry after the other, at times that have nothing to do with one another. */
async function postAtRandom(world: World, { eventsAnHour, minutes }: EventsTask, postedAt: Map<unknown, number>): Promise<void> {
	const random = seededRandom(19);
	const end = performance.now() + minutes * MINUTE;
	for (let next = performance.now(); ;) {
		next += eventsAnHour === 0 ? Infinity : (-Math.log(1 - random()) * 60 * MINUTE) / eventsAnHour;
		await pass(Math.max(Math.min(next, end) - performance.now(), 0));
		if (next >= end) return;
		const { series, number } = world.sandbox.company(1001).addVoucher({
			date: currentYear(world).fromDate,
			description: 'Pennor',
			rows: [
				{ account: 6110, debit: 12_500 },
				{ account: 1930, credit: 12_500 },
			],
		});
		postedAt.set(`${series} ${number}`, performance.now());
	}
}

async function listen(world: World, note: Note): Promise<() => Promise<void>> {
	const active = await world.engine.activate(INSTANT_TRIGGER, PARAMETERS);
	const { items } = active;
	const push = items.push.bind(items);
	items.push = (...more) => {
		note(more);
		return push(...more);
	};
	return async () => await active.deactivate();
}

/** Once a minute, as n8n's Every Minute does. */
async function poll(world: World, note: Note): Promise<() => Promise<void>> {
	const staticData: IDataObject = {};
	const look = async (): Promise<void> => {
		const found = await world.engine.poll(ACCOUNTING_TRIGGER, PARAMETERS, { staticData, id: world.sandbox.url });
		note((found?.[0] ?? []).map(({ json }) => json));
	};
	await look();
	const over = new AbortController();
	const polls = (async () => {
		while (!over.signal.aborted) {
			await pass(MINUTE);
			await look();
		}
	})();
	return async () => {
		over.abort();
		await polls;
	};
}

process.once('message', (tasks: EventsTask[]) => {
	provideWebSocket();
	void Promise.all(tasks.map(watch)).then(
		(figures) => process.send?.(figures, () => process.exit(0)),
		(error: unknown) => {
			process.stderr.write(`${String(error)}\n`);
			process.exit(1);
		},
	);
});
