import { fork } from 'node:child_process';
import { join } from 'node:path';

import type { EventsFigures, EventsTask } from './events/task';

const RATES = [0, 10, 1000];
/** An hour takes four minutes. What computing takes counts that many times, so delays of a second are measured in real time. */
const FAST = 15;
const REAL_TIME: EventsTask = { trigger: 'instant', eventsAnHour: 3000, minutes: 2 };
const WANTED = { lost: 0, doubled: 0 };
const WANTED_DELAY_MS = { median: 1000, p99: 2000 };

/** Requests of both triggers in an hour, and how long an entry takes from its posting to the item. */
export async function run(print: (figure: object) => void): Promise<void> {
	const hours = RATES.flatMap((eventsAnHour): EventsTask[] => [
		{ trigger: 'polling', eventsAnHour, minutes: 60 },
		{ trigger: 'instant', eventsAnHour, minutes: 60 },
	]);
	for (const { delayMs, ...figures } of await watched(hours, FAST)) {
		print({ bench: 'events', ...figures, ...(figures.trigger === 'polling' && delayMs && { delayMs }), wanted: WANTED });
	}
	for (const figures of await watched([REAL_TIME], 1)) {
		print({ bench: 'events', realTime: true, ...figures, wanted: { ...WANTED, delayMs: WANTED_DELAY_MS } });
	}
}

/** @param speed of the clock, as a multiple of the machine's */
async function watched(tasks: readonly EventsTask[], speed: number): Promise<EventsFigures[]> {
	const child = fork(join(__dirname, 'events', 'watcher.ts'), {
		execArgv: ['--require', 'tsx/cjs'],
		env: { ...process.env, TEST_SPEED: String(speed) },
	});
	return await new Promise((resolve, reject) => {
		child.once('message', (figures: EventsFigures[]) => resolve(figures));
		child.once('exit', (code) => reject(new Error(`The watcher ended with ${code} before it was done`)));
		child.send(tasks);
	});
}
