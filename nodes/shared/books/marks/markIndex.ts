import type { FortnoxApi } from '../../fortnox/api';
import { unlessNotFound } from '../../fortnox/tolerate';
import { formatEntryId } from '../../ledger/formats';
import { LedgerError } from '../../ledger/problems';
import { readComments } from '../../ledger/readMark';
import { drained } from '../../lists';
import { changedSince } from '../reading/changedSince';
import { filterInTurns, giveWay, setInTurns } from '../../turns';
import { contentKey, KnownMarks, type Listed, type MarkedVoucher, type Wanted } from './knownMarks';

/** A voucher whose comments the list does not show in full, so that a mark may be there unseen. */
interface UnreadVoucher {
	series: string;
	number: number;
	date: string;
	description: string;
	/** Server time (ms) at which an empty comment was seen on a voucher just made: the comment may still be on its way. */
	emptySince?: number;
}

/** The days of a year that an index covers, inclusive; the whole year where it is absent. */
export interface Days {
	from: string;
	to: string;
}

/** How far a look at what changed reaches behind the last one: lists may show a change late. */
const OVERLAP_MS = 3 * 60_000;

/** After this long an empty comment is taken for what it is. */
const ON_THE_WAY_MS = 10 * 60_000;

/** How many vouchers are read one by one where the list keeps comments back: one minute of Fortnox's limit. */
const MOST_READ_SINGLY = 300;

/**
 * The marks of one financial year of one company. The first look reads the year's voucher list; later ones ask for
 * what changed since, which is one request. All times are the server's.
 *
 * The index remembers, it proves nothing: vouchers are deleted, their numbers are used again, people edit comments. What
 * it finds is read before it is believed (`locate.ts`), and what turns out to be something else is noted here.
 */
export class MarkIndex extends KnownMarks {
	private readonly unread = new Map<string, UnreadVoucher>();

	private readonly readSingly = new Set<string>();

	/** The highest number that the list has shown, per series. */
	private readonly highest = new Map<string, number>();

	/** Series whose newest numbers were read since the index began: those that entries are looked for in. */
	private readonly newestRead = new Set<string>();

	/** Vouchers of these series that no list has shown, though it shows later ones: they came into it too late for the overlap. */
	private readonly skipped = new Map<string, { series: string; number: number }>();

	/** The server's clock at the last look, and how far it was ahead of this process's monotonic one. All in ms. */
	private last?: { at: number; ahead: number };

	private turn: Promise<void> = Promise.resolve();

	private asked = 0;

	private covered = 0;

	constructor(
		year: number,
		private readonly days?: Days,
	) {
		super(year);
	}

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

	/**
	 * Lets the next look read the whole list. What is known stays known: other executions rely on it meanwhile, and what
	 * turns out not to be there is forgotten one by one.
	 */
	startAnew(): void {
		this.highest.clear();
		this.newestRead.clear();
		this.skipped.clear();
		this.last = undefined;
	}

	private async read(api: FortnoxApi): Promise<void> {
		const startedAt = performance.now();
		const query = { financialYear: this.year, ...(this.days && { fromDate: this.days.from, toDate: this.days.to }) };
		const listed = this.last === undefined ? await api.vouchers(query) : [];
		// An answer has come by now, so this is the server's clock: the machine's may be wrong by minutes.
		const startTime = (): number => api.serverTime().getTime() - (performance.now() - startedAt);
		const since = this.last?.at ?? startTime();
		const changed = await api.vouchers({ ...query, lastModified: changedSince(new Date(since - OVERLAP_MS)) });
		const now = startTime();
		const ahead = now - startedAt;
		// The last look took a clock that was fast for the server's, as a gateway's may be, and this one asked too late.
		if (this.last !== undefined && this.last.ahead - ahead > OVERLAP_MS / 2) {
			this.startAnew();
			await this.read(api);
			return;
		}
		const before = this.last && new Map(this.highest);
		for (const voucher of drained(listed)) {
			this.note(voucher);
			await giveWay();
		}
		for (const voucher of changed) {
			this.note(voucher, now);
			await giveWay();
		}
		for (const [id, voucher] of this.unread) {
			if (voucher.emptySince !== undefined && voucher.emptySince < now - ON_THE_WAY_MS) this.unread.delete(id);
			await giveWay();
		}
		this.last = { at: now, ahead };
		if (before !== undefined && this.days === undefined) await this.noteSkipped(changed, before);
		if (this.skipped.size > MOST_READ_SINGLY) {
			// The whole list is cheaper, and shows whether there are vouchers with these numbers at all.
			this.startAnew();
			await this.read(api);
			return;
		}
		await Promise.all([...this.skipped.values()].map(({ series, number }) => this.readOne(api, series, number)));
	}

	/** Numbers run on, so a number that the list passed over is a voucher that came into it late, or was deleted. */
	private async noteSkipped(changed: readonly Listed[], before: ReadonlyMap<string, number>): Promise<void> {
		const shown = await setInTurns(changed, (voucher) => this.idOf(voucher));
		for (const series of this.newestRead) {
			const highest = this.highestOf(series);
			for (let number = (before.get(series) ?? 0) + 1; number < highest && this.skipped.size <= MOST_READ_SINGLY; number++) {
				const id = formatEntryId({ series, number, yearId: this.year });
				if (!shown.has(id) && !this.isMarked(id) && !this.readSingly.has(id)) this.skipped.set(id, { series, number });
				await giveWay();
			}
		}
	}

