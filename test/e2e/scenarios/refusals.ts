import assert from 'node:assert/strict';

import type { INode, INodeParameters } from 'n8n-workflow';
import type { Page } from 'playwright-core';

import type { Sandbox } from '../../../sandbox';
import { openBrowser, picture } from '../browser';
import { closePanel, openFromCanvas } from '../canvas';
import { execute, testId } from '../editor';
import { app, connectedCredential, credentialFields, nodeType, oAuth2, sandboxFor, serviceAccount, type Credential } from '../fortnox';
import { bookedSince, entryIds } from '../ledger';
import type { N8n } from '../n8n';
import { waitFor } from '../process';
import type { Context, Scenario } from '../scenario';
import { builtIn, workflow } from '../workflow';

/** A form with one mistake in it, and what the panel says of it: a title, and the field as the form calls it with what to do. */
interface Mistake {
	name: string;
	parameters: INodeParameters;
	title: string;
	says: RegExp;
	credential?: 'narrow' | 'dead' | 'elsewhere' | 'stranger' | 'firm';
	/** Company whose tokens Fortnox issues meanwhile, whichever is asked for. */
	issued?: number;
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
	{ name: 'no such day', parameters: entry({ date: '2026-02-30' }), title: 'A value does not fit', says: /Date: .*2026-02-30.*YYYY-MM-DD/ },
	{ name: 'day of a locked period', parameters: entry({ date: '2025-12-30' }), title: 'The period is locked', says: /Date: .*locked/ },
	{
		name: 'amount with one comma',
		parameters: entry({ lines: both('1,250') }),
		title: 'A value does not fit',
		says: /Line 1, Debit: .*1250 or 1\.250/,
	},
	{
		name: 'amount in words',
		parameters: entry({ lines: both('tusen') }),
		title: 'A value does not fit',
		says: /Line 1, Debit: .*not an amount/,
	},
	{
		name: 'does not balance',
		parameters: entry({ lines: lines(line('6110', { debit: '100' }), line('1930', { credit: '90' })) }),
		title: 'The entry does not balance',
		says: /10\.00 too much in debit/,
	},
	{
		name: 'both sides filled in',
		parameters: entry({ lines: lines(line('6110', { debit: '100', credit: '100' }), line('1930', { credit: '100' })) }),
		title: 'A line needs one amount',
		says: /Line 1.*[Dd]ebit/,
	},
	{
		name: 'unknown account',
		parameters: entry({ lines: lines(line('6999', { debit: '1' }), line('1930', { credit: '1' })) }),
		title: 'Unknown account',
		says: /Line 1, Account: .*6999.*Create/,
	},
	{
		name: 'VAT of a sale on a cost',
		parameters: entry({ lines: lines(line('6110', { debit: '100', tax_info: { tax_code: 'MP1' } }), line('1930', { credit: '125' })) }),
		title: 'The VAT code does not fit the account',
		says: /Line 1, VAT Code: .*MP1/,
	},
	{
		name: 'VAT in the amount without a code',
		parameters: entry({ lines: lines(line('6110', { debit: '125', tax_info: { gross: true } }), line('1930', { credit: '125' })) }),
		title: 'A value does not fit',
		says: /Line 1, VAT Code: give the VAT code/,
	},
	{
		name: 'journal that is not manual',
		parameters: entry({ journalId: { __rl: true, mode: 'code', value: 'B' } }),
		title: 'The journal is not manual',
		says: /Journal: .*manual/,
	},
	{ name: 'no lines', parameters: entry({ lines: {} }), title: 'A value does not fit', says: /Lines: an entry needs at least two lines/ },
	{
		name: 'expression in a fixed field',
		parameters: entry({ number: '{{ $json.id }}' }),
		title: 'A value does not fit',
		says: /Number: .*plain text.*Set the field to Expression/,
	},
	{
		name: 'expression of a field that is not there',
		parameters: entry({ number: '={{ $json.nummer }}' }),
		title: 'An expression gives nothing',
		says: /Number: .*gives nothing.*clear the field/,
	},
	{
		name: 'dead address',
		parameters: entry({}),
		title: 'Fortnox did not answer',
		says: /could not be reached.*API Base URL of the credential/,
		credential: 'dead',
	},
	{
		name: 'missing scope',
		parameters: entry({}),
		title: 'Fortnox refused access',
		says: /lacks the scope "bookkeeping"\. Select it under Scopes in the credential.*reconnect/,
		credential: 'narrow',
	},
	{
		name: 'company without consent',
		parameters: { ...entry({}), tenantId: '1002' },
		title: 'Fortnox refused access',
		says: /no consent.*tenant ID.*system administrator[^]*company 1002/,
		credential: 'stranger',
	},
	{
		name: 'credential of another company',
		parameters: entry({ lines: lines(line('6110', { debit: '1', cost_center: 'BUTIK' }), line('1930', { credit: '1' })) }),
		title: 'Unknown cost center or project',
		says: /Line 1, Cost Center: .*BUTIK/,
		credential: 'elsewhere',
	},
	{
		name: 'token of another company',
		parameters: { ...entry({}), tenantId: '1001' },
		title: 'The credential belongs to another company',
		says: /1001.*1003.*Nothing was sent/,
		credential: 'firm',
		issued: 1003,
	},
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
		firm: await create('Firm', serviceAccount, own),
	};
}

