import type { Clock } from './clock';
import { NAP_MS, onAbort } from './clock';

/** Fortnox's limit: 25 requests in any 5 seconds, per client id and tenant (its page on rate limits). */
export const LIMIT = 25;
export const WINDOW_MS = 5000;
/** On top of the window, for the resolution of clocks and timers on both sides. */
export const MARGIN_MS = 50;

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

/**
 * This process's part of the tenant's limit. Alone it is the whole; where other processes use the same company, 429
 * answers tell so, and the parts settle: every refusal gives some up, time gives it back.
 */
export class Share {
	private size = LIMIT;
	private grownAt: number;
	private cutAt = Number.NEGATIVE_INFINITY;

	constructor(private readonly clock: Clock) {
		this.grownAt = clock.monotonic();
	}

	/** Whole requests that may be in one window now. */
	get whole(): number {
		this.grow();
		return Math.max(1, Math.floor(this.size));
	}

	get isWhole(): boolean {
		return this.whole === LIMIT;
	}

	/** @param accepted own requests that the present window holds and that were not refused */
	cut(accepted: number): void {
		this.grow();
		const now = this.clock.monotonic();
		if (now - this.cutAt < WINDOW_MS) return;
		this.cutAt = now;
		this.size = Math.max(1, Math.min(this.size * 0.7, accepted + 1));
	}

	private grow(): void {
		const now = this.clock.monotonic();
		this.size = Math.min(LIMIT, this.size + ((now - this.grownAt) / WINDOW_MS) * 0.5);
		this.grownAt = now;
	}
}

interface HeldSlot {
	weight: number;
	/** Monotonic; infinite while the request is on its way. */
	freeAt: number;
	refused: boolean;
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

	private used(): number {
		return this.held.reduce((sum, slot) => sum + slot.weight, 0);
	}

	private free(): void {
		const now = this.clock.monotonic();
		this.held = this.held.filter((slot) => slot.freeAt > now);
	}

	/** Grants what may leave now; sees to it that somebody looks again while others wait. */
	private pump(): void {
		this.free();
		for (let waiter = this.next(); waiter !== undefined; waiter = this.next()) {
			const used = this.used();
			// A request may weigh more than a shrunken share holds: it goes when nothing else is counted.
			if (used > 0 && used + waiter.weight > this.share.whole) break;
			this.queues[waiter.priority].remove(waiter);
			this.interactiveInARow = waiter.priority === 'bulk' ? 0 : this.interactiveInARow + 1;
			waiter.settle(this.hold(waiter.weight));
		}
		if (this.waiting > 0 && !this.driving) void this.drive();
	}

	private next(): Waiter | undefined {
		if (this.clock.monotonic() < this.heldBackUntil) return undefined;
		const { interactive, bulk } = this.queues;
		const bulkFirst = interactive.size === 0 || (this.interactiveInARow >= INTERACTIVE_IN_A_ROW && bulk.size > 0);
		return (bulkFirst ? bulk : interactive).peek();
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
		const nextFree = Math.min(...this.held.map((slot) => slot.freeAt));
		return Math.min(Math.max(Math.max(nextFree, this.heldBackUntil) - now, 1), NAP_MS);
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
		const held: HeldSlot = { weight, freeAt: Number.POSITIVE_INFINITY, refused: false };
		this.held.push(held);
		const freeAt = (time: number) => {
			held.freeAt = time;
			if (this.waiting > 0) this.pump();
		};
		const aWindowAfter = (time: number) => freeAt(time + WINDOW_MS + MARGIN_MS);
		return {
			answered: () => aWindowAfter(this.clock.monotonic()),
			throttled: (retryAfterMs) => {
				held.refused = true;
				this.share.cut(this.held.filter((slot) => !slot.refused && Number.isFinite(slot.freeAt)).length);
				const now = this.clock.monotonic();
				if (retryAfterMs !== undefined) this.heldBackUntil = Math.max(this.heldBackUntil, now + retryAfterMs);
				aWindowAfter(now);
			},
			lost: (arrivesBy) => aWindowAfter(Math.max(arrivesBy, this.clock.monotonic())),
			unsent: () => freeAt(this.clock.monotonic()),
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
