import { digestOf } from '../mark';
import type { SieFile, SieHead, SieVoucher } from './types';

/**
 * What makes each voucher of a file itself, in the file's order: organisation number, program (without its version),
 * financial year, series and number. The same voucher exported again, by a newer version too, has the same identity.
 *
 * A voucher without a number is its content, and its place among those of the file that are equal to it.
 */
export function voucherIdentities(file: SieFile): string[] {
	const company = companyIdentity(file.company);
	const program = file.program?.name.trim().toLowerCase() ?? '';
	const equals = new Map<string, number>();
	return file.vouchers.map((voucher) => {
		const { series, number } = voucher;
		const ledger = [company, program, yearOf(file, voucher), series];
		if (isNumbered(voucher)) return JSON.stringify([...ledger, 'number', number]);
		const withoutOrdinal = JSON.stringify([...ledger, 'content', voucherDigest(voucher)]);
		const ordinal = (equals.get(withoutOrdinal) ?? 0) + 1;
		equals.set(withoutOrdinal, ordinal);
		return JSON.stringify([withoutOrdinal, ordinal]);
	});
}

/** Whether the file gives the voucher a number. Some programs write 0 for one that is yet to be given. */
export function isNumbered({ number }: SieVoucher): boolean {
	return /[^0]/.test(number);
}

/**
 * A digest of what a voucher books: its date, its texts, and the rows that count.
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
	return digestOf('1', { date: voucher.date, text: voucher.writtenText ?? voucher.text, rows });
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
