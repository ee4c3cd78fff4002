import { SieChecksum } from './checksum';
import { type SieEncoding, detectEncoding, hasByteOrderMark } from './encoding';
import { BALANCE_LABELS, HEAD_LABELS } from './headLabels';
import { SieLineReader } from './line';
import { SieError } from './sieError';
import { runSteps } from './steps';
import type { SieFile, SieHead, SieRow, SieVoucher } from './types';
import { formatSieAmount } from './values';
import { endsWithLineBreak, wholeLines } from './windows';

/** The encoding is told from this many bytes of the file. */
const ENCODING_SAMPLE_SIZE = 1 << 20;

export interface SieReadOptions {
	/** Where it is known, as with Fortnox's own files (`cp437`). Otherwise told from the bytes. */
	encoding?: SieEncoding;
	/** Hand vouchers on that don't balance (`difference` says by how much) instead of refusing the file. */
	allowUnbalanced?: boolean;
	/** Refuse the file where a balance can't be read, instead of passing it over. */
	strictBalances?: boolean;
	/** Hand vouchers on also where the file says that it is of a type that has none. */
	allowAnyType?: boolean;
}

/**
 * Gets each voucher once its last row is read, with what the file has said so far: in a file that follows the standard,
 * all but the vouchers.
 */
export type SieVoucherHandler = (voucher: SieVoucher, head: SieHead) => void;

/**
 * Reads a SIE file of type 1–4, line by line. Vouchers are handed on and not kept, so memory holds the head and one
 * window of the file, however many vouchers there are.
 *
 * @param bytes the file, whole or in pieces cut anywhere
 * @throws SieError with the line and the reason where the file can't be read
 */
export function readSie(
	bytes: Buffer | Iterable<Buffer>,
	onVoucher: SieVoucherHandler,
	options: SieReadOptions = {},
): SieHead {
	return runSteps(readSieInSteps(bytes, onVoucher, options));
}

/** The same in steps of some ms, between which others can have their turn. */
export function* readSieInSteps(
	bytes: Buffer | Iterable<Buffer>,
	onVoucher: SieVoucherHandler,
	options: SieReadOptions = {},
): Generator<undefined, SieHead> {
	const sample: Buffer[] = [];
	let sampleSize = 0;
	let reader: SieReader | undefined;
	for (const window of wholeLines(bytes)) {
		if (reader === undefined) {
			sample.push(window);
			sampleSize += window.length;
			if (sampleSize < ENCODING_SAMPLE_SIZE) continue;
		}
		if (reader) reader.readWindow(window);
		else reader = yield* startReader(sample, onVoucher, options);
		yield;
	}
	reader ??= yield* startReader(sample, onVoucher, options);
	return reader.finish();
}

/**
 * Reads a whole SIE file into memory.
 *
 * @throws SieError with the line and the reason where the file can't be read
 */
export function parseSie(bytes: Buffer | Iterable<Buffer>, options: SieReadOptions = {}): SieFile {
	return runSteps(parseSieInSteps(bytes, options));
}

/** The same in steps of some ms. */
export function* parseSieInSteps(bytes: Buffer | Iterable<Buffer>, options: SieReadOptions = {}): Generator<undefined, SieFile> {
	const vouchers: SieVoucher[] = [];
	const head = yield* readSieInSteps(bytes, (voucher) => vouchers.push(voucher), options);
	return { ...head, vouchers };
}

/** Whether the file holds balances: the export of a ledger (SIE 4E) does, a file of vouchers to import (4I) does not. */
export function hasBalances(head: SieHead): boolean {
	return (
		head.openingBalances.length + head.closingBalances.length + head.results.length + head.periodBalances.length > 0
	);
}

/** The error of a voucher whose rows don't sum to 0. */
export function unbalancedVoucher({ line, series, number, date, difference }: SieVoucher): SieError {
	const name = `${series} ${number}`.trim() || 'without a number';
	return new SieError(
		line,
		'unbalanced_voucher',
		`voucher ${name} of ${date} does not balance; its rows sum to ${formatSieAmount(difference)}.`,
	);
}

function* startReader(windows: Buffer[], onVoucher: SieVoucherHandler, options: SieReadOptions): Generator<undefined, SieReader> {
	const sample = Buffer.concat(windows).subarray(0, ENCODING_SAMPLE_SIZE);
	if (sample.includes(0)) {
		throw new SieError(
			1,
			'not_sie',
			'the file is binary or UTF-16, not SIE. SIE 5 (XML) and packed files are not read either.',
		);
	}
	const reader = new SieReader(
		options.encoding ?? detectEncoding(sample),
		onVoucher,
		options,
	);
	for (const [index, window] of windows.entries()) {
		reader.readWindow(index === 0 && hasByteOrderMark(window) ? window.subarray(3) : window);
		yield;
	}
	return reader;
}

