import type { FortnoxVoucherListItem } from '../../fortnox/wire';
import { formatEntryId } from '../../ledger/formats';
import type { Mark } from '../../ledger/mark';
import type { ReadComments } from '../../ledger/readMark';
import { Groups } from '../../lists';
import { Sets } from './sets';

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

/** The part of a voucher that tells its mark; the list's items and single vouchers have it. */
export type Listed = Pick<
	FortnoxVoucherListItem,
	'VoucherSeries' | 'VoucherNumber' | 'TransactionDate' | 'Description' | 'Comments' | 'ReferenceType'
>;

/** Vouchers that no sub-ledger made: only these can be the node's. */
const OWN_REFERENCE_TYPES = ['', 'MANUAL'];

/** What is known of the marks of one financial year, found by what they say. Asks nobody. */
export class KnownMarks {
	private readonly marked = new Groups<string, MarkedVoucher>();

	private readonly byKey = new Sets();

	/** Vouchers whose damaged mark may have had the key. */
	private readonly bySuspect = new Sets();

	/** Vouchers that reverse or correct an entry, by its id. */
	private readonly byReversed = new Sets();

	private readonly byCorrected = new Sets();

	private readonly byPlace = new Sets();

	/** Vouchers that were posted without a number, by the digest of their content. */
	private readonly byContent = new Sets();

	private readonly byReference = new Sets();

	/** Vouchers without a whole mark, by day and text. */
	private readonly plain = new Sets();

	constructor(readonly year: number) {}

	/** Notes what the comments of a voucher say, in place of what was known of it. */
	protected noteComments(voucher: Listed, read: ReadComments): void {
		const id = this.idOf(voucher);
		this.forget(id);
		const { VoucherSeries: series, VoucherNumber: number } = voucher;
		const marks = [...read.marks, ...(read.recovered ? [read.recovered] : [])];
		for (const mark of marks) this.add({ series, number, year: this.year, mark });
		for (const suspect of read.suspects) this.bySuspect.add(suspect, id);
		if (read.marks.length === 0 && OWN_REFERENCE_TYPES.includes(voucher.ReferenceType ?? '')) {
			this.plain.add(contentKey(voucher.TransactionDate, voucher.Description ?? ''), id);
		}
	}

	/** Notes an entry that was posted, without waiting for the list to show it. */
	add(voucher: MarkedVoucher): void {
		const id = formatEntryId({ ...voucher, yearId: voucher.year });
		const { key, digest, reverses, corrects, place, reference } = voucher.mark;
		this.marked.add(id, voucher);
		this.byKey.add(key, id);
		if (reverses !== undefined) this.byReversed.add(reverses, id);
		if (corrects !== undefined) this.byCorrected.add(corrects, id);
		if (place !== undefined) {
			this.byPlace.add(place, id);
			this.byContent.add(digest, id);
		}
		if (reference !== undefined) this.byReference.add(reference, id);
	}

	/** Forgets what is known of a voucher, such as one that was deleted. */
	forget(id: string): void {
		this.marked.remove(id);
		const { byKey, bySuspect, byReversed, byCorrected, byPlace, byContent, byReference, plain } = this;
		for (const sets of [byKey, bySuspect, byReversed, byCorrected, byPlace, byContent, byReference, plain]) sets.remove(id);
	}

	/** Whether a voucher is known to carry a mark. */
	isMarked(id: string): boolean {
		return this.marked.has(id);
	}

	/** Every voucher that carries a mark, as far as the index knows. */
	all(): Iterable<MarkedVoucher> {
		return this.marked.all();
	}

	/** The vouchers that carry a key, as far as the index knows. */
	withKey(key: string): MarkedVoucher[] {
		return this.in(this.byKey.of(key)).filter(({ mark }) => mark.key === key);
	}

	reversalsOf(entryId: string): MarkedVoucher[] {
		return this.in(this.byReversed.of(entryId)).filter(({ mark }) => mark.reverses === entryId);
	}

	correctionsOf(entryId: string): MarkedVoucher[] {
		return this.in(this.byCorrected.of(entryId)).filter(({ mark }) => mark.corrects === entryId);
	}

	withPlace(place: string): MarkedVoucher[] {
		return this.in(this.byPlace.of(place)).filter(({ mark }) => mark.place === place);
	}

	/** Vouchers that were posted without a number and have a content, by its digest. */
	withContent(digest: string): MarkedVoucher[] {
		return this.in(this.byContent.of(digest)).filter(({ mark }) => mark.place !== undefined && mark.digest === digest);
	}

	withReference(reference: string): MarkedVoucher[] {
		return this.in(this.byReference.of(reference)).filter(({ mark }) => mark.reference === reference);
	}

	/** Ids of vouchers whose damaged mark may have had the key. */
	suspectsOf(key: string): string[] {
		return this.bySuspect.of(key);
	}

	/** Ids of vouchers without a whole mark that have the day and the text. */
	plainWith({ date, description }: Pick<Wanted, 'date' | 'description'>): string[] {
		return this.plain.of(contentKey(date, description));
	}

	private in(ids: readonly string[]): MarkedVoucher[] {
		return ids.flatMap((id) => this.marked.of(id));
	}

	protected idOf({ VoucherSeries: series, VoucherNumber: number }: Listed): string {
		return formatEntryId({ series, number, yearId: this.year });
	}
}

export function contentKey(date: string, description: string): string {
	return `${date} ${description.trim()}`;
}
