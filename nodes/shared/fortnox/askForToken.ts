import type { IHttpRequestOptions } from 'n8n-workflow';

import { networkFailureIn } from './networkFailure';
import { beforeEnd, endOf, rawResponse, readAnswer } from './readAnswer';
import type { HttpAnswer, TokenRequest } from './serviceAccountToken';
import { NetworkFailure } from './transport';

const TIMEOUT_MS = 60_000;

const ADDRESS = 'OAuth Base URL';

/**
 * Asks the token endpoint. Its answer has the bounds of all answers: a size, and a time to its last byte.
 *
 * @param helpers n8n's
 * @throws {NetworkFailure} where no answer comes that can be used; n8n's error, which holds the client secret, is not passed on
 */
export async function askForToken(
	{ url, headers, form }: TokenRequest,
	helpers: { httpRequest(options: IHttpRequestOptions): Promise<unknown> },
): Promise<HttpAnswer> {
	const end = endOf({ timeoutMs: TIMEOUT_MS });
	const options: IHttpRequestOptions = {
		method: 'POST',
		url,
		headers,
		body: new URLSearchParams(form),
		encoding: 'stream',
		timeout: TIMEOUT_MS,
		// The reason of a refusal is in the body; a redirect would carry the secret to another address.
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		disableFollowRedirect: true,
	};
	const response = helpers.httpRequest(options).then(rawResponse, (error: unknown) => {
		throw networkFailureIn(error, ADDRESS) ?? new NetworkFailure('UNKNOWN', true);
	});
	const { status, body } = await readAnswer(await beforeEnd(response, end), { expects: 'json', address: ADDRESS }, end);
	return { status, body };
}
