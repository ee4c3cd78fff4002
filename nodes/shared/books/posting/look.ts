import type { FortnoxFinancialYear } from '../../fortnox/wire';
import { addDays, type IsoDate } from '../../ledger/dates';
import { readEntryId } from '../../ledger/formats';
import { readComments } from '../../ledger/readMark';
import type { LedgerEntry } from '../../unified/entryDraft';
import type { Run } from '../../n8n/run';
import { flatMapInTurns, giveWay } from '../../turns';
import { idOf, LedgerMarks, yearsFrom } from '../marks/ledgerMarks';
import type { MarkedVoucher } from '../marks/knownMarks';
import { markIndexOf, type MarkIndex } from '../marks/markIndex';
import { readVouchersSingly, readVouchersThere } from '../reading/readVouchers';
import { hasDay } from '../year';
import { NEAR_DAYS, placesOf } from './place';
import type { PlacedSlip } from './slip';

/** What a look-up reads and knows. */
export class Look {
	/** Vouchers that were read, by id; undefined where there is no such voucher any more. */
	private readonly read = new Map<string, LedgerEntry | undefined>();

	/** Indexes that stand at the moment of the look. */
	private readonly current = new Set<MarkIndex>();

	/** Where each slip is looked for; one list for all that are looked for in the same places. */
	private readonly indexes = new Map<PlacedSlip, readonly MarkIndex[]>();

	private readonly lists = new Map<string, readonly MarkIndex[]>();

	constructor(
		readonly run: Run,
		private readonly years: readonly FortnoxFinancialYear[],
	) {}

	indexesOf(slip: PlacedSlip): readonly MarkIndex[] {
		const known = this.indexes.get(slip);
		if (known !== undefined) return known;
		const places = placesOf(slip, this.years);
		const name = places.map(({ year, days }) => `${year} ${days?.from ?? ''}`).join('\n');
		const indexes = this.lists.get(name) ?? places.map(({ year, days }) => markIndexOf(this.run.fortnox.tenantKey, year, days));
		this.lists.set(name, indexes);
		this.indexes.set(slip, indexes);
		return indexes;
	}

	/** Brings an index up to the moment of the look, once. */
	async bringUp(index: MarkIndex): Promise<void> {
		if (this.current.has(index)) return;
		await index.advance(this.run.fortnox);
		this.current.add(index);
	}

	/** Lets an index read its whole list when it is brought up the next time. */
	startAnew(index: MarkIndex): void {
		index.startAnew();
		this.current.delete(index);
	}

	/** The voucher as it was read; undefined where there is none. */
	voucher(id: string): LedgerEntry | undefined {
		return this.read.get(id);
	}

	/** Whether a voucher that was read has no rows any more: people can remove them in Fortnox, and it books nothing then. */
	isEmpty(id: string): boolean {
		return this.read.get(id)?.rows.length === 0;
	}

	async readMissing(ids: readonly string[]): Promise<void> {
		await this.readInto(
			ids.filter((id) => !this.read.has(id)),
			readVouchersThere,
		);
	}

	/**
	 * Many vouchers are read from the list, which may keep their comments back: what seems to have lost its mark is read by
	 * itself before that is believed.
	 */
	async readAgain(hits: readonly MarkedVoucher[]): Promise<void> {
		const doubtful = await flatMapInTurns(hits, (hit) => (this.read.get(idOf(hit)) !== undefined && !this.isThere(hit) ? [hit] : []));
		await this.readInto(doubtful.map(idOf), readVouchersSingly);
	}

	private async readInto(ids: readonly string[], readVouchers: typeof readVouchersThere): Promise<void> {
		const parsed = await flatMapInTurns(new Set(ids), (id) => {
			const reading = readEntryId(id);
			return reading.problem === undefined ? [{ id, entryId: reading.value }] : [];
		});
		const entries = await readVouchers(
			this.run,
			parsed.map(({ entryId }) => entryId),
		);
		for (const [position, { id }] of parsed.entries()) {
			await giveWay();
			this.read.set(id, entries[position]);
		}
	}

	/** Whether a voucher exists and carries the mark, though damaged. */
	isThere({ mark, ...at }: MarkedVoucher): boolean {
		const { marks, recovered } = readComments(this.read.get(idOf({ ...at }))?.comments);
		return [...marks, ...(recovered ? [recovered] : [])].some(({ key, digest }) => key === mark.key && digest === mark.digest);
	}

	/** The marks of an entry's year and later ones, once every reversal that bears on the entry was read. */
	async marksOf(at: Pick<MarkedVoucher, 'series' | 'number' | 'year'>): Promise<LedgerMarks> {
		const marks = await this.laterMarks(at.year);
		const chain = marks.chainOf(idOf(at));
		await this.readMissing(chain.map(idOf));
		await this.readAgain(chain);
		for (const reversal of chain) {
			if (!this.isThere(reversal)) markIndexOf(this.run.fortnox.tenantKey, reversal.year).forget(idOf(reversal));
		}
		return marks;
	}

	/** The marks of an entry's year and later ones, and of the year before where the entry lies near it. */
	async marksAround(date: IsoDate, ownYear: number): Promise<LedgerMarks> {
		return await this.laterMarks(this.years.find(hasDay(addDays(date, -NEAR_DAYS)))?.Id ?? ownYear);
	}

	async laterMarks(firstYear: number): Promise<LedgerMarks> {
		const indexes = yearsFrom(this.years, firstYear).map(({ Id }) => markIndexOf(this.run.fortnox.tenantKey, Id));
		for (const index of indexes) await this.bringUp(index);
		return new LedgerMarks(indexes, (id) => this.isEmpty(id));
	}
}
