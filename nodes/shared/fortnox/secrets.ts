import { runSteps } from '../steps';
import { giveWay, inTurns } from '../turns';

/** What stands where a secret stood. Has no quotation marks or brackets, which Fortnox refuses in texts. */
export const BLANK = '(secret)';

/** A piece of a secret this long is taken for it: 12 characters of base64 are 72 bits. */
const PIECE = 12;

/** Every piece holds seven parts of this length, one of which begins at a multiple of seven: only these are looked at first. */
const PART = 6;
const STRIDE = PIECE - PART + 1;

/** A shorter secret would blank ordinary words; Fortnox's client secrets have 10 characters. */
const SHORTEST_SECRET = 8;

/** Bytes of a file that are looked at together, and by how many two looks overlap. */
const WINDOW = 1 << 16;
const OVERLAP = 1 << 13;

/** Characters after which others may have their turn; some 2 ms. */
const STEP = 1 << 14;

/** Where a piece of a secret can stand: tokens, base64 and URL-encoded text have no other characters, and JSON may escape a slash. */
const SECRET_LIKE = /[\w\-+/=.%~\\]{12,}/g;

const HAS_USUAL_CHARACTERS = /^[\w\-+/=.%~\\]*$/;

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

/** The fields of a credential that must not leave it; what n8n stores for OAuth2 is one object. */
function secretsIn(fields: Readonly<Record<string, unknown>>): string[] {
	const { clientId, clientSecret, accessToken, oauthTokenData } = fields;
	const stored: Record<string, unknown> = typeof oauthTokenData === 'object' && oauthTokenData !== null ? { ...oauthTokenData } : {};
	// The Basic header, before and after it is encoded: a server may encode once more what it got.
	const login = typeof clientId === 'string' && typeof clientSecret === 'string' ? `${clientId}:${clientSecret}` : '';
	const found = [clientSecret, accessToken, stored.access_token, stored.refresh_token, login, Buffer.from(login).toString('base64')];
	return found.filter((secret): secret is string => typeof secret === 'string' && secret.length >= SHORTEST_SECRET);
}

/** A secret in the forms in which a server may send it back. */
function formsOf(secret: string): string[] {
	const forms = [secret, encodeURIComponent(secret), ...base64Of(secret)];
	return [...new Set([...forms, ...forms.map(encodeURIComponent)].flatMap((form) => [form, form.replaceAll('/', '\\/')]))];
}

/**
 * Base64 of a text that holds the secret depends on how many bytes stand before it, modulo three; what its neighbours
 * share is left out.
 */
function base64Of(secret: string): string[] {
	return [0, 1, 2].flatMap((before) => {
		const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
		const inside = (text: string) => text.slice(before === 0 ? 0 : before + 1, Math.floor((bytes.length * 8) / 6));
		return [inside(bytes.toString('base64')), inside(bytes.toString('base64url'))];
	});
}

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
		return text.length < SHORTEST_SECRET ? text : runSteps(this.blankInSteps(text));
	}

	/** The same for a text of any length, with pauses. */
	async blankLong(text: string): Promise<string> {
		return text.length < STEP ? this.blank(text) : await inTurns(this.blankInSteps(text));
	}

	private *blankInSteps(text: string): Generator<undefined, string> {
		let whole = text;
		for (const form of this.whole) if (whole.includes(form)) whole = whole.replaceAll(form, BLANK);
		let result = '';
		let kept = 0;
		for (const run of whole.matchAll(SECRET_LIKE)) {
			for (const part of this.secretParts(run[0])) {
				if (part === undefined) {
					yield;
					continue;
				}
				result += whole.slice(kept, run.index + part[0]) + BLANK;
				kept = run.index + part[1];
			}
			yield;
		}
		return kept === 0 ? whole : result + whole.slice(kept);
	}

	/** The same in a file, in place and with asterisks, so that its length stays. */
	async blankBytes(bytes: Buffer): Promise<void> {
		for (let start = 0; start < bytes.length; start += WINDOW) {
			// Windows overlap by more than a secret is long.
			const window = bytes.toString('latin1', start, start + WINDOW + OVERLAP);
			for (const form of this.whole) {
				for (let at = window.indexOf(form); at !== -1; at = window.indexOf(form, at + 1)) {
					bytes.fill('*', start + at, start + at + form.length);
				}
			}
			for (const run of this.mayHoldPieceIn(bytes, start) ? window.matchAll(SECRET_LIKE) : []) {
				for (const part of this.secretParts(run[0])) if (part) bytes.fill('*', start + run.index + part[0], start + run.index + part[1]);
			}
			await giveWay();
		}
	}

	private addForm(form: string): void {
		if (form.length >= SHORTEST_SECRET && (form.length < PIECE || !HAS_USUAL_CHARACTERS.test(form))) this.whole.add(form);
		if (form.length < PIECE) return;
		this.divided.push(form);
		this.pieces = undefined;
		for (let at = 0; at + PART <= form.length; at++) {
			this.addHalf(halfAt(form, at), BEGINS);
			this.addHalf(halfAt(form, at + HALF), ENDS);
		}
	}

	private addHalf(half: number, what: number): void {
		this.halves[half] = (this.halves[half] ?? 0) | what;
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

	/** The same for a window of a file: a year's file has millions of places. */
	private mayHoldPieceIn(bytes: Buffer, start: number): boolean {
		const end = Math.min(start + WINDOW + OVERLAP, bytes.length);
		for (let at = start; at + PART <= end; at += STRIDE) {
			if (!this.isHalf(halfIn(bytes, at), BEGINS) || !this.isHalf(halfIn(bytes, at + HALF), ENDS)) continue;
			if (this.isPart(bytes.toString('latin1', at, at + PART))) return true;
		}
		return false;
	}

	/** Tells at a seventh of the cost that most texts hold no secret. */
	private mayHoldPiece(run: string): boolean {
		for (let at = 0; at + PART <= run.length; at += STRIDE) {
			if (!this.isHalf(halfAt(run, at), BEGINS) || !this.isHalf(halfAt(run, at + HALF), ENDS)) continue;
			if (this.isPart(run.slice(at, at + PART))) return true;
		}
		return false;
	}

	/** Where secrets, or pieces of them, begin and end in a text; undefined now and then between two of them. */
	private *secretParts(run: string): Generator<[from: number, to: number] | undefined> {
		if (!this.mayHoldPiece(run)) return;
		const pieces = this.allPieces();
		for (let from = 0; from + PIECE <= run.length; from++) {
			if (from % STEP === STEP - 1) yield undefined;
			if (!pieces.has(run.slice(from, from + PIECE))) continue;
			let to = from + PIECE;
			while (to < run.length && pieces.has(run.slice(to - PIECE + 1, to + 1))) to++;
			yield [from, to];
			from = to - 1;
		}
	}
}
