import { MOST_ERROR_BYTES, MOST_FILE_BYTES, MOST_JSON_BYTES, MOST_JSON_VALUES } from './bounds';
import { onAbort } from './clock';
import { isRecord } from './isRecord';
import type { AddressField, Answer, Sending } from './transport';
import { NetworkFailure } from './transport';
import { hasMoreValues } from '../jsonValues';
import { giveWay, inTurns } from '../turns';

/** What n8n's request functions resolve with when they are asked for the full response. */
interface RawResponse {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** A stream where one was asked for. What is no stream has been read already. */
	body: unknown;
}

/** Reads what n8n's request functions, which promise nothing of it, resolve with. Throws NetworkFailure where that is nothing. */
export function rawResponse(response: unknown): RawResponse {
	if (!isRecord(response)) throw new NetworkFailure('NO_RESPONSE', true);
	return { status: Number(response.statusCode ?? response.status), headers: headersOf(response.headers), body: response.body };
}

function headersOf(headers: unknown): Record<string, string> {
	if (!isRecord(headers)) return {};
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** Node's stream, by shape: its module can't be imported in a community node. */
interface ByteStream extends AsyncIterable<Uint8Array> {
	destroy(error?: Error): unknown;
}

function isStream(body: unknown): body is ByteStream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body;
}

/** Carries the failure through the stream that it ends. */
class Cut extends Error {
	constructor(readonly failure: NetworkFailure) {
		super(failure.message);
	}
}

/**
 * Ends at the time-out of the request, or when the execution is stopped. n8n's own time-out only counts silence, so an
 * answer that drips byte by byte would never end.
 */
export function endOf({ timeoutMs, signal }: Pick<Sending, 'timeoutMs' | 'signal'>): AbortSignal {
	const timeout = AbortSignal.timeout(timeoutMs);
	return signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
}

function tooLate(): NetworkFailure {
	return new NetworkFailure('ETIMEDOUT', true);
}

/**
 * Settles as `response` does, or fails once the time is over: n8n replaces the abort signal of a request by the
 * execution's, so it can't be relied on to end it. What arrives later is thrown away unread.
 */
export async function beforeEnd<T extends { body: unknown }>(response: Promise<T>, end: AbortSignal): Promise<T> {
	return await new Promise<T>((resolve, reject) => {
		const giveUp = () => {
			response.then(
				({ body }) => discard(body),
				() => undefined,
			);
			reject(tooLate());
		};
		if (end.aborted) {
			giveUp();
			return;
		}
		const stop = onAbort(end, giveUp);
		response.then(resolve, reject).finally(stop);
	});
}

function discard(body: unknown): void {
	if (isStream(body)) body.destroy();
}

/**
 * Reads an answer up to the bound for its kind (`bounds.ts`), and no longer than `end` allows. An answer that refuses is
 * cut at its bound; one that succeeds and is larger is no answer that can be used.
 *
 * @throws NetworkFailure, after which nobody knows what a write has done
 */
export async function readAnswer(
	{ status, headers, body }: RawResponse,
	{ expects, address }: { expects: Sending['expects']; address: AddressField },
	end: AbortSignal,
): Promise<Answer> {
	if (!isStream(body)) return { status, headers, body };
	const isSuccess = status >= 200 && status < 300;
	const successBound = expects === 'bytes' ? MOST_FILE_BYTES : MOST_JSON_BYTES;
	const { bytes, isWhole } = await readUpTo(body, isSuccess ? successBound : MOST_ERROR_BYTES, end);
	if (isSuccess && !isWhole) throw tooLarge(successBound, address);
	if (expects === 'bytes') return { status, headers, body: bytes };
	if (await inTurns(hasMoreValues(bytes, MOST_JSON_VALUES))) throw tooManyValues(address);
	// Answers to requests that went out side by side come at once, and each is parsed in one piece.
	await giveWay();
	return { status, headers, body: parsed(bytes), size: bytes.length };
}

async function readUpTo(stream: ByteStream, most: number, end: AbortSignal): Promise<{ bytes: Buffer; isWhole: boolean }> {
	const stop = onAbort(end, () => stream.destroy(new Cut(tooLate())));
	const chunks: Uint8Array[] = [];
	let size = 0;
	try {
		if (end.aborted) throw new Cut(tooLate());
		for await (const chunk of stream) {
			chunks.push(chunk);
			size += chunk.byteLength;
			// Leaving the loop destroys the stream, and with it the connection.
			if (size > most) break;
		}
	} catch (error) {
		return await Promise.reject(failureOf(error));
	} finally {
		stop();
		stream.destroy();
	}
	const bytes = Buffer.concat(chunks);
	return size > most ? { bytes: bytes.subarray(0, most), isWhole: false } : { bytes, isWhole: true };
}

function failureOf(error: unknown): NetworkFailure {
	if (error instanceof Cut) return error.failure;
	const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
	return new NetworkFailure(typeof code === 'string' ? code : 'UNKNOWN', true);
}

function tooLarge(most: number, address: AddressField): NetworkFailure {
	const reason = `The answer is larger than the ${most / 1024 / 1024} MB that are read of one, so the rest was not read. Fortnox’s answers are smaller: check the ${address} of the credential and any proxy on the way, or ask for a shorter period.`;
	return new NetworkFailure('TOO_LARGE', true, reason);
}

function tooManyValues(address: AddressField): NetworkFailure {
	const reason = `The answer holds more than the ${MOST_JSON_VALUES} values that are read of one, which none of Fortnox’s does. Check the ${address} of the credential and any proxy on the way.`;
	return new NetworkFailure('TOO_LARGE', true, reason);
}

/** JSON whatever the content type says, since Fortnox labels some answers text/html (recorded 2023); else the text. */
function parsed(bytes: Buffer): unknown {
	const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return text;
	}
}
