import { UserError } from 'n8n-workflow';
import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { usableBaseUrl } from '../fortnox/baseUrl';
import { networkFailureIn } from '../fortnox/networkFailure';
import { Secrets } from '../fortnox/secrets';
import {
	fieldText,
	httpAnswer,
	readAccessToken,
	readToken,
	serviceAccountTokenRequest,
	type HttpAnswer,
} from '../fortnox/serviceAccountToken';
import type { AddressField } from '../fortnox/transport';

interface CompanyAnswer {
	CompanyInformation?: { CompanyName?: string };
}

type Send = (address: AddressField, options: object) => Promise<HttpAnswer>;

/** Tests a service account by getting a token and the company's name, which the dialog then shows. */
export async function fortnoxServiceAccountTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	// A credential test has no `httpRequest`; this is the one function that n8n gives it.
	const { helpers } = this;
	const fields = credential.data ?? {};
	const secrets = new Secrets();
	secrets.remember(fields);
	const send: Send = async (address, options) => {
		const response = helpers.request({ ...options, simple: false, resolveWithFullResponse: true, followRedirect: false });
		return httpAnswer(await response.catch((error: unknown) => failNamed(error, address)));
	};
	try {
		if (fieldText(fields.tenantId) === '') return { status: 'OK', message: await appAlone(send, fields) };
		return { status: 'OK', message: `Connected to ${secrets.blank(await companyName(send, fields, secrets))}` };
	} catch (error) {
		return { status: 'Error', message: secrets.blank(error instanceof Error ? error.message : String(error)) };
	}
}

/** Names a certificate that n8n refuses in the words of the nodes. */
function failNamed(error: unknown, address: AddressField): never {
	const reason = networkFailureIn(error, address)?.reason;
	throw reason === undefined ? error : new UserError(reason, { cause: error });
}

async function companyName(send: Send, fields: NonNullable<ICredentialsDecrypted['data']>, secrets: Secrets): Promise<string> {
	const { url, headers, form } = serviceAccountTokenRequest(fields);
	const accessToken = readAccessToken(await send('OAuth Base URL', { method: 'POST', uri: url, headers, form }), fields);
	secrets.remember({ accessToken });
	const answer = await send('API Base URL', {
		method: 'GET',
		uri: `${usableBaseUrl(fields.apiBaseUrl, fields.allowLocalHttp)}/3/companyinformation`,
		headers: { Accept: 'application/json', Authorization: `Bearer ${accessToken}` },
		json: true,
	});
	const name = (answer.body as CompanyAnswer | undefined)?.CompanyInformation?.CompanyName;
	if (name === undefined) {
		throw new UserError(
			`Fortnox gave a token, but no company information (HTTP ${answer.status ?? 'status unknown'}). Give the app the scope companyinformation.`,
		);
	}
	return name;
}

/**
 * Without a company there is no token to be had, but Fortnox tells an app that it does not know (`invalid_client`) from
 * one that names no company.
 */
async function appAlone(send: Send, fields: NonNullable<ICredentialsDecrypted['data']>): Promise<string> {
	const { url, headers, form } = serviceAccountTokenRequest({ ...fields, tenantId: NO_COMPANY });
	const read = readToken(await send('OAuth Base URL', { method: 'POST', uri: url, headers, form }), fields);
	if ('explanation' in read && read.oauthError !== 'invalid_grant') throw new UserError(read.explanation);
	return 'Fortnox knows the app. Which company is meant is to be said in the nodes (Tenant ID).';
}

/** No company has this number. */
const NO_COMPANY = '0';