const COMMENT = /^(?:\/\/|;|--|\*|')/;
const COMMENT_STARTS = "/;-*'";

/** Programs repeat an `#RTRANS` with another date and without the sign, so only what counts is compared. */
function repetitionKey(row: SieRow): string {
	return `${row.account} ${row.amount}`;
}

class SieReader {
	private readonly head: SieHead;
	private readonly lines: SieLineReader;
	private hasContent = false;
	/** `#SIETYP`, where the file has one. */
	private statedType: SieHead['type'] | undefined;
	private voucher: SieVoucher | undefined;
	private isVoucherOpen = false;
	/** The voucher's `#RTRANS` rows whose repeated `#TRANS` has not come yet: their lines, by account and amount. */
	private readonly unrepeated = new Map<string, number[]>();

	/** Between the opening and the closing `#KSUMMA`. */
	private checksum: SieChecksum | undefined;

	constructor(
		encoding: SieEncoding,
		private readonly onVoucher: SieVoucherHandler,
		private readonly options: SieReadOptions,
	) {
		this.lines = new SieLineReader(encoding);
		this.head = {
			encoding,
			type: 1,
			imported: false,
			company: {},
			years: [],
			accounts: new Map(),
			dimensions: [],
			objects: [],
			openingBalances: [],
			closingBalances: [],
			results: [],
			openingObjectBalances: [],
			closingObjectBalances: [],
			periodBalances: [],
			periodBudgets: [],
			unknownLabels: new Set(),
			warnings: this.lines.warnings,
		};
	}

	readWindow(window: Buffer): void {
		const { lines } = this;
		if (!endsWithLineBreak(window)) throw new SieError(lines.line + 1, 'not_sie', 'the line is longer than 1 MB.');
		lines.load(window);
		do this.readLine();
		while (lines.nextLine());
	}

	finish(): SieHead {
		const { voucher, lines, head } = this;
		if (!this.hasContent) throw new SieError(Math.max(lines.line, 1), 'empty', 'the file is empty.');
		if (voucher) {
			throw lines.error('truncated', `the file ends inside the voucher that begins on line ${voucher.line}.`);
		}
		if (this.checksum) {
			throw lines.error(
				'truncated',
				'the file begins with #KSUMMA and does not end with it; the rest is missing.',
			);
		}
		return head;
	}

	private readLine(): void {
		const { lines } = this;
		const first = lines.peek();
		// Old programs end a file with the DOS end-of-file character.
		if (first === '' || first === '\u001a' || this.isComment(first)) return;
		if (this.checksum) {
			const rest = lines.rest();
			if (!/^#KSUMMA/i.test(rest)) this.checksum.add(rest);
		}
		if (first === '#') {
			this.hasContent = true;
			this.readLabel(lines.string());
		} else if (!this.hasContent) {
			throw lines.error('not_sie', 'the file does not begin with a SIE label such as #FLAGGA.');
		} else if (first === '{') {
			this.openVoucher();
		} else if (first === '}') {
			this.closeVoucher();
		} else {
			const error = lines.error('unexpected_text', 'the line does not begin with a label (#…), { or }.');
			// Between vouchers it is what remains of a line of the head that was broken in two.
			if (this.voucher) throw error;
			this.passOver(error);
		}
	}

	/** The standard has no comments; people and programs write them all the same. */
	private isComment(first: string): boolean {
		return COMMENT_STARTS.includes(first) && COMMENT.test(this.lines.rest());
	}

	private readLabel(label: string): void {
		switch (label) {
			case '#TRANS':
				return this.readRow();
			case '#RTRANS':
				return this.readAddedRow();
			case '#BTRANS':
				return this.readRemovedRow();
			case '#VER':
				return this.startVoucher();
			default:
				return this.readOtherLabel(label);
		}
	}

	/** Some programs write labels in small letters. */
	private readOtherLabel(written: string): void {
		const label = written.toUpperCase();
		if (label !== written) return this.readLabel(label);
		if (!this.voucher) this.readHeadLabel(label);
		else if (!this.isVoucherOpen) throw this.missingOpeningBrace(this.voucher);
	}

	private startVoucher(): void {
		const { lines, head } = this;
		if (this.voucher) {
			if (!this.isVoucherOpen) throw this.missingOpeningBrace(this.voucher);
			throw lines.error(
				'missing_closing_brace',
				`the voucher that begins on line ${this.voucher.line} has no closing brace.`,
			);
		}
		if (this.statedType === undefined) head.type = 4;
		else if (this.statedType !== 4 && !this.options.allowAnyType) {
			throw lines.error(
				'wrong_type',
				`the file says that it is SIE type ${this.statedType}, but only type 4 has vouchers.`,
			);
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
		if (lines.peek() === '{') this.openVoucher();
	}

	/** The fields behind the date, each of which may be missing; some programs open the voucher on this line. */
	private readVoucherText(voucher: SieVoucher): void {
		const { lines } = this;
		const field = <T>(read: () => T | undefined): T | undefined => (lines.peek() === '{' ? undefined : read());
		const text = field(() => lines.optionalString());
		const writtenText = text === undefined ? undefined : lines.written;
		const registered = field(() => lines.optionalDate());
		const sign = field(() => lines.optionalString());
		if (text !== undefined) voucher.text = text;
		if (writtenText !== undefined) voucher.writtenText = writtenText;
		if (registered !== undefined) voucher.registered = registered;
		if (sign !== undefined) voucher.sign = sign;
	}

	private openVoucher(): void {
		if (!this.voucher || this.isVoucherOpen)
			throw this.lines.error('unexpected_brace', '{ stands where no voucher begins.');
		this.isVoucherOpen = true;
	}

	private closeVoucher(): void {
		const { voucher, lines, head } = this;
		if (!voucher || !this.isVoucherOpen)
			throw lines.error('unexpected_brace', '} stands where no voucher is open.');
		for (const line of [...this.unrepeated.values()].flat()) {
			head.warnings.push({ line, message: '#RTRANS is not repeated as #TRANS; it is counted once.' });
		}
		this.unrepeated.clear();
		let difference = 0;
		for (const row of voucher.rows) difference += row.amount;
		voucher.difference = difference;
		if (difference !== 0 && !this.options.allowUnbalanced) throw unbalancedVoucher(voucher);
		this.voucher = undefined;
		this.isVoucherOpen = false;
		this.onVoucher(voucher, head);
	}

	private readRow(): void {
		const voucher = this.openedVoucher();
		const row = this.row();
		const isRepetition = this.unrepeated.size > 0 && this.unrepeated.get(repetitionKey(row))?.pop() !== undefined;
		if (!isRepetition) voucher.rows.push(row);
	}

	private readAddedRow(): void {
		const voucher = this.openedVoucher();
		const row: SieRow = { ...this.row(), added: true };
		voucher.rows.push(row);
		const key = repetitionKey(row);
		const lines = this.unrepeated.get(key);
		if (lines) lines.push(row.line);
		else this.unrepeated.set(key, [row.line]);
	}

	private readRemovedRow(): void {
		this.openedVoucher().removed.push(this.row());
	}

	private openedVoucher(): SieVoucher {
		const { voucher } = this;
		if (!voucher) throw this.lines.error('row_outside_voucher', 'a row stands outside a voucher (#VER).');
		if (!this.isVoucherOpen) throw this.missingOpeningBrace(voucher);
		return voucher;
	}

	private missingOpeningBrace(voucher: SieVoucher): SieError {
		return this.lines.error(
			'missing_opening_brace',
			`the voucher that begins on line ${voucher.line} has no opening brace.`,
		);
	}

	private row(): SieRow {
		const { lines } = this;
		const account = lines.account();
		const objects = lines.objects();
		const row: SieRow = { line: lines.line, account, amount: lines.amount(), objects };
		const date = lines.optionalDate();
		const text = lines.optionalString();
		const writtenText = text === undefined ? undefined : lines.written;
		const quantity = lines.quantity();
		const sign = lines.optionalString();
		if (date !== undefined) row.date = date;
		if (text !== undefined) row.text = text;
		if (writtenText !== undefined) row.writtenText = writtenText;
		if (quantity !== undefined) row.quantity = quantity;
		if (sign !== undefined) row.sign = sign;
		return row;
	}

	/** What no entry needs never refuses a file: a line that can't be read is passed over, and told. */
	private readHeadLabel(label: string): void {
		const { lines, head, options } = this;
		if (label === '#KSUMMA') return this.readChecksum();
		if (label === '#SIETYP') {
			head.type = this.statedType = this.type();
			return;
		}
		const read = HEAD_LABELS.get(label);
		if (read === undefined) {
			head.unknownLabels.add(label);
			return;
		}
		try {
			read(lines, head);
		} catch (error) {
			if (!(error instanceof SieError) || (options.strictBalances === true && BALANCE_LABELS.has(label))) throw error;
			this.passOver(error);
		}
	}

	private passOver({ explanation }: SieError): void {
		this.head.warnings.push({ line: this.lines.line, message: `${explanation} No entry needs the line, so it is left out.` });
	}

	/** `4I` and `4E` are how the standard names the two kinds of type 4; some programs write them out. */
	private type(): SieHead['type'] {
		const written = this.lines.string();
		const found = ([1, 2, 3, 4] as const).find((type) => new RegExp(`^${type}[EI]?$`, 'i').test(written));
		if (found !== undefined) return found;
		throw this.lines.error('wrong_type', `#SIETYP is "${written}"; only the types 1, 2, 3 and 4 can be read.`);
	}

	/** A `#KSUMMA` without a number begins the part of the file that the checksum of the next one covers. */
	private readChecksum(): void {
		const { checksum, lines, head } = this;
		const stated = lines.string();
		if (!checksum) {
			if (stated === '') this.checksum = new SieChecksum();
			return;
		}
		this.checksum = undefined;
		// Some programs write the 32 bits as a signed number.
		if (Number(stated) >>> 0 !== checksum.value()) {
			head.warnings.push({
				line: lines.line,
				message: 'The checksum (#KSUMMA) is wrong: the file was changed after it was exported.',
			});
		}
	}
}
