import type {
	IAuthenticateGeneric,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestHelper,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { httpAnswer, readAccessToken, serviceAccountTokenRequest } from '../nodes/shared/fortnox/serviceAccountToken';

export class FortnoxServiceAccountApi implements ICredentialType {
	name = 'fortnoxServiceAccountApi';

	displayName = 'Fortnox Service Account API';

	documentationUrl = 'https://github.com/n8n-nodes-fortnox/n8n-nodes-fortnox-accounting#service-account';

	icon: Icon = {
		light: 'file:../icons/fortnoxAccounting.svg',
		dark: 'file:../icons/fortnoxAccounting.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName:
				'Before the first use, a system administrator of the company connects the app once as a service account, ' +
				'with the credential Fortnox OAuth2 API. The operation Get of the resource Company then shows the tenant ID.',
			name: 'consentNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description: 'Client ID of the app in the Fortnox Developer Portal',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Client secret of the app in the Fortnox Developer Portal',
		},
		{
			displayName: 'Tenant ID',
			name: 'tenantId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 1234567',
			description: 'Number of the company in Fortnox, also called its database number',
		},
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'string',
			default: 'https://api.fortnox.se',
			required: true,
			description: 'Address of the API; https, or http on a loopback address (sandbox)',
		},
		{
			displayName: 'OAuth Base URL',
			name: 'oauthBaseUrl',
			type: 'string',
			default: 'https://apps.fortnox.se/oauth-v1',
			required: true,
			description: 'Address without /token at its end; https, or http on a loopback address (sandbox)',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.accessToken}}' } },
	};

	/** n8n calls this where no access token is stored and after a 401, and stores what it returns. */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<{ accessToken: string }> {
		const { url, headers, form } = serviceAccountTokenRequest(credentials);
		const answer: unknown = await this.helpers.httpRequest({
			method: 'POST',
			url,
			headers,
			body: new URLSearchParams(form),
			// The reason of a refusal is in the body; a redirect would carry the secret to another address.
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			disableFollowRedirect: true,
		});
		return { accessToken: readAccessToken(httpAnswer(answer), credentials) };
	}
}
