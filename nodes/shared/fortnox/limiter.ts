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
/** A process that has filled the limit for so long spreads its requests evenly: that leaves most room to find a way in. */
const LONG_FULL_MS = 6 * WINDOW_MS;
/** Even spreading, with some slack, so that it never costs a part of the share. */
const EVENLY = 0.85 * WINDOW_MS;

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

/** Slots that a process takes after its first refusal, so that eight processes together are within the limit at once. */
const FIRST_SHARE = 3;
/** After a first refusal, requests from before it still fill Fortnox's window; refusals until then tell nothing new. */
const SETTLING_MS = WINDOW_MS + 1000;
/** Slots per second from then until the next refusal: at the start, and more for every second. */
const FIRST_GROWTH = [0.15, 0.25] as const;
/** Part of the share per second, once a second refusal has shown how large it may be. */
const LATER_GROWTH = 0.001;
/** What is left of the share after such a refusal. */
const CUT = 0.8;
/** A process that gets nothing at all tries more often at first, in windows from and to, ... */
const KNOCK = [0.2, 0.3] as const;
/** ... for so long: refused requests may count, and would then keep the window full. */
const KNOCKING_MS = 3 * WINDOW_MS;
/** Without a refusal for this long, growth doubles every half of it: the others have probably gone. */
const LONG_QUIET_MS = 120_000;

/**
 * This process's part of the tenant's limit. n8n's workers share nothing but Fortnox, so a 429 is the only sign that
 * there are others, and the parts settle by it (the figures above come from trying others on the model of Fortnox's
 * window in the tests, with refused requests counted and not counted, since nobody knows which it is):
 *
 * - Without a refusal the part is the whole limit.
 * - At the first refusal every process falls back to the same small part, whatever it had, and grows by the same steps:
 *   that makes the parts alike. At the next refusal it knows its part, cuts it a little and grows very slowly.
 * - Newcomers that get nothing at all send one request at a time, at first often, until something gets in.
 */
export class Share {
	private phase: 'whole' | 'settling' | 'growing' | 'known' = 'whole';
	private size = LIMIT;
	private grownAt: number;
	private refusedAt = Number.NEGATIVE_INFINITY;
	private acceptedAt = Number.NEGATIVE_INFINITY;
	private fullSince = Number.POSITIVE_INFINITY;
	private settlingSince = Number.NEGATIVE_INFINITY;

	constructor(private readonly clock: Clock) {
		this.grownAt = clock.monotonic();
	}

	/** Whole requests that may be in one window now: one at a time while nothing gets in. */
	get whole(): number {
		if (this.phase === 'settling' && this.acceptedAt < this.settlingSince) return 1;
		return Math.max(1, Math.floor(this.size));
	}

	get isWhole(): boolean {
		return this.phase === 'whole';
	}

	accepted(): void {
		this.acceptedAt = this.clock.monotonic();
	}

	/**
	 * @param accepted own requests in the present window that were not refused
	 * @returns ms until the slot may be used again: it may count like any other, and those refused together shall not return together
	 */
	refused(accepted: number): number {
		const now = this.clock.monotonic();
		if (this.phase === 'whole') {
			this.phase = 'settling';
			this.size = FIRST_SHARE;
			this.refusedAt = now;
			this.settlingSince = now;
		} else if (this.phase !== 'known' && accepted * 2 < this.whole) {
			// Others still have everything: that says nothing about how much this process may have once they give some up.
			this.phase = 'settling';
			this.settlingSince = now;
		} else if (this.phase !== 'settling' && now - this.refusedAt >= WINDOW_MS) {
			this.phase = 'known';
			this.size = Math.max(1, this.size * CUT);
			this.refusedAt = now;
		}
		const isStarved = this.whole === 1 && now - this.refusedAt < KNOCKING_MS;
		const windows = isStarved ? KNOCK[0] + KNOCK[1] * this.clock.random() : 1 + this.clock.random() / 2;
		return (WINDOW_MS + MARGIN_MS) * windows;
	}

	/** Least ms between two requests. */
	get paceMs(): number {
		if (this.phase !== 'whole') return EVENLY / this.size;
		return this.clock.monotonic() - this.fullSince < LONG_FULL_MS ? PACE_MS : EVENLY / LIMIT;
	}

