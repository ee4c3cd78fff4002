import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { stockholmDate } from '../../../sandbox/company/clock';
import type { Sandbox } from '../../../sandbox';
import { startFakeModel } from '../fakeModel';
import { app, connectedCredential, credentialFields, nodeType, oAuth2, sandboxFor, serviceAccount, tenantId, type Credential } from '../fortnox';
import { itemsOf, type Execution, type N8n, type WorkflowBody } from '../n8n';
import type { Context, Scenario } from '../scenario';

const folder = resolve(__dirname, '../../../examples');

/** Credentials of n8n's own nodes. */
const OTHER_CREDENTIALS: Readonly<Record<string, string>> = {
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
	'n8n-nodes-base.emailSend': 'smtp',
};

/** Imports an example as it is, but for the credentials, which n8n leaves to the person who imports. */
export async function importExample(n8n: N8n, file: string, credentials: Record<string, Credential>): Promise<WorkflowBody & { id: string }> {
	const example = JSON.parse(await readFile(join(folder, file), 'utf8')) as WorkflowBody;
	const nodes = example.nodes.map((node) => {
		const own = node.parameters.authentication === 'serviceAccount' ? serviceAccount : oAuth2;
		const type = node.type.startsWith(nodeType) ? own : OTHER_CREDENTIALS[node.type];
		const credential = type === undefined ? undefined : credentials[type];
		return type === undefined || credential === undefined ? node : { ...node, credentials: { [type]: credential } };
	});
	const body = { ...example, nodes };
	return { ...body, id: await n8n.createWorkflow(body) };
}

interface Row {
	account: number;
	debit: number;
	credit: number;
}

/** The rows that the sandbox has booked for the entries that a node put out. */
function booked(sandbox: Sandbox, execution: Execution, node: string): Row[][] {
	const vouchers = sandbox.company(tenantId).vouchers();
	return itemsOf(execution, node).map(({ json }) => {
		const found = vouchers.filter(({ series, number, yearId }) => `${series}-${number}-${yearId}` === json.id);
		assert.equal(found.length, 1, `${String(json.id)} is booked once`);
		return (found[0]?.rows ?? []).map(({ account, debit, credit }) => ({ account, debit, credit }));
	});
}

const debit = (account: number, ore: number): Row => ({ account, debit: ore, credit: 0 });
const credit = (account: number, ore: number): Row => ({ account, debit: 0, credit: ore });

/** Rows in an order of their own: where the node puts the bank row is not what is checked. */
function sorted(rows: Row[][]): Row[][] {
	return rows.map((entry) => [...entry].sort((a, b) => a.account - b.account));
}

export const examples: Scenario = {
	name: 'examples',
	proves: 'every workflow of examples/ runs as it is imported, and its result is the sandbox’s truth',
	lines: [2, 1],
	async run(context) {
		const sandbox = await sandboxFor(context);
		const n8n = await context.startN8n();
		const fortnox = await connectedCredential(n8n, sandbox);
		const firm = { id: await n8n.createCredential('Fortnox firm', serviceAccount, credentialFields(sandbox)), name: 'Fortnox firm' };
		const start = async (file: string, trigger: string) => {
			const { id } = await importExample(n8n, file, { [oAuth2]: fortnox, [serviceAccount]: firm });
			return await n8n.finished(await n8n.run(id, trigger));
		};

		const fromCsv = await start('bookkeeping-from-csv.json', 'CSV Rows');
		assert.deepEqual(sorted(booked(sandbox, fromCsv, 'Post Entries')), [
			[credit(1581, 614_050), debit(1930, 598_085), debit(6040, 15_965)],
		]);
		context.note('bookkeeping-from-csv: accounts and journal are made, the entry is posted');

		const fromSheet = await start('spreadsheet-to-entries.json', 'When Clicked');
		assert.deepEqual(booked(sandbox, fromSheet, 'Post Entries'), [
			[debit(1910, 250_000), credit(3001, 200_000), credit(2611, 50_000)],
			[debit(6110, 31_920), debit(2641, 7_980), credit(1930, 39_900)],
		]);
		context.note('spreadsheet-to-entries: 6 rows of a file became 2 entries');

		const payouts = await start('card-payouts.json', 'When Clicked');
		assert.deepEqual(sorted(booked(sandbox, payouts, 'Post Payouts')), [
			[credit(1580, 1_250_000), debit(1930, 1_226_562), debit(2641, 4_688), debit(6570, 18_750)],
			[credit(1580, 842_000), debit(1930, 826_212), debit(2641, 3_158), debit(6570, 12_630)],
		]);
		context.note('card-payouts: gross, fee and VAT are booked, the bank row is the net');

		await nightlyExport(sandbox, await start('nightly-ledger-export.json', 'Every Night'), context);
		trialBalance(sandbox, await start('month-end-trial-balance.json', 'First of Month'), context);
		monthEndReport(sandbox, await start('month-end-report-by-mail.json', 'First of Month'), context);
		for (const company of FIRM) sandbox.consent({ clientId: app.clientId, tenantId: company, serviceAccount: true });
		ofAllCompanies(sandbox, await start('trial-balances-of-all-companies.json', 'First of Month'), context);
		await agent(n8n, sandbox, fortnox, context);
	},
};

