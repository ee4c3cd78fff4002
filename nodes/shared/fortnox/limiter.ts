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


/** What a process falls back to at its first refusal, whatever it had: eight of them are within the limit at once. */
const FIRST_SHARE = 3;
/** From a first refusal on, the burst before it still fills Fortnox's window for so long. */
const SETTLING_MS = WINDOW_MS + 500;
/** The same for a newcomer that has just found a way in: the others' burst is a little older by then. */
const ENTERING_MS = 4500;
/** A refusal before the share has grown by this much is still of that burst: growing starts so long after it. */
const HARDLY_GROWN = 0.5;
const STILL_FULL_MS = 1000;
/** Slots per second with which a share is looked for: at the start, and more for every second. */
const SEARCH = [0.5, 0.25] as const;
/** What is kept of the own part that the refusal which ends the search has shown, and the least. */
const FOUND = 0.95;
const LEAST_FOUND = 2.8;
/** After that, slots per window for a share of `FIRST_SHARE` (others: by the square root), at first; more the longer it is quiet. */
const GROWTH = 0.01;
const GROWTH_PAUSE_MS = 2 * WINDOW_MS;
const ACCELERATION_MS = 30_000;
const MOST_ACCELERATION = 50;
/** What a refusal leaves; of a large share less, where the last refusal was a short while ago: somebody is looking for room. */
const CUT = 0.85;
const LARGE_SHARE = 5;
const LARGE_CUT = 0.6;
const SHORT_WHILE_MS = 2 * WINDOW_MS;
/** Refusals within so long of a cut are of the same crowd; where they go on, refused requests may be what fills the window. */
const CROWD_MS = WINDOW_MS + 1000;
const IN_FLIGHT_MS = 300;
const LEAST_IN_CROWD = 1.5;
const LEAST_SHARE = 1;
/** Without a refusal for so long the others have probably gone, and time gives back also to a process that has nothing to do. */
const LONG_QUIET_MS = 90_000;
/** A newcomer that gets nothing in knocks so often, each time a little later: refused requests may count, and would jam the window. */
const KNOCK_MS = 1200;
const KNOCK_BACKOFF = 1.1;
const LONGEST_KNOCK_MS = 2 * WINDOW_MS;
/** Processes with equal shares would else meet at the same moment of every window. */
const JITTER = 0.05;

/**
 * This process's part of the tenant's limit. n8n's workers share nothing but Fortnox, so a 429 is the only sign that
 * there are others, and the parts settle by it (the figures above come from trying many on the model of Fortnox's
 * window in the tests, with refused requests counted and not counted, since nobody knows which it is):
 *
 * - `whole`: without a refusal the part is the whole limit.
 * - `searching`: at the first refusal every process falls back to the same small part and grows by the same, ever larger
 *   steps: that makes the parts alike. The refusal that ends it comes when the parts fill the limit, so what
 *   the process had in the window at that moment is its part.
 * - `found`: it grows slowly; each refusal cuts it a little.
 *
 * A part is a rate more than a number: its requests are spread over the window.
 */
class Share {
	private phase: 'whole' | 'searching' | 'found' = 'whole';
	private size = LIMIT;
	private lookedAt: number;
	private cutAt = Number.NEGATIVE_INFINITY;
	private growsFrom = Number.NEGATIVE_INFINITY;
	private busySince = Number.POSITIVE_INFINITY;
	private hasSearched = false;
	/** Refusals since nothing gets in any more; undefined where something does. */
	private knocks?: number;

	constructor(private readonly clock: Clock) {
		this.lookedAt = clock.monotonic();
	}

	/** Whole requests that may be in one window. What knocks is held by its pace alone, so as not to knock always at the same moment. */
	get whole(): number {
		return this.knocks === undefined ? Math.ceil(this.size) : LIMIT;
	}

	get isWhole(): boolean {
		return this.phase === 'whole';
	}

	/** Least ms between two requests, on average. */
	get meanPaceMs(): number {
		if (this.knocks !== undefined) return Math.min(KNOCK_MS * KNOCK_BACKOFF ** this.knocks, LONGEST_KNOCK_MS);
		if (this.phase !== 'whole') return (WINDOW_MS + MARGIN_MS) / this.size;
		return this.clock.monotonic() - this.busySince < LONG_BUSY_MS ? PACE_MS : EVEN_PACE_MS;
	}

	/** The same for the next request. */
	get paceMs(): number {
		if (this.phase === 'whole') return this.meanPaceMs;
		const jitter = this.knocks === undefined ? JITTER : 0.5;
		return this.meanPaceMs * (1 + jitter * (2 * this.clock.random() - 1));
	}

	accepted(): void {
		if (this.knocks === undefined) return;
		this.knocks = undefined;
		this.growsFrom = this.clock.monotonic() + ENTERING_MS;
	}

	/** @param accepted own requests in the present window that were not refused */
	refused(accepted: number): void {
		const now = this.clock.monotonic();
		if (this.phase === 'whole') this.startSearch(accepted, now);
		else if (this.knocks !== undefined) this.knocks++;
		else if (this.phase === 'found') this.cut(now);
		else if (this.size <= FIRST_SHARE + HARDLY_GROWN) this.growsFrom = Math.max(this.growsFrom, now + STILL_FULL_MS);
		else {
			this.phase = 'found';
			this.shrinkTo(Math.max(Math.min(this.size, accepted) * FOUND, LEAST_FOUND), now);
		}
	}

