import { runSteps } from '../../steps';
import { digestInSteps } from '../mark';
import { organisationDigits } from '../organisationNumber';
import type { SieFile, SieHead, SieVoucher } from './types';

/** The version of the shape that {@link voucherDigest} makes. */
const DIGEST_VERSION = '1';

/** What a voucher is known by. The three are the same for one without a number, which is its content. */
export interface IdentityForms {
	/** Where numbers go on from file to file: organisation number, program (without version), year, series, number. */
	asNumbered: string;
	/** Where numbers begin anew with every file: the day, too. */
	restarted: string;
	/** Where another voucher had the number before: the content, too. */
	renumbered: string;
}

/** What makes a voucher of a file itself. */
export interface VoucherIdentity extends IdentityForms {
	/** What the voucher's day would be under another number of its series, with the content that a digest stands for. */
	under(number: string, digest: string): IdentityForms;
	/** The digest of what the voucher books (`voucherDigest`). */
	content: string;
	/** Organisation number, program, year and series: what its number counts in. Absent without a number. */
	series?: string;
	/** As it was read at first, where that is otherwise: a VAT number cut to ten digits, the company's name where it has no number, a version in the program's name, zeros, small letters. */
	former?: Pick<VoucherIdentity, keyof IdentityForms | 'under'>;
}

/** Organisation number, program, year and series. */
type Ledger = readonly string[];

/** What the vouchers of a series and year have in common. */
interface SeriesOfYear {
	ledger: Ledger;
	/** As it was read at first. */
	former: Ledger;
	isAsBefore: boolean;
	/** The ledger as text. */
	name: string;
}

/**
 * The identities of a file's vouchers, in its order. The same voucher exported again, by a newer version too, has the
 * same. A voucher without a number is its content, and its place among those of the file that are equal to it.
 *
 * These stand, hashed, in users' books and must not change: what is read otherwise than before keeps its `former`.
 *
 * @param ownNumber organisation number of the company whose ledger it is, which a file without one is taken to name
 * @returns steps of one row each, and at their end the identities
 */
export function* voucherIdentities(file: SieFile, ownNumber?: string | null): Generator<undefined, VoucherIdentity[]> {
	const origin = [companyIdentity(file.company, ownNumber), programIdentity(file.program?.name)];
	const former = [formerCompanyIdentity(file.company), file.program?.name.trim().toLowerCase() ?? ''];
	const all = new Map<string, SeriesOfYear>();
	const seriesOf = (voucher: SieVoucher): SeriesOfYear => {
		const year = yearOf(file, voucher);
		const place = `${year} ${voucher.series}`;
		const known = all.get(place);
		if (known !== undefined) return known;
		const ledger = [...origin, year, voucher.series.toUpperCase()];
		const before = [...former, year, voucher.series];
		const isAsBefore = ledger.every((part, index) => part === before[index]);
		const series = { ledger, former: before, isAsBefore, name: JSON.stringify(ledger) };
		all.set(place, series);
		return series;
	};
	const equals = new Map<string, number>();
	const identities: VoucherIdentity[] = [];
	for (const voucher of file.vouchers) {
		const series = seriesOf(voucher);
		const content = yield* voucherDigestInSteps(voucher);
		let ordinal = 1;
		if (!isNumbered(voucher)) {
			const alike = `${series.name} ${content}`;
			ordinal += equals.get(alike) ?? 0;
			equals.set(alike, ordinal);
		}
		identities.push(new Identity(series, voucher, content, ordinal));
		yield;
	}
	return identities;
}

/** Its texts are made when they are asked for: those of 100,000 vouchers take more memory than all that is read of them. */
class Identity implements VoucherIdentity {
	readonly number: string;

	private readonly date: string;

	constructor(
		private readonly of: SeriesOfYear,
		{ number, date }: SieVoucher,
		readonly content: string,
		/** Its place among those without a number that are equal to it. */
		private readonly ordinal: number,
	) {
		this.number = number;
		this.date = date;
	}

