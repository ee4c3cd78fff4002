import { AsyncLocalStorage } from 'node:async_hooks';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, gzipSync } from 'node:zlib';

import { atSpeed, inLeaps } from './fastTime';

/** ms; many leaps. */
const SPAN = 6_000;

/** To unpack it takes a thread most of a second. */
const PACKED = gzipSync(Buffer.alloc(64_000_000));

const wait = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

/** Real ms, by a clock that nothing here replaces. */
async function realMs(work: () => Promise<unknown>): Promise<number> {
	const start = process.hrtime.bigint();
	await work();
	return Number(process.hrtime.bigint() - start) / 1e6;
}

it('leaps over a wait in which nothing happens, and shows that it has passed', async () => {
	const [before, day] = [performance.now(), Date.now()];
	expect(await realMs(async () => await wait(10 * SPAN))).toBeLessThan(SPAN * 2);
	for (const passed of [performance.now() - before, Date.now() - day]) {
		expect(passed).toBeGreaterThanOrEqual(10 * SPAN);
		expect(passed).toBeLessThan(11 * SPAN);
	}
});

it('lets timers end in the order in which they are due, whenever they were started', async () => {
	const ended: string[] = [];
	const note = (name: string) => () => ended.push(name);
	setTimeout(note('late'), 10 * SPAN);
	const again = setInterval(note('again'), 3 * SPAN);
	const cleared = setTimeout(note('cleared'), SPAN);
	const kept = setTimeout(note('kept'), 2 * SPAN);
	await wait(SPAN / 2);
	clearTimeout(cleared);
	setTimeout(note('soon'), SPAN);
	await wait(SPAN);
	kept.refresh();
	await wait(9 * SPAN);
	clearInterval(again);
	await wait(5 * SPAN);
	expect(ended).toEqual(['soon', 'again', 'kept', 'again', 'again', 'late']);
});

it('never ends a timer that was cleared, also after the clock went at another speed', async () => {
	const ended: string[] = [];
	const [once, again] = [setTimeout(() => ended.push('once'), SPAN), setInterval(() => ended.push('again'), SPAN)];
	clearTimeout(once);
	clearInterval(again);
	await atSpeed(1, async () => await Promise.resolve());
	once.refresh();
	await wait(5 * SPAN);
	expect(ended).toEqual([]);
});

it('never ends a timer too early', async () => {
	const early: number[] = [];
	for (const ms of [1, 5, 7, 11, 19]) {
		const start = performance.now();
		await wait(ms);
		if (performance.now() - start < ms) early.push(ms);
	}
	expect(early).toEqual([]);
});

it('keeps the time of an interval at another speed', async () => {
	const [times, start]: [number[], number] = [[], performance.now()];
	const timer = setInterval(() => times.push(performance.now() - start), 400);
	await atSpeed(1, async () => await wait(1000));
	clearInterval(timer);
	expect(times.length).toBeLessThanOrEqual(2);
	expect(times[0]).toBeGreaterThanOrEqual(400);
});

it('leaves nothing waiting in Node when it has ended a timer', async () => {
	const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
	await Promise.all([30_000, 20_000, 10_000].map(wait));
	expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length).toBe(before);
});

it('starts a timer again that has ended, as undici and ws do', async () => {
	const ended: number[] = [];
	const start = performance.now();
	const timer = setTimeout(() => {
		ended.push(Math.round((performance.now() - start) / SPAN));
		if (ended.length < 3) timer.refresh();
	}, SPAN);
	await wait(10 * SPAN);
	expect(ended).toEqual([1, 2, 3]);
});

it('ends a timer in the context in which it was started', async () => {
	const context = new AsyncLocalStorage<string>();
	const found: unknown[] = [];
	context.run('started', () => setTimeout(() => found.push(context.getStore()), SPAN));
	await wait(2 * SPAN);
	expect(found).toEqual(['started']);
});

it('goes on to leap after what a timer did has thrown', async () => {
	const listeners = process.rawListeners('uncaughtException') as NodeJS.UncaughtExceptionListener[];
	process.removeAllListeners('uncaughtException');
	const thrown = new Promise((resolve) => process.once('uncaughtException', resolve));
	const error = new Error('thrown by a timer');
	setTimeout(() => {
		throw error;
	}, SPAN);
	expect(await thrown).toBe(error);
	for (const listener of listeners) process.on('uncaughtException', listener);
	expect(await realMs(async () => await wait(10 * SPAN))).toBeLessThan(SPAN * 2);
});

it('ends a signal in time, with the reason that Node gives', async () => {
	const signal = AbortSignal.timeout(5 * SPAN);
	await wait(4 * SPAN);
	expect(signal.aborted).toBe(false);
	await wait(2 * SPAN);
	expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
});

it.each([
	['a file', async () => await readFile(process.execPath)],
	['what is unpacked', async () => await promisify(gunzip)(PACKED)],
	['the end of another process', async () => await promisify(execFile)(process.execPath, ['-e', 'setTimeout(() => {}, 300)'])],
])('does not leap over a time limit while it waits for %s', async (_, read) => {
	for (let time = 0; time < 2; time++) {
		const limit = AbortSignal.timeout(30_000);
		await read();
		expect(limit.aborted).toBe(false);
	}
});

it('rests for no thread where told that none is waited for, but for a file', async () => {
	expect(await realMs(async () => await inLeaps(async () => await wait(40 * 60_000)))).toBeLessThan(SPAN);
	const limit = AbortSignal.timeout(30_000);
	await inLeaps(async () => await readFile(process.execPath));
	expect(limit.aborted).toBe(false);
});

it('goes no faster than asked where work must be done before a time is over', async () => {
	expect(await atSpeed(1, async () => await realMs(async () => await wait(100)))).toBeGreaterThan(95);
});
