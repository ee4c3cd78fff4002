import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	ITriggerFunctions,
} from 'n8n-workflow';

import { usableBaseUrl, WANTED_BASE_URL } from './baseUrl';
import { FortnoxError } from './errors';
import { fieldText } from './serviceAccountToken';
import { fingerprintOf, tenantIn, tenantOf } from './tenant';

export type N8nContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions | ITriggerFunctions;

export type CredentialType = 'fortnoxOAuth2Api' | 'fortnoxServiceAccountApi';

/** What a credential of n8n says about how to reach which company. */
export interface Credential {
	type: CredentialType;
	/** n8n's id of it. */
	id: string;
	/** Checked, without a slash at its end. */
	apiBaseUrl: string;
	/** Checked likewise. */
	oauthBaseUrl: string;
	clientId: string;
	/** Tells client secrets apart. */
	secretPrint: string;
	/** Stated by the user of a service account, by the token of an OAuth2 credential where it says so. */
	tenantId?: number;
	/** What the credential itself holds as the tenant id of a service account. */
	ownTenantId: unknown;
	/** n8n's own option of OAuth2 credentials. */
	ignoreSslIssues: boolean;
	/** The item that its expressions were resolved for. */
	item: number;
}

/**
 * Reads the node's credential of a type, its expressions resolved for one item.
 *
 * @param stated the company that the node's own parameter names, for a service account
 * @throws {FortnoxError} where an address in it is none that a secret may be sent to
 */
export async function readCredential(context: N8nContext, type: CredentialType, item: number, stated?: number): Promise<Credential> {
	const fields = await credentialFields(context, type, item);
	const isOAuth2 = type === 'fortnoxOAuth2Api';
	const tenantId = isOAuth2 ? tenantIn(storedToken(fields) ?? '') : (stated ?? tenantOf(fieldText(fields.tenantId)));
	return {
		type,
		id: context.getNode().credentials?.[type]?.id ?? type,
		apiBaseUrl: checkedBaseUrl('API Base URL', fields.apiBaseUrl, fields),
		oauthBaseUrl: checkedBaseUrl('OAuth Base URL', fields.oauthBaseUrl, fields),
		clientId: fieldText(fields.clientId),
		secretPrint: fingerprintOf(fieldText(fields.clientSecret)),
		ownTenantId: fields.tenantId,
		ignoreSslIssues: isOAuth2 && fields.ignoreSSLIssues === true,
		...(tenantId !== undefined && { tenantId }),
		item,
	};
}

/**
 * Tells apart the companies that a node's items mean. An OAuth2 credential is connected to one company, whatever its
 * token says at the moment at which an item is looked at.
 */
export function companyKeyOf({ type, apiBaseUrl, oauthBaseUrl, clientId, tenantId }: Credential): string {
	return [apiBaseUrl, oauthBaseUrl, clientId, type === 'fortnoxOAuth2Api' ? 'connected' : (tenantId ?? '')].join('\n');
}

/** The fields of the node's credential as n8n has them now, their expressions resolved for an item. */
export async function credentialFields(context: N8nContext, type: CredentialType, item: number): Promise<ICredentialDataDecryptedObject> {
	return 'getInputData' in context ? await context.getCredentials(type, item) : await context.getCredentials(type);
}

/** The access token of an OAuth2 credential; undefined where it was never connected. */
export function storedToken({ oauthTokenData }: ICredentialDataDecryptedObject): string | undefined {
	if (typeof oauthTokenData !== 'object' || !('access_token' in oauthTokenData)) return undefined;
	const { access_token: token } = oauthTokenData;
	return typeof token === 'string' && token !== '' ? token : undefined;
}

function checkedBaseUrl(field: string, given: unknown, { allowLocalHttp }: ICredentialDataDecryptedObject): string {
	const url = usableBaseUrl(given, allowLocalHttp);
	if (url !== undefined) return url;
	throw new FortnoxError({
		explanation: `The ${field} of the credential can’t be used: it must ${WANTED_BASE_URL}, and hold no user name, query or fragment. Correct it there. Nothing was sent.`,
		outcome: 'refused',
		withheldBy: 'credential',
	});
}
