import { isRecord } from './isRecord';
import { tlsFailure } from './tlsFailure';
import { NetworkFailure, type AddressField } from './transport';

/** An error, and what it names as its causes: n8n wraps errors up to twice. */
export function* chainOf(error: unknown): Generator<Record<string, unknown>, undefined> {
	for (let inner = error, depth = 0; isRecord(inner) && depth < 4; inner = inner.cause, depth++) yield inner;
}

/** The error of the HTTP library (axios); recognised by shape, since several copies of it exist. */
export function httpErrorIn(error: unknown): Record<string, unknown> | undefined {
	for (const inner of chainOf(error)) if (inner.isAxiosError === true) return inner;
	return undefined;
}

/** That nothing was sent is certain only where no connection came about. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/**
 * What an error without an answer means for the request: plain data, since n8n's errors hold secrets in their headers.
 *
 * @param address of the server that was asked
 * @returns undefined where the error has no code
 */
export function networkFailureIn(error: unknown, address: AddressField): NetworkFailure | undefined {
	const { code } = httpErrorIn(error) ?? (isRecord(error) ? error : {});
	if (typeof code !== 'string') return undefined;
	return tlsFailure(code, address) ?? new NetworkFailure(code, !NEVER_SENT.has(code));
}
