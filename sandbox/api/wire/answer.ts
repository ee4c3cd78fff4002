import type { Readable } from 'node:stream';

import type { PlaceholderErrorName } from '../../placeholderErrors';

/** What a route answers, before latency and faults. */
export interface Answer {
	status: number;
	/** Sent as JSON where `body` is absent. */
	json?: unknown;
	body?: string | Buffer | Readable;
	contentType?: string;
	headers?: Record<string, string>;
}

/** Fortnox's refusal of a request. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly code: number,
		message: string,
	) {
		super(message);
	}
}

/** A refusal whose number and text the settings hold. */
export class PlaceholderRefusal extends Error {
	constructor(
		readonly errorName: PlaceholderErrorName,
		readonly value: string | number = '',
		readonly status = 400,
	) {
		super(errorName);
	}
}

export const notFound = (name: PlaceholderErrorName) => new PlaceholderRefusal(name, '', 404);

/** Fortnox's JSON is PHP's: slashes escaped, everything beyond ASCII as \uXXXX (seen in recordings of 2014 to 2023). */
export function toPhpJson(value: unknown): string {
	return JSON.stringify(value)
		.replace(/\//g, '\\/')
		.replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * The two envelopes of the recordings: 404 and 403 with capital keys, 400 with lower-case ones.
 * That the status decides is an inference that fits all of them.
 */
export function errorBody(status: number, code: number, message: string): unknown {
	return status === 403 || status === 404 || status >= 500
		? { ErrorInformation: { Error: 1, Message: message, Code: code } }
		: { ErrorInformation: { error: 1, message, code } };
}

/** Öre as the wire shows them: SEK with at most two decimals. */
export const toSek = (ore: number): number => ore / 100;
