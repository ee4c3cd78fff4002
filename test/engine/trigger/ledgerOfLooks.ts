import { startCursor, type ChangingList } from '../../../nodes/shared/books/watching/changes';
import { Prints } from '../../../nodes/shared/books/watching/prints';
import { Numbers } from '../../../nodes/shared/books/watching/numbers';
import { keyOf, yearFromStored, yearToStored, type lookForNew, type YearState } from '../../../nodes/shared/books/watching/yearLook';
import type { FortnoxVoucherListItem } from '../../../nodes/shared/fortnox/wire';
import { stockholmMinute } from '../../../nodes/shared/ledger/dates';

const MINUTE = 60_000;

export interface Voucher {
	series: string;
	number: number;
	createdAt: number;
	listedAt: number;
	/** In order; the first is the creation. */
	changedAt: number[];
}

/** How a voucher list can compare `lastmodified` with the hour that autumn repeats. */
export type Comparison = 'faces of the clock' | 'instants, the earlier meant' | 'instants, the later meant';

/** A year's vouchers on a clock of their own. Every request takes a moment, in which someone may post or change. */
export class Ledger {
	readonly vouchers: Voucher[] = [];
	requests = 0;
	fails = false;
	whileAsked: () => void = () => undefined;

	constructor(
		public now: number,
		private readonly comparison: Comparison = 'faces of the clock',
		/** Milliseconds by which the clock seems to go wrong: dates of answers have whole seconds. */
		private readonly clockError: () => number = () => 0,
	) {}

	post(series = 'A', listedAfter = 0): Voucher {
		const number = this.vouchers.filter((voucher) => voucher.series === series).length + 1;
		const voucher = { series, number, createdAt: this.now, listedAt: this.now + listedAfter, changedAt: [this.now] };
		this.vouchers.push(voucher);
		return voucher;
	}

	change(voucher: Voucher): void {
		voucher.changedAt.push(this.now);
	}

	list(): ChangingList<FortnoxVoucherListItem> {
		return {
			since: async (lastModified) => {
				this.requests++;
				this.now += 150;
				this.whileAsked();
				const found = this.vouchers.filter((voucher) => voucher.listedAt <= this.now && this.isSince(voucher, lastModified));
				this.now += 150;
				if (this.fails) throw new Error('no answer');
				return found.map(({ series, number }) => ({
					VoucherSeries: series,
					VoucherNumber: number,
					Year: 1,
					TransactionDate: '2026-01-01',
				}));
			},
			keyOf,
			serverTime: () => new Date(this.now + this.clockError()),
		};
	}

	private isSince({ changedAt }: Voucher, lastModified: string): boolean {
		const last = changedAt.at(-1) ?? 0;
		if (this.comparison === 'faces of the clock') return stockholmMinute(new Date(last)) >= lastModified;
		return Math.floor(last / MINUTE) * MINUTE >= instantOf(lastModified, this.comparison);
	}
}

/** The instant of a face of Stockholm's clock; where it names two, the earlier or the later one. */
export function instantOf(face: string, comparison: Comparison): number {
	const asUtc = Date.parse(`${face.replace(' ', 'T')}:00Z`);
	const candidates = [asUtc - 120 * MINUTE, asUtc - 60 * MINUTE].filter((instant) => stockholmMinute(new Date(instant)) === face);
	const named = comparison === 'instants, the later meant' ? candidates.at(-1) : candidates[0];
	if (named === undefined) throw new Error(`${face} is no time in Stockholm`);
	return named;
}

export interface Report {
	voucher: string;
	change: string;
	lookBegan: number;
	lookEnded: number;
}

/** A trigger whose state is written and read again between looks, as it is over a restart. */
export class Trigger {
	readonly reports: Report[] = [];
	stored = '';

	constructor(
		private readonly ledger: Ledger,
		private readonly lookAt: typeof lookForNew,
	) {}

	async start(): Promise<void> {
		const known = new Numbers(this.ledger.vouchers);
		this.keep({ ...(await startCursor(this.ledger.list())), known, prints: new Prints() });
	}

	async look(): Promise<void> {
		const lookBegan = this.ledger.now;
		const { found, state } = await this.lookAt(this.ledger.list(), yearFromStored(JSON.parse(this.stored)));
		this.keep(state);
		for (const { listed, change } of found) {
			const voucher = `${listed.VoucherSeries}${listed.VoucherNumber}`;
			this.reports.push({ voucher, change, lookBegan, lookEnded: this.ledger.now });
		}
	}

	private keep(state: YearState): void {
		this.stored = JSON.stringify(yearToStored(state));
	}

	get said(): string[] {
		return this.reports.map(({ voucher, change }) => `${voucher} ${change}`);
	}
}
