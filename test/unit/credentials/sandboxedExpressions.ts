import { Expression } from 'n8n-workflow';

import { createEngine } from '../../../engine';

/**
 * Prints the OAuth2 fields as n8n's sandboxed expression engine computes them, as JSON.
 * A program of its own, because that engine is loaded by a dynamic import, which jest does not allow.
 */
async function main(): Promise<void> {
	await Expression.initExpressionEngine({
		engine: 'quickjs',
		poolSize: 1,
		maxCodeCacheSize: 64,
		bridgeTimeout: 5000,
		bridgeMemoryLimit: 64,
		sharedCaller: true,
	});
	const fields = { clientId: 'app', clientSecret: 'secret', scopes: ['project', 'bookkeeping'] };
	const engine = createEngine({
		nodeTypes: {},
		credentials: {
			good: { type: 'fortnoxOAuth2Api', data: { ...fields, oauthBaseUrl: 'http://[::1]:3999/oauth-v1//' } },
			bad: { type: 'fortnoxOAuth2Api', data: { ...fields, oauthBaseUrl: 'http://127.0.0.1@evil.example' } },
		},
	});
	const answer = {
		implementation: Expression.getActiveImplementation(),
		good: engine.credential('good'),
		bad: engine.credential('bad'),
	};
	await Expression.disposeExpressionEngine();
	process.stdout.write(JSON.stringify(answer));
}

void main();
