import type { SieLineReader } from './line';
import { SieError } from './sieError';
import type { SieHead, SieRow, SieVoucher } from './types';
import { formatSieAmount } from './values';

/**
 * Gets each voucher once its last row is read, with what the file has said so far: in a file that follows the standard,
 * all but the vouchers.
 */
export type SieVoucherHandler = (voucher: SieVoucher, head: SieHead) => void;

/** The error of a voucher whose rows don't sum to 0. */
export function unbalancedVoucher({ line, series, number, date, difference }: SieVoucher): SieError {
	const name = `${series} ${number}`.trim() || 'without a number';
	return new SieError(
		line,
		'unbalanced_voucher',
		`voucher ${name} of ${date} does not balance; its rows sum to ${formatSieAmount(difference)}.`,
	);
}

/** Programs repeat an `#RTRANS` with another date and without the sign, so only what counts is compared. */
function repetitionKey(row: SieRow): string {
	return `${row.account} ${row.amount}`;
}

/** Reads vouchers and their rows: `#VER`, `#TRANS`, `#RTRANS`, `#BTRANS`, and the braces around the rows. */
export class VoucherReader {
	/** The voucher that has begun and not ended. */
	voucher: SieVoucher | undefined;

	private isOpen = false;

	/** The voucher's `#RTRANS` rows whose repeated `#TRANS` has not come yet: their lines, by account and amount. */
	private readonly unrepeated = new Map<string, number[]>();

	constructor(
		private readonly lines: SieLineReader,
		private readonly head: SieHead,
		private readonly onVoucher: SieVoucherHandler,
		private readonly allowUnbalanced: boolean,
	) {}

	/** `#VER`: begins a voucher. */
	start(): void {
		const { lines } = this;
		if (this.voucher) {
			if (!this.isOpen) throw this.missingOpeningBrace(this.voucher);
			throw lines.error('missing_closing_brace', `the voucher that begins on line ${this.voucher.line} has no closing brace.`);
		}
		const voucher: SieVoucher = {
			line: lines.line,
			series: lines.string(),
			number: lines.string(),
			date: lines.date(),
			rows: [],
			removed: [],
			difference: 0,
		};
		this.voucher = voucher;
		this.readVoucherText(voucher);
		if (lines.peek() === '{') this.open();
	}

	/** The fields behind the date, each of which may be missing; some programs open the voucher on this line. */
	private readVoucherText(voucher: SieVoucher): void {
		const { lines } = this;
		const field = <T>(read: () => T | undefined): T | undefined => (lines.peek() === '{' ? undefined : read());
		const text = field(() => lines.optionalString());
		const writtenText = text === undefined ? undefined : lines.written;
		const registered = field(() => lines.informativeDate());
		const sign = field(() => lines.optionalString());
		if (text !== undefined) voucher.text = text;
		if (writtenText !== undefined) voucher.writtenText = writtenText;
		if (registered !== undefined) voucher.registered = registered;
		if (sign !== undefined) voucher.sign = sign;
	}

	/** `{` */
	open(): void {
		if (!this.voucher || this.isOpen) throw this.lines.error('unexpected_brace', '{ stands where no voucher begins.');
		this.isOpen = true;
	}

	/** `}`: hands the voucher on. */
	close(): void {
		const { voucher, lines, head } = this;
		if (!voucher || !this.isOpen) throw lines.error('unexpected_brace', '} stands where no voucher is open.');
		for (const line of [...this.unrepeated.values()].flat()) {
			lines.warn('#RTRANS is not repeated as #TRANS; it is counted once.', line);
		}
		this.unrepeated.clear();
		let difference = 0;
		for (const row of voucher.rows) difference += row.amount;
		voucher.difference = difference;
		if (difference !== 0 && !this.allowUnbalanced) throw unbalancedVoucher(voucher);
		this.voucher = undefined;
		this.isOpen = false;
		this.onVoucher(voucher, head);
	}

	readRow(): void {
		const voucher = this.openedVoucher();
		const row = this.row();
		const isRepetition = this.unrepeated.size > 0 && this.unrepeated.get(repetitionKey(row))?.pop() !== undefined;
		if (!isRepetition) voucher.rows.push(row);
		this.closeOnLine();
	}

	readAddedRow(): void {
		const voucher = this.openedVoucher();
		const row: SieRow = { ...this.row(), added: true };
		voucher.rows.push(row);
		const key = repetitionKey(row);
		const lines = this.unrepeated.get(key);
		if (lines) lines.push(row.line);
		else this.unrepeated.set(key, [row.line]);
		this.closeOnLine();
	}

	readRemovedRow(): void {
		this.openedVoucher().removed.push(this.row());
		this.closeOnLine();
	}

	/** Some programs close the voucher on the line of its last row. */
	private closeOnLine(): void {
		if (this.lines.peek() === '}') this.close();
	}

	refuseUnlessOpen(): void {
		this.openedVoucher();
	}

	private openedVoucher(): SieVoucher {
		const { voucher } = this;
		if (!voucher) throw this.lines.error('row_outside_voucher', 'a row stands outside a voucher (#VER).');
		if (!this.isOpen) throw this.missingOpeningBrace(voucher);
		return voucher;
	}

	private missingOpeningBrace(voucher: SieVoucher): SieError {
		return this.lines.error('missing_opening_brace', `the voucher that begins on line ${voucher.line} has no opening brace.`);
	}

	private row(): SieRow {
		const { lines } = this;
		const account = lines.account();
		const objects = lines.objects();
		const row: SieRow = { line: lines.line, account, amount: lines.amount(), objects };
		const isLast = (): boolean => lines.peek() === '}';
		if (isLast()) return row;
		Object.assign(row, lines.dateAndText());
		const quantity = isLast() ? undefined : lines.quantity();
		const sign = isLast() ? undefined : lines.optionalString();
		if (quantity !== undefined) row.quantity = quantity;
		if (sign !== undefined) row.sign = sign;
		return row;
	}
}
