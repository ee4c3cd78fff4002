import type { INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox';
import type { N8n } from './n8n';
import type { Context } from './scenario';
import type { Step } from './workflow';

/** The sandbox's app and company that all scenarios use. */
export const app = { clientId: 'sandbox-client', clientSecret: 'sandbox-secret' };
export const tenantId = 1001;

export const nodeType = 'n8n-nodes-fortnox-accounting.fortnoxAccounting';
export const triggerType = 'n8n-nodes-fortnox-accounting.fortnoxAccountingTrigger';
export const instantTriggerType = 'n8n-nodes-fortnox-accounting.fortnoxAccountingInstantTrigger';
export const oAuth2 = 'fortnoxOAuth2Api';
export const serviceAccount = 'fortnoxServiceAccountApi';

export interface Credential {
	id: string;
	name: string;
}

/** Starts a sandbox that ends with the scenario. */
export async function sandboxFor(context: Context): Promise<Sandbox> {
	const sandbox = await startSandbox();
	context.onEnd(async () => await sandbox.close());
	return sandbox;
}

/** What a person enters into the credential's text fields. */
export function credentialFields(sandbox: Sandbox): Record<string, string> {
	return { ...app, apiBaseUrl: sandbox.url, oauthBaseUrl: `${sandbox.url}/oauth-v1` };
}

/** A credential that was connected before: it holds a token of the sandbox already. */
export async function connectedCredential(n8n: N8n, sandbox: Sandbox, scopes?: string[]): Promise<Credential> {
	const name = scopes === undefined ? 'Fortnox' : `Fortnox: ${scopes.join(' ')}`;
	const oauthTokenData = sandbox.issueTokens({ tenantId, ...(scopes === undefined ? {} : { scopes }) });
	const id = await n8n.createCredential(name, oAuth2, { ...credentialFields(sandbox), oauthTokenData });
	return { id, name };
}

/** A Fortnox Accounting node with the OAuth2 credential. */
export function fortnox(name: string, credential: Credential, resource: string, operation: string, parameters: INodeParameters = {}): Step {
	return {
		name,
		type: nodeType,
		typeVersion: 1,
		parameters: { authentication: 'oAuth2', resource, operation, ...parameters },
		credentials: { [oAuth2]: credential },
	};
}

/** The value of a resource locator as the editor stores it. */
export function locator(mode: string, value: string): INodeParameters {
	return { __rl: true, mode, value };
}

/** The refreshes that the sandbox has answered, successful or not. */
export function refreshes(sandbox: Sandbox) {
	return sandbox.log.filter(
		({ path, body }) => path === '/oauth-v1/token' && JSON.stringify(body).includes('"grant_type":"refresh_token"'),
	);
}
