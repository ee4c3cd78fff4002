import { ACCOUNTING_NODE, type Engine, type EngineResult } from '../../../engine';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { BLANK } from '../../../nodes/shared/fortnox/secrets';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { SAMPLES, type Sample } from '../../../scripts/docs/samples';
import { connectThrough } from '../support/connectThrough';
import { everythingIn, leftIn } from '../support/echoed';
import { startEchoProxy, type Echo, type EchoProxy } from '../support/echoProxy';
import { catchLog, type LogLine } from '../support/n8nLog';

/** What ends a run: one endpoint is tried at a time. */
const ENDINGS: readonly Echo[] = ['refusal', 'page'];

let sandbox: Sandbox;
let proxy: EchoProxy;
let logged: LogLine[];

beforeAll(async () => {
	sandbox = await startSandbox({ settings: { limit: 'off' } });
	proxy = await startEchoProxy(sandbox.url);
	logged = catchLog();
});

afterAll(async () => {
	await proxy.close();
	await sandbox.close();
});

const connection = () => connectThrough(proxy.url, sandbox, { [ACCOUNTING_NODE]: FortnoxAccounting });

async function run(engine: Engine, { operation, parameters, input, file }: Sample): Promise<EngineResult> {
	const [resource = '', value = ''] = operation.split('.');
	const content = file && {
		json: {},
		binary: { data: { data: Buffer.from(file.content).toString('base64'), mimeType: file.mimeType, fileName: file.fileName } },
	};
	return await engine.runNode({
		parameters: { resource, operation: value, ...parameters, options: { rawResponse: true } },
		onError: 'continueRegularOutput',
		...(content ? { input: [content] } : input && { input }),
	});
}

const samples = SAMPLES.filter(({ operation }) => operation.includes('.') && !operation.startsWith('trigger'));

describe.each([...new Map(samples.map((sample) => [sample.operation, sample])).values()])('$operation', (sample) => {
	test('keeps no secret that a server sends back', async () => {
		proxy.echo(undefined);
		proxy.forget();
		await run(connection().engine, sample);
		const endpoints = proxy.endpoints().filter((endpoint) => endpoint.includes('/3/'));
		expect(endpoints.length).toBeGreaterThan(0);
		const leaks: string[] = [];
		let blanked = 0;
		const attempt = async (tried: readonly string[], how: Echo): Promise<void> => {
			const { engine, forms } = connection();
			logged.length = 0;
			proxy.echo({ endpoints: tried, how, texts: forms });
			proxy.forget();
			const result = await run(engine, sample);
			const kept = everythingIn([result.execution.data.resultData, result.error, logged]);
			leaks.push(...leftIn(kept, forms).map((form) => `${tried.join(', ')}, ${how}: ${form}`));
			if (kept.includes(BLANK)) blanked++;
			expect(logged.length).toBeGreaterThan(0);
		};
		await attempt(endpoints, 'success');
		const reached = proxy.endpoints();
		// What was sent back may have ended the run before.
		for (const endpoint of endpoints) if (!reached.includes(endpoint)) await attempt([endpoint], 'success');
		for (const endpoint of endpoints) for (const how of ENDINGS) await attempt([endpoint], how);
		expect(leaks).toEqual([]);
		// What is searched has shown the text, with its secrets blanked.
		expect(blanked).toBeGreaterThan(0);
	});
});
