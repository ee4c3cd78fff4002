import type { Clock } from './clock';
import { NAP_MS, onAbort } from './clock';

/** Fortnox's limit: 25 requests in any 5 seconds, per client id and tenant (its page on rate limits). */
export const LIMIT = 25;
export const WINDOW_MS = 5000;
/** On top of the window, for the resolution of clocks and timers on both sides. */
export const MARGIN_MS = 50;

/**
 * Least ms between two requests of a process that does not know of others. A burst costs nothing of the limit either way,
 * but spread over half a second its slots come free one after the other, a little before they are taken again:
 * other processes find a way in, and the first refusal arrives before the rest of the burst has left. 150 requests take
 * 2 % longer for it.
 */
const PACE_MS = 20;
/**
 * A process that has had most of the limit for so long spreads its requests evenly over a little more than a window:
 * at most moments one place is then open, so that others find a way in.
 */
const LONG_BUSY_MS = 5.25 * WINDOW_MS;
const BUSY = 0.75 * LIMIT;
const EVEN_PACE_MS = (1.04 * WINDOW_MS) / LIMIT;

/** On top of Retry-After, at most. */
const RETRY_JITTER_MS = 1000;

/** After this many requests in a row for somebody who waits in the editor, one of the waiting bulk requests goes first. */
const INTERACTIVE_IN_A_ROW = 4;

export type Priority = 'interactive' | 'bulk';

export interface SlotRequest {
	/** How many requests this one may become: n8n re-sends some by itself. */
	weight: number;
	priority: Priority;
	/** Executions take turns. */
	executionKey: string;
	signal?: AbortSignal;
	/** Monotonic time after which waiting makes no sense any more. */
	deadline: number;
	/** Called at once when the request can't leave at once, with the wait to be expected in ms. */
	onQueued?: (expectedMs: number) => void;
}

/** The right to send one request now. Exactly one of its methods is to be called, once. */
export interface Slot {
	/** An answer came: free again a window after now. */
	answered(): void;
	/** Fortnox said 429. `retryAfterMs` holds back the tenant's other requests as well. */
	throttled(retryAfterMs?: number): void;
	/** No answer came; the request reaches Fortnox before `arrivesBy` (monotonic) or never. */
	lost(arrivesBy: number): void;
	/** It is proven that nothing was sent. */
	unsent(): void;
}

/** Why a waiting request got no slot. */
export type Denial = 'cancelled' | 'deadline';

interface Waiter extends SlotRequest {
	settle(result: Slot | Denial): void;
}

/** Waiting requests of one priority: executions take turns, each in its own order. */
class FairQueue {
	private readonly turns = new Map<string, Set<Waiter>>();
	size = 0;

	add(waiter: Waiter): void {
		const own = this.turns.get(waiter.executionKey);
		if (own === undefined) this.turns.set(waiter.executionKey, new Set([waiter]));
		else own.add(waiter);
		this.size++;
	}

	peek(): Waiter | undefined {
		for (const own of this.turns.values()) for (const waiter of own) return waiter;
		return undefined;
	}

	/** @returns false where it had left before */
	remove(waiter: Waiter): boolean {
		const own = this.turns.get(waiter.executionKey);
		if (own?.delete(waiter) !== true) return false;
		this.size--;
		this.turns.delete(waiter.executionKey);
		if (own.size > 0) this.turns.set(waiter.executionKey, own);
		return true;
	}

	*[Symbol.iterator](): Iterator<Waiter> {
		for (const own of this.turns.values()) yield* own;
	}
}

/** Mean ms between two places that are dealt out to one process at first; half of it four seconds later. */
const DEAL_PACE_MS = 500;
const DEAL_DOUBLES_MS = 4000;
/** At every full three minutes of the time of day the places are dealt out anew: who came late gets as many as the others. */
const NEW_DEAL_MS = 180_000;
/** One of so many of its requests is for a place more than the process holds. */
const TRIES_MORE = 70;
/** A newcomer that gets nothing in knocks so often, each time a little later: refused requests may count, and would jam the window. */
const KNOCK_MS = 1000;
const KNOCK_BACKOFF = 1.2;
const LONGEST_KNOCK_MS = 2 * WINDOW_MS;
/** One that has got in by knocking makes somebody else notice it, who is silent for a window then: it doesn't take all that meanwhile. */
const ENTERING_PACE_MS = 1700;
/**
 * A refused request may be in Fortnox's window, and is in nobody's places: its process leaves a place free meanwhile, or
 * two where it has few, since there are many then that were refused at the same time.
 */
