/** Codes of the characters that SIE gives a meaning. */
export const TAB = 9;
export const LINE_FEED = 10;
export const CARRIAGE_RETURN = 13;
export const BLANK = 32;
export const QUOTE = 34;
export const OPENING_BRACE = 123;
export const BACKSLASH = 92;
export const CLOSING_BRACE = 125;

export function endsLine(code: number): boolean {
	return code === LINE_FEED || code === CARRIAGE_RETURN;
}

export function endsField(code: number): boolean {
	return code === BLANK || code === TAB || endsLine(code);
}

/** Fortnox escapes the quotation mark and the backslash; the standard only the former. */
export function isEscaped(code: number): boolean {
	return code === QUOTE || code === BACKSLASH;
}
