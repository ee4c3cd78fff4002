import type { Clock } from '../clock';
import { LIMIT, MARGIN_MS, WINDOW_MS } from './window';

/**
 * Least ms between two requests of a process that does not know of others. Sending in a burst or spread out uses the same
 * share of the limit. Spread over half a second, places become free one by one, so other processes can get in, and a 429
 * arrives before the whole burst is out. 150 requests take 2 % longer for it.
 */
const PACE_MS = 20;
/**
 * A process that has had most of the limit for this long spreads its requests evenly over a little more than a window:
 * at most moments one place is then open, so that others find a way in.
 */
const LONG_BUSY_MS = 5.25 * WINDOW_MS;
const BUSY = 0.75 * LIMIT;
const EVEN_PACE_MS = (1.04 * WINDOW_MS) / LIMIT;

/** Mean ms between two places that are dealt out to one process at first; half of it four seconds later. */
const DEAL_PACE_MS = 500;
const DEAL_DOUBLES_MS = 4000;
/**
 * At every full three minutes of the time of day the places are dealt out anew, so that a process that came late gets as
 * many as the others.
 */
const NEW_DEAL_MS = 180_000;
/** One request in this many tries for a place more than the process has. */
const TRIES_MORE = 70;
/**
 * A newcomer whose requests are refused tries again at this interval, a little longer each time: Fortnox may count
 * refused requests, and many of them would fill the window.
 */
const KNOCK_MS = 1000;
const KNOCK_BACKOFF = 1.2;
const LONGEST_KNOCK_MS = 2 * WINDOW_MS;
/**
 * When a newcomer gets in, the process that it displaces pauses for one window. Until then the newcomer must not take all
 * the places that this frees.
 */
const ENTERING_PACE_MS = 1700;
/** A process that has sent nothing for this long starts afresh. */
const FORGOTTEN_MS = 60_000;

/**
 * This process's part of the tenant's limit. n8n's workers share nothing but Fortnox and the time of day, so a 429 is
 * the only sign that there are others (the figures above come from trying many on the model of Fortnox's window in the
 * tests, with refused requests counted and not counted, since nobody knows which it is):
 *
 * - `whole`: without a refusal the part is the whole limit.
 * - `dealing`: at the first refusal every process is silent until the window has emptied. Then each takes one place
 *   after the other, all at the same pace, until one is refused: what a process has by then is its part.
 * - `dealt`: a process keeps its places by using each again as soon as it is free, before others can (as stations keep
 *   their slots in reservation ALOHA). A refusal means that somebody else was there first: that place is lost. Now
 *   and then it tries for one more, and where that is let in, deals on.
 */
export class Share {
	private phase: 'whole' | 'dealing' | 'dealt' = 'whole';
	/** Places in one window, where they are dealt. */
	private size = LIMIT;
	/** Monotonic: when the first place may be taken. */
	private dealsFrom = Number.NEGATIVE_INFINITY;
	/** Refusals of one that has no place at all; undefined where it has. */
	private knocks?: number;
	/** Monotonic: until then it is a newcomer that was just let in. */
	private entersUntil = Number.NEGATIVE_INFINITY;
	private triesMoreAt = Number.POSITIVE_INFINITY;
	/** Only means something where places are dealt, which begins without. */
	private isTryingMore = false;
	private busySince = Number.POSITIVE_INFINITY;
	private usedAt: number;
	private round: number;

	constructor(private readonly clock: Clock) {
		this.usedAt = clock.monotonic();
		this.round = this.roundNow();
	}

	/** Requests that may be in one window. */
	get places(): number {
		if (this.phase !== 'dealt') return LIMIT;
		return this.isTryingMore ? this.size + 1 : this.size;
	}

	get isWhole(): boolean {
		return this.phase === 'whole';
	}

	/** Monotonic: nothing may leave before. */
	get silentUntil(): number {
		return this.phase === 'dealing' ? this.dealsFrom : Number.NEGATIVE_INFINITY;
	}

	/** Least ms between two requests, on average. */
	get meanPaceMs(): number {
		const now = this.clock.monotonic();
		if (this.phase === 'dealt') return PACE_MS;
		if (this.phase === 'whole') return now - this.busySince < LONG_BUSY_MS ? PACE_MS : EVEN_PACE_MS;
		if (this.knocks !== undefined) return Math.min(KNOCK_MS * KNOCK_BACKOFF ** this.knocks, LONGEST_KNOCK_MS);
		if (this.isEntering()) return ENTERING_PACE_MS;
		return Math.max(DEAL_PACE_MS / (1 + Math.max(now - this.dealsFrom, 0) / DEAL_DOUBLES_MS), PACE_MS);
	}

	/** The same for the next request; otherwise processes would meet at the same moments again and again. */
	get paceMs(): number {
		return this.phase === 'dealing' ? this.meanPaceMs * (0.5 + this.clock.random()) : this.meanPaceMs;
	}

	/** @param own places that this process's requests in the present window have, this one included */
	accepted(own: number): void {
		if (this.phase === 'dealing') {
			if (this.knocks !== undefined) this.enter();
			if (own >= LIMIT) this.phase = 'whole';
		} else if (this.phase === 'dealt' && this.isTryingMore && own > this.size) {
			// Where there is room for one, the others may have gone, and left more.
			this.deal(this.clock.monotonic());
		}
	}

	/** @param own places that this process's requests in the present window have */
	refused(own: number): void {
		const now = this.clock.monotonic();
		if (this.phase === 'whole') this.deal(now + WINDOW_MS + MARGIN_MS);
		else if (this.phase === 'dealt') {
			if (!this.isTryingMore) this.size = Math.max(this.size - 1, 1);
			this.tryMoreLater();
		} else if (now > this.dealsFrom) {
			if (own === 0) this.knocks = this.knocks === undefined ? 0 : this.knocks + 1;
			else if (!this.isEntering()) {
				this.phase = 'dealt';
				this.size = own;
				this.tryMoreLater();
			}
		}
	}

	/**
	 * Looks at the time: deals anew, tries for more, forgets.
	 *
	 * @param used own requests in the present window
	 * @param isHeldUp whether requests have waited since the last look
	 */
	look(used: number, isHeldUp: boolean): void {
		const now = this.clock.monotonic();
		if (used < BUSY) this.busySince = now;
		if (used > 0 || isHeldUp) this.usedAt = now;
		else if (now - this.usedAt > FORGOTTEN_MS) this.phase = 'whole';
		const round = this.roundNow();
		// An idle process cannot see that the others have paused.
		if (round !== this.round && this.phase === 'dealt') this.deal(isHeldUp ? now + WINDOW_MS + MARGIN_MS : now);
		this.round = round;
		if (now >= this.triesMoreAt && isHeldUp && used >= this.size) this.isTryingMore = true;
	}

	private roundNow(): number {
		return Math.floor(this.clock.wall() / NEW_DEAL_MS);
	}

	private deal(from: number): void {
		this.phase = 'dealing';
		this.dealsFrom = from;
		this.knocks = undefined;
	}

	private enter(): void {
		const now = this.clock.monotonic();
		this.deal(now);
		this.entersUntil = now + WINDOW_MS;
	}

	private isEntering(): boolean {
		return this.clock.monotonic() < this.entersUntil;
	}

	private tryMoreLater(): void {
		this.isTryingMore = false;
		const gapMs = (TRIES_MORE * WINDOW_MS) / this.size;
		this.triesMoreAt = this.clock.monotonic() + gapMs * (0.5 + this.clock.random());
	}
}