	/** @param changedAt server time (ms) where the voucher is known to have changed a moment ago */
	private note(voucher: Listed, changedAt?: number): void {
		const { VoucherSeries: series, VoucherNumber: number } = voucher;
		this.highest.set(series, Math.max(number, this.highest.get(series) ?? 0));
		const id = this.idOf(voucher);
		const isEmpty = voucher.Comments === undefined || voucher.Comments === null || voucher.Comments === '';
		// The list may show comments late. Where they were removed, the voucher itself will tell.
		const isKnown = this.isMarked(id) || this.readSingly.has(id);
		const read = readComments(voucher.Comments);
		if (isKnown && (isEmpty || read.cut)) return;
		this.noteComments(voucher, read);
		const hidden = voucher.Comments === undefined || (read.cut && read.recovered === undefined);
		if (!hidden && (!isEmpty || this.unread.get(id)?.emptySince === undefined)) this.unread.delete(id);
		if (!hidden && !(isEmpty && changedAt !== undefined)) return;
		const emptySince = hidden ? undefined : (this.unread.get(id)?.emptySince ?? changedAt);
		this.unread.set(id, {
			series,
			number,
			date: voucher.TransactionDate,
			description: voucher.Description ?? '',
			...(emptySince !== undefined && { emptySince }),
		});
	}

	/** Notes what a voucher that was read by itself says. */
	noteRead(voucher: Listed): void {
		const id = this.idOf(voucher);
		this.noteComments(voucher, readComments(voucher.Comments));
		this.readSingly.add(id);
		this.unread.delete(id);
		this.skipped.delete(id);
	}

	/** Notes an entry that was posted, without waiting for the list to show it. */
	override add(voucher: MarkedVoucher): void {
		super.add(voucher);
		this.unread.delete(formatEntryId({ ...voucher, yearId: voucher.year }));
	}

	override forget(id: string): void {
		super.forget(id);
		this.readSingly.delete(id);
	}

	/** The highest number of a series that the list has shown. */
	highestOf(series: string): number {
		return this.highest.get(series) ?? 0;
	}

	/**
	 * Reads, one by one, the vouchers that may be one of the wanted entries but whose comments the list did not show.
	 *
	 * @throws {LedgerError} ERROR_POST_NOT_VERIFIABLE where that would be more than {@link MOST_READ_SINGLY}
	 */
	async readHidden(api: FortnoxApi, wanted: Iterable<Wanted>): Promise<void> {
		if (this.unread.size === 0) return;
		const contents = new Set<string>();
		for (const { key, date, description } of wanted) {
			if (this.withKey(key).length === 0) contents.add(contentKey(date, description));
			await giveWay();
		}
		if (contents.size === 0) return;
		const candidates = await filterInTurns(
			this.unread.values(),
			({ emptySince, date, description }) => emptySince === undefined || contents.has(contentKey(date, description)),
		);
		if (candidates.length > MOST_READ_SINGLY) {
			// Another reading of the list may show them.
			this.startAnew();
			throw new LedgerError({
				code: 'ERROR_POST_NOT_VERIFIABLE',
				message: `Fortnox's voucher list does not show the comments of ${candidates.length} vouchers, so nothing shows whether the entry is already there. Try again later.`,
			});
		}
		await Promise.all(candidates.map(({ series, number }) => this.readOne(api, series, number)));
	}

	/** Reads the newest numbers of a series unless that was done since the index began: a list may lag. */
	async readNewestOnce(api: FortnoxApi, series: string): Promise<void> {
		if (this.newestRead.has(series)) return;
		await this.readNewest(api, series);
		this.newestRead.add(series);
	}

	/**
	 * Reads the vouchers of a series that are newer than the list shows. Finds an entry that was booked a moment ago
	 * also while the list does not show it yet.
	 */
	async readNewest(api: FortnoxApi, series: string): Promise<void> {
		const found = await unlessNotFound(api.oneVoucherSeries(series, this.year));
		const next = found?.NextVoucherNumber;
		if (next === undefined) return;
		const first = Math.max(this.highestOf(series) + 1, next - MOST_READ_SINGLY);
		const numbers = Array.from({ length: next - first }, (_, index) => first + index).filter((number) => {
			const id = formatEntryId({ series, number, yearId: this.year });
			return !this.isMarked(id) && !this.readSingly.has(id);
		});
		await Promise.all(numbers.map((number) => this.readOne(api, series, number)));
	}

	private async readOne(api: FortnoxApi, series: string, number: number): Promise<void> {
		const voucher = await unlessNotFound(api.voucher(series, number, this.year));
		if (voucher) {
			this.noteRead(voucher);
			return;
		}
		const id = formatEntryId({ series, number, yearId: this.year });
		this.unread.delete(id);
		this.skipped.delete(id);
	}
}

/** A year that nobody asked for in this time is forgotten. */
const FORGET_AFTER_MS = 60 * 60_000;

const indexes = new Map<string, { index: MarkIndex; usedAt: number }>();

/**
 * The index of a company's financial year, or of some days of it, shared by all executions of the process. Where there
 * is one of the whole year, it serves for its days as well.
 */
export function markIndexOf(tenantKey: string, year: number, days?: Days): MarkIndex {
	const now = performance.now();
	for (const [name, { usedAt }] of indexes) {
		if (usedAt < now - FORGET_AFTER_MS) indexes.delete(name);
	}
	const whole = `${tenantKey}\n${year}`;
	const name = days === undefined || indexes.has(whole) ? whole : `${whole}\n${days.from}`;
	const index = indexes.get(name)?.index ?? new MarkIndex(year, name === whole ? undefined : days);
	indexes.set(name, { index, usedAt: now });
	return index;
}