const REFUSED_OF_FEW = 2;
const FEW = 5;
/** Who has sent nothing for so long starts afresh. */
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
class Share {
	private phase: 'whole' | 'dealing' | 'dealt' = 'whole';
	/** Places in one window, where they are dealt. */
	private size = LIMIT;
	/** Monotonic: when the first place may be taken. */
	private dealsFrom = Number.NEGATIVE_INFINITY;
	/** Refusals of one that has no place at all; undefined where it has. */
	private knocks?: number;
	private hasKnocked = false;
	private triesMoreAt = Number.POSITIVE_INFINITY;
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

	/** The same for the next request: processes would else meet at the same moments again and again. */
	get paceMs(): number {
		return this.phase === 'dealing' ? this.meanPaceMs * (0.5 + this.clock.random()) : this.meanPaceMs;
	}

	/** @param own places that this process's requests in the present window have, this one included */
	accepted(own: number): void {
		if (this.phase === 'dealing') {
			if (this.knocks !== undefined) this.enter();
			if (own >= LIMIT) this.phase = 'whole';
		} else if (this.isTryingMore && own > this.size) {
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
		// Who has nothing to send doesn't see the others fall silent.
		if (round !== this.round && this.phase === 'dealt') this.deal(isHeldUp ? now + WINDOW_MS + MARGIN_MS : now);
		this.round = round;
		if (this.phase === 'dealt' && now >= this.triesMoreAt && isHeldUp && used >= this.size) this.isTryingMore = true;
	}

	private roundNow(): number {
		return Math.floor(this.clock.wall() / NEW_DEAL_MS);
	}

	private deal(from: number): void {
		this.phase = 'dealing';
		this.dealsFrom = from;
		this.knocks = undefined;
		this.hasKnocked = false;
		this.isTryingMore = false;
	}

	private enter(): void {
		this.deal(this.clock.monotonic());
		this.hasKnocked = true;
	}

	private isEntering(): boolean {
		return this.hasKnocked && this.clock.monotonic() - this.dealsFrom < WINDOW_MS;
	}

	private tryMoreLater(): void {
		this.isTryingMore = false;
		const gapMs = (TRIES_MORE * WINDOW_MS) / this.size;
		this.triesMoreAt = this.clock.monotonic() + gapMs * (0.5 + this.clock.random());
	}
}

interface HeldSlot {
	weight: number;
	/** Monotonic, infinite while the request is on its way: from then on it can't share a window with a new request. */
	freeAt: number;
	isRefused: boolean;
}

/**
 * The limit of one tenant in this process. A slot is free a window after the *answer* to its request: Fortnox counted
 * the request before it answered, so one that leaves later can't share a window with it, whatever the network does.
 */
class TenantLimiter {
	private readonly queues: Record<Priority, FairQueue> = { interactive: new FairQueue(), bulk: new FairQueue() };
	private readonly share: Share;
	private held: HeldSlot[] = [];
	private heldBackUntil = Number.NEGATIVE_INFINITY;
	private nextGrantAt = Number.NEGATIVE_INFINITY;
	private interactiveInARow = 0;
	private driving = false;
	/** Monotonic: when the next in the queue may leave, as of the last look. */
	private nextLookAt = Number.NEGATIVE_INFINITY;
	/** Monotonic, of all that wait or waited lately: looking at each one at every look would cost more than all the rest. */
	private earliestDeadline = Number.POSITIVE_INFINITY;
	/** Whether anything has waited since the last look. */
	private isHeldUp = false;

	constructor(private readonly clock: Clock) {
		this.share = new Share(clock);
	}

	get waiting(): number {
		return this.queues.interactive.size + this.queues.bulk.size;
	}

