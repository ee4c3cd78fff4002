import { isObjectEmpty, jsonParse, UserError } from 'n8n-workflow';

import { usableBaseUrl, WANTED_BASE_URL } from './baseUrl';
import { LONGEST_TEXT } from './bounds';
import { Secrets } from './secrets';
import { harmless } from './visibleText';

/** What Fortnox needs to issue a token without a user: RFC 6749 client credentials plus its own `TenantId` header. */
export interface TokenRequest {
	url: string;
	headers: Record<string, string>;
	form: { grant_type: 'client_credentials' };
}

/** The fields of the service account credential, not yet checked. */
interface ServiceAccountFields {
	clientId?: unknown;
	clientSecret?: unknown;
	tenantId?: unknown;
	oauthBaseUrl?: unknown;
	apiBaseUrl?: unknown;
	allowLocalHttp?: unknown;
	/** n8n's, where it has one. */
	accessToken?: unknown;
}

const REFUSALS: Record<string, string> = {
	invalid_client: 'Fortnox does not accept the client ID and client secret. Compare both with the app in the Fortnox Developer Portal.',
	invalid_grant:
		'Fortnox has no consent of this company for the app. Check the tenant ID, and let a system administrator ' +
		'of the company connect the app once with the credential Fortnox OAuth2 API and its account type Company.',
	unauthorized_client: 'The app is not allowed to use service accounts. Allow service accounts for it in the Fortnox Developer Portal.',
	error_missing_license:
		'The company has no licence for this integration or for one of its scopes. ' +
		'Buy or activate the licence in Fortnox, or leave the scope out (archive needs Arkivplats), then connect the app again.',
};

/**
 * The request for an access token. Throws `UserError` before anything is sent where an address is not https
 * (or http on a loopback address) or a field is empty.
 */
export function serviceAccountTokenRequest(fields: ServiceAccountFields): TokenRequest {
	const oauthBaseUrl = usableBaseUrl(fields.oauthBaseUrl, fields.allowLocalHttp);
	if (!oauthBaseUrl || !usableBaseUrl(fields.apiBaseUrl, fields.allowLocalHttp)) {
		const name = oauthBaseUrl ? 'API Base URL' : 'OAuth Base URL';
		throw new UserError(`'${name}' must ${WANTED_BASE_URL}`);
	}
	const [clientId, clientSecret, tenantId] = [fields.clientId, fields.clientSecret, fields.tenantId].map(fieldText);
	if (!clientId || !clientSecret || !tenantId) {
		throw new UserError("'Client ID', 'Client Secret' and 'Tenant ID' are all needed to get an access token");
	}
	return {
		url: `${oauthBaseUrl}/token`,
		headers: {
			Accept: 'application/json',
			Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
			TenantId: tenantId,
		},
		form: { grant_type: 'client_credentials' },
	};
}

/** A field of a credential as trimmed text; empty where it holds no text. */
export function fieldText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** What n8n's request functions, which promise nothing of their answers, gave. */
export interface HttpAnswer {
	status: number | undefined;
	body: unknown;
}

/** @param answer a full response of one of n8n's request functions */
export function httpAnswer(answer: unknown): HttpAnswer {
	if (typeof answer !== 'object' || answer === null) return { status: undefined, body: undefined };
	return {
		status: 'statusCode' in answer && typeof answer.statusCode === 'number' ? answer.statusCode : undefined,
		body: 'body' in answer ? answer.body : undefined,
	};
}

export interface ServiceAccountToken {
	token: string;
	/** ms from now to its end, where the answer tells. */
	lifeMs?: number;
}

/** Why the token endpoint gave no token: OAuth's name for it, and a sentence that says what to do. */
interface TokenRefusal {
	oauthError: string;
	explanation: string;
}

/**
 * Reads the token endpoint's answer. Fortnox sends JSON as text/html and text/plain too (seen in recordings of 2023),
 * so a text is parsed. What it says comes without the secrets of the credential.
 */
export function readToken(answer: HttpAnswer, fields: ServiceAccountFields): ServiceAccountToken | TokenRefusal {
	const body = asObject(answer.body);
	if (typeof body.access_token === 'string' && body.access_token !== '') {
		const seconds = Number(body.expires_in);
		return { token: body.access_token, ...(seconds > 0 && { lifeMs: seconds * 1000 }) };
	}
	const oauthError = typeof body.error === 'string' ? body.error : '';
	const said = [oauthError, body.error_description].filter((text) => typeof text === 'string' && text !== '').join(': ');
	const explanation = REFUSALS[oauthError] ?? 'Fortnox issued no access token.';
	const secrets = new Secrets();
	secrets.remember({ ...fields });
	const shown = harmless(secrets.blank(said).slice(0, LONGEST_TEXT)) || `HTTP ${answer.status ?? 'status unknown'}`;
	return { oauthError: harmless(secrets.blank(oauthError).slice(0, LONGEST_TEXT)), explanation: `${explanation} (Fortnox: ${shown})` };
}

/** The access token of the token endpoint's answer. Throws `UserError` with what to do and with Fortnox's own words. */
export function readAccessToken(answer: HttpAnswer, fields: ServiceAccountFields): string {
	const read = readToken(answer, fields);
	if ('token' in read) return read.token;
	throw new UserError(read.explanation);
}

function asObject(body: unknown): Record<string, unknown> {
	const value = typeof body === 'string' ? jsonParse<unknown>(body, { fallbackValue: {} }) : body;
	return typeof value === 'object' && value !== null && !isObjectEmpty(value) ? { ...value } : {};
}
