import { ACCOUNTING_NODE, createEngine, fortnoxCredential } from '../../../engine';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { until } from '../support/entry';
import { catchLog } from '../support/n8nLog';
import { startStrikingProxy, type StrikingProxy } from '../support/strikingProxy';
import { COMPANY } from '../support/world';

let sandbox: Sandbox;
let proxy: StrikingProxy;
beforeAll(async () => {
	sandbox = await startSandbox();
	proxy = await startStrikingProxy(sandbox.url);
});
afterAll(async () => {
	await proxy.close();
	await sandbox.close();
});

test('429 to everything is written into n8n’s log once, as a warning, while the run waits', async () => {
	const log = catchLog();
	const warnings = (): string[] => log.filter(({ level }) => level === 'warn').map(({ line }) => line);
	let asked = 0;
	proxy.strike((_request, response) => {
		asked++;
		response.writeHead(429, { 'content-type': 'application/json' }).end('{"message":"Too many requests"}');
		return true;
	});
	const [app] = sandbox.clients;
	const { id: clientId = '', secret: clientSecret = '' } = app ?? {};
	const oauthTokenData = sandbox.issueTokens({ clientId, tenantId: COMPANY });
	const engine = createEngine({
		nodeTypes: { [ACCOUNTING_NODE]: FortnoxAccounting },
		credentials: { fortnox: fortnoxCredential({ url: proxy.url, clientId, clientSecret, oauthTokenData }) },
	});
	const stop = new AbortController();
	const running = engine.runNode({ parameters: { resource: 'account', operation: 'getAll' }, signal: stop.signal });
	await until(() => warnings()[0]);
	const before = asked;
	await until(() => (asked > before + 1 ? true : undefined));
	stop.abort();
	expect((await running).error).toBeDefined();
	expect(warnings()).toEqual(['Waiting for Fortnox, which answered 429 (too many requests for the company)']);
});
