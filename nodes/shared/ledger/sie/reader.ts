import { SieChecksum } from './checksum';
import { type SieEncoding, detectEncoding, hasByteOrderMark } from './encoding';
import { BALANCE_LABELS, HEAD_LABELS } from './headLabels';
import { SieLineReader } from './line';
import { MOST_SIE_LABELS } from '../bounds';
import { quoted, SieError } from './sieError';
import { runSteps } from '../../steps';
import type { SieFile, SieHead, SieVoucher } from './types';
import { type SieVoucherHandler, VoucherReader } from './voucherReader';
import { endsWithLineBreak, wholeLines } from './windows';

/** The encoding is recognised from this many bytes of the file. */
const ENCODING_SAMPLE_SIZE = 1 << 20;

export interface SieReadOptions {
	/** Where it is known, as with Fortnox's own files (`cp437`). Otherwise recognised from the bytes. */
	encoding?: SieEncoding;
	/** Hand vouchers on that don't balance (`difference` says by how much) instead of refusing the file. */
	allowUnbalanced?: boolean;
	/** Refuse the file where a balance can't be read, instead of passing it over. */
	strictBalances?: boolean;
	/** Hand vouchers on also where the file says that it is of a type that has none. */
	allowAnyType?: boolean;
}

/**
 * Reads a SIE file of type 1–4, line by line. Vouchers are handed on and not kept, so memory holds the head and one
 * window of the file, however many vouchers there are.
 *
 * @param bytes the file, whole or in pieces cut anywhere
 * @throws SieError with the line and the reason where the file can't be read
 */
export function readSie(bytes: Buffer | Iterable<Buffer>, onVoucher: SieVoucherHandler, options: SieReadOptions = {}): SieHead {
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
	return head.openingBalances.length + head.closingBalances.length + head.results.length + head.periodBalances.length > 0;
}

function* startReader(windows: Buffer[], onVoucher: SieVoucherHandler, options: SieReadOptions): Generator<undefined, SieReader> {
	const sample = Buffer.concat(windows).subarray(0, ENCODING_SAMPLE_SIZE);
	if (sample.includes(0)) {
		throw new SieError(1, 'not_sie', 'the file is binary or UTF-16, not SIE. SIE 5 (XML) and packed files are not read either.');
	}
	const reader = new SieReader(options.encoding ?? (yield* detectEncoding(sample)), onVoucher, options);
	for (const [index, window] of windows.entries()) {
		reader.readWindow(index === 0 && hasByteOrderMark(window) ? window.subarray(3) : window);
		yield;
	}
	return reader;
}

const COMMENT = /^(?:\/\/|;|--|\*|')/;
const COMMENT_STARTS = "/;-*'";

class SieReader {
	private readonly head: SieHead;
	private readonly lines: SieLineReader;
	private hasContent = false;
	/** `#SIETYP`, where the file has one. */
	private statedType: SieHead['type'] | undefined;
	private readonly vouchers: VoucherReader;

	/** Between the opening and the closing `#KSUMMA`. */
	private checksum: SieChecksum | undefined;

	constructor(
		encoding: SieEncoding,
		onVoucher: SieVoucherHandler,
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
		this.vouchers = new VoucherReader(this.lines, this.head, onVoucher, options.allowUnbalanced === true);
	}

	readWindow(window: Buffer): void {
		const { lines } = this;
		if (!endsWithLineBreak(window)) throw new SieError(lines.line + 1, 'not_sie', 'the line is longer than 1 MB.');
		lines.load(window);
		do this.readLine();
		while (lines.nextLine());
	}

	finish(): SieHead {
		const { lines, head } = this;
		const { voucher } = this.vouchers;
		if (!this.hasContent) throw new SieError(Math.max(lines.line, 1), 'empty', 'the file is empty.');
		if (voucher) {
			throw lines.error('truncated', `the file ends inside the voucher that begins on line ${voucher.line}.`);
		}
		if (this.checksum) {
			throw lines.error('truncated', 'the file begins with #KSUMMA and does not end with it; the rest is missing.');
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
			this.vouchers.open();
		} else if (first === '}') {
			this.vouchers.close();
		} else {
			const error = lines.error('unexpected_text', 'the line does not begin with a label (#…), { or }.');
			// Between vouchers it is what remains of a line of the head that was broken in two.
			if (this.vouchers.voucher) throw error;
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
				return this.vouchers.readRow();
			case '#RTRANS':
				return this.vouchers.readAddedRow();
			case '#BTRANS':
				return this.vouchers.readRemovedRow();
			case '#VER':
				this.checkType();
				return this.vouchers.start();
			default:
				return this.readOtherLabel(label);
		}
	}

	/** Some programs write labels in small letters. */
	private readOtherLabel(written: string): void {
		const label = written.toUpperCase();
		if (label !== written) return this.readLabel(label);
		if (!this.vouchers.voucher) this.readHeadLabel(label);
		else this.vouchers.refuseUnlessOpen();
	}

	/** A file that does not say its type has the one that its content needs. */
	private checkType(): void {
		const { lines, head, options } = this;
		if (this.statedType === undefined) head.type = 4;
		else if (this.statedType !== 4 && !options.allowAnyType) {
			throw lines.error('wrong_type', `the file says that it is SIE type ${this.statedType}, but only type 4 has vouchers.`);
		}
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
			if (head.unknownLabels.size < MOST_SIE_LABELS) head.unknownLabels.add(label);
			return;
		}
		if (options.strictBalances === true && BALANCE_LABELS.has(label)) {
			read(lines, head);
			return;
		}
		try {
			read(lines, head);
		} catch (error) {
			if (!(error instanceof SieError)) throw lines.error('unexpected_text', `${label} can't be read: ${String(error)}`);
			this.passOver(error);
		}
	}

	private passOver({ explanation }: SieError): void {
		this.lines.warn(`${explanation} No entry needs the line, so it is left out.`);
	}

	/** `4I` and `4E` are how the standard names the two kinds of type 4; some programs write them out, or `SIE4`. */
	private type(): SieHead['type'] {
		const written = this.lines.string();
		const [, digit] = /^(?:SIE ?)?0?([1-4])[EI]?$/i.exec(written.trim()) ?? [];
		const found = ([1, 2, 3, 4] as const).find((type) => String(type) === digit);
		if (found !== undefined) return found;
		throw this.lines.error('wrong_type', `#SIETYP is ${quoted(written)}; only the types 1, 2, 3 and 4 can be read.`);
	}

	/** A `#KSUMMA` without a number begins the part of the file that the checksum of the next one covers. */
	private readChecksum(): void {
		const { checksum, lines } = this;
		const stated = lines.string();
		if (!checksum) {
			if (stated === '') this.checksum = new SieChecksum();
			return;
		}
		this.checksum = undefined;
		// Some programs write the 32 bits as a signed number.
		if (Number(stated) >>> 0 !== checksum.value()) {
			lines.warn('The checksum (#KSUMMA) is wrong: the file was changed after it was exported.');
		}
	}
}