	get series(): string | undefined {
		return isNumbered(this) ? this.of.name : undefined;
	}

	get asNumbered(): string {
		return this.forms.asNumbered;
	}

	get restarted(): string {
		return this.forms.restarted;
	}

	get renumbered(): string {
		return this.forms.renumbered;
	}

	under(number: string, digest: string): IdentityForms {
		return this.formsIn(this.of.ledger, plainNumber(number), digest);
	}

	get former(): VoucherIdentity['former'] {
		const {
			of: { isAsBefore, former },
			number,
			content,
		} = this;
		if (isAsBefore && plainNumber(number) === number) return undefined;
		const under = (other: string, digest: string): IdentityForms => this.formsIn(former, other, digest);
		return { ...under(number, content), under };
	}

	private get forms(): IdentityForms {
		return this.under(this.number, this.content);
	}

	private formsIn(ledger: Ledger, number: string, digest: string): IdentityForms {
		if (!isNumbered(this)) {
			const identity = JSON.stringify([JSON.stringify([...ledger, 'content', this.content]), this.ordinal]);
			return { asNumbered: identity, restarted: identity, renumbered: identity };
		}
		return {
			asNumbered: JSON.stringify([...ledger, 'number', number]),
			restarted: JSON.stringify([...ledger, 'day', this.date, 'number', number]),
			renumbered: JSON.stringify([...ledger, 'number', number, 'content', digest]),
		};
	}
}

/** A voucher's number without the zeros that some exporters put before it: `007` is `7`. */
export function plainNumber(number: string): string {
	return number.replace(/^0+(?=[^0])/, '');
}

/** Whether the file gives the voucher a number. Some programs write 0 for one that is yet to be given. */
export function isNumbered({ number }: { number: string }): boolean {
	return /[^0]/.test(number);
}

/**
 * A digest of what a voucher books: its date, its texts (as the file writes them), and the rows that count.
 * Equal digests under one identity mean that nothing was changed.
 */
export function voucherDigest(voucher: SieVoucher): string {
	return runSteps(voucherDigestInSteps(voucher));
}

/** `voucherDigest` in small steps: a voucher may have thousands of rows. */
export function* voucherDigestInSteps(voucher: SieVoucher): Generator<undefined, string> {
	const rows = voucher.rows.map(({ account, amount, objects, text, writtenText, quantity }) => ({
		account,
		amount,
		objects,
		text: writtenText ?? text,
		quantity,
	}));
	return yield* digestInSteps(DIGEST_VERSION, { date: voucher.date, text: voucher.writtenText ?? voucher.text, rows });
}

/** Ten digits of the organisation number, however it is written; without any, the file is known by the company's name. */
function companyIdentity({ organisationNumber, name = '' }: SieHead['company'], ownNumber: string | null | undefined): string {
	return organisationDigits(organisationNumber) || organisationDigits(ownNumber) || name.trim().toLowerCase();
}

function formerCompanyIdentity({ organisationNumber = '', name = '' }: SieHead['company']): string {
	return organisationNumber.replace(/\D/g, '').slice(-10) || name.trim().toLowerCase();
}

/** A word at the end of a program's name that tells its version: `2026.10`, `v3`, `2026`. `Lön 300` is another program than `Lön 600`. */
const VERSION = /^(?:v?\d{1,4}(?:\.\d{1,6}){1,4}|v\d{1,4}|20\d\d|v|ver|version)$/;

/** The program's name without its version, which SIE has a field of its own for and some programs write into the name. */
function programIdentity(name = ''): string {
	const words = name.trim().toLowerCase().split(/\s+/);
	while (words.length > 1 && VERSION.test(words.at(-1) ?? '')) words.pop();
	return words.join(' ');
}

/** First day of the voucher's financial year; its calendar year where the file does not tell its financial years. */
function yearOf(head: SieHead, voucher: SieVoucher): string {
	return head.years.find(({ from, to }) => from <= voucher.date && voucher.date <= to)?.from ?? voucher.date.slice(0, 4);
}
