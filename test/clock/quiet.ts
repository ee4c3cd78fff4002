import type { Pace } from './pace';
import type { Timers } from './timers';

/** Turns of the event loop without an event after which the process is taken for idle. */
const TURNS = 3;

/**
 * The furthest leap, ms, and all that may be leapt without a rest: so short a time limit may be over while a thread works.
 * A test of one uses `atSpeed`.
 */
const FURTHEST = 1000;

/** ms that it may leap for each in which the process rested, its threads too: what they do has time to end. */
const FOR_REST = 250;

/** Real ms between two looks while nothing happens. */
const BEAT = 2;

/**
 * What the process waits for that takes real time: files, names, connections, other processes. Node does not name what
 * `dns.resolve` and `node:timers/promises` wait for, nor threads, such as those of crypto: these are seen by their CPU.
 */
const UNDER_WAY = /req|connect|process/i;

const { nodeTiming } = performance;
const real = { setInterval, setImmediate };

/** Lets the clock leap to the next timer while the process has nothing to do but wait for it. */
export class Quiet {
	leaps = false;

	/** How many have come so far: from the network, files, threads and other processes, not from timers. */
	private events = 0;

	/** Turns of the event loop since the last of them. */
	private turns = 0;

	/** How far it may leap, ms. */
	private allowed = FURTHEST;

	/** Until when, in real ms, rest was counted for that, and the µs of CPU that were used by then; undefined after an event. */
	private counted: { now: number; used: number } | undefined;

	constructor(
		private readonly pace: Pace,
		private readonly timers: Timers,
		/** Tells whether threads do something that Node does not name. */
		private readonly isUnpacking: () => boolean,
	) {
		real.setInterval(() => undefined, BEAT).unref();
		this.rest();
	}

	/** Whether it leaps no further than threads that nothing names may need; else as far as there is to go. */
	set restsForThreads(rests: boolean) {
		this.allowed = rests ? FURTHEST : Infinity;
	}

	/** Looks again when something has happened, at the latest after a beat. */
	private rest(): void {
		real.setImmediate(() => this.look()).unref();
	}

	/** Looks again after the next turn of the event loop, which then waits for nothing. */
	private lookOn(): void {
		real.setImmediate(() => this.look());
	}

	private look(): void {
		if (!this.leaps) return this.rest();
		const { events } = nodeTiming.uvMetricsInfo;
		if (events === this.events) this.turns++;
		else {
			this.turns = 0;
			this.counted = undefined;
		}
		this.events = events;
		const ahead = this.timers.nextDue() - this.pace.now();
		if (ahead <= 0) this.goOn();
		else if (ahead === Infinity) this.rest();
		else if (this.turns < TURNS) this.lookOn();
		else this.leap(Math.min(ahead, FURTHEST));
	}

	private leap(ms: number): void {
		if (ms > this.allowed) this.countRest();
		if (ms > this.allowed) return this.rest();
		const open = process.getActiveResourcesInfo();
		if (open.includes('Immediate')) return this.lookOn();
		if (open.some((kind) => UNDER_WAY.test(kind)) || this.isUnpacking()) return this.rest();
		this.allowed -= ms;
		this.pace.leap(ms);
		this.goOn();
	}

	/** Not more than that between two looks: a thread may have waited for a core. */
	private countRest(): void {
		const { user, system } = process.cpuUsage();
		const [before, counted] = [this.counted, { now: this.pace.realNow(), used: user + system }];
		this.counted = counted;
		if (before === undefined) return;
		const rested = Math.min(counted.now - before.now, 2 * BEAT) - (counted.used - before.used) / 1000;
		this.allowed = Math.min(this.allowed + Math.max(0, rested) * FOR_REST, FURTHEST);
	}

	/** Ends the next timer, if it is due. */
	private goOn(): void {
		this.turns = 0;
		// First: what happens then may throw.
		this.lookOn();
		if (this.timers.nextDue() <= this.pace.now()) this.timers.fireNext();
	}
}