/** An error as the panel shows it, with its details opened or not. */
const ERROR = 'Error details';

/** What the panel says of a mistake that is not as it should be; empty where all is. */
async function look({ page, n8n, sandbox, context, workflowId }: Setting, node: string, mistake: Mistake): Promise<string> {
	const { name, title, says, issued } = mistake;
	sandbox.settings.serviceAccountTokens = issued === undefined ? 'asked' : { tenantId: issued };
	const panel = await openFromCanvas(page, node);
	const view = testId(page, 'output-panel');
	const before = await n8n.countFinished(workflowId);
	try {
		await execute(page, panel, view.getByText(ERROR).filter({ visible: true }));
	} finally {
		await picture(page, context.pictures, `mistake-${name.replaceAll(' ', '-')}`);
	}
	await waitFor('the execution to be stored', async () => (await n8n.countFinished(workflowId)) > before);
	const text = await view.innerText();
	await closePanel(page);
	return text.includes(title) && says.test(text) && !/lines\[|tax_info|journalId/.test(text) ? '' : `${name}: ${text}`;
}

interface Setting {
	page: Page;
	n8n: N8n;
	sandbox: Sandbox;
	context: Context;
	workflowId: string;
}

/** After an error, and without a number after a success, *Execute step* runs the node once more; the form has said so before. */
async function again(setting: Setting, [refused = '', unnumbered = '']: readonly string[]): Promise<void> {
	const { page, n8n, sandbox, context, workflowId } = setting;
	const wrong = await openFromCanvas(page, refused);
	const view = testId(page, 'output-panel');
	const ran = await n8n.countFinished(workflowId);
	await execute(page, wrong, view.getByText(ERROR).filter({ visible: true }));
	await waitFor('the second run after an error', async () => (await n8n.countFinished(workflowId)) > ran);
	await closePanel(page);

	const before = entryIds(sandbox);
	const panel = await openFromCanvas(page, unnumbered);
	await panel.getByText('Running this node posts to the company', { exact: false }).first().waitFor();
	for (const times of [1, 2]) {
		const shown = await n8n.countFinished(workflowId);
		await execute(page, panel, view.getByText('within this execution only', { exact: false }));
		await waitFor(`run ${times} without a number`, async () => (await n8n.countFinished(workflowId)) > shown);
	}
	await picture(page, context.pictures, 'twice-without-a-number');
	const posted = bookedSince(sandbox, before);
	const entry = '2026-10-01, 1930 -10000, 6110 10000';
	assert.deepEqual(posted, [entry, entry], 'each run posts, as the form said');
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
		for (const tenantId of [1001, 1003]) sandbox.consent({ clientId: app.clientId, tenantId, serviceAccount: true });
		const cases = [...MISTAKES, { name: 'without a number', parameters: entry({ number: '' }) }];
		const nodes = cases.map(({ name, parameters, credential }: Pick<Mistake, 'name' | 'parameters' | 'credential'>) => {
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
		await page.goto(`${n8n.url}/workflow/${id}`);
		await testId(page, 'canvas-node')
			.nth(placed.length - 1)
			.waitFor();
		const setting: Setting = { page, n8n, sandbox, context, workflowId: id };
		const unclear: string[] = [];
		for (const [index, mistake] of MISTAKES.entries()) {
			const said = await look(setting, placed[index + 1]?.id ?? '', mistake);
			if (said !== '') unclear.push(said);
		}
		assert.deepEqual(unclear, []);
		assert.deepEqual(entryIds(sandbox), before, 'nothing is posted');
		await again(setting, [placed[1]?.id ?? '', placed.at(-1)?.id ?? '']);
		context.note(
			`${MISTAKES.length} mistakes, each named in the panel with its field and what to do: ${MISTAKES.map(({ name }) => name).join(', ')}`,
		);
	},
};
