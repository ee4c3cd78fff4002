import { promisify } from 'node:util';

import type { Pace } from './pace';

type Callback = (...args: unknown[]) => void;

interface Waiting {
	timer: NodeJS.Timeout;
	/** By the fast clock. */
	due: number;
}

/** `setTimeout` and `setInterval` by another clock. What they give are Node's own timers. */
export class Timers {
	private readonly waiting = new Set<Waiting>();

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

	/** When the first of them is due, by the fast clock. */
	nextDue(): number {
		let next = Infinity;
		for (const waiting of this.waiting) {
			if (isOver(waiting)) this.waiting.delete(waiting);
			else next = Math.min(next, waiting.due);
		}
		return next;
	}

	/** After the clock has leapt or goes at another speed: those that are due within `ms` get what is left of their time. */
	keepTime(ms = Infinity): void {
		const now = this.pace.now();
		for (const { timer, due } of this.waiting) if (due - now <= ms) restart(timer, this.pace.inReality(due - now));
	}

	private once(callback: Callback, ms = 0, args: unknown[] = []): NodeJS.Timeout {
		const fire = (): void => {
			this.waiting.delete(waiting);
			callback(...args);
		};
		const waiting = this.track(this.start.once(fire, this.pace.inReality(ms)), ms);
		return waiting.timer;
	}

	private again(callback: Callback, ms = 0, args: unknown[] = []): NodeJS.Timeout {
		const fire = (): void => {
			waiting.due = this.pace.now() + ms;
			callback(...args);
		};
		const waiting = this.track(this.start.again(fire, this.pace.inReality(ms)), ms);
		return waiting.timer;
	}

	private track(timer: NodeJS.Timeout, ms: number): Waiting {
		const waiting: Waiting = { timer, due: this.pace.now() + ms };
		timer.refresh = () => {
			waiting.due = this.pace.now() + ms;
			this.waiting.add(waiting);
			return restart(timer, this.pace.inReality(ms));
		};
		this.waiting.add(waiting);
		return waiting;
	}
}

const { refresh } = Object.getPrototypeOf(setTimeout(() => undefined, 0)) as NodeJS.Timeout;

/** Node has no documented way to start a timer anew with another time, real ms. */
function restart(timer: NodeJS.Timeout, ms: number): NodeJS.Timeout {
	Reflect.set(timer, '_idleTimeout', Math.max(1, ms));
	return refresh.call(timer);
}

/** Cleared, by whichever of Node's ways. */
const isOver = ({ timer }: Waiting): boolean => Reflect.get(timer, '_destroyed') === true;
