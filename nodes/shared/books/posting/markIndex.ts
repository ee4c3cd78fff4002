import type { FortnoxApi } from '../../fortnox/api';
import { unlessNotFound } from '../../fortnox/tolerate';
import type { FortnoxVoucherListItem } from '../../fortnox/wire';
import type { Mark } from '../../ledger/mark';
import { readComments } from '../../ledger/readMark';
import { LedgerError } from '../../ledger/problems';
import { changedSince } from '../reading/changedSince';

/** A voucher that carries a mark. */
export interface MarkedVoucher {
	series: string;
	number: number;
	/** Financial year id. */
	year: number;
	mark: Mark;
}

/** What a lookup knows of the entry that it looks for. */
export interface Wanted {
	key: string;
	date: string;
	description: string;
}

/** A voucher whose comments the list does not show in full, so that a mark may be there unseen. */
interface UnreadVoucher {
	series: string;
	number: number;
	date: string;
	description: string;
	/** Server time (ms) at which an empty comment was seen on a voucher just made: the comment may still be on its way. */
	emptySince?: number;
}

/** How far a look at what changed reaches behind the last one: lists may show a change late. */
const OVERLAP_MS = 3 * 60_000;

/** After this long an empty comment is taken for what it is. */
const ON_THE_WAY_MS = 10 * 60_000;

/** How many vouchers are read one by one where the list keeps comments back: one minute of Fortnox's limit. */
const MOST_READ_SINGLY = 300;

/**
 * The marks of one financial year of one company. The first look reads the year's voucher list; later ones ask for
 * what changed since, which is one request.
 *
 * The list is not trusted blindly: a voucher whose comments are missing or cut is read by itself before an entry is
 * taken as absent.
 */
export class MarkIndex {
	private readonly marked = new Map<string, MarkedVoucher>();

	private readonly byKey = new Map<string, Set<string>>();

	private readonly unread = new Map<string, UnreadVoucher>();

	private readonly readSingly = new Set<string>();

	/** The highest number that the list has shown, per series. */
	private readonly highest = new Map<string, number>();

	private lookedAt?: Date;

	private turn: Promise<void> = Promise.resolve();

	private asked = 0;

	private covered = 0;

	constructor(private readonly year: number) {}

	/**
	 * Brings the index up to the moment of the call. Callers that come while a look is under way share the next one.
	 *
	 * @throws {FortnoxError} where the list can't be had
	 */
	async advance(api: FortnoxApi): Promise<void> {
		const ticket = ++this.asked;
		const look = this.turn.then(async () => {
			if (this.covered >= ticket) return;
			const covers = this.asked;
			await this.read(api);
			this.covered = covers;
		});
		this.turn = look.catch(() => undefined);
		await look;
	}

	private async read(api: FortnoxApi): Promise<void> {
		const now = api.serverTime();
		const since = changedSince(new Date((this.lookedAt ?? now).getTime() - OVERLAP_MS));
		if (this.lookedAt === undefined) {
			for (const voucher of await api.vouchers({ financialYear: this.year })) this.note(voucher);
		}
		for (const voucher of await api.vouchers({ financialYear: this.year, lastModified: since })) {
			this.note(voucher, now.getTime());
		}
		for (const [id, voucher] of this.unread) {
			if (voucher.emptySince !== undefined && voucher.emptySince < now.getTime() - ON_THE_WAY_MS) this.unread.delete(id);
		}
		this.lookedAt = now;
	}

	/** @param changedAt server time (ms) where the voucher is known to have changed a moment ago */
	private note(voucher: FortnoxVoucherListItem, changedAt?: number): void {
		const { VoucherSeries: series, VoucherNumber: number } = voucher;
		this.highest.set(series, Math.max(number, this.highest.get(series) ?? 0));
		const id = `${series}-${number}`;
		const { mark, cut } = readComments(voucher.Comments);
		if (mark) {
			this.add({ series, number, year: this.year, mark });
			return;
		}
		if (this.marked.has(id) || this.readSingly.has(id)) return;
		const hidden = cut || voucher.Comments === undefined;
		const empty = voucher.Comments === null || voucher.Comments === '';
		if (hidden || (empty && changedAt !== undefined)) {
			const emptySince = hidden ? undefined : (this.unread.get(id)?.emptySince ?? changedAt);
			this.unread.set(id, {
				series,
				number,
				date: voucher.TransactionDate,
				description: voucher.Description ?? '',
				...(emptySince !== undefined && { emptySince }),
			});
		}
	}

