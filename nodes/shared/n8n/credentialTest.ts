import { UserError } from 'n8n-workflow';
import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { usableBaseUrl } from '../fortnox/baseUrl';
import { Secrets } from '../fortnox/secrets';
import {
	fieldText,
	httpAnswer,
	readAccessToken,
	readToken,
	serviceAccountTokenRequest,
	type HttpAnswer,
} from '../fortnox/serviceAccountToken';

interface CompanyAnswer {
	CompanyInformation?: { CompanyName?: string };
}

type Send = (options: object) => Promise<HttpAnswer>;

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
	const send: Send = async (options) =>
		httpAnswer(await helpers.request({ ...options, simple: false, resolveWithFullResponse: true, followRedirect: false }));
	try {
		if (fieldText(fields.tenantId) === '') return { status: 'OK', message: await appAlone(send, fields) };
		return { status: 'OK', message: `Connected to ${secrets.blank(await companyName(send, fields, secrets))}` };
	} catch (error) {
		return { status: 'Error', message: secrets.blank(error instanceof Error ? error.message : String(error)) };
	}
}

async function companyName(send: Send, fields: NonNullable<ICredentialsDecrypted['data']>, secrets: Secrets): Promise<string> {
	const { url, headers, form } = serviceAccountTokenRequest(fields);
	const accessToken = readAccessToken(await send({ method: 'POST', uri: url, headers, form }), fields);
	secrets.remember({ accessToken });
	const answer = await send({
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
	const read = readToken(await send({ method: 'POST', uri: url, headers, form }), fields);
	if ('explanation' in read && read.oauthError !== 'invalid_grant') throw new UserError(read.explanation);
	return 'Fortnox knows the app. Which company is meant is to be said in the nodes (Tenant ID).';
}

/** No company has this number. */
const NO_COMPANY = '0';
