import { decodeCp437 } from './cp437';

export type SieEncoding = 'cp437' | 'windows-1252' | 'utf-8';

/** The characters of the bytes 0x80–0x9F in Windows-1252; the five unused bytes keep their control character. */
const WINDOWS_1252_SYMBOLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Swedish letters weigh more than others: curly quotes and dashes of one code page are letters of the other. */
const SWEDISH_LETTER = 10;
const OTHER_LETTER = 1;

const CP437_WEIGHTS = weights(
	[0x84, 0x86, 0x94, 0x8e, 0x8f, 0x99],
	[0x80, 0x81, 0x82, 0x83, 0x85, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x90, 0x91, 0x92, 0x93, 0x95, 0x96, 0x97, 0x9a, 0xa0],
);
const WINDOWS_1252_WEIGHTS = weights(
	[0xe4, 0xe5, 0xf6, 0xc4, 0xc5, 0xd6],
	[0xc6, 0xc9, 0xd8, 0xdc, 0xe0, 0xe1, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xf3, 0xf4, 0xf8, 0xfa, 0xfc],
);

function weights(swedish: number[], other: number[]): Uint8Array {
	const table = new Uint8Array(256);
	for (const byte of swedish) table[byte] = SWEDISH_LETTER;
	for (const byte of other) table[byte] = OTHER_LETTER;
	return table;
}

/**
 * Tells which encoding a SIE file is really in. The standard knows only CP437 (`#FORMAT PC8`), and many programs
 * write that label over Windows-1252 or UTF-8. Bytes that say nothing count as CP437, as the label does.
 *
 * @returns steps of some ms, and at their end the encoding
 */
export function* detectEncoding(bytes: Uint8Array): Generator<undefined, SieEncoding> {
	if (hasByteOrderMark(bytes)) return 'utf-8';

	let cp437 = 0;
	let windows1252 = 0;
	const utf8 = new Utf8Check();
	for (let at = 0; at < bytes.length; at += STEP) {
		for (const byte of bytes.subarray(at, at + STEP)) {
			cp437 += CP437_WEIGHTS[byte] ?? 0;
			windows1252 += WINDOWS_1252_WEIGHTS[byte] ?? 0;
		}
		utf8.read(bytes.subarray(at, at + STEP));
		yield;
	}
	if (utf8.isUtf8) return 'utf-8';
	return windows1252 > cp437 ? 'windows-1252' : 'cp437';
}

const STEP = 1 << 16;

export function hasByteOrderMark(bytes: Uint8Array): boolean {
	return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** Reads bytes piece by piece. */
class Utf8Check {
	private following = 0;
	private characters = 0;
	private isBroken = false;

	/**
	 * Whether the bytes are well-formed UTF-8 with a character beyond ASCII.
	 * A character that the end of the bytes cuts off is no fault: they may be a sample.
	 */
	get isUtf8(): boolean {
		return !this.isBroken && this.characters > 0;
	}

	read(bytes: Uint8Array): void {
		for (const byte of bytes) {
			if (this.following > 0) {
				if (byte >> 6 !== 0b10) this.isBroken = true;
				this.following--;
				if (this.following === 0) this.characters++;
			} else if (byte >= 0xc2 && byte <= 0xdf) this.following = 1;
			else if (byte >> 4 === 0b1110) this.following = 2;
			else if (byte >= 0xf0 && byte <= 0xf4) this.following = 3;
			else if (byte >= 0x80) this.isBroken = true;
		}
	}
}

/** Turns a string with one character per byte (as Node's `latin1` makes it) into the text that the bytes mean. */
export function decodeText(latin1: string, encoding: SieEncoding): string {
	if (encoding === 'cp437') return decodeCp437(latin1);
	if (encoding === 'utf-8') return Buffer.from(latin1, 'latin1').toString('utf8');
	return latin1.replace(/[\u0080-\u009f]/g, (byte) => WINDOWS_1252_SYMBOLS.charAt(byte.charCodeAt(0) - 0x80));
}