	/** Notes an entry that was posted or found, without waiting for the list to show it. */
	add(voucher: MarkedVoucher): void {
		const id = `${voucher.series}-${voucher.number}`;
		this.marked.set(id, voucher);
		this.unread.delete(id);
		const ids = this.byKey.get(voucher.mark.key) ?? new Set<string>();
		ids.add(id);
		this.byKey.set(voucher.mark.key, ids);
	}

	/** The vouchers that carry a key, as far as the index knows. More than one means that an entry was posted twice. */
	withKey(key: string): MarkedVoucher[] {
		return [...(this.byKey.get(key) ?? [])].flatMap((id) => this.marked.get(id) ?? []);
	}

	/**
	 * Reads, one by one, the vouchers that may be one of the wanted entries but whose comments the list did not show.
	 *
	 * @throws {LedgerError} ERROR_POST_NOT_VERIFIABLE where that would be more than {@link MOST_READ_SINGLY}
	 */
	async readHidden(api: FortnoxApi, wanted: readonly Wanted[]): Promise<void> {
		const absent = wanted.filter(({ key }) => !this.byKey.has(key));
		if (absent.length === 0) return;
		const contents = new Set(absent.map(({ date, description }) => `${date} ${description}`));
		const candidates = [...this.unread.values()].filter(
			({ emptySince, date, description }) => emptySince === undefined || contents.has(`${date} ${description}`),
		);
		if (candidates.length > MOST_READ_SINGLY) {
			throw new LedgerError({
				code: 'ERROR_POST_NOT_VERIFIABLE',
				message: `Fortnox's voucher list does not show the comments of ${candidates.length} vouchers, so it can't be told whether the entry is already there. Nothing was posted; try again later.`,
			});
		}
		await Promise.all(candidates.map(({ series, number }) => this.readOne(api, series, number)));
	}

	/**
	 * Reads the vouchers of a series that are newer than the list shows. Finds an entry that was booked a moment ago
	 * also while the list does not show it yet.
	 */
	async readNewest(api: FortnoxApi, series: string): Promise<void> {
		const { NextVoucherNumber: next } = await api.oneVoucherSeries(series, this.year);
		if (next === undefined) return;
		const first = Math.max((this.highest.get(series) ?? 0) + 1, next - MOST_READ_SINGLY);
		const numbers = Array.from({ length: Math.max(0, next - first) }, (_, index) => first + index).filter(
			(number) => !this.marked.has(`${series}-${number}`) && !this.readSingly.has(`${series}-${number}`),
		);
		await Promise.all(numbers.map((number) => this.readOne(api, series, number)));
	}

	private async readOne(api: FortnoxApi, series: string, number: number): Promise<void> {
		const voucher = await unlessNotFound(api.voucher(series, number, this.year));
		const { mark } = readComments(voucher?.Comments);
		if (mark) {
			this.add({ series, number, year: this.year, mark });
		} else {
			this.readSingly.add(`${series}-${number}`);
			this.unread.delete(`${series}-${number}`);
		}
	}
}

/** A year that nobody asked for in this time is forgotten. */
const FORGET_AFTER_MS = 60 * 60_000;

const indexes = new Map<string, { index: MarkIndex; usedAt: number }>();

/** The index of a company's financial year, shared by all executions of the process. */
export function markIndexOf(tenantKey: string, year: number): MarkIndex {
	const now = performance.now();
	for (const [name, { usedAt }] of indexes) {
		if (usedAt < now - FORGET_AFTER_MS) indexes.delete(name);
	}
	const name = `${tenantKey}\n${year}`;
	const index = indexes.get(name)?.index ?? new MarkIndex(year);
	indexes.set(name, { index, usedAt: now });
	return index;
}
