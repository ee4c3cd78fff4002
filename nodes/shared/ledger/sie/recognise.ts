import { addTo, Groups } from '../../lists';
import { keyOfOrigin, type Mark } from '../mark';
import { plainNumber, type IdentityForms, type VoucherIdentity } from './identity';

/** How an exporter numbers: on and on, or from 1 in every file. */
export const VOUCHER_NUMBERS = ['asNumbered', 'restart'] as const;
export type VoucherNumbers = (typeof VOUCHER_NUMBERS)[number];

interface ImportedVoucher {
	identity: VoucherIdentity;
	digest: string;
	number: string;
	/** Two vouchers of the same day and text look like one that was changed. */
	date: string;
	text: string;
	/** How its mark names it: by series and number. */
	reference: string | undefined;
}

/** The mark of a voucher that is in the ledger, or is to be posted before. */
export interface KnownMark extends Pick<Mark, 'key' | 'digest' | 'reference'> {
	/** The voucher was reversed, so that posting it once more books nothing twice. */
	isTakenBack?: boolean;
}

/** What a voucher's mark is to be, and what that rests on. */
export interface Recognition {
	key: string;
	/** It is in the ledger under this other number: how the mark names it. */
	knownAs?: string;
	/** Its number is another voucher's, which the file has under another number: it is posted beside that one. */
	isRenumbered?: true;
	/** Its number is another voucher's, and nothing shows why. */
	isConflict?: true;
	/** It is new, and one of another company, program or series with its day, text and rows was imported before: how its mark names it. */
	resembles?: string;
	/** That one has its series and number, too, and stands: only company or program are named otherwise. */
	isTwin?: true;
}

/**
 * Finds the vouchers of a file among those that were imported before. A voucher is first looked for under its own number
 * with its own content, however numbers were read then. Where a number has other content, the exporter may have put a
 * late voucher between earlier ones and numbered on: then the vouchers of that series are known again by their content,
 * each imported one by one voucher of the file; and a number whose earlier voucher is known again is free.
 *
 * Pure: `marks` is all that is known of the ledger. Without a conflict of numbers content alone says nothing, because
 * two sales of a day may well be equal. Nor does it where the voucher that has the earlier number now has the same day
 * and text: that one may be the same voucher, changed.
 *
 * @returns steps of one voucher each, and at their end what was found, in the order of the vouchers
 */
export function* recogniseVouchers(
	vouchers: readonly ImportedVoucher[],
	marks: Iterable<KnownMark>,
	numbers: VoucherNumbers,
): Generator<undefined, Recognition[]> {
	const search = new Search(numbers);
	yield* search.read(vouchers, marks);
	const found = new Map<ImportedVoucher, Recognition>();
	const left: ImportedVoucher[] = [];
	let mayBeKnown = false;
	for (const voucher of vouchers) {
		const recognition = search.underItsNumber(voucher);
		if (recognition !== undefined) found.set(voucher, recognition);
		else left.push(voucher);
		mayBeKnown ||= recognition === undefined && search.knowsContentOf(voucher);
		yield;
	}
	if (mayBeKnown) yield* search.readHolders(vouchers);
	// What is known again makes room for the vouchers that wait for its number.
	for (let open = mayBeKnown ? left : []; open.length > 0;) {
		const waiting = new Map<ImportedVoucher, ImportedVoucher[]>();
		const passed: ImportedVoucher[] = [];
		for (const voucher of open) {
			const { recognition, waitsFor } = search.byContent(voucher, found);
			for (const holder of waitsFor) addTo(waiting, holder, voucher);
			if (recognition !== undefined) found.set(voucher, recognition);
			if (recognition !== undefined) passed.push(voucher);
			yield;
		}
		open = [...new Set(passed.flatMap((voucher) => waiting.get(voucher) ?? []))].filter((voucher) => !found.has(voucher));
	}
	const all: Recognition[] = [];
	for (const voucher of vouchers) {
		all.push(found.get(voucher) ?? search.asNew(voucher));
		yield;
	}
	return all;
}

class Search {
	private readonly byKey = new Groups<string, KnownMark>();

	private readonly byDigest = new Groups<string, KnownMark>();

	private readonly byReference = new Groups<string, KnownMark>();

	/** The file's vouchers by series and number. */
	private readonly holders = new Map<string, ImportedVoucher>();

	/** Series of which some number has other content in the ledger than in the file. */
	private readonly shifted = new Set<string>();

	private readonly taken = new Set<KnownMark>();

	constructor(private readonly numbers: VoucherNumbers) {}

	*read(vouchers: readonly ImportedVoucher[], marks: Iterable<KnownMark>): Generator<undefined> {
		for (const mark of marks) {
			this.byKey.add(mark.key, mark);
			this.byDigest.add(mark.digest, mark);
			if (mark.reference !== undefined) this.byReference.add(mark.reference, mark);
			yield;
		}
		for (const voucher of vouchers) {
			const { series } = voucher.identity;
			if (series !== undefined && this.others(voucher).length > 0) this.shifted.add(series);
			yield;
		}
	}

	*readHolders(vouchers: readonly ImportedVoucher[]): Generator<undefined> {
		for (const voucher of vouchers) {
			this.holders.set(placeOf(voucher.identity, voucher.number), voucher);
			yield;
		}
	}