async function nightlyExport(sandbox: Sandbox, execution: Execution, { note }: Context): Promise<void> {
	const month = stockholmDate(Date.now()).slice(0, 7);
	const rows = itemsOf(execution, 'A Row per Line').map(({ json }) => [json.id, Number(json.account), json.debit, json.credit]);
	const expected = sandbox
		.company(tenantId)
		.vouchers()
		.filter(({ date }) => date.startsWith(month))
		.flatMap(({ series, number, yearId, rows: all }) =>
			all.map((row) => [`${series}-${number}-${yearId}`, row.account, row.debit / 100, row.credit / 100]),
		);
	const key = (row: unknown[]) => row.join(' ');
	assert.deepEqual(rows.map(key).sort(), expected.map(key).sort());
	const file = itemsOf(execution, 'To CSV')[0]?.binary?.data;
	assert.equal(file?.fileName, `ledger-${month}.csv`);
	note(`nightly-ledger-export: ${rows.length} rows of the month in ${file.fileName}`);
}

function trialBalance(sandbox: Sandbox, execution: Execution, { note }: Context): void {
	const message = itemsOf(execution, 'Send Message')[0]?.json;
	assert.equal(message?.balanced, true);
	const text = String(message.text);
	const today = stockholmDate(Date.now());
	const [year, month] = today.split('-').map(Number);
	assert.ok(year !== undefined && month !== undefined);
	const lastDay = new Date(Date.UTC(year, month - 1, 0)).toISOString().slice(0, 10);
	const books = sandbox.company(tenantId).yearsNewestFirst().find(({ fromDate, toDate }) => fromDate <= lastDay && lastDay <= toDate);
	assert.ok(books);
	const balances = new Map(books.accountsByNumber().map(({ number, broughtForward }) => [number, broughtForward]));
	for (const { date, yearId, rows } of sandbox.company(tenantId).vouchers()) {
		if (yearId !== books.id || date > lastDay) continue;
		for (const row of rows) {
			if (!row.removed) balances.set(row.account, (balances.get(row.account) ?? 0) + row.debit - row.credit);
		}
	}
	const shown = new Map(
		[...text.matchAll(/^(\d{4}) .*: (-?\d+\.\d\d) \(month/gm)].map(([, account, amount]) => [Number(account), Math.round(Number(amount) * 100)]),
	);
	for (const [account, balance] of balances) assert.equal(shown.get(account) ?? 0, balance, `balance of ${account} at the end of ${lastDay}`);
	assert.ok(shown.size > 0);
	note(`month-end-trial-balance: ${shown.size} accounts, equal to the sandbox’s, sum 0`);
}

/** The companies that the example names. */
const FIRM = [1001, 1002];

function ofAllCompanies(sandbox: Sandbox, execution: Execution, { note }: Context): void {
	const rows = itemsOf(execution, 'Columns').map(({ json }) => json);
	assert.deepEqual([...new Set(rows.map(({ tenant }) => tenant))], FIRM);
	assert.deepEqual(rows.filter(({ error }) => error !== undefined && error !== null), []);
	for (const company of FIRM) {
		const books = sandbox.company(company);
		const accounts = new Set(books.yearsNewestFirst().flatMap((year) => year.accountsByNumber().map(({ number }) => String(number))));
		const own = rows.filter(({ tenant, account }) => tenant === company && typeof account === 'string');
		assert.ok(own.length > 0 && own.every(({ account }) => accounts.has(String(account))));
	}
	const file = itemsOf(execution, 'One Spreadsheet')[0]?.binary?.data;
	assert.match(String(file?.fileName), /^trial-balances-\d{4}-\d\d\.xlsx$/);
	note(`trial-balances-of-all-companies: ${rows.length} rows of ${FIRM.length} companies in ${String(file?.fileName)}`);
}

function monthEndReport(sandbox: Sandbox, execution: Execution, { note }: Context): void {
	const mails = itemsOf(execution, 'Send Mail');
	assert.equal(mails.length, 1);
	const [mail] = mails;
	const html = String(mail?.json.html);
	assert.ok(html.includes('<h1>Resultatrapport</h1>') && html.includes(sandbox.company(tenantId).profile.name));
	const file = mail?.binary?.data;
	assert.match(String(file?.fileName), /^resultatrapport_\d{4}-\d\d-01_.*\.html$/);
	note(`month-end-report-by-mail: one mail with ${String(file?.fileName)}`);
}

/** The agent runs on a model that asks for one tool and then repeats what the tool said. */
async function agent(n8n: N8n, sandbox: Sandbox, fortnox: Credential, context: Context): Promise<void> {
	const month = stockholmDate(Date.now()).slice(0, 7);
	const model = await startFakeModel({ tool: 'Get_Balances', input: { accounts: '1930', end: month } });
	context.onEnd(async () => await model.close());
	const openAi = {
		id: await n8n.createCredential('Model', 'openAiApi', { apiKey: 'none', url: model.url }),
		name: 'Model',
	};
	const { id, nodes } = await importExample(n8n, 'agent-answers-from-ledger.json', { [oAuth2]: fortnox, openAiApi: openAi });
	const chat = nodes.find(({ name }) => name === 'When Chat Message Received');
	assert.ok(chat);
	const execution = await n8n.finished(await n8n.run(id, chat.name, 'How much money is in the bank?'));
	const answer = String(itemsOf(execution, 'AI Agent')[0]?.json.output);
	const year = sandbox.company(tenantId).currentYear();
	const account = year?.accountsByNumber().find(({ number }) => number === 1930);
	assert.ok(year && account);
	const balance = (account.broughtForward + year.movement(1930)) / 100;
	assert.ok(answer.includes(`"balance":${balance}`), `${answer} has the balance ${balance}`);
	assert.ok(model.toolsOffered().includes('Search_Entries'), 'the model is offered both tools');
	context.note(`agent-answers-from-ledger: the tool’s answer has the sandbox’s balance of 1930, ${balance}`);
}