	isIdle(): boolean {
		this.free();
		this.share.look(this.used(), false);
		return this.waiting === 0 && this.held.length === 0 && !this.driving && this.share.isWhole;
	}

	async acquire(request: SlotRequest): Promise<Slot | Denial> {
		if (request.signal?.aborted) return 'cancelled';
		const expectedMs = this.expectedWait(request);
		return await new Promise<Slot | Denial>((resolve) => {
			const queue = this.queues[request.priority];
			const waiter: Waiter = {
				...request,
				settle: (result) => {
					stopWatching?.();
					resolve(result);
				},
			};
			const stopWatching = request.signal && onAbort(request.signal, () => queue.remove(waiter) && waiter.settle('cancelled'));
			queue.add(waiter);
			this.earliestDeadline = Math.min(this.earliestDeadline, request.deadline);
			if (expectedMs > 0) request.onQueued?.(expectedMs);
			this.pump();
		});
	}

	/** Requests that may share a window with one that leaves now. */
	private used(): number {
		const now = this.clock.monotonic();
		let sum = 0;
		for (const { freeAt, weight } of this.held) if (freeAt > now) sum += weight;
		return sum;
	}

	/** Those of them that Fortnox has let in. */
	private own(): number {
		const now = this.clock.monotonic();
		let sum = 0;
		for (const { freeAt, weight, isRefused } of this.held) {
			if (!isRefused && freeAt > now && Number.isFinite(freeAt)) sum += weight;
		}
		return sum;
	}

	private free(): void {
		const now = this.clock.monotonic();
		this.held = this.held.filter((slot) => slot.freeAt > now);
	}

	private holdBack(until: number): void {
		this.heldBackUntil = Math.max(this.heldBackUntil, until);
	}

	/** A request may weigh more than a shrunken share holds: it goes when nothing else is counted. */
	private fits(weight: number): boolean {
		const used = this.used();
		return used === 0 || used + weight <= this.share.places;
	}

	/** Grants what may leave now; sees to it that somebody looks again while others wait. */
	private pump(): void {
		this.free();
		this.share.look(this.used(), this.isHeldUp);
		const now = this.clock.monotonic();
		this.nextLookAt = this.nextAt(now);
		for (let waiter = this.next(); waiter !== undefined && this.nextLookAt <= now; waiter = this.next()) {
			this.queues[waiter.priority].remove(waiter);
			this.interactiveInARow = waiter.priority === 'bulk' ? 0 : this.interactiveInARow + 1;
			// One late timer is made up for, so that the pace does not drift; no more, so that there is no burst.
			const { paceMs } = this.share;
			this.nextGrantAt = Math.max(this.nextGrantAt, now - paceMs) + paceMs;
			waiter.settle(this.hold(waiter.weight));
			this.nextLookAt = this.nextAt(now);
		}
		this.isHeldUp = this.waiting > 0;
		if (this.waiting > 0 && !this.driving) void this.drive();
	}

	private next(): Waiter | undefined {
		const { interactive, bulk } = this.queues;
		const bulkFirst = interactive.size === 0 || (this.interactiveInARow >= INTERACTIVE_IN_A_ROW && bulk.size > 0);
		return (bulkFirst ? bulk : interactive).peek();
	}

	/** Monotonic: when the next in the queue may leave, as far as can be told now. */
	private nextAt(now: number): number {
		const waiter = this.next();
		const earliest = Math.max(now, this.heldBackUntil, this.share.silentUntil, this.nextGrantAt);
		if (waiter === undefined || this.fits(waiter.weight)) return earliest;
		let slotAt = Number.POSITIVE_INFINITY;
		for (const { freeAt } of this.held) slotAt = Math.min(slotAt, freeAt);
		return Math.max(slotAt, earliest);
	}

	/** The only thing that waits: one loop per tenant, and only while requests are queued. */
	private async drive(): Promise<void> {
		this.driving = true;
		while (this.waiting > 0) {
			await this.clock.sleep(this.nap());
			this.denyLate();
			this.pump();
		}
		this.driving = false;
	}

