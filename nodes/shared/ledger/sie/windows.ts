import { LONGEST_SIE_LINE } from '../bounds';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Bytes that are looked at together: large enough that joining costs little, small enough that reading it takes some ms. */
const WINDOW_SIZE = 1 << 14;

/**
 * Cuts a file into windows of whole lines, each line with its line break (LF, CRLF or CR; one is added at the end of a
 * file that lacks it). A CRLF is never cut in two. A window has about `windowSize` bytes, or one line.
 *
 * A line of more than 1 MB ends the reading: it comes out unfinished, the only window without a line break at its end.
 */
export function* wholeLines(bytes: Buffer | Iterable<Buffer>, windowSize = WINDOW_SIZE): Generator<Buffer> {
	let pending: Buffer[] = [];
	let pendingSize = 0;
	for (const piece of pieces(bytes, windowSize)) {
		pending.push(piece);
		pendingSize += piece.length;
		if (pendingSize < windowSize) continue;
		const joined = Buffer.concat(pending);
		// Only a window that begins with an unfinished line can be this long.
		if (joined.length > LONGEST_SIE_LINE && endOfFirstLine(joined) > LONGEST_SIE_LINE) {
			yield joined.subarray(0, LONGEST_SIE_LINE);
			return;
		}
		const cut = endOfLastWholeLine(joined);
		if (cut > 0) yield joined.subarray(0, cut);
		pending = [joined.subarray(cut)];
		pendingSize = joined.length - cut;
	}
	if (pendingSize === 0) return;
	const rest = Buffer.concat(pending);
	yield endsWithLineBreak(rest) ? rest : Buffer.concat([rest, Buffer.of(LINE_FEED)]);
}

export function endsWithLineBreak(bytes: Buffer): boolean {
	const last = bytes.at(-1);
	return last === LINE_FEED || last === CARRIAGE_RETURN;
}

function* pieces(bytes: Buffer | Iterable<Buffer>, size: number): Generator<Buffer> {
	for (const chunk of Buffer.isBuffer(bytes) ? [bytes] : bytes) {
		for (let at = 0; at < chunk.length; at += size) yield chunk.subarray(at, at + size);
	}
}

/** How many bytes the first line has, without its line break. */
function endOfFirstLine(bytes: Buffer): number {
	let end = 0;
	while (end < bytes.length && bytes[end] !== LINE_FEED && bytes[end] !== CARRIAGE_RETURN) end++;
	return end;
}

/** A CR at the very end may be the first half of a CRLF. */
function endOfLastWholeLine(bytes: Buffer): number {
	const lineFeed = bytes.lastIndexOf(LINE_FEED);
	const carriageReturn = bytes.length < 2 ? -1 : bytes.lastIndexOf(CARRIAGE_RETURN, bytes.length - 2);
	return Math.max(lineFeed, carriageReturn) + 1;
}
