import type { LedgerEntry, VoucherDraft } from '../../unified/entryDraft';
import { addTo, append } from '../../lists';
import { giveWay } from '../../turns';
import { contentKey } from '../marks/knownMarks';
import type { MarkIndex } from '../marks/markIndex';
import { bookingKey } from './differences';
import type { Look } from './look';
import type { PlacedSlip } from './slip';

/**
 * The vouchers without a mark that may be an entry, by day, text and what they book. Found by keys: many entries and many
 * vouchers of one day and one text, such as a shop's sales, are otherwise compared each with each.
 */
export class AlikeVouchers {
	private readonly asked = new Set<string>();

	private readonly byBooking = new Map<string, Map<string, string[]>>();

	private readonly indexNumbers = new Map<MarkIndex, number>();

	constructor(private readonly look: Pick<Look, 'indexesOf' | 'voucher'>) {}

	/** Adds the ids of the vouchers that have the day and the text of an entry, unless an entry before it had the same. */
	async addCandidates(slip: PlacedSlip, ids: Set<string>): Promise<void> {
		for (const { index, voucher, bucket } of this.bucketsOf(slip)) {
			if (this.asked.has(bucket)) continue;
			this.asked.add(bucket);
			for (const id of index.plainWith(voucher)) {
				ids.add(id);
				await giveWay();
			}
		}
	}

	/** The vouchers that book the same on the same day with the same text, at most `most` of them. They have been read. */
	async of(slip: PlacedSlip, most: number): Promise<string[]> {
		const alike: string[] = [];
		for (const { index, voucher, bucket } of this.bucketsOf(slip)) {
			const byBooking = this.byBooking.get(bucket) ?? (await this.read(index, voucher));
			this.byBooking.set(bucket, byBooking);
			append(alike, (byBooking.get(keyOf(voucher)) ?? []).slice(0, most));
		}
		return alike;
	}

	private async read(index: MarkIndex, voucher: VoucherDraft): Promise<Map<string, string[]>> {
		const byBooking = new Map<string, string[]>();
		for (const id of index.plainWith(voucher)) {
			const there = this.look.voucher(id);
			if (there !== undefined) addTo(byBooking, keyOf(there), id);
			await giveWay();
		}
		return byBooking;
	}

	/** Only of entries whose mark holds beyond the execution: in another one, an equal entry is another entry. */
	private bucketsOf(slip: PlacedSlip): Array<{ index: MarkIndex; voucher: VoucherDraft; bucket: string }> {
		if (!slip.state.entry.lasting) return [];
		return vouchersOf(slip).flatMap((voucher) =>
			this.look
				.indexesOf(slip)
				.map((index) => ({ index, voucher, bucket: `${this.numberOf(index)} ${contentKey(voucher.date, voucher.description)}` })),
		);
	}

	private numberOf(index: MarkIndex): number {
		const number = this.indexNumbers.get(index) ?? this.indexNumbers.size;
		this.indexNumbers.set(index, number);
		return number;
	}
}

/** The entry as it is read now, and as an earlier version read it. */
function vouchersOf({ state: { entry } }: PlacedSlip): VoucherDraft[] {
	return entry.older === undefined ? [entry.voucher] : [entry.voucher, entry.older.voucher];
}

function keyOf({ date, rows }: Pick<LedgerEntry, 'date' | 'rows'>): string {
	return `${date} ${bookingKey(rows)}`;
}
