import type { FortnoxFinancialYear } from '../../fortnox/wire';
import { formatEntryId } from '../../ledger/formats';
import type { Mark } from '../../ledger/mark';
import type { Reader } from '../../n8n/run';
import type { KnownMarks, MarkedVoucher } from './knownMarks';
import { markIndexOf } from './markIndex';

/** How an entry hangs together with others, by their ids. Absent where it does not. */
export interface Links {
	reverses?: string;
	corrects?: string;
	/** The reversal that stands. */
	reversed_by?: string;
	/** The correction that stands. */
	corrected_by?: string;
}

export function idOf({ series, number, year }: Pick<MarkedVoucher, 'series' | 'number' | 'year'>): string {
	return formatEntryId({ series, number, yearId: year });
}

/** The marks of several financial years of a company: what reverses and corrects what, and what still has effect. */
export class LedgerMarks {
	/** @param isEmpty whether a voucher is known to have no rows any more, so that it reverses nothing */
	constructor(
		private readonly indexes: readonly KnownMarks[],
		private readonly isEmpty: (id: string) => boolean = () => false,
	) {}

	withKey(key: string): MarkedVoucher[] {
		return this.indexes.flatMap((index) => index.withKey(key));
	}

	/** The vouchers whose marks name a reference. */
	withReference(reference: string): MarkedVoucher[] {
		return this.indexes.flatMap((index) => index.withReference(reference));
	}

	/**
	 * The reversal of an entry that stands, if there is one.
	 *
	 * @param above entries that the question came from: copied marks can name each other in a circle
	 */
	standingReversal(entryId: string, above: readonly string[] = []): MarkedVoucher | undefined {
		if (above.includes(entryId)) return undefined;
		return this.reversals(entryId).find((reversal) => this.standingReversal(idOf(reversal), [...above, entryId]) === undefined);
	}

	/** All reversals of an entry that stand: more than one where two processes reversed it at once. */
	standingReversals(entryId: string): MarkedVoucher[] {
		return this.reversals(entryId).filter((reversal) => this.standingReversal(idOf(reversal), [entryId]) === undefined);
	}

	/** The corrections of an entry that stand: more than one where two processes corrected it at once. */
	standingCorrections(entryId: string): MarkedVoucher[] {
		return this.indexes.flatMap((index) => index.correctionsOf(entryId)).filter((correction) => this.stands(idOf(correction)));
	}

	/** Whether an entry is known to carry a mark. */
	isMarked(entryId: string): boolean {
		return this.indexes.some((index) => index.isMarked(entryId));
	}

	/** Whether an entry has effect: nothing reverses it that has effect itself. */
	stands(entryId: string): boolean {
		return this.standingReversal(entryId) === undefined;
	}

	/** Whether an entry and its reversal cancel each other: a reversal that it was posted with only ends its effect, in another period. */
	isTakenBack(entryId: string): boolean {
		const reversal = this.standingReversal(entryId);
		return reversal !== undefined && reversal.mark.purpose !== 'planned';
	}

	/** All reversals of an entry, and theirs. */
	chainOf(entryId: string, seen = new Set<string>()): MarkedVoucher[] {
		return this.reversals(entryId).flatMap((reversal) => {
			const id = idOf(reversal);
			if (seen.has(id)) return [];
			seen.add(id);
			return [reversal, ...this.chainOf(id, seen)];
		});
	}

	linksOf(entryId: string, mark: Mark | undefined): Links {
		const reversal = this.standingReversal(entryId);
		const [correction] = this.standingCorrections(entryId);
		return {
			...(mark?.reverses !== undefined && { reverses: mark.reverses }),
			...(mark?.corrects !== undefined && { corrects: mark.corrects }),
			...(reversal && { reversed_by: idOf(reversal) }),
			...(correction && { corrected_by: idOf(correction) }),
		};
	}

	private reversals(entryId: string): MarkedVoucher[] {
		const named = this.indexes.flatMap((index) => index.reversalsOf(entryId));
		return named.filter((reversal) => idOf(reversal) !== entryId && !this.isEmpty(idOf(reversal)));
	}
}

/** The years from an entry's own on: reversals and corrections are dated on the entry's day or later. */
export function yearsFrom(years: readonly FortnoxFinancialYear[], firstYear: number): FortnoxFinancialYear[] {
	const first = years.find(({ Id }) => Id === firstYear);
	return first === undefined ? [] : years.filter(({ FromDate }) => FromDate >= first.FromDate);
}

/**
 * The marks of the years from an entry's own on, up to the moment of the call.
 *
 * @throws {FortnoxError} where a list can't be had
 */
export async function marksFrom(run: Reader, firstYear: number): Promise<LedgerMarks> {
	const years = yearsFrom(await run.fortnox.financialYears(), firstYear);
	const indexes = years.map(({ Id }) => markIndexOf(run.fortnox.tenantKey, Id));
	await Promise.all(indexes.map(async (index) => await index.advance(run.fortnox)));
	return new LedgerMarks(indexes);
}
