import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ACCOUNTING_NODE, ACCOUNTING_TRIGGER, createEngine, INSTANT_TRIGGER } from '../../../engine';
import type { Engine, EngineResult, RunNodeOptions, StoredCredential } from '../../../engine';
// The ending keeps loaders from taking the codex file `FortnoxAccounting.node.json` for it.
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { FortnoxAccountingInstantTrigger } from '../../../nodes/FortnoxAccountingInstantTrigger/FortnoxAccountingInstantTrigger.node.ts';
import { FortnoxAccountingTrigger } from '../../../nodes/FortnoxAccountingTrigger/FortnoxAccountingTrigger.node.ts';
import { startSandbox, type CompanyState, type Sandbox, type SandboxOptions } from '../../../sandbox';
import { furnish } from '../../../sandbox/company/furnish';
import { newCompany } from '../../../sandbox/company/newCompany';

/** An accounting firm: one app, companies that have consented to it, and one credential for all of them. */
export interface Firm {
	sandbox: Sandbox;
	engine: Engine;
	/** The stored credentials by id: `service` names no company, `connected` is an OAuth2 credential of the first one. */
	stored: Record<'service' | 'connected', StoredCredential>;
	tenants: readonly number[];
	/** Runs the accounting node once, with the service account; the company is the parameter `tenantId` or the credential's own. */
	run(parameters: INodeParameters, options?: Omit<RunNodeOptions, 'parameters'>): Promise<EngineResult>;
	/** Vouchers of a company that its ledger has beyond an empty one, row by row, in the order of posting. */
	ledger(tenantId: number): string[];
	close(): Promise<void>;
}

const FIRST_TENANT = 1001;

/** A company with an empty ledger and the financial years from 2026 to the one after today's. */
function emptyCompany(tenantId: number, now: () => number): CompanyState {
	const company = newCompany(
		{
			tenantId,
			name: `Klient ${tenantId} AB`,
			organizationNumber: `559900-${String(tenantId).slice(-4)}`,
			address: 'Storgatan 12',
			city: 'Björkdalen',
			zipCode: '123 45',
			phone: '08-000 00 00',
			user: { id: '11', name: 'Åsa Öberg', email: 'asa@klient.example', systemAdministrator: true },
			unlicensedScopes: [],
			apiLicence: true,
		},
		now,
	);
	for (let number = 2026; number <= new Date(now()).getUTCFullYear() + 1; number++) {
		furnish(company.addYear(`${number}-01-01`, `${number}-12-31`));
	}
	return company;
}

export async function startFirm(companies: number, settings: SandboxOptions['settings'] = {}): Promise<Firm> {
	const tenants = Array.from({ length: companies }, (_, index) => FIRST_TENANT + index);
	const sandbox = await startSandbox({
		companies: (now) => tenants.map((tenantId) => emptyCompany(tenantId, now)),
		settings: { limit: 'off', refreshLatency: { successMs: 20, refusalMs: 5 }, ...settings },
	});
	const [app] = sandbox.clients;
	if (app === undefined) throw new Error('The sandbox has no client');
	for (const tenantId of tenants) sandbox.consent({ clientId: app.id, tenantId, serviceAccount: true });
	const data = { clientId: app.id, clientSecret: app.secret, apiBaseUrl: sandbox.url, oauthBaseUrl: `${sandbox.url}/oauth-v1` };
	const stored: Firm['stored'] = {
		service: { type: 'fortnoxServiceAccountApi', data: { ...data } },
		connected: {
			type: 'fortnoxOAuth2Api',
			data: { ...data, oauthTokenData: { ...sandbox.issueTokens({ clientId: app.id, tenantId: FIRST_TENANT }) } },
		},
	};
	const engine = createEngine({
		nodeTypes: {
			[ACCOUNTING_NODE]: FortnoxAccounting,
			[ACCOUNTING_TRIGGER]: FortnoxAccountingTrigger,
			[INSTANT_TRIGGER]: FortnoxAccountingInstantTrigger,
		},
		credentials: stored,
	});
	return {
		sandbox,
		engine,
		stored,
		tenants,
		run: async (parameters, options = {}) =>
			await engine.runNode({ parameters: { authentication: 'serviceAccount', ...parameters }, ...options }),
		ledger: (tenantId) => ledgerOf(sandbox, tenantId),
		close: async () => await sandbox.close(),
	};
}

function ledgerOf(sandbox: Sandbox, tenantId: number): string[] {
	return [...sandbox.company(tenantId).years.values()].flatMap((year) =>
		sandbox
			.company(tenantId)
			.vouchers(year.id)
			.map(({ series, number, description, rows }) =>
				[`${series}${number}`, description, ...rows.map((row) => `${row.account}:${row.debit - row.credit}`)].join(' '),
			),
	);
}

/** An entry of an item's `amount` (SEK), whose text says for which company it was meant. */
export const ENTRY: INodeParameters = {
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'A',
	date: '2026-06-01',
	number: '={{ $json.number }}',
	description: '=For {{ $json.tenant }} no {{ $json.number }}',
	linesSource: 'json',
	linesJson: '={{ [{ account: "1930", debit: $json.amount }, { account: "3004", credit: $json.amount }] }}',
};

/** Items for `each` entries of every company, interleaved: the first of all companies, then the second of all. */
export function interleaved(tenants: readonly number[], each: number): IDataObject[] {
	return Array.from({ length: each }, (_, round) =>
		tenants.map((tenant) => ({ tenant, number: `${tenant}-${round + 1}`, amount: tenant + round / 100 })),
	).flat();
}

/** What the ledger of a company has once its items of `interleaved` are posted, from voucher `A first` on. */
export function meantFor(tenantId: number, items: readonly IDataObject[], first = 1): string[] {
	return items
		.filter(({ tenant }) => tenant === tenantId)
		.map(({ number, amount }, index) => {
			const ore = Math.round(Number(amount) * 100);
			return `A${first + index} For ${tenantId} no ${String(number)} 1930:${ore} 3004:${-ore}`;
		});
}