	/** In whole ms, rounded up: a timer cuts off the rest, and the look would come too early and need another one. */
	private nap(): number {
		return Math.min(Math.max(Math.ceil(this.nextLookAt - this.clock.monotonic()), 1), NAP_MS);
	}

	private denyLate(): void {
		const now = this.clock.monotonic();
		if (now < this.earliestDeadline) return;
		this.earliestDeadline = Number.POSITIVE_INFINITY;
		for (const queue of Object.values(this.queues)) {
			for (const waiter of [...queue]) {
				if (waiter.deadline > now) this.earliestDeadline = Math.min(this.earliestDeadline, waiter.deadline);
				else if (queue.remove(waiter)) waiter.settle('deadline');
			}
		}
	}

	private hold(weight: number): Slot {
		const held: HeldSlot = {
			weight,
			freeAt: Number.POSITIVE_INFINITY,
			isRefused: false,
		};
		this.held.push(held);
		const release = (freeAt: number) => {
			held.freeAt = freeAt;
			if (this.waiting > 0) this.pump();
		};
		const windowAfter = (time: number) => time + WINDOW_MS + MARGIN_MS;
		return {
			answered: () => {
				held.freeAt = windowAfter(this.clock.monotonic());
				this.share.accepted(this.own());
				release(held.freeAt);
			},
			throttled: (retryAfterMs) => {
				const now = this.clock.monotonic();
				held.isRefused = true;
				if (this.own() < FEW) held.weight *= REFUSED_OF_FEW;
				// Jittered, so that processes that were refused together don't return together.
				if (retryAfterMs !== undefined) this.holdBack(now + retryAfterMs + this.clock.random() * RETRY_JITTER_MS);
				this.share.refused(this.own());
				release(windowAfter(now));
			},
			lost: (arrivesBy) => release(windowAfter(Math.max(arrivesBy, this.clock.monotonic()))),
			unsent: () => release(this.clock.monotonic()),
		};
	}

	/** A forecast for the user, in ms: when the queue before the request will have gone, at the present share. */
	private expectedWait(request: SlotRequest): number {
		this.free();
		const now = this.clock.monotonic();
		const share = this.share.places;
		const ahead = request.priority === 'interactive' ? this.queues.interactive.size : this.waiting;
		const missing = ahead + this.used() + request.weight - share;
		const spread = this.share.isWhole ? 0 : this.nextGrantAt - now + ahead * this.share.meanPaceMs;
		const heldBack = Math.max(this.heldBackUntil - now, this.share.silentUntil - now, spread, 0);
		if (missing <= 0) return heldBack;
		const round = WINDOW_MS + MARGIN_MS;
		const frees = this.held.map((slot) => Math.min(slot.freeAt, now + round)).sort((a, b) => a - b);
		const inLastRound = frees[(missing - 1) % share] ?? now;
		return Math.max(inLastRound - now + Math.floor((missing - 1) / share) * round, heldBack);
	}
}

/** The limits of all tenants that this process talks to. A tenant never waits for another one. */
export class RateLimiters {
	private readonly tenants = new Map<string, TenantLimiter>();
	private sweptAt: number;

	constructor(private readonly clock: Clock) {
		this.sweptAt = clock.monotonic();
	}

	/** Tenants about which something must be remembered. */
	get size(): number {
		this.sweep();
		return this.tenants.size;
	}

	/** Waits until a request may leave; says why where it may not. Never rejects. */
	async acquire(tenantKey: string, request: SlotRequest): Promise<Slot | Denial> {
		if (this.clock.monotonic() - this.sweptAt >= WINDOW_MS) this.sweep();
		let tenant = this.tenants.get(tenantKey);
		if (tenant === undefined) {
			tenant = new TenantLimiter(this.clock);
			this.tenants.set(tenantKey, tenant);
		}
		return await tenant.acquire(request);
	}

	/** Forgets tenants without requests in the last window: in passing, so that no timer is needed for it. */
	private sweep(): void {
		this.sweptAt = this.clock.monotonic();
		for (const [key, tenant] of this.tenants) if (tenant.isIdle()) this.tenants.delete(key);
	}
}