	/** Whether the ledger has what the voucher books, under whatever number. */
	knowsContentOf({ digest }: ImportedVoucher): boolean {
		return this.byDigest.has(digest);
	}

	underItsNumber({ identity, digest }: ImportedVoucher): Recognition | undefined {
		const mark = formsOf([identity, identity.former])
			.flatMap((form) => this.byKey.of(keyOf(form)))
			.find((candidate) => candidate.digest === digest && !this.taken.has(candidate));
		return mark && this.take(mark);
	}

	/** @returns also the vouchers that must be found before this one can be known by its content */
	byContent(
		voucher: ImportedVoucher,
		found: ReadonlyMap<ImportedVoucher, Recognition>,
	): { recognition?: Recognition; waitsFor: ImportedVoucher[] } {
		const { identity, digest } = voucher;
		const waitsFor: ImportedVoucher[] = [];
		if (identity.series === undefined) return { waitsFor };
		const mark = this.byDigest.of(digest).find((candidate) => {
			const number = numberIn(candidate);
			if (number === undefined || this.taken.has(candidate)) return false;
			if (
				!this.isOfSeries(voucher, number, candidate) ||
				!(this.shifted.has(identity.series ?? '') || this.isShared(identity, number, candidate))
			)
				return false;
			const holder = this.holders.get(placeOf(identity, number));
			if (holder === undefined || found.has(holder) || holder.date !== voucher.date || holder.text !== voucher.text) return true;
			waitsFor.push(holder);
			return false;
		});
		return mark === undefined ? { waitsFor } : { recognition: { ...this.take(mark), knownAs: mark.reference ?? '' }, waitsFor };
	}

	private isOfSeries({ identity, digest }: ImportedVoucher, number: string | undefined, { key }: KnownMark): boolean {
		if (number === undefined || identity.series === undefined) return false;
		return formsOf([identity.under(number, digest), identity.former?.under(number, digest)])
			.map(keyOf)
			.includes(key);
	}

	/** An earlier import found the number shifted: it posted another voucher of that number beside this one. */
	private isShared(identity: VoucherIdentity, number: string, { reference, key }: KnownMark): boolean {
		const same = this.byReference.of(reference ?? '');
		const renumbered = (of: Pick<VoucherIdentity, 'under'> | undefined, { digest }: KnownMark): string | undefined =>
			of && keyOf(of.under(number, digest).renumbered);
		return same.some((other) => other.key !== key && [identity, identity.former].some((of) => other.key === renumbered(of, other)));
	}

	asNew(voucher: ImportedVoucher): Recognition {
		const own = this.underOwnKey(voucher);
		const resembled = this.resembledBy(voucher);
		return resembled === undefined ? own : { ...own, ...resembled };
	}

	private underOwnKey(voucher: ImportedVoucher): Recognition {
		const key = this.ownKey(voucher.identity);
		const others = this.others(voucher);
		if (others.length === 0) return { key };
		if (others.some((mark) => !this.taken.has(mark))) return { key, isConflict: true };
		return { key: keyOf(voucher.identity.renumbered), isRenumbered: true };
	}

	/** Each imported voucher resembles one of the file at most; one of the same series has another number, and so is another. */
	private resembledBy(voucher: ImportedVoucher): Pick<Recognition, 'resembles' | 'isTwin'> | undefined {
		const alike = this.byDigest
			.of(voucher.digest)
			.filter((mark) => !this.taken.has(mark) && !this.isOfSeries(voucher, numberIn(mark), mark));
		const isNamedSo = ({ reference }: KnownMark): boolean => reference !== undefined && reference === voucher.reference;
		const twin = alike.find(isNamedSo) ?? alike[0];
		if (twin === undefined) return undefined;
		this.taken.add(twin);
		const isTwin = voucher.identity.series !== undefined && isNamedSo(twin) && twin.isTakenBack !== true;
		return { resembles: twin.reference ?? '', ...(isTwin && { isTwin }) };
	}

	private take(mark: KnownMark): Recognition {
		this.taken.add(mark);
		return { key: mark.key };
	}

	private others({ identity, digest }: ImportedVoucher): KnownMark[] {
		const keys = [identity, ...(identity.former === undefined ? [] : [identity.former])].map((forms) => this.ownKey(forms));
		return keys.flatMap((key) => this.byKey.of(key)).filter((mark) => mark.digest !== digest);
	}

	private ownKey(forms: IdentityForms): string {
		return keyOf(this.numbers === 'restart' ? forms.restarted : forms.asNumbered);
	}
}

function placeOf({ series = '' }: VoucherIdentity, number: string): string {
	return `${series}\n${plainNumber(number)}`;
}

function formsOf(identities: ReadonlyArray<IdentityForms | undefined>): string[] {
	return identities.flatMap((forms) => (forms === undefined ? [] : [forms.asNumbered, forms.restarted, forms.renumbered]));
}

function keyOf(identity: string): string {
	return keyOfOrigin('sie', identity);
}

/** The number in a mark's reference, `SIE B 2`. */
function numberIn({ reference }: KnownMark): string | undefined {
	return reference?.startsWith('SIE ') === true ? reference.slice(reference.lastIndexOf(' ') + 1) : undefined;
}
