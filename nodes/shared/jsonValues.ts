const [QUOTE, COMMA, BACKSLASH, LIST, OBJECT] = [0x22, 0x2c, 0x5c, 0x5b, 0x7b];

/** Bytes after which others may have their turn; some ms. */
const STEP = 1 << 18;

/**
 * Whether JSON holds more values than wanted, told before it is parsed: that happens in one piece, and takes seconds and
 * hundreds of MB where 8 MB of it are small objects. In small steps.
 *
 * @param bytes UTF-8; of what is no JSON the answer says nothing
 */
export function* hasMoreValues(bytes: Uint8Array, most: number): Generator<undefined, boolean> {
	// Each value but the innermost has a character of its own and a comma or a bracket.
	if (bytes.length <= most) return false;
	let values = 1;
	let isText = false;
	for (let at = 0; at < bytes.length; at++) {
		if (at % STEP === STEP - 1) yield;
		const byte = bytes[at];
		if (byte === QUOTE) isText = !isText;
		else if (isText) at += byte === BACKSLASH ? 1 : 0;
		else if ((byte === COMMA || byte === LIST || byte === OBJECT) && ++values > most) return true;
	}
	return false;
}
