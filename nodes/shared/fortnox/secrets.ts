import { runSteps } from '../steps';
import { giveWay, inTurns } from '../turns';
import { formsOf, secretsIn, SHORTEST_SECRET } from './secretForms';
import { unescapedLevels } from './unescaped';

/** What stands where a secret stood. Has no quotation marks or brackets, which Fortnox refuses in texts. */
export const BLANK = '(secret)';

/** A piece of a secret this long is taken for it: 12 characters of base64 are 72 bits. */
const PIECE = 12;

/** Every piece holds seven parts of this length, one of which begins at a multiple of seven: only these are looked at first. */
const PART = 6;
const STRIDE = PIECE - PART + 1;

/** Characters or bytes that are looked at together, some ms, and by how many two looks overlap: by more than a secret is long. */
const WINDOW = 1 << 16;
const OVERLAP = 1 << 13;

/** Where a piece of a secret can stand: tokens and base64 have no other characters. */
const SECRET_LIKE = /[\w\-+/=.~]{12,}/g;

const HAS_USUAL_CHARACTERS = /^[\w\-+/=.~]*$/;

/** What begins an escape. */
const MAY_BE_ESCAPED = /[%\\&]/;

/** Half of a part. */
const HALF = PART / 2;

/** What a half may be: the beginning of a part, or its end. */
const BEGINS = 1;
const ENDS = 2;

/** Of a character's code: letters and digits differ in these lowest bits. */
const BITS = 6;

function halfOf(one: number, two: number, three: number): number {
	const mask = (1 << BITS) - 1;
	return ((one & mask) << (2 * BITS)) | ((two & mask) << BITS) | (three & mask);
}

function halfAt(text: string, at: number): number {
	return halfOf(text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2));
}

function halfIn(bytes: Buffer, at: number): number {
	return halfOf(bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0);
}

/** Where a secret, or a piece of one, stands in a text. */
type Span = [from: number, to: number];

/** The secrets of one connection, and the one place that blanks them out of what comes from outside. */
export class Secrets {
	private readonly known = new Set<string>();
	/**
	 * Forms that are looked for as a whole: too short to have pieces, or with characters at which a text is divided before it
	 * is searched for pieces.
	 */
	private readonly whole = new Set<string>();
	/** Forms that are looked for in pieces. */
	private readonly divided: string[] = [];
	/** The pieces of these forms. Made only when a text holds a part of one, which few answers do: a form has hundreds. */
	private pieces: Set<string> | undefined;
	/** What three such characters may be of a part: rules most texts out without looking at the forms. */
	private readonly halves = new Uint8Array(1 << (3 * BITS));

	/** Adds the secrets of the credential as it is now; those that it had before are blanked as well. */
	remember(fields: Readonly<Record<string, unknown>>): void {
		for (const secret of secretsIn(fields)) {
			if (this.known.has(secret)) continue;
			this.known.add(secret);
			for (const form of formsOf(secret)) this.addForm(form);
		}
	}

	/** The text with `(secret)` in place of every secret and of every piece of 12 characters or more. */
	blank(text: string): string {
		if (text.length < SHORTEST_SECRET) return text;
		// Nearly all texts hold nothing: they are looked through once and stay as they are.
		return text.length < WINDOW && this.spansIn(text).length === 0 ? text : runSteps(this.blankInSteps(text));
	}

	/** The same for a text of any length: at once where it is short, else with pauses. */
	blankLong(text: string): string | Promise<string> {
		return text.length < WINDOW ? this.blank(text) : inTurns(this.blankInSteps(text));
	}

	private *blankInSteps(text: string): Generator<undefined, string> {
		const kept: string[] = [];
		let [read, isBlanked] = [0, false];
		for (let start = 0; start < text.length; start += WINDOW) {
			for (const [from, to] of this.spansIn(text.slice(start, start + WINDOW + OVERLAP))) {
				if (start + to <= read) continue;
				// What two looks found of one secret, or of two without anything between them, is blanked once.
				if (start + from > read || !isBlanked) kept.push(text.slice(read, start + from), BLANK);
				[read, isBlanked] = [start + to, true];
			}
			yield;
		}
		return isBlanked ? kept.join('') + text.slice(read) : text;
	}

