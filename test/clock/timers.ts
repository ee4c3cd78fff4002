import { AsyncResource } from 'node:async_hooks';
import { promisify } from 'node:util';

import type { Pace } from './pace';

type Callback = (...args: unknown[]) => void;

/** A timer that has not ended. */
interface Waiting {
	timer: NodeJS.Timeout;
	/** By the fast clock; undefined once it has ended. */
	due: number | undefined;
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
 * clock does not leap; after a leap they are ended here.
 */
export class Timers {
	/** The next one first; some have ended or were cleared. */
	private places: Place[] = [];

	/** With more of them than this it is worth looking for those. */
	private many = 100;

	private readonly start = { once: setTimeout, again: setInterval };

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

	private once(callback: Callback, ms = 0, args: unknown[] = []): NodeJS.Timeout {
		const resource = new AsyncResource('Timeout');
		const fire = (): void => {
			// Node's timer comes after a leap has ended it.
			if (waiting.due === undefined) return;
			waiting.due = undefined;
			resource.runInAsyncScope(callback, undefined, ...args);
		};
		const waiting = this.track(this.start.once(fire, this.pace.inReality(ms)), ms, fire);
		return waiting.timer;
	}

	private again(callback: Callback, ms = 0, args: unknown[] = []): NodeJS.Timeout {
		const resource = new AsyncResource('Timeout');
		const fire = (): void => {
			this.postpone(waiting, ms);
			resource.runInAsyncScope(callback, undefined, ...args);
		};
		const waiting = this.track(this.start.again(fire, this.pace.inReality(ms)), ms, fire);
		return waiting.timer;
	}

	private track(timer: NodeJS.Timeout, ms: number, fire: () => void): Waiting {
		const waiting: Waiting = { timer, due: undefined, fire };
		timer.refresh = () => {
			if (!isCleared(waiting)) this.postpone(waiting, ms);
			return timer;
		};
		this.place(waiting, ms);
		return waiting;
	}

	private postpone(waiting: Waiting, ms: number): void {
		restart(waiting.timer, this.pace.inReality(ms));
		this.place(waiting, ms);
	}

	private clean(): void {
		this.places = this.places.filter(isTaken);
		this.many = 2 * this.places.length + 100;
	}

	private place(waiting: Waiting, ms: number): void {
		if (this.places.length > this.many) this.clean();
		const due = this.pace.now() + ms;
		waiting.due = due;
		let [low, high] = [0, this.places.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.places[middle]?.due ?? Infinity) <= due) low = middle + 1;
			else high = middle;
		}
		this.places.splice(low, 0, { due, waiting });
	}
}

const { refresh } = Object.getPrototypeOf(setTimeout(() => undefined, 0)) as NodeJS.Timeout;

/** Node has no documented way to start a timer anew with another time, real ms. */
function restart(timer: NodeJS.Timeout, ms: number): void {
	Reflect.set(timer, '_idleTimeout', Math.max(1, ms));
	refresh.call(timer);
}

/** Neither ended nor cleared, by whichever of Node's ways. */
const isTaken = ({ due, waiting }: Place): boolean => due === waiting.due && Reflect.get(waiting.timer, '_destroyed') !== true;

/** Not one that has ended: that may start again. */
function isCleared({ timer }: Waiting): boolean {
	const callback: unknown = Reflect.get(timer, '_onTimeout');
	return callback === null;
}
