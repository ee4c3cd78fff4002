import { MOST_YEARS_RUNG } from '../../fortnox/bounds';
import type { Clock } from '../../fortnox/clock';

/** What a doorbell is there for, and how it behaves. All times are ms. */
interface DoorbellOptions {
	clock: Clock;
	/**
	 * Looks at what happened, and hands it on.
	 *
	 * @param rings what rang since the last look, for which nothing is left undone once this returns
	 */
	look(rings: ReadonlySet<number>): Promise<void>;
	/** Hears of a look but the first that failed; it is repeated. */
	onFailure(error: unknown): void;
	/** A look is due after this at the latest, whether it rang or not. */
	everyMs: number;
	/** A ring is followed by a second look after this, for changes that show only when their minute is over. */
	againAfterMs?: number;
}

/** A burst of events is read by one list: a look waits until it has been quiet for this long, */
const QUIET_MS = 200;
/** but for no longer than this. */
const MOST_QUIET_MS = 1000;

/** Right after the activation the first of them may come too early: nothing of the minute in which it began is reported then. */
const LOOKS_AGAIN = 2;

/** A look that failed is repeated after these; the last one is kept to. */
const FAILED_AGAIN_AFTER_MS = [5000, 30_000, 60_000, 300_000];

/** How often the time is looked at. */
const NAP_MS = 1000;

/** Of an event that names no financial year that is known: all years are looked at. */
export const ANY_YEAR = 0;

/** Looks when it rings, when the time has come, and again where a look failed; one look at a time. */
export class Doorbell {
	private rings = new Set<number>();

	/** An event rang since the last look, and not only the time. */
	private hasRung = false;

	private rangAt = 0;

	private isAnswering = false;

	private isStopped = false;

	private failures = 0;

	/** Looks that are still to follow the last ring. */
	private looksAgain = 0;

	private dueAt: number;

	constructor(private readonly options: DoorbellOptions) {
		this.dueAt = options.clock.monotonic() + options.everyMs;
	}

	/**
	 * Looks for the first time, and then whenever it rings or the time has come.
	 *
	 * @throws what the first look throws; nothing goes on then
	 */
	async begin(): Promise<void> {
		this.isAnswering = true;
		this.rings = new Set();
		await this.options.look(new Set([ANY_YEAR]));
		this.isAnswering = false;
		if (this.rings.size > 0) void this.answer();
		void this.keepTime();
	}

	private async keepTime(): Promise<void> {
		const { clock } = this.options;
		while (!this.isStopped) {
			await clock.sleep(NAP_MS);
			if (clock.monotonic() >= this.dueAt) this.wake(ANY_YEAR);
		}
	}

	stop(): void {
		this.isStopped = true;
	}

	/** @param year that something happened in, {@link ANY_YEAR} where that is not known */
	ring(year: number): void {
		this.hasRung = true;
		this.rangAt = this.options.clock.monotonic();
		this.wake(year);
	}

	private wake(year: number): void {
		this.rings.add(this.rings.size < MOST_YEARS_RUNG ? year : ANY_YEAR);
		if (!this.isAnswering) void this.answer();
	}

	private async answer(): Promise<void> {
		this.isAnswering = true;
		while (this.rings.size > 0 && !this.isStopped) {
			await this.quiet();
			await this.lookNow();
		}
		this.isAnswering = false;
	}

	private async quiet(): Promise<void> {
		const { clock } = this.options;
		const end = clock.monotonic() + MOST_QUIET_MS;
		for (;;) {
			const left = Math.min(this.rangAt + QUIET_MS, end) - clock.monotonic();
			if (left <= 0) return;
			await clock.sleep(left);
		}
	}

	private async lookNow(): Promise<void> {
		const { clock, everyMs, againAfterMs } = this.options;
		const { rings, hasRung } = this;
		this.rings = new Set();
		this.hasRung = false;
		this.looksAgain = hasRung ? LOOKS_AGAIN : Math.max(this.looksAgain - 1, 0);
		this.dueAt = clock.monotonic() + (this.looksAgain > 0 && againAfterMs !== undefined ? againAfterMs : everyMs);
		try {
			await this.options.look(rings);
			this.failures = 0;
		} catch (error) {
			const wait = FAILED_AGAIN_AFTER_MS[Math.min(this.failures++, FAILED_AGAIN_AFTER_MS.length - 1)] ?? everyMs;
			this.dueAt = clock.monotonic() + wait;
			this.options.onFailure(error);
		}
	}
}
