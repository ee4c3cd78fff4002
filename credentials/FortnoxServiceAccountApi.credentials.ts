import { UserError } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { allowLocalHttpField } from '../nodes/shared/fortnox/allowLocalHttp';
import { askForToken } from '../nodes/shared/fortnox/askForToken';
import { fieldText, readAccessToken, serviceAccountTokenRequest } from '../nodes/shared/fortnox/serviceAccountToken';
import { tenantIn, tenantOf } from '../nodes/shared/fortnox/tenant';
import { NetworkFailure } from '../nodes/shared/fortnox/transport';

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
				'Before the first use, a system administrator of each company connects the app once ' +
				'with the credential Fortnox OAuth2 API and its account type Company. The operation Get of the resource Company then shows the tenant ID. ' +
				'One credential serves all companies that did so: give the tenant ID in the nodes then.',
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
			placeholder: 'e.g. 1234567',
			description:
				'Number of the company in Fortnox, also called its database number; leave it empty where the nodes say which company they mean',
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
		allowLocalHttpField,
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/**
	 * For n8n's own nodes, such as HTTP Request, whose token n8n gets by `preAuthentication` and stores. The package's nodes
	 * get their tokens themselves: one credential serves many companies.
	 */
	authenticate = async (
		{ accessToken, tenantId }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const token = fieldText(accessToken);
		const stored = tenantIn(token);
		if (stored !== undefined && stored !== tenantOf(fieldText(tenantId))) {
			// n8n takes it for the answer of a server to a token that has ended, and gets another one, of the company that is meant.
			throw Object.assign(new UserError(`The stored access token belongs to the company ${stored}.`), { response: { status: 401 } });
		}
		return await Promise.resolve({ ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } });
	};

	/** n8n calls this where no access token is stored and after a 401, and stores what it returns. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<{ accessToken: string }> {
		const request = serviceAccountTokenRequest(credentials);
		const answer = await askForToken(request, this.helpers).catch((error: unknown) => {
			const reason = error instanceof NetworkFailure ? error.reason : undefined;
			throw new UserError(reason ?? 'No answer came from the OAuth Base URL of the credential. Check the address, and try again later.');
		});
		return { accessToken: readAccessToken(answer, credentials) };
	}
}
