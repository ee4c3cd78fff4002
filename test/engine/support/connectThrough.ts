import { createEngine, fortnoxCredential, type Engine, type EngineOptions } from '../../../engine';
import type { Sandbox } from '../../../sandbox';
import { formsOf } from './echoed';
import { COMPANY } from './world';

let connections = 0;

/** A fresh connection through a proxy (empty caches, an unused limit), and the forms of its secrets that a server can echo. */
export function connectThrough(
	proxyUrl: string,
	sandbox: Sandbox,
	nodeTypes: EngineOptions['nodeTypes'],
): { engine: Engine; forms: string[] } {
	const [app] = sandbox.clients;
	if (app === undefined) throw new Error('The sandbox has no client');
	const clientId = `echo-${process.pid}-${++connections}`;
	sandbox.clients.push({ ...app, id: clientId });
	const oauthTokenData = sandbox.issueTokens({ clientId, tenantId: COMPANY });
	const fortnox = fortnoxCredential({ url: `${proxyUrl}/via-${connections}`, clientId, clientSecret: app.secret, oauthTokenData });
	const engine = createEngine({ nodeTypes, credentials: { fortnox } });
	return { engine, forms: formsOf({ ...oauthTokenData, clientId, clientSecret: app.secret }) };
}
