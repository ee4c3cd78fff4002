import assert from 'node:assert/strict';

import type { INode, INodeParameters } from 'n8n-workflow';
import type { Locator, Page } from 'playwright-core';

import type { Sandbox } from '../../../sandbox';
import { openBrowser, picture } from '../browser';
import { execute, openPanel, testId } from '../editor';
import { connectedCredential, credentialFields, nodeType, oAuth2, sandboxFor, serviceAccount, type Credential } from '../fortnox';
import { entryIds } from '../ledger';
import type { N8n } from '../n8n';
import type { Context, Scenario } from '../scenario';
import { builtIn, workflow } from '../workflow';

/** A form with one mistake in it, and what the panel says of it: the field as the form calls it, and what to do. */
interface Mistake {
	name: string;
	parameters: INodeParameters;
	says: RegExp;
	credential?: 'narrow' | 'dead' | 'elsewhere' | 'stranger';
}

const IN_A_ROW = 6;

const line = (account: string, amount: INodeParameters): INodeParameters => ({
	account: { __rl: true, mode: 'number', value: account },
	...amount,
});
const lines = (...line: INodeParameters[]): INodeParameters => ({ line });
const both = (amount: string): INodeParameters => lines(line('6110', { debit: amount }), line('1930', { credit: amount }));

/** An entry without a mistake, but for what a case gives. */
const entry = (more: INodeParameters): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'create',
	journalId: { __rl: true, mode: 'code', value: 'A' },
	date: '2026-10-01',
	number: 'M-1',
	entryDescription: 'Papper',
	lines: both('100'),
	...more,
});

const MISTAKES: readonly Mistake[] = [
	{ name: 'no such day', parameters: entry({ date: '2026-02-30' }), says: /Date: .*2026-02-30/ },
	{ name: 'day of a locked period', parameters: entry({ date: '2025-12-30' }), says: /Date: .*locked/ },
	{ name: 'amount with one comma', parameters: entry({ lines: both('1,250') }), says: /Line 1, Debit: .*1250 or 1\.250/ },
	{ name: 'amount in words', parameters: entry({ lines: both('tusen') }), says: /Line 1, Debit: .*not an amount/ },
	{ name: 'does not balance', parameters: entry({ lines: lines(line('6110', { debit: '100' }), line('1930', { credit: '90' })) }), says: /10\.00 too much in debit/ },
	{ name: 'both sides filled in', parameters: entry({ lines: lines(line('6110', { debit: '100', credit: '100' }), line('1930', { credit: '100' })) }), says: /Line 1.*(debit|Debit)/ },
	{ name: 'unknown account', parameters: entry({ lines: lines(line('6999', { debit: '1' }), line('1930', { credit: '1' })) }), says: /Line 1, Account: .*6999.*(Create|another)/ },
	{ name: 'VAT of a sale on a cost', parameters: entry({ lines: lines(line('6110', { debit: '100', tax_info: { tax_code: 'MP1' } }), line('1930', { credit: '125' })) }), says: /Line 1, VAT Code: .*(sale|purchase|side|MP1)/ },
	{ name: 'journal that is not manual', parameters: entry({ journalId: { __rl: true, mode: 'code', value: 'B' } }), says: /Journal: .*manual/ },
	{ name: 'no lines', parameters: entry({ lines: {} }), says: /Lines: .*/ },
	{ name: 'expression in a fixed field', parameters: entry({ number: '{{ $json.id }}' }), says: /Number: .*plain text.*Set the field to Expression/ },
	{ name: 'expression of a field that is not there', parameters: entry({ number: '={{ $json.nummer }}' }), says: /Number: .*gives nothing.*clear the field/ },
	{ name: 'dead address', parameters: entry({}), says: /can.t be reached|refused|Base URL/i, credential: 'dead' },
	{ name: 'missing scope', parameters: entry({}), says: /scope/, credential: 'narrow' },
	{ name: 'company without consent', parameters: { ...entry({}), tenantId: '1002' }, says: /Tenant ID|consent|1002/, credential: 'stranger' },
	{ name: 'credential of another company', parameters: entry({ lines: lines(line('6110', { debit: '1', cost_center: 'BUTIK' }), line('1930', { credit: '1' })) }), says: /BUTIK/, credential: 'elsewhere' },
];

