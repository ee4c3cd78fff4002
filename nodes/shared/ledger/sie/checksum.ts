/** The polynomial of CRC-32 (ISO 3309), bits reversed. */
const POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let remainder = byte;
	for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1;
	return remainder;
});

/**
 * The checksum of `#KSUMMA`: CRC-32 of the labels and fields between the two `#KSUMMA` lines, without what separates
 * them (blanks, line breaks, quotation marks around a field, the backslash before one inside it, braces).
 * Found out from files whose checksum is right.
 */
export class SieChecksum {
	private remainder = 0xffffffff;

	/** @param line a line without its line break, one character per byte */
	add(line: string): void {
		let isQuoted = false;
		for (let at = 0; at < line.length; at++) {
			let character = line.charAt(at);
			if (character === '\\' && line.charAt(at + 1) === '"') character = line.charAt(++at);
			else if (character === '"') {
				isQuoted = !isQuoted;
				continue;
			} else if (!isQuoted && ' \t{}'.includes(character)) continue;
			const index = (this.remainder ^ character.charCodeAt(0)) & 0xff;
			this.remainder = (this.remainder >>> 8) ^ (TABLE[index] ?? 0);
		}
	}

	/** An unsigned number of 32 bits. */
	value(): number {
		return (this.remainder ^ 0xffffffff) >>> 0;
	}
}
