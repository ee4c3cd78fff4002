import assert from 'node:assert/strict';

import { demoCompany } from '../../../demo/company';
import { stockholmDate } from '../../../sandbox/company/clock';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { app, connectedCredential, credentialFields, oAuth2, sandboxFor, serviceAccount, type Credential } from '../fortnox';
import { itemsOf, type Execution, type N8n } from '../n8n';
import type { Context, Scenario } from '../scenario';
import { importExample } from './examples/imported';
import { answerMail, FIRM, lastMonth, settingWith, withModel } from './examples/setting';

/** The examples that run here. */
export const monthExamples = [
	'approve-then-post.json',
	'key-figures-of-all-companies.json',
	'month-from-bank-to-vat.json',
	'vat-figures-before-deadline.json',
];

export const month: Scenario = {
	name: 'month',
	proves: 'the examples of a month-end run as they are imported: from bank to VAT, figures before the deadline, approval, key figures',
	lines: [2, 1],
	async run(context) {
		const n8n = await context.startN8n();
		const period = lastMonth(stockholmDate(Date.now()));
		const shop = await startSandbox({ companies: (now) => [demoCompany(Number(period.slice(0, 4)), now)] });
		context.onEnd(async () => await shop.close());
		const credential = await connectedCredential(n8n, shop);
		await fromBankToVat({ n8n, shop, credential, context }, period);
		await beforeDeadline({ n8n, shop, credential, context }, period);
		await approveThenPost({ n8n, shop, credential, context });
		await keyFigures(n8n, context);
	},
};

interface Shop {
	n8n: N8n;
	shop: Sandbox;
	credential: Credential;
	context: Context;
}

async function start(n8n: N8n, file: string, credentials: Record<string, Credential>, trigger: string): Promise<Execution> {
	const { id } = await importExample(n8n, file, credentials);
	return await n8n.finished(await n8n.run(id, trigger));
}

async function fromBankToVat({ n8n, shop, credential, context }: Shop, period: string): Promise<void> {
	const once = await start(n8n, 'month-from-bank-to-vat.json', { [oAuth2]: credential }, 'Bank Rows');
	const income = itemsOf(once, 'Income Statement').find(({ json }) => json.id === 'result_after_financial_items');
	const spread = itemsOf(once, 'Spread Insurance').length;
	// By hand, from the pinned rows: the insurance is 3,600 over the rest of the year.
	assert.equal(income?.json.period, Math.round((64_890.5 - 24_650 - 20_087.72 - 21_400 - 3600 / spread) * 100) / 100);
	const [settled] = itemsOf(once, 'Settle VAT');
	assert.deepEqual([settled?.json.to_pay, settled?.json.already_posted], [3324, undefined]);
	const count = shop.company().vouchers().length;
	assert.equal(count, 9 + spread);
	const again = await start(n8n, 'month-from-bank-to-vat.json', { [oAuth2]: credential }, 'Bank Rows');
	assert.equal(itemsOf(again, 'Settle VAT')[0]?.json.already_posted, true);
	assert.equal(shop.company().vouchers().length, count);
	context.note(`month-from-bank-to-vat: ${count} entries of ${period}, VAT of 3 324 settled; run again, nothing is posted`);
}

async function beforeDeadline({ n8n, credential, context }: Shop, period: string): Promise<void> {
	const execution = await start(n8n, 'vat-figures-before-deadline.json', { [oAuth2]: credential }, 'Fifth of Month');
	const [sent] = itemsOf(execution, 'Send');
	assert.match(String(sent?.json.text), new RegExp(`^VAT ${period}-01–${period}-\\d\\d, to pay: 3324 SEK$`));
	assert.match(String(sent?.binary?.data?.fileName), /^moms_.*\.xml$/);
	context.note('vat-figures-before-deadline: the message has the figures and the file');
}

async function approveThenPost({ n8n, shop, credential, context }: Shop): Promise<void> {
	const date = shop.company().vouchers()[0]?.date ?? '';
	const items = [
		{ account: '5410', debit: 150 },
		{ account: '1930', credit: 150 },
	];
	const entry = { number: 'RECEIPT-1', date, description: 'Kaffe till butiken', items };
	const unbalanced = { ...entry, items: [items[0], { account: '1930', credit: 15 }] };
	// The model's first try does not balance; its answer is wrapped as models like to wrap JSON.
	const turns = [[{ tool: 'Check_Entry', input: { entry: unbalanced } }], [{ tool: 'Check_Entry', input: { entry } }]];
	const setting = await settingWith(context, { n8n, sandbox: shop, fortnox: credential });
	const { credentials, mailbox, model } = await withModel(setting, { turns, answer: `\`\`\`json\n${JSON.stringify(entry)}\n\`\`\`` });
	const { id } = await importExample(n8n, 'approve-then-post.json', credentials);
	const count = (): number => shop.company().vouchers().length;
	const before = count();
	const answered = async (approved: boolean): Promise<Execution> => {
		const mails = mailbox.mails().length;
		const running = await n8n.run(id, 'When Chat Message Received', 'Coffee for the shop, 150 kronor, paid by card');
		const mail = await answerMail(setting, mails, approved);
		assert.match(mail, /5410 .*debit 150/);
		return await n8n.finished(running);
	};
	const declined = await answered(false);
	assert.equal(declined.data.resultData.runData.Post, undefined);
	assert.equal(count(), before, 'neither the agent’s tool nor a no posts anything');
	const [refused = '', checked = ''] = model.toolsSaid();
	assert.match(refused, /does not balance/);
	assert.match(checked, /"dry_run":true/);
	const approved = await answered(true);
	assert.deepEqual([itemsOf(approved, 'Post')[0]?.json.number, itemsOf(approved, 'Post')[0]?.json.id !== undefined], ['RECEIPT-1', true]);
	assert.equal(count(), before + 1);
	context.note('approve-then-post: the tool only checks; declined, nothing is posted; approved by the link of the mail, the entry is');
}

async function keyFigures(n8n: N8n, context: Context): Promise<void> {
	const sandbox = await sandboxFor(context);
	for (const company of FIRM) sandbox.consent({ clientId: app.clientId, tenantId: company, serviceAccount: true });
	const firm = { id: await n8n.createCredential('Fortnox firm', serviceAccount, credentialFields(sandbox)), name: 'Fortnox firm' };
	const execution = await start(n8n, 'key-figures-of-all-companies.json', { [serviceAccount]: firm }, 'First of Month');
	const rows = itemsOf(execution, 'Key Figures').map(({ json }) => json);
	assert.deepEqual(
		rows.map(({ Company, Error: error }) => [Company, error]),
		FIRM.map((company) => [company, null]),
	);
	for (const row of rows) {
		for (const name of ['Net sales', 'Liquidity', 'Total assets'])
			assert.equal(typeof row[name], 'number', `${name} of ${String(row.Company)}`);
	}
	const file = itemsOf(execution, 'One Spreadsheet')[0]?.binary?.data;
	assert.match(String(file?.fileName), /^key-figures-\d{4}-\d\d\.xlsx$/);
	context.note(`key-figures-of-all-companies: a row for each of ${rows.length} companies in ${String(file?.fileName)}`);
}