async function credentialsFor(
	n8n: N8n,
	sandbox: Sandbox,
): Promise<Record<'right' | NonNullable<Mistake['credential']>, [type: string, credential: Credential]>> {
	const create = async (name: string, type: string, fields: Record<string, unknown>): Promise<[string, Credential]> => [
		type,
		{ id: await n8n.createCredential(name, type, fields), name },
	];
	const own = credentialFields(sandbox);
	return {
		right: [oAuth2, await connectedCredential(n8n, sandbox)],
		narrow: [oAuth2, await connectedCredential(n8n, sandbox, ['companyinformation'])],
		dead: await create('Dead', oAuth2, {
			...own,
			apiBaseUrl: 'http://127.0.0.1:9',
			oauthTokenData: sandbox.issueTokens({ tenantId: 1001 }),
		}),
		elsewhere: await create('Elsewhere', oAuth2, { ...own, oauthTokenData: sandbox.issueTokens({ tenantId: 1003 }) }),
		stranger: await create('Stranger', serviceAccount, own),
	};
}

async function look(page: Page, context: Context, open: () => Promise<Locator>, { name, says }: Mistake): Promise<string> {
	const panel = await open();
	const view = testId(page, 'output-panel');
	try {
		await execute(page, panel, view.getByText('Error details').filter({ visible: true }));
	} finally {
		await picture(page, context.pictures, `mistake-${name.replaceAll(' ', '-')}`);
	}
	const text = await view.innerText();
	return says.test(text) && !/lines\[|tax_info|journalId/.test(text) ? '' : `${name}: ${text}`;
}

export const refusals: Scenario = {
	name: 'refusals',
	proves: 'each of the mistakes that builders make is refused in the panel, which names the field and what to do, and nothing is posted',
	lines: [2],
	async run(context) {
		const n8n = await context.startN8n();
		const sandbox = await sandboxFor(context);
		const before = entryIds(sandbox);
		const credentials = await credentialsFor(n8n, sandbox);
		const nodes = MISTAKES.map(({ name, parameters, credential }) => {
			const [type, one] = credentials[credential ?? 'right'];
			const authentication = type === oAuth2 ? 'oAuth2' : 'serviceAccount';
			return { name, type: nodeType, typeVersion: 1.1, parameters: { authentication, ...parameters }, credentials: { [type]: one } };
		});
		const start = builtIn('Manual Trigger', 'manualTrigger', 1);
		const body = workflow('Mistakes', [start, ...nodes]);
		const placed = body.nodes.map((node, index): INode => ({
			...node,
			position: [(index % IN_A_ROW) * 260, Math.floor(index / IN_A_ROW) * 220],
		}));
		// Each node hangs on the trigger: what one refuses stops no other.
		const connections = { [start.name]: { main: [nodes.map(({ name }) => ({ node: name, type: 'main' as const, index: 0 }))] } };
		const id = await n8n.createWorkflow({ ...body, nodes: placed, connections });
		const browser = await openBrowser(n8n, await context.folder());
		context.onEnd(async () => await browser.close());
		const page = browser.pages()[0] ?? (await browser.newPage());
		const unclear: string[] = [];
		for (const [index, mistake] of MISTAKES.entries()) {
			const said = await look(page, context, async () => await openPanel(page, n8n.url, id, placed[index + 1]?.id ?? ''), mistake);
			if (said !== '') unclear.push(said);
		}
		assert.deepEqual(unclear, []);
		assert.deepEqual(entryIds(sandbox), before, 'nothing is posted');
		context.note(`${MISTAKES.length} mistakes, each named in the panel with its field and what to do: ${MISTAKES.map(({ name }) => name).join(', ')}`);
	},
};
