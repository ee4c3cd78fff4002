import type { Pace } from './pace';
import type { Timers } from './timers';

/** Real ms between two looks. */
const LOOK_EVERY = 1;

/** µs of CPU that the process may use between two looks without having done anything. */
const NOTHING = 500;

/** Looks after which it is taken for idle. Between two of them Node hands on all that has come from the network. */
const LOOKS = 2;

/** The furthest leap, ms: work that nobody sees, such as that of a starved thread, still has time to end before a time limit. */
const LEAP = 500;

/** ms; a timer that is due later gets its time after one of the next leaps. */
const SOON = 6 * LEAP;

/** What the process waits for that takes real time: files, names, connections, other processes. */
const UNDER_WAY = /Req|Connect|Process|Worker/;

/** Lets the clock leap to the next timer while the process has nothing to do but wait for it. */
export class Quiet {
	leaps = false;

	private used = 0;

	private looks = 0;

	constructor(
		private readonly pace: Pace,
		private readonly timers: Timers,
	) {
		setInterval(() => this.look(), LOOK_EVERY).unref();
	}

	private look(): void {
		const { user, system } = process.cpuUsage();
		this.looks = user + system - this.used < NOTHING ? this.looks + 1 : 0;
		this.used = user + system;
		if (!this.leaps || this.looks < LOOKS) return;
		const ahead = this.timers.nextDue() - this.pace.now();
		if (ahead <= 0 || ahead === Infinity || process.getActiveResourcesInfo().some((kind) => UNDER_WAY.test(kind))) return;
		this.pace.leap(Math.min(ahead, LEAP));
		this.timers.keepTime(SOON);
	}
}
