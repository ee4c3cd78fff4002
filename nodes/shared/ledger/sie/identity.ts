import { digestOf } from '../mark';
import type { SieFile, SieHead, SieVoucher } from './types';

/** The version of the shape that {@link voucherDigest} makes. */
const DIGEST_VERSION = '1';

/** What makes a voucher of a file itself. The forms are the same for one without a number, which is its content. */
export interface VoucherIdentity {
	/** Where numbers go on from file to file: organisation number, program (without version), year, series, number. */
	asNumbered: string;
	/** Where numbers begin anew with every file: the day, too. */
	restarted: string;
	/** Where another voucher had the number before: the content, too. */
	renumbered: string;
	/** What the voucher's day would be under another number of its series, with the content that a digest stands for. */
	under(number: string, digest: string): Omit<VoucherIdentity, 'under' | 'series'>;
	/** Organisation number, program, year and series: what its number counts in. Absent without a number. */
	series?: string;
}

/**
 * The identities of a file's vouchers, in its order. The same voucher exported again, by a newer version too, has the
 * same. A voucher without a number is its content, and its place among those of the file that are equal to it.
 *
 * These stand, hashed, in users' books and must not change.
 *
 * @returns steps of one voucher each, and at their end the identities
 */
export function* voucherIdentities(file: SieFile): Generator<undefined, VoucherIdentity[]> {
	const company = companyIdentity(file.company);
	const program = file.program?.name.trim().toLowerCase() ?? '';
	const equals = new Map<string, number>();
	const identityOf = (voucher: SieVoucher): VoucherIdentity => {
		const { series, number, date } = voucher;
		const ledger = [company, program, yearOf(file, voucher), series];
		const content = voucherDigest(voucher);
		if (isNumbered(voucher)) {
			const under = (other: string, digest: string): ReturnType<VoucherIdentity['under']> => ({
				asNumbered: JSON.stringify([...ledger, 'number', other]),
				restarted: JSON.stringify([...ledger, 'day', date, 'number', other]),
				renumbered: JSON.stringify([...ledger, 'number', other, 'content', digest]),
			});
			return { ...under(number, content), under, series: JSON.stringify(ledger) };
		}
		const withoutOrdinal = JSON.stringify([...ledger, 'content', content]);
		const ordinal = (equals.get(withoutOrdinal) ?? 0) + 1;
		equals.set(withoutOrdinal, ordinal);
		const identity = JSON.stringify([withoutOrdinal, ordinal]);
		const same = { asNumbered: identity, restarted: identity, renumbered: identity };
		return { ...same, under: () => same };
	};
	const identities: VoucherIdentity[] = [];
	for (const voucher of file.vouchers) {
		identities.push(identityOf(voucher));
		yield;
	}
	return identities;
}

/** Whether the file gives the voucher a number. Some programs write 0 for one that is yet to be given. */
export function isNumbered({ number }: SieVoucher): boolean {
	return /[^0]/.test(number);
}

/**
 * A digest of what a voucher books: its date, its texts (as the file writes them), and the rows that count.
 * Equal digests under one identity mean that nothing was changed.
 */
export function voucherDigest(voucher: SieVoucher): string {
	const rows = voucher.rows.map(({ account, amount, objects, text, writtenText, quantity }) => ({
		account,
		amount,
		objects,
		text: writtenText ?? text,
		quantity,
	}));
	return digestOf(DIGEST_VERSION, { date: voucher.date, text: voucher.writtenText ?? voucher.text, rows });
}

/**
 * The ten digits of a Swedish organisation number, written as such, with a century before it, or as a VAT number
 * (`SE559900101201`). Empty where there are no digits.
 */
export function organisationDigits(written: string | null | undefined): string {
	const digits = (written ?? '').replace(/\D/g, '');
	const isVatNumber = digits.length === 12 && digits.endsWith('01') && (/^\s*SE/i.test(written ?? '') || !/^(?:16|18|19|20)/.test(digits));
	return isVatNumber ? digits.slice(0, 10) : digits.slice(-10);
}

/** Ten digits of the organisation number, however it is written; a file without one is known by the company's name. */
function companyIdentity({ organisationNumber = '', name = '' }: SieHead['company']): string {
	const digits = organisationNumber.replace(/\D/g, '').slice(-10);
	return digits === '' ? name.trim().toLowerCase() : digits;
}

/** First day of the voucher's financial year; its calendar year where the file does not tell its financial years. */
function yearOf(head: SieHead, voucher: SieVoucher): string {
	return (
		head.years.find(({ from, to }) => from <= voucher.date && voucher.date <= to)?.from ?? voucher.date.slice(0, 4)
	);
}
