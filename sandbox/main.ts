import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { companyFromSie, seedCompanies, startSandbox } from './index';
import { defaultSettings } from './settings';

const HELP = `A local Fortnox: API v3 and OAuth on one port.

npm run sandbox -- [options]
  --port N         port (default 4010; 0 takes any)
  --host ADDRESS   address to listen on (default 127.0.0.1; 0.0.0.0 lets n8n in Docker reach it)
  --file FILE      keep companies and tokens in this file
  --sie FILE       add a company with the books of a SIE file that Fortnox exported; may be given several times
  --latency MS     round trip of every request
  --jitter MS      up to this much more, in each direction
  --no-limit       without the limit of 25 requests per 5 s
  --help
`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '4010' },
			host: { type: 'string', default: '127.0.0.1' },
			file: { type: 'string' },
			sie: { type: 'string', multiple: true, default: [] },
			latency: { type: 'string', default: '0' },
			jitter: { type: 'string', default: '0' },
			'no-limit': { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return;
	}
	if (values.sie.length > 0 && values.file !== undefined && existsSync(values.file)) {
		throw new Error(`${values.file} holds the companies of an earlier run; --sie adds to a new file only`);
	}
	const sandbox = await startSandbox({
		port: wholeNumber('port', values.port),
		host: values.host,
		...(values.file === undefined ? {} : { file: values.file }),
		companies: (now) => [...seedCompanies(now), ...values.sie.map((file) => companyFromSie(readFileSync(file), now))],
		settings: {
			latencyMs: wholeNumber('latency', values.latency),
			jitterMs: wholeNumber('jitter', values.jitter),
			limit: values['no-limit'] ? 'off' : defaultSettings().limit,
		},
	});
	const [client] = sandbox.clients;
	const isOpen = ['0.0.0.0', '::'].includes(values.host);
	const { port } = new URL(sandbox.url);
	const url = isOpen ? `http://127.0.0.1:${port}` : sandbox.url;
	const fromDocker = `
From n8n in Docker, with Allow Local HTTP in the credential, http://host.docker.internal:${port} in place of ${url}.
`;
	const companies = sandbox.companies.map(({ profile, years }) => `  ${profile.tenantId}  ${profile.name} (${years.size} financial years)`);
	process.stdout.write(`Sandbox of Fortnox at ${url}

Credential in n8n (Fortnox OAuth2 API):
  Client ID       ${client?.id}
  Client Secret   ${client?.secret}
  API Base URL    ${url}
  OAuth Base URL  ${url}/oauth-v1
Any redirect URL is accepted. Press Connect, choose a company, press Godkänn.
${isOpen ? fromDocker : ''}
Companies (tenant id, name):
${companies.join('\n')}

Control: ${url}/_sandbox   Stop: Ctrl+C
`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
	}
}

function wholeNumber(name: string, text: string): number {
	if (!/^\d+$/.test(text)) throw new Error(`--${name} takes a whole number, not "${text}"`);
	return Number(text);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
