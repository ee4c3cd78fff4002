import type { Clock } from '../clock';
import type { Denial, Slot, SlotRequest } from './slot';
import { TenantLimiter } from './tenantLimiter';
import { WINDOW_MS } from './window';

export type { Priority, Slot } from './slot';
export { LIMIT, WINDOW_MS } from './window';

/** The limits of all tenants that this process talks to. A tenant never waits for another one. */
export class RateLimiters {
	private readonly tenants = new Map<string, TenantLimiter>();
	private sweptAt: number;

	constructor(private readonly clock: Clock) {
		this.sweptAt = clock.monotonic();
	}

	/** Tenants that are remembered. */
	get size(): number {
		return this.tenants.size;
	}

	/** Waits until a request may leave; says why where it never will. Never rejects. */
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
