/**
 * An address that secrets may be sent to: https, or http on a loopback address (a sandbox on the same machine).
 * User information, queries and fragments are refused, because `http://127.0.0.1@example.com` is not a loopback address.
 * Holds no braces, so that its source can stand inside an n8n expression.
 */
export const BASE_URL =
	/^(https:\/\/[^\s/?#@\\]+|http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?)(\/[^\s?#@\\]*)?$/i;

/** No address that anyone uses is longer, and n8n reads it with regular expressions whose time grows faster than its length. */
export const LONGEST_BASE_URL = 500;

/** The base URL without slashes at its end, or undefined where no secret may be sent to it. */
export function usableBaseUrl(baseUrl: unknown): string | undefined {
	if (typeof baseUrl !== 'string' || baseUrl.length > LONGEST_BASE_URL || !BASE_URL.test(baseUrl)) return undefined;
	let end = baseUrl.length;
	while (baseUrl.endsWith('/', end)) end--;
	return baseUrl.slice(0, end);
}

const FORTNOX_API = 'https://api.fortnox.se';
const FORTNOX_WEBSOCKET = 'wss://ws.fortnox.se';

/**
 * The base URL of the websocket: Fortnox's own for Fortnox's API, and the same address for any other (a sandbox).
 *
 * @param stated the credential's own, which wins where there is one
 * @returns undefined where no secret may be sent to what is stated
 */
export function socketBaseUrl(apiBaseUrl: string, stated: unknown): string | undefined {
	if (stated === undefined || stated === null || stated === '') {
		return apiBaseUrl === FORTNOX_API ? FORTNOX_WEBSOCKET : apiBaseUrl.replace(/^http/i, 'ws');
	}
	const usable = usableBaseUrl(typeof stated === 'string' ? stated.replace(/^ws/i, 'http') : stated);
	return usable?.replace(/^http/i, 'ws');
}
