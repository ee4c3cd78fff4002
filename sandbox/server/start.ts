import { createServer } from 'node:http';

import { seedCompanies } from '../company/seed';
import { accessTo } from '../control/access';
import type { Sandbox, SandboxOptions } from '../control/sandbox';
import { EventLog } from '../events/eventLog';
import { serveEvents } from '../events/server';
import { Faults } from '../network/faults';
import { SlidingWindow } from '../network/limiter';
import { RequestLog } from '../network/log';
import { DEFAULT_CLIENTS, Tokens } from '../oauth/tokens';
import { defaultSettings, type Settings } from '../settings';
import { answering } from './application';
import { listen, stop } from './http';
import { loadState, saveState } from './persistence';
import { ApiPipeline } from './pipeline';

const SAVE_EVERY_MS = 3000;

/** Longer than a test keeps a connection that it does not use. */
const KEEP_ALIVE_MS = 60_000;

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const now = options.now ?? Date.now;
	const settings: Settings = { ...defaultSettings(), ...options.settings };
	const tokens = new Tokens(settings, now);
	const restored = options.file === undefined ? undefined : await loadState(options.file, now);
	const companies = restored?.companies ?? (options.companies ?? seedCompanies)(now);
	if (restored) tokens.restore(restored.tokens);
	const byTenant = new Map(companies.map((company) => [company.profile.tenantId, company]));
	if (byTenant.size < companies.length) {
		throw new Error(`Two companies have one tenant id: ${companies.map(({ profile }) => profile.tenantId).join(', ')}`);
	}
	const clients = restored?.clients ?? DEFAULT_CLIENTS.map((client) => ({ ...client }));
	const log = new RequestLog(settings);
	const faults = new Faults();
	const shared = { settings, companies: byTenant, tokens, faults, log };

	const pipeline = new ApiPipeline({ ...shared, limiter: new SlidingWindow(settings), now });
	const oauth = { ...shared, clients };
	const server = createServer(
		{ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 },
		await answering(() => ({ pipeline, oauth, sandbox })),
	);
	const eventLog = new EventLog(settings, now);
	for (const each of companies) eventLog.observe(each);
	const events = serveEvents(server, { settings, clients, tokens, log: eventLog });

	const { file } = options;
	// One after the other: they write the same file.
	let saved = Promise.resolve();
	const save = async (): Promise<void> => {
		if (file !== undefined) saved = saved.then(async () => await saveState(file, { companies, clients, tokens }));
		await saved;
	};
	const timer = options.file === undefined ? undefined : setInterval(() => void save(), SAVE_EVERY_MS).unref();

	const sandbox: Sandbox = {
		url: '',
		settings,
		clients,
		companies,
		log: log.entries,
		faults,
		events,
		...accessTo({ companies, clients, tokens }),
		async close() {
			clearInterval(timer);
			pipeline.stop();
			events.stop();
			await stop(server);
			await save();
		},
	};
	const url = await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
	pipeline.baseUrl = url;
	return Object.assign(sandbox, { url });
}
