import { keyOfOrigin, writeComments } from '../../nodes/shared/ledger/mark';
import { readComments } from '../../nodes/shared/ledger/readMark';
import type { SandboxVoucher } from '../../sandbox';
import { seededRandom } from '../../sandbox/company/random';
import { moveClock } from '../clock/fixedDate';
import { COMPANY, type World } from '../engine/support/world';

const SERIES = 'API';
const MINUTE = 60_000;
/** Shorter than a request takes, on the fast clock as well. */
const LOOK_EVERY_MS = 10;
/** How far the machine's clock goes wrong, both ways. */
const MOST_MINUTES = 6;

/** What people and machines do to a company's ledger while entries are posted to it. */
export class Hands {
	/** How often each of them was at work. */
	readonly done = { edited: 0, deleted: 0, reversed: 0, inserted: 0, clockShifted: 0 };

	private readonly random: () => number;

	private isOver = false;

	private readonly working: Promise<void>;

	constructor(
		private readonly world: World,
		seed: number,
		/** The right time, which the machine's clock strays from. */
		private readonly serverTime: () => number,
	) {
		this.random = seededRandom(seed);
		this.working = this.work();
	}

	/** From now on nobody touches the ledger, and the clock is right. */
	async rest(): Promise<void> {
		this.isOver = true;
		await this.working;
		moveClock(this.serverTime());
	}

	private async work(): Promise<void> {
		for (let seen = 0; !this.isOver;) {
			await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
			// Between any two requests, so also between two pages of a list.
			if (this.world.sandbox.log.length < seen + 3) continue;
			seen = this.world.sandbox.log.length;
			this.act();
		}
	}

	private act(): void {
		const chance = this.random();
		const acts: ReadonlyArray<readonly [upTo: number, act: () => void]> = [
			[0.1, () => this.insert()],
			[0.2, () => this.edit()],
			[0.25, () => this.reverse()],
			[0.28, () => this.deleteNewest()],
			[0.31, () => this.shiftClock()],
		];
		acts.find(([upTo]) => chance < upTo)?.[1]();
	}

	private booked(): SandboxVoucher[] {
		return this.world.sandbox
			.company(COMPANY)
			.vouchers()
			.filter(({ series, comments }) => series === SERIES && readComments(comments).mark !== undefined);
	}

	private any(): SandboxVoucher | undefined {
		const booked = this.booked();
		return booked[Math.floor(this.random() * booked.length)];
	}

	/** A voucher of another series, which stands before these in the list. */
	private insert(): void {
		this.world.sandbox.company(COMPANY).addVoucher({
			series: 'A',
			date: '2026-06-02',
			description: 'Hyra',
			rows: [
				{ account: 5010, debit: 700 },
				{ account: 1930, credit: 700 },
			],
		});
		this.done.inserted++;
	}

	private edit(): void {
		const voucher = this.any();
		if (voucher === undefined) return;
		const before = this.random() < 0.5;
		this.world.sandbox.company(COMPANY).editVoucher(voucher, (edited) => {
			const { mark, text } = readComments(edited.comments);
			if (mark === undefined || text !== '') return;
			edited.comments = before ? `Granskad av Eva\n${edited.comments ?? ''}` : `${edited.comments ?? ''}  Granskad av Eva`;
		});
		this.done.edited++;
	}

	/** As the node of another process reverses it. */
	private reverse(): void {
		const company = this.world.sandbox.company(COMPANY);
		const voucher = this.any();
		if (voucher === undefined || readComments(voucher.comments).mark?.number === undefined) return;
		const id = `${voucher.series}-${voucher.number}-${voucher.yearId}`;
		const key = keyOfOrigin('reversal', id);
		const comments = writeComments({ key, digest: `1.${key}`, reference: id }, undefined);
		if (this.booked().some((other) => readComments(other.comments).mark?.reverses === id)) return;
		company.addVoucher({
			series: 'A',
			date: voucher.date,
			description: `Reversal of ${id}`,
			comments,
			rows: voucher.rows.map(({ account, debit, credit }) => ({ account, debit: credit, credit: debit })),
		});
		this.done.reversed++;
	}

	private deleteNewest(): void {
		const company = this.world.sandbox.company(COMPANY);
		const year = [...company.years.values()].filter((candidate) => candidate.vouchersOf(SERIES).length > 0).at(-1);
		const newest = year?.vouchersOf(SERIES).at(-1);
		if (year === undefined || newest === undefined) return;
		const id = `${newest.series}-${newest.number}-${newest.yearId}`;
		// A voucher that is reversed can't go, since its reversal would be left.
		if (company.vouchers().some(({ comments }) => readComments(comments).mark?.reverses === id)) return;
		year.unbook(newest);
		this.done.deleted++;
	}

	private shiftClock(): void {
		moveClock(this.serverTime() + (this.random() * 2 - 1) * MOST_MINUTES * MINUTE);
		this.done.clockShifted++;
	}
}
