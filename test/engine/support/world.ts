import type { INodeParameters } from 'n8n-workflow';

import {
	createEngine,
	fortnoxCredential,
	ACCOUNTING_NODE,
	ACCOUNTING_TRIGGER,
	INSTANT_TRIGGER,
	type Engine,
	type EngineResult,
	type RunNodeOptions,
} from '../../../engine';
// The ending keeps loaders from taking the codex file `FortnoxAccounting.node.json` for it.
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { FortnoxAccountingInstantTrigger } from '../../../nodes/FortnoxAccountingInstantTrigger/FortnoxAccountingInstantTrigger.node.ts';
import { FortnoxAccountingTrigger } from '../../../nodes/FortnoxAccountingTrigger/FortnoxAccountingTrigger.node.ts';
import { companyFromSie, startSandbox, type Sandbox, type SandboxOptions, type SandboxYear } from '../../../sandbox';
import { settingsOfRun } from './otherWay';

/** A sandbox and an engine that is connected to one of its companies: the whole way from a node's parameters to a ledger. */
export interface World {
	sandbox: Sandbox;
	readonly engine: Engine;
	/** Runs the accounting node once. */
	run(parameters: INodeParameters, options?: Omit<RunNodeOptions, 'parameters'>): Promise<EngineResult>;
	/** Connects anew under another base URL and client id: an unused limit, empty caches and mark indexes, an empty view of the log. */
	reconnect(): void;
	/** Another app of the same company, in the same process and at the same address: only its limit is its own. */
	anotherApp(): Engine;
	/** Requests in the sandbox's log since the last call of `forget`. */
	requests(method?: string, path?: RegExp): Sandbox['log'];
	forget(): void;
	close(): Promise<void>;
}

export const COMPANY = 1001;

/** Each connection has a base URL and a client id of its own, so that limits, caches and mark indexes of the process don't mix. */
let connections = 0;

export interface WorldOptions extends SandboxOptions {
	/** Default: the company of the SIE file, else 1001. */
	tenantId?: number;
	scopes?: string[];
	/** A SIE 4 file as Fortnox exports it: the world has the one company with its books. */
	sie?: Buffer;
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
	const { sie, scopes, tenantId: wanted, ...rest } = options;
	const sandboxOptions = sie === undefined ? rest : { ...rest, companies: (now: () => number) => [companyFromSie(sie, now)] };
	const tenantId = wanted ?? (sie === undefined ? COMPANY : undefined);
	const settings = { ...settingsOfRun(), limit: 'off' as const, ...sandboxOptions.settings };
	const sandbox = await startSandbox({ ...sandboxOptions, settings });
	const connect = (address = ++connections): Engine => {
		const [app] = sandbox.clients;
		if (app === undefined) throw new Error('The sandbox has no client');
		const clientId = `world-${process.pid}-${sandbox.clients.length}-${address}`;
		sandbox.clients.push({ ...app, id: clientId });
		return createEngine({
			nodeTypes: {
				[ACCOUNTING_NODE]: FortnoxAccounting,
				[ACCOUNTING_TRIGGER]: FortnoxAccountingTrigger,
				[INSTANT_TRIGGER]: FortnoxAccountingInstantTrigger,
			},
			credentials: {
				fortnox: fortnoxCredential({
					url: `${sandbox.url}/via-${address}`,
					clientId,
					clientSecret: app.secret,
					oauthTokenData: sandbox.issueTokens({ clientId, tenantId, scopes }),
				}),
			},
		});
	};
	let engine = connect();
	let seen = 0;
	return {
		sandbox,
		get engine() {
			return engine;
		},
		anotherApp: () => connect(connections),
		reconnect: () => {
			engine = connect();
			seen = sandbox.log.length;
		},
		run: async (parameters, runOptions = {}) => await engine.runNode({ parameters, ...runOptions }),
		requests: (method, path) =>
			sandbox.log
				.slice(seen)
				.filter((entry) => (method === undefined || entry.method === method) && (path === undefined || path.test(entry.path))),
		forget: () => {
			seen = sandbox.log.length;
		},
		close: async () => await sandbox.close(),
	};
}

/** All vouchers of a company, in all its years: the truth that nothing was posted, or just what should be. */
export function countVouchers(sandbox: Sandbox, tenantId = COMPANY): number {
	return [...sandbox.company(tenantId).years.values()].reduce((sum, year) => sum + year.count, 0);
}

/** The financial year in which the tests' day lies: the one that the node reads where no year is given. */
export function currentYear({ sandbox }: World, tenantId = COMPANY): SandboxYear {
	const year = sandbox.company(tenantId).currentYear();
	if (year === undefined) throw new Error('The company has no financial year now');
	return year;
}
