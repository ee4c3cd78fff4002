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

/** A voucher that an index knows of, with the mark by which it was found, if it was. */
export interface Known {
	id: string;
	marked?: MarkedVoucher;
}

/** The voucher list shows a voucher in one way, and the voucher itself in another one, again and again. */
export class InDoubt extends Error {
	constructor(readonly id: string) {
		super(`Fortnox contradicts itself about ${id}.`);
	}
}

/** What a look-up reads and knows. */
export class Look {
	/** Vouchers that were read, by id; undefined where there is no such voucher any more. */
	private readonly read = new Map<string, LedgerEntry | undefined>();

	/** Vouchers that were not there as they were known, for which the whole list was read anew. */
	private readonly doubted = new Set<string>();

	/** Those of them that this list showed once more. */
	private readonly inDoubt = new Set<string>();

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

	/**
	 * The voucher as it was read; undefined where there is none.
	 *
	 * @throws {InDoubt}
	 */
	voucher(id: string): LedgerEntry | undefined {
		if (this.inDoubt.has(id)) throw new InDoubt(id);
		return this.read.get(id);
	}

	/** Whether a voucher that was read has no rows any more: people can remove them in Fortnox, and it books nothing then. */
	isEmpty(id: string): boolean {
		return this.read.get(id)?.rows.length === 0;
	}

	/**
	 * Reads vouchers that the indexes know of, until the list and the vouchers themselves say the same. Where one is not
	 * there as it is known, the whole list is read anew: what was deleted may have been booked again under another number.
	 * What that list still shows is read once more, since a single answer may lag or come from a cache; where it is
	 * contradicted again, the voucher is in doubt.
	 *
	 * @param find what is known now; brings up the indexes that it looks into
	 * @returns what was found the last time
	 */
	async readKnown(find: () => Promise<readonly Known[]>): Promise<readonly Known[]> {
		for (;;) {
			const known = await find();
			await this.readInto(await flatMapInTurns(known, ({ id }) => (this.read.has(id) ? [] : [id])), readVouchersThere);
			// Many vouchers are read from the list, which may keep their comments back.
			const isReadable = (id: string): boolean => this.read.get(id) !== undefined || this.doubted.has(id);
			const again = (await this.contradictedAmong(known)).filter(isReadable);
			await this.readInto(again, readVouchersSingly);
			const gone = new Set<string>();
			for (const id of await this.contradictedAmong(known)) (this.doubted.has(id) ? this.inDoubt : gone).add(id);
			if (gone.size === 0) return known;
			this.forget(gone);
		}
	}

	/**
	 * Finds vouchers by their marks, and reads them.
	 *
	 * @returns those that are there and carry their marks
	 * @throws {InDoubt}
	 */
	async verified(find: () => Promise<readonly MarkedVoucher[]>): Promise<MarkedVoucher[]> {
		const known = await this.readKnown(async () => (await find()).map((marked) => ({ id: idOf(marked), marked })));
		return known.flatMap(({ id, marked }) => (marked !== undefined && this.voucher(id) !== undefined ? [marked] : []));
	}

	private async contradictedAmong(known: readonly Known[]): Promise<string[]> {
		return await flatMapInTurns(known, ({ id, marked }) => {
			const isAsKnown = marked === undefined ? this.read.get(id) !== undefined : this.isThere(marked);
			return isAsKnown || this.inDoubt.has(id) ? [] : [id];
		});
	}

	/** Lets the indexes of the vouchers' years read their whole lists when they are brought up the next time. */
	private forget(ids: ReadonlySet<string>): void {
		const anew = new Set<MarkIndex>();
		for (const id of ids) {
			this.doubted.add(id);
			const yearId = readEntryId(id).value?.yearId;
			for (const index of this.current) {
				if (index.year !== yearId) continue;
				index.forget(id);
				anew.add(index);
			}
		}
		for (const index of anew) {
			index.startAnew();
			this.current.delete(index);
		}
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

	/**
	 * The marks of an entry's year and later ones, once every reversal that bears on the entry was read.
	 *
	 * @throws {InDoubt}
	 */
	async marksOf(at: Pick<MarkedVoucher, 'series' | 'number' | 'year'>): Promise<LedgerMarks> {
		await this.verified(async () => (await this.laterMarks(at.year)).chainOf(idOf(at)));
		return await this.laterMarks(at.year);
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
