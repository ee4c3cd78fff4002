import {
	BACKSLASH,
	BLANK,
	CARRIAGE_RETURN,
	LINE_FEED,
	CLOSING_BRACE,
	OPENING_BRACE,
	QUOTE,
	TAB,
	endsField,
	endsLine,
	isEscaped,
} from './characters';
import { LONGEST_SIE_FIELD, MOST_SIE_WARNINGS } from '../bounds';
import { type SieEncoding, decodeText } from './encoding';
import { SieError, type SieErrorReason } from './sieError';
import type { SieWarning } from './types';

/** V8 copies a slice up to this length; a longer one would hold the whole window for as long as the field is kept. */
const LONGEST_COPIED_SLICE = 12;

/**
 * Reads the lines of a SIE file, field by field, from windows of whole lines.
 * It looks at one character per byte, and decodes a field only when it is asked for as text.
 */
export class SieFieldReader {
	/** Number of the current line, counted from 1. */
	line = 0;
	/** What was odd but could be read. */
	readonly warnings: SieWarning[] = [];

	/** The last text with its backslashes as the file has them, doubled; undefined where the text has none such. */
	written: string | undefined;

	protected window = '';
	private bytes: Buffer = Buffer.alloc(0);
	protected position = 0;
	protected start = 0;
	protected end = 0;
	private hasEscapes = false;
	private hasHighBytes = false;

	constructor(private readonly encoding: SieEncoding) {}

	/** Takes the next window and goes to its first line. It holds whole lines, the last one with its line break. */
	load(bytes: Buffer): void {
		this.bytes = bytes;
		this.window = bytes.toString('latin1');
		this.position = 0;
		this.line++;
	}

	/** Goes to the next line; false at the end of the window. */
	nextLine(): boolean {
		const { window } = this;
		let at = this.position;
		while (!endsLine(window.charCodeAt(at))) at++;
		at += window.charCodeAt(at) === CARRIAGE_RETURN && window.charCodeAt(at + 1) === LINE_FEED ? 2 : 1;
		this.position = at;
		if (at >= window.length) return false;
		this.line++;
		return true;
	}

	/** What is left of the line, one character per byte. */
	rest(): string {
		let end = this.position;
		while (!endsLine(this.window.charCodeAt(end))) end++;
		return this.window.slice(this.position, end);
	}

	/** The character that the rest of the line starts with; empty at its end. */
	peek(): string {
		this.skipBlanks();
		return endsField(this.window.charCodeAt(this.position)) ? '' : this.window.charAt(this.position);
	}

	/** The next field as text, without its quotation marks; empty where the line has no more. */
	string(): string {
		if (!this.findField(false)) return '';
		return this.text();
	}

	/** Like `string`, but undefined where the field is empty or missing. */
	optionalString(): string | undefined {
		return this.string() || undefined;
	}

	error(reason: SieErrorReason, explanation: string): SieError {
		return new SieError(this.line, reason, explanation);
	}

	private skipBlanks(): void {
		let code = this.window.charCodeAt(this.position);
		while (code === BLANK || code === TAB) code = this.window.charCodeAt(++this.position);
	}

	/** Finds where the next field starts and ends; false where the line has no more. */
	protected findField(inList: boolean): boolean {
		this.skipBlanks();
		const { window } = this;
		let at = this.position;
		let code = window.charCodeAt(at);
		if (endsField(code)) return false;
		this.hasEscapes = false;
		if (code === QUOTE) {
			this.findQuotedField(inList);
			return true;
		}
		let bits = 0;
		this.start = at;
		while (!(endsField(code) || (inList && code === CLOSING_BRACE))) {
			bits |= code;
			code = window.charCodeAt(++at);
		}
		this.hasHighBytes = bits > 0x7f;
		this.end = at;
		this.position = at;
		return true;
	}

	private findQuotedField(inList: boolean): void {
		const { window } = this;
		let at = this.position + 1;
		let bits = 0;
		let isBackslashTried = false;
		this.start = at;
		for (;;) {
			const code = window.charCodeAt(at);
			if (endsLine(code)) {
				if (!isBackslashTried && this.closeAfterBackslash(inList)) return;
				throw this.error('unterminated_quote', 'a quoted field has no closing quotation mark.');
			}
			if (code === QUOTE) {
				if (this.mayFollowQuote(at + 1, inList)) break;
				if (!isBackslashTried && this.closeAfterBackslash(inList)) return;
				isBackslashTried = true;
				// Once per line is enough.
				if (this.warnings.at(-1)?.line !== this.line)
					this.warn('a quotation mark inside a text has no backslash before it; it is read as part of the text.');
			} else if (code === BACKSLASH && isEscaped(window.charCodeAt(at + 1))) {
				this.hasEscapes = true;
				at++;
			}
			bits |= code;
			at++;
		}
		this.hasHighBytes = bits > 0x7f;
		this.end = at;
		this.position = at + 1;
	}

	/**
	 * SIE escapes the quotation mark but not the backslash, so a text that ends with a backslash (`"C:\Bokföring\"`)
	 * looks unfinished. Where the line makes no sense otherwise, the first such quotation mark closes the field.
	 */
	private closeAfterBackslash(inList: boolean): boolean {
		if (!this.hasEscapes) return false;
		const { window } = this;
		for (let at = this.start; !endsLine(window.charCodeAt(at)); at++) {
			if (window.charCodeAt(at) === BACKSLASH && window.charCodeAt(at + 1) === QUOTE && this.mayFollowQuote(at + 2, inList)) {
				this.hasHighBytes = true;
				this.end = at + 1;
				this.position = at + 2;
				return true;
			}
		}
		return false;
	}

	/** Notes something odd. */
	warn(message: string, line = this.line): void {
		if (this.warnings.length < MOST_SIE_WARNINGS) this.warnings.push({ line, message });
	}

	private mayFollowQuote(at: number, inList: boolean): boolean {
		const code = this.window.charCodeAt(at);
		return endsField(code) || (inList ? code === CLOSING_BRACE : code === OPENING_BRACE);
	}

	protected text(): string {
		const { start, end } = this;
		if (end - start > LONGEST_SIE_FIELD) {
			throw this.error(
				'field_too_long',
				`a field of the line has ${end - start} characters, and at most ${LONGEST_SIE_FIELD} are read. Correct it in the program that wrote the file.`,
			);
		}
		let text: string;
		if (this.hasHighBytes) text = decodeText(this.window.slice(start, end), this.encoding);
		else if (end - start <= LONGEST_COPIED_SLICE) text = this.window.slice(start, end);
		else text = this.bytes.toString('latin1', start, end);
		this.written = undefined;
		if (!this.hasEscapes) return text;
		const withoutQuotes = text.replaceAll('\\"', '"');
		const unescaped = text.replace(/\\(["\\])/g, '$1');
		if (unescaped !== withoutQuotes) this.written = withoutQuotes;
		return unescaped;
	}
}