	private startSearch(accepted: number, now: number): void {
		// One that has found the whole limit free before is alone but for somebody new, who needs no more than half.
		this.size = this.hasSearched ? LIMIT / 2 : FIRST_SHARE;
		this.hasSearched = true;
		this.phase = 'searching';
		this.knocks = accepted === 0 ? 0 : undefined;
		this.cutAt = now;
		this.growsFrom = now + SETTLING_MS;
	}

	private cut(now: number): void {
		const sinceCut = now - this.cutAt;
		if (sinceCut < CROWD_MS) {
			if (sinceCut > IN_FLIGHT_MS) this.size = Math.min(this.size, Math.max(this.size * CUT, LEAST_IN_CROWD));
			return;
		}
		const kept = sinceCut < SHORT_WHILE_MS && this.size > LARGE_SHARE ? LARGE_CUT : CUT;
		this.shrinkTo(Math.max(this.size * kept, LEAST_SHARE), now);
	}

	private shrinkTo(size: number, now: number): void {
		this.size = size;
		this.cutAt = now;
		this.growsFrom = now + GROWTH_PAUSE_MS;
	}

	/**
	 * Time gives back, but only to a process that could use more.
	 *
	 * @param used own requests in the present window
	 * @param isHeldUp whether requests have waited since the last look
	 */
	grow(used: number, isHeldUp: boolean): void {
		const now = this.clock.monotonic();
		if (used < BUSY) this.busySince = now;
		const passed = now - this.lookedAt;
		this.lookedAt = now;
		const quiet = now - this.cutAt;
		const isQuiet = quiet > LONG_QUIET_MS;
		const isFull = isHeldUp || used >= this.whole - 1;
		if (this.phase === 'whole' || this.knocks !== undefined || now < this.growsFrom || (!isFull && !isQuiet)) return;
		// Nobody looks while nobody waits; that time was not spent at the limit.
		const ms = isQuiet ? passed : Math.min(passed, 2 * NAP_MS);
		if (this.phase === 'searching') {
			this.size += (SEARCH[0] + (SEARCH[1] * (now - this.growsFrom)) / 1000) * (ms / 1000);
		} else {
			const faster = Math.min(1 + (quiet / ACCELERATION_MS) ** 2, MOST_ACCELERATION);
			this.size += GROWTH * Math.sqrt(this.size / FIRST_SHARE) * faster * (ms / WINDOW_MS);
		}
		if (this.size >= LIMIT) {
			this.size = LIMIT;
			this.phase = 'whole';
		}
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
		this.share.grow(this.used(), false);
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
			if (expectedMs > 0) request.onQueued?.(expectedMs);
			this.pump();
		});
	}

	/** Requests that may share a window with one that leaves now. */
	private used(): number {
		const now = this.clock.monotonic();
		return this.held.reduce((sum, slot) => sum + (slot.freeAt > now ? slot.weight : 0), 0);
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
		return used === 0 || used + weight <= this.share.whole;
	}

	/** Grants what may leave now; sees to it that somebody looks again while others wait. */
	private pump(): void {
		this.free();
		this.share.grow(this.used(), this.isHeldUp);
		const now = this.clock.monotonic();
		for (let waiter = this.next(); waiter !== undefined && this.nextAt(now) <= now; waiter = this.next()) {
			this.queues[waiter.priority].remove(waiter);
			this.interactiveInARow = waiter.priority === 'bulk' ? 0 : this.interactiveInARow + 1;
			// One late timer is made up for, so that the pace does not drift; no more, so that there is no burst.
			const { paceMs } = this.share;
			this.nextGrantAt = Math.max(this.nextGrantAt, now - paceMs) + paceMs;
			waiter.settle(this.hold(waiter.weight));
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
		const slotAt =
			waiter === undefined || this.fits(waiter.weight)
				? now
				: Math.min(...this.held.map(({ freeAt }) => freeAt));
		return Math.max(slotAt, this.heldBackUntil, this.nextGrantAt);
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

	private nap(): number {
		const now = this.clock.monotonic();
		return Math.min(Math.max(this.nextAt(now) - now, 1), NAP_MS);
	}

	private denyLate(): void {
		const now = this.clock.monotonic();
		for (const queue of Object.values(this.queues)) {
			for (const waiter of [...queue]) {
				if (waiter.deadline <= now && queue.remove(waiter)) waiter.settle('deadline');
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
				this.share.accepted();
				release(windowAfter(this.clock.monotonic()));
			},
			throttled: (retryAfterMs) => {
				const now = this.clock.monotonic();
				held.isRefused = true;
				const accepted = this.held.filter((slot) => !slot.isRefused && Number.isFinite(slot.freeAt)).length;
				// Jittered, so that processes that were refused together don't return together.
				if (retryAfterMs !== undefined) this.holdBack(now + retryAfterMs + this.clock.random() * RETRY_JITTER_MS);
				this.share.refused(accepted);
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
		const share = this.share.whole;
		const ahead = request.priority === 'interactive' ? this.queues.interactive.size : this.waiting;
		const missing = ahead + this.used() + request.weight - share;
		const spread = this.share.isWhole ? 0 : this.nextGrantAt - now + ahead * this.share.meanPaceMs;
		const heldBack = Math.max(this.heldBackUntil - now, spread, 0);
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