	/** The same in a file, in place and with asterisks, so that its length stays. */
	async blankBytes(bytes: Buffer): Promise<void> {
		for (let start = 0; start < bytes.length; start += WINDOW) {
			const end = Math.min(start + WINDOW + OVERLAP, bytes.length);
			const window = bytes.toString('latin1', start, end);
			const isSearched = this.whole.size > 0 || this.mayHoldPieceIn(bytes, start, end) || MAY_BE_ESCAPED.test(window);
			for (const [from, to] of isSearched ? this.spansIn(window) : []) bytes.fill('*', start + from, start + to);
			await giveWay();
		}
	}

	private addForm(form: string): void {
		if (form.length >= SHORTEST_SECRET && (form.length < PIECE || !HAS_USUAL_CHARACTERS.test(form))) this.whole.add(form);
		if (form.length < PIECE) return;
		this.divided.push(form);
		this.pieces = undefined;
		for (let at = 0; at + HALF <= form.length; at++) {
			const half = halfAt(form, at);
			this.halves[half] = (this.halves[half] ?? 0) | (at + PART <= form.length ? BEGINS : 0) | (at >= HALF ? ENDS : 0);
		}
	}

	private isHalf(half: number, what: number): boolean {
		return ((this.halves[half] ?? 0) & what) !== 0;
	}

	/** Whether any piece holds this part. */
	private isPart(part: string): boolean {
		return this.divided.some((form) => form.includes(part));
	}

	private allPieces(): ReadonlySet<string> {
		if (this.pieces !== undefined) return this.pieces;
		const pieces = new Set<string>();
		for (const form of this.divided) {
			for (let at = 0; at + PIECE <= form.length; at++) pieces.add(form.slice(at, at + PIECE));
		}
		this.pieces = pieces;
		return pieces;
	}

	/** Where secrets and pieces of them stand in a text, in their order: as they are, and escaped once or more often. */
	private spansIn(text: string): Span[] {
		const spans = this.plainSpansIn(text);
		if (MAY_BE_ESCAPED.test(text)) {
			for (const { text: meant, from, to } of unescapedLevels(text)) {
				for (const [first, end] of this.plainSpansIn(meant)) spans.push([from[first] ?? 0, to[end - 1] ?? 0]);
			}
		}
		return spans.length < 2 ? spans : spans.sort(([one], [other]) => one - other);
	}

	private plainSpansIn(text: string): Span[] {
		const spans: Span[] = [];
		for (const form of this.whole) {
			for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + form.length)) spans.push([at, at + form.length]);
		}
		if (text.length < PIECE || text.search(SECRET_LIKE) === -1) return spans;
		for (const run of text.matchAll(SECRET_LIKE)) this.addPiecesOf(run[0], run.index, spans);
		return spans;
	}

	/** Tells at a seventh of the cost that most texts hold no secret. */
	private mayHoldPiece(run: string): boolean {
		for (let at = 0; at + PART <= run.length; at += STRIDE) {
			if (!this.isHalf(halfAt(run, at), BEGINS) || !this.isHalf(halfAt(run, at + HALF), ENDS)) continue;
			if (this.isPart(run.slice(at, at + PART))) return true;
		}
		return false;
	}

	/** The same for a window of a file: a year's file has millions of places. */
	private mayHoldPieceIn(bytes: Buffer, start: number, end: number): boolean {
		for (let at = start; at + PART <= end; at += STRIDE) {
			if (!this.isHalf(halfIn(bytes, at), BEGINS) || !this.isHalf(halfIn(bytes, at + HALF), ENDS)) continue;
			if (this.isPart(bytes.toString('latin1', at, at + PART))) return true;
		}
		return false;
	}

	/** Adds where secrets, or pieces of them, begin and end in a run of characters that begins at `start`. */
	private addPiecesOf(run: string, start: number, spans: Span[]): void {
		if (!this.mayHoldPiece(run)) return;
		const pieces = this.allPieces();
		for (let from = 0; from + PIECE <= run.length; from++) {
			if (!pieces.has(run.slice(from, from + PIECE))) continue;
			let to = from + PIECE;
			while (to < run.length && pieces.has(run.slice(to - PIECE + 1, to + 1))) to++;
			spans.push([start + from, start + to]);
			from = to - 1;
		}
	}
}
