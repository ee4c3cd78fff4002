import type { Clock } from './clock';
import { isAskersOwn } from './errors';
import type {
	FortnoxAccount,
	FortnoxCompanyInformation,
	FortnoxCostCenter,
	FortnoxCurrency,
	FortnoxFinancialYear,
	FortnoxLockedPeriod,
	FortnoxPredefinedAccount,
	FortnoxPredefinedVoucherSeries,
	FortnoxProject,
	FortnoxVoucherSeries,
} from './wire';

/** Of one kind of register, over all tenants and years; the least recently used goes. A chart is about 300 kB. */
const MOST_ENTRIES = 50;

interface Entry<T> {
	value: Promise<T>;
	/** Monotonic: when it was asked for. */
	askedAt: number;
	/** Monotonic; infinite while it loads. */
	staleAt: number;
}

/** Keeps answers for a while. Calls at the same time share one load; a load that fails is not kept. */
export class Cache<T> {
	private readonly entries = new Map<string, Entry<T>>();

	constructor(
		private readonly clock: Clock,
		private readonly ttlMs: number,
	) {}

	/** @param since an answer that was asked for before is not taken (monotonic); `Infinity` asks in any case */
	async read(key: string, load: () => Promise<T>, since = 0): Promise<T> {
		const known = this.entries.get(key);
		if (known === undefined || known.askedAt < since || this.clock.monotonic() >= known.staleAt) return await this.load(key, load);
		this.keep(key, known);
		try {
			return await known.value;
		} catch (error) {
			// Whoever loads for all may be stopped, or wait no longer; the others go on.
			return await (isAskersOwn(error) ? this.load(key, load) : known.value);
		}
	}

	/** Forgets the answers whose keys begin so, also those that are just being loaded and may have missed the change. */
	forget(beginning: string): void {
		for (const key of [...this.entries.keys()].filter((one) => one.startsWith(beginning))) this.entries.delete(key);
	}

	private async load(key: string, load: () => Promise<T>): Promise<T> {
		const entry: Entry<T> = { value: load(), askedAt: this.clock.monotonic(), staleAt: Number.POSITIVE_INFINITY };
		this.keep(key, entry);
		entry.value.then(
			() => {
				entry.staleAt = this.clock.monotonic() + this.ttlMs;
			},
			() => {
				if (this.entries.get(key) === entry) this.entries.delete(key);
			},
		);
		return await entry.value;
	}

	private keep(key: string, entry: Entry<T>): void {
		this.entries.delete(key);
		this.entries.set(key, entry);
		const [oldest] = this.entries.keys();
		if (this.entries.size > MOST_ENTRIES && oldest !== undefined) this.entries.delete(oldest);
	}
}

const MINUTE_MS = 60_000;

/**
 * The registers that runs read again and again. How long an answer is kept weighs what a stale one costs (Fortnox checks
 * every voucher itself, so at worst a check passes or fails that a fresh answer would have decided otherwise) against
 * how often people change the register while workflows run.
 */
export class Registers {
	/** Accounts are opened and closed by hand now and then. */
	readonly charts: Cache<FortnoxAccount[]>;
	readonly series: Cache<FortnoxVoucherSeries[]>;
	readonly costCenters: Cache<FortnoxCostCenter[]>;
	readonly projects: Cache<FortnoxProject[]>;
	/** Change about once a year. */
	readonly years: Cache<FortnoxFinancialYear[]>;
	readonly predefinedAccounts: Cache<FortnoxPredefinedAccount[]>;
	readonly predefinedSeries: Cache<FortnoxPredefinedVoucherSeries[]>;
	readonly company: Cache<FortnoxCompanyInformation>;
	/** Rates change daily. */
	readonly currencies: Cache<FortnoxCurrency[]>;
	/** Is moved on purpose, and then at once: kept only for the length of a run's checks. */
	readonly lockedPeriod: Cache<FortnoxLockedPeriod>;

	constructor(clock: Clock) {
		this.charts = new Cache(clock, 5 * MINUTE_MS);
		this.series = new Cache(clock, 5 * MINUTE_MS);
		this.costCenters = new Cache(clock, 5 * MINUTE_MS);
		this.projects = new Cache(clock, 5 * MINUTE_MS);
		this.years = new Cache(clock, 15 * MINUTE_MS);
		this.predefinedAccounts = new Cache(clock, 15 * MINUTE_MS);
		this.predefinedSeries = new Cache(clock, 15 * MINUTE_MS);
		this.company = new Cache(clock, 60 * MINUTE_MS);
		this.currencies = new Cache(clock, 15 * MINUTE_MS);
		this.lockedPeriod = new Cache(clock, MINUTE_MS / 2);
	}
}
