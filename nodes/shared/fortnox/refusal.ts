import { LONGEST_TEXT, MOST_ERROR_BYTES } from './bounds';
import { harmless, visibleText } from './visibleText';

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a body, for those that did not arrive as parsed JSON (bytes were asked for, or the content type was wrong). */
function textOf(body: unknown): string | undefined {
	if (Buffer.isBuffer(body)) return body.toString('utf8');
	if (body instanceof ArrayBuffer) return Buffer.from(body).toString('utf8');
	return typeof body === 'string' ? body : undefined;
}

/** The JSON object in a body, whatever form the body has; undefined where there is none. */
export function jsonObjectOf(body: unknown): Record<string, unknown> | undefined {
	const text = textOf(body);
	if (text === undefined) return isRecord(body) ? body : undefined;
	if (!text.trimStart().startsWith('{')) return undefined;
	try {
		const parsed: unknown = JSON.parse(text);
		return isRecord(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

/** What a person can read of a body. */
export function readableText(body: unknown): string | undefined {
	// A success that can't be read may be as large as a file.
	const text = textOf(Buffer.isBuffer(body) ? body.subarray(0, MOST_ERROR_BYTES) : body)?.slice(0, MOST_ERROR_BYTES);
	return stringOf(visibleText(text ?? ''));
}

function stringOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? harmless(value.slice(0, LONGEST_TEXT)) : undefined;
}

function codeOf(value: unknown): number | undefined {
	const code = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
	return typeof code === 'number' && Number.isInteger(code) ? code : undefined;
}

/** What an answer says of why Fortnox refused. */
export interface Refusal {
	/** Fortnox's application itself wrote the answer, and not a gateway before it. */
	byFortnox: boolean;
	code?: number;
	text?: string;
}

/**
 * Reads what an answer says about an error. Fortnox uses two envelopes with different letter case (recorded 2023:
 * `Error/Message/Code` with 404, `error/message/code` with 400), `{message}` from its gateway, `{error,
 * error_description}` from its OAuth server, and plain text with the code in parentheses from its oldest part.
 */
export function readRefusal(body: unknown): Refusal {
	const object = jsonObjectOf(body);
	const envelope = object?.ErrorInformation;
	if (isRecord(envelope)) {
		return {
			byFortnox: true,
			code: codeOf(envelope.Code ?? envelope.code),
			text: stringOf(envelope.Message ?? envelope.message),
		};
	}
	if (object !== undefined) {
		const text = stringOf(object.error_description) ?? stringOf(object.message) ?? stringOf(object.error);
		return { byFortnox: false, text };
	}
	const text = readableText(body);
	const code = /\((\d{7})\)\.?$/.exec(text ?? '')?.[1];
	return { byFortnox: code !== undefined, code: codeOf(code), text };
}

/**
 * Whether an answer that says success holds an error all the same, as some of Fortnox's file requests give it. Bytes are
 * taken for one only where they are an envelope and nothing else: a file may be JSON with such a key. A body that is
 * larger than any error is not looked into.
 */
export function holdsError(body: unknown): boolean {
	if (body instanceof ArrayBuffer) return holdsError(Buffer.from(body));
	if (Buffer.isBuffer(body) && body.length > MOST_ERROR_BYTES) return false;
	const object = jsonObjectOf(body);
	if (!isRecord(object?.ErrorInformation)) return false;
	if (!Buffer.isBuffer(body)) return true;
	const { Message, message } = object.ErrorInformation;
	return Object.keys(object).length === 1 && typeof (Message ?? message) === 'string';
}