	/** Time gives back, but only to a process that could use more. @param isFull whether it uses all it has */
	grow(isFull: boolean): void {
		const now = this.clock.monotonic();
		if (!isFull) this.fullSince = now;
		const passed = now - this.grownAt;
		this.grownAt = now;
		if (this.phase === 'settling' && now - this.settlingSince >= SETTLING_MS) this.phase = 'growing';
		const quiet = now - this.refusedAt;
		const isQuiet = quiet > LONG_QUIET_MS;
		// Nobody looks while nobody waits; that time was not spent at the limit.
		const seconds = (isQuiet ? passed : Math.min(passed, 2 * NAP_MS)) / 1000;
		if (this.phase === 'whole' || this.phase === 'settling' || (!isFull && !isQuiet)) return;
		const faster = 2 ** Math.min(Math.max(quiet / LONG_QUIET_MS - 1, 0) * 2, 10);
		const growingFor = (now - this.settlingSince - SETTLING_MS) / 1000;
		const perSecond =
			this.phase === 'growing' ? FIRST_GROWTH[0] + FIRST_GROWTH[1] * growingFor : this.size * LATER_GROWTH * faster;
		this.size = Math.min(LIMIT, this.size + perSecond * seconds);
		if (this.size === LIMIT) this.phase = 'whole';
	}
}

interface HeldSlot {
	weight: number;
	/** Monotonic, infinite while the request is on its way: from then on it can't share a window with a new request. */
	freeAt: number;
	/** The same for this process's share of the limit; another time for a refused request. */
	ofShareUntil: number;
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

	constructor(private readonly clock: Clock) {
		this.share = new Share(clock);
	}

	get waiting(): number {
		return this.queues.interactive.size + this.queues.bulk.size;
	}

	isIdle(): boolean {
		this.free();
		this.share.grow(false);
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

	/** The same without refused requests whose pause is over. */
	private usedOfShare(): number {
		const now = this.clock.monotonic();
		return this.held.reduce((sum, slot) => sum + (slot.ofShareUntil > now ? slot.weight : 0), 0);
	}

	private free(): void {
		const now = this.clock.monotonic();
		this.held = this.held.filter((slot) => Math.max(slot.freeAt, slot.ofShareUntil) > now);
	}

	private holdBack(until: number): void {
		this.heldBackUntil = Math.max(this.heldBackUntil, until);
	}

	private fits(weight: number): boolean {
		const used = this.used();
		if (used > 0 && used + weight > LIMIT) return false;
		const ofShare = this.usedOfShare();
		// A request may weigh more than a shrunken share holds: it goes when nothing else is counted.
		return ofShare === 0 || ofShare + weight <= this.share.whole;
	}

	/** Grants what may leave now; sees to it that somebody looks again while others wait. */
	private pump(): void {
		this.free();
		this.share.grow(this.waiting > 0 && this.usedOfShare() >= this.share.whole - 1);
		const now = this.clock.monotonic();
		for (let waiter = this.next(); waiter !== undefined && this.nextAt(now) <= now; waiter = this.next()) {
			this.queues[waiter.priority].remove(waiter);
			this.interactiveInARow = waiter.priority === 'bulk' ? 0 : this.interactiveInARow + 1;
			// One late timer is made up for, so that the pace does not drift; no more, so that there is no burst.
			const { paceMs } = this.share;
			this.nextGrantAt = Math.max(this.nextGrantAt, now - paceMs) + paceMs;
			waiter.settle(this.hold(waiter.weight));
		}
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
				: Math.min(...this.held.flatMap((slot) => [slot.freeAt, slot.ofShareUntil]).filter((at) => at > now));
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
			ofShareUntil: Number.POSITIVE_INFINITY,
			isRefused: false,
		};
		this.held.push(held);
		const release = (freeAt: number, ofShareUntil = freeAt) => {
			held.freeAt = freeAt;
			held.ofShareUntil = ofShareUntil;
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
				if (retryAfterMs !== undefined) this.holdBack(now + retryAfterMs);
				release(windowAfter(now), now + this.share.refused(accepted));
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
		const heldBack = Math.max(this.heldBackUntil - now, 0);
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
