import { LONGEST_BASE_URL } from './bounds';

/**
 * An address that secrets may be sent to: https, or http on a loopback address (a sandbox on the same machine).
 * User information, queries and fragments are refused, because `http://127.0.0.1@example.com` is not a loopback address.
 * Holds no braces, so that its source can stand inside an n8n expression.
 */
export const BASE_URL = /^(https:\/\/[^\s/?#@\\]+|http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?)(\/[^\s?#@\\]*)?$/i;

/**
 * Http on a private name or address, which a user may allow in the credential: a sandbox on the machine that runs n8n's
 * container (`host.docker.internal`), in another container beside it (`sandbox`), or in the same private network. A name
 * begins with a letter: a whole number would be an address of anywhere.
 */
export const LOCAL_BASE_URL =
	/^http:\/\/(host\.(docker|containers)\.internal|[a-z][a-z0-9_-]*|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+)(:\d+)?(\/[^\s?#@\\]*)?$/i;

/** What a base URL has to be, for the messages of fields that are not. */
export const WANTED_BASE_URL =
	'start with https://, or with http:// on a loopback address such as http://127.0.0.1:8080 ' +
	"(with 'Allow Local HTTP' also on host.docker.internal and other private names and addresses)";

/**
 * The base URL without slashes at its end, or undefined where no secret may be sent to it.
 *
 * @param allowLocalHttp what the credential has in the field of that name; only `true` allows it
 */
export function usableBaseUrl(baseUrl: unknown, allowLocalHttp: unknown): string | undefined {
	if (typeof baseUrl !== 'string' || baseUrl.length > LONGEST_BASE_URL) return undefined;
	if (!BASE_URL.test(baseUrl) && !(allowLocalHttp === true && LOCAL_BASE_URL.test(baseUrl))) return undefined;
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
export function socketBaseUrl(apiBaseUrl: string, stated: unknown, allowLocalHttp: unknown): string | undefined {
	if (stated === undefined || stated === null || stated === '') {
		return apiBaseUrl === FORTNOX_API ? FORTNOX_WEBSOCKET : apiBaseUrl.replace(/^http/i, 'ws');
	}
	const usable = usableBaseUrl(typeof stated === 'string' ? stated.replace(/^ws/i, 'http') : stated, allowLocalHttp);
	return usable?.replace(/^http/i, 'ws');
}
