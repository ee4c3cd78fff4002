import { AsyncResource } from 'node:async_hooks';
import { promisify } from 'node:util';

import type { Pace } from './pace';

type Callback = (...args: unknown[]) => void;

/** A timer, with what Node does not know of it. */
interface Waiting {
	timer: NodeJS.Timeout;
	/** By the fast clock. */
	due: number;
	/** What happens then. */
	fire: () => void;
}

/** `waiting` is to end at `due`, unless that has changed since. */
interface Place {
	due: number;
	waiting: Waiting;
}

/**
 * `setTimeout` and `setInterval` by another clock. What they give are Node's own timers, which end by themselves while the
 * clock does not leap; after a leap they are ended here. An interval is a timer that starts anew each time: Node would go
 * on at the speed of its start.
 */
export class Timers {
	/** The next one first; some have ended or were cleared. */
	private places: Place[] = [];

	/** With more of them than this it is worth looking for those. */
	private many = 100;

	private readonly start = setTimeout;

	constructor(private readonly pace: Pace) {}

	/** The replacements of the globals of these names. */
	globals(): object {
		const wait = async (ms: number, value: unknown) => await new Promise((resolve) => once(resolve, ms, value));
		const once = Object.assign((callback: Callback, ms?: number, ...args: unknown[]) => this.once(callback, ms, args), {
			[promisify.custom]: wait,
		});
		const again = (callback: Callback, ms?: number, ...args: unknown[]) => this.again(callback, ms, args);
		return { setTimeout: once, setInterval: again };
	}

	/** When the first of them is due, by the fast clock; Infinity where there is none. */
	nextDue(): number {
		for (let first = this.places[0]; first !== undefined; first = this.places[0]) {
			if (isTaken(first)) return first.due;
			this.places.shift();
		}
		return Infinity;
	}

	/** Ends the first of them. */
	fireNext(): void {
		this.places.shift()?.waiting.fire();
	}

	/** After the clock goes at another speed: they get what is left of their time. */
	keepTime(): void {
		const now = this.pace.now();
		this.clean();
		for (const { due, waiting } of this.places) restart(waiting.timer, this.pace.inReality(due - now));
	}

	private once(callback: Callback, ms: number | undefined, args: unknown[]): NodeJS.Timeout {
		return this.track(callback, ms, args, end);
	}

	private again(callback: Callback, ms: number | undefined, args: unknown[]): NodeJS.Timeout {
		return this.track(callback, ms, args, (timer) => timer.refresh());
	}

	/**
	 * Starts a timer.
	 *
	 * @param given ms as Node takes them: at least one
	 * @param before what happens to the timer when it is due, before what it does
	 */
	private track(callback: Callback, given: number | undefined, args: unknown[], before: (timer: NodeJS.Timeout) => void): NodeJS.Timeout {
		const ms = Number(given) >= 1 ? Number(given) : 1;
		const context = new AsyncResource('Timeout');
		const fire = (): void => {
			before(timer);
			context.runInAsyncScope(callback, timer, ...args);
		};
		const timer = this.start(() => this.come(waiting), this.pace.inReality(ms));
		const waiting: Waiting = { timer, due: this.pace.now() + ms, fire };
		this.place(waiting);
		timer.refresh = () => {
			if (isCleared(timer)) return timer;
			restart(timer, this.pace.inReality(ms));
			waiting.due = this.pace.now() + ms;
			this.place(waiting);
			return timer;
		};
		return timer;
	}

	/** Node's timer has come; it counts whole ms of its own. */
	private come(waiting: Waiting): void {
		const left = waiting.due - this.pace.now();
		if (left > 0) restart(waiting.timer, this.pace.inReality(left));
		else waiting.fire();
	}

	private clean(): void {
		this.places = this.places.filter(isTaken);
		this.many = 2 * this.places.length + 100;
	}

	private place(waiting: Waiting): void {
		if (this.places.length > this.many) this.clean();
		const { due } = waiting;
		let [low, high] = [0, this.places.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.places[middle]?.due ?? Infinity) <= due) low = middle + 1;
			else high = middle;
		}
		this.places.splice(low, 0, { due, waiting });
	}
}

const stop = clearTimeout;
const { refresh } = Object.getPrototypeOf(setTimeout(() => undefined, 0)) as NodeJS.Timeout;

/** Nothing waits for Node's timer any more, but it may be started again. */
function end(timer: NodeJS.Timeout): void {
	const callback: unknown = Reflect.get(timer, '_onTimeout');
	stop(timer);
	Reflect.set(timer, '_onTimeout', callback);
}

/** Node has no documented way to start a timer anew with another time, real ms. */
function restart(timer: NodeJS.Timeout, ms: number): void {
	Reflect.set(timer, '_idleTimeout', Math.max(1, ms));
	refresh.call(timer);
}

/** Neither ended nor cleared, by whichever of Node's ways. */
const isTaken = ({ due, waiting }: Place): boolean => due === waiting.due && Reflect.get(waiting.timer, '_destroyed') !== true;

/** Not one that has ended: that may start again. */
function isCleared(timer: NodeJS.Timeout): boolean {
	const callback: unknown = Reflect.get(timer, '_onTimeout');
	return callback === null;
}
