import type { Clock } from '../clock';
import { NAP_MS, onAbort } from '../clock';
import { FairQueue } from './fairQueue';
import { Share } from './share';
import type { Denial, Priority, Slot, SlotRequest, Waiter } from './slot';
import { MARGIN_MS, WINDOW_MS } from './window';

/** On top of Retry-After, at most. */
const RETRY_JITTER_MS = 1000;

/** After this many requests in a row for somebody who waits in the editor, one of the waiting bulk requests goes first. */
const INTERACTIVE_IN_A_ROW = 4;

/**
 * A refused request may be in Fortnox's window, and is in nobody's places: its process leaves a place free meanwhile, or
 * two where it has few, since there are many then that were refused at the same time.
 */
const REFUSED_OF_FEW = 2;
const FEW = 5;

interface HeldSlot {
	/** That it may take in Fortnox's window: more than one where others are refused with it. */
	places: number;
	/** Monotonic, infinite while the request is on its way: from then on it can't share a window with a new request. */
	freeAt: number;
	isRefused: boolean;
}

/**
 * The limit of one tenant in this process. A slot is free a window after the *answer* to its request: Fortnox counted
 * the request before it answered, so one that leaves later can't share a window with it, whatever the network does.
 */
export class TenantLimiter {
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
		const used = this.used();
		this.share.look(used, false);
		return this.waiting === 0 && used === 0 && this.share.isWhole && this.clock.monotonic() >= this.heldBackUntil;
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
			const cancel = (): void => {
				queue.remove(waiter);
				waiter.settle('cancelled');
			};
			const stopWatching = request.signal && onAbort(request.signal, cancel);
			queue.add(waiter);
			this.earliestDeadline = Math.min(this.earliestDeadline, request.deadline);
			if (expectedMs > 0) request.onQueued?.(expectedMs);
			this.pump();
		});
	}

	/** Requests that may share a window with one that leaves now. */
	private used(): number {
		this.free();
		let sum = 0;
		for (const { places } of this.held) sum += places;
		return sum;
	}

	/** Those of them that Fortnox has let in. */
	private own(): number {
		this.free();
		return this.held.filter(({ freeAt, isRefused }) => !isRefused && Number.isFinite(freeAt)).length;
	}

	private free(): void {
		const now = this.clock.monotonic();
		this.held = this.held.filter((slot) => slot.freeAt > now);
	}

	private holdBack(until: number): void {
		this.heldBackUntil = Math.max(this.heldBackUntil, until);
	}

	private hasRoom(): boolean {
		return this.used() < this.share.places;
	}

	/** Grants what may leave now; sees to it that somebody looks again while others wait. */
	private pump(): void {
		this.share.look(this.used(), this.isHeldUp);
		const now = this.clock.monotonic();
		this.nextLookAt = this.nextAt(now);
		for (let waiter = this.next(); waiter !== undefined && this.nextLookAt <= now; waiter = this.next()) {
			this.queues[waiter.priority].remove(waiter);
			this.interactiveInARow = waiter.priority === 'bulk' ? 0 : this.interactiveInARow + 1;
			// One late timer is made up for, so that the pace does not drift; no more, so that there is no burst.
			const { paceMs } = this.share;
			this.nextGrantAt = Math.max(this.nextGrantAt, now - paceMs) + paceMs;
			waiter.settle(this.hold());
			this.nextLookAt = this.nextAt(now);
		}
		this.isHeldUp = this.waiting > 0;
		if (!this.driving) void this.drive();
	}

	private next(): Waiter | undefined {
		const { interactive, bulk } = this.queues;
		const bulkFirst = interactive.size === 0 || (this.interactiveInARow >= INTERACTIVE_IN_A_ROW && bulk.size > 0);
		return (bulkFirst ? bulk : interactive).peek();
	}

	/** Monotonic: when the next in the queue may leave, as far as is known now. */
	private nextAt(now: number): number {
		const earliest = Math.max(now, this.heldBackUntil, this.share.silentUntil, this.nextGrantAt);
		if (this.hasRoom()) return earliest;
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
				else {
					queue.remove(waiter);
					waiter.settle('deadline');
				}
			}
		}
	}

	private hold(): Slot {
		const held: HeldSlot = {
			places: 1,
			freeAt: Number.POSITIVE_INFINITY,
			isRefused: false,
		};
		this.held.push(held);
		const release = (freeAt: number, tellShare?: (own: number) => void) => {
			held.freeAt = freeAt;
			tellShare?.(this.own());
			if (this.waiting > 0) this.pump();
		};
		const windowAfter = (time: number) => time + WINDOW_MS + MARGIN_MS;
		return {
			answered: () => release(windowAfter(this.clock.monotonic()), (own) => this.share.accepted(own)),
			throttled: (retryAfterMs) => {
				const now = this.clock.monotonic();
				held.isRefused = true;
				if (this.own() < FEW) held.places = REFUSED_OF_FEW;
				// Jittered, so that processes that were refused together don't return together.
				if (retryAfterMs !== undefined) this.holdBack(now + retryAfterMs + this.clock.random() * RETRY_JITTER_MS);
				release(windowAfter(now), (own) => this.share.refused(own));
			},
			lost: (arrivesBy) => release(windowAfter(Math.max(arrivesBy, this.clock.monotonic()))),
			unsent: () => release(this.clock.monotonic()),
		};
	}

	/** A forecast for the user, in ms: when the queue before the request will have gone, at the present share. */
	private expectedWait(request: SlotRequest): number {
		const now = this.clock.monotonic();
		const share = this.share.places;
		const ahead = request.priority === 'interactive' ? this.queues.interactive.size : this.waiting;
		const missing = ahead + this.used() + 1 - share;
		const spread = this.share.isWhole ? 0 : this.nextGrantAt - now + ahead * this.share.meanPaceMs;
		const heldBack = Math.max(this.heldBackUntil - now, this.share.silentUntil - now, spread, 0);
		if (missing <= 0) return heldBack;
		const round = WINDOW_MS + MARGIN_MS;
		const frees = this.held.map((slot) => Math.min(slot.freeAt, now + round)).sort((a, b) => a - b);
		const inLastRound = frees[(missing - 1) % share] ?? now;
		return Math.max(inLastRound - now + Math.floor((missing - 1) / share) * round, heldBack);
	}
}
