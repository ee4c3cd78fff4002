import assert from 'node:assert/strict';

import { demoCompany } from '../../../demo/company';
import { stockholmDate } from '../../../sandbox/company/clock';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { startFakeModel } from '../fakeModel';
import { app, connectedCredential, credentialFields, oAuth2, sandboxFor, serviceAccount, type Credential } from '../fortnox';
import { startMailbox, type Mailbox } from '../mailbox';
import { itemsOf, type Execution, type N8n } from '../n8n';
import { waitFor } from '../process';
import type { Context, Scenario } from '../scenario';
import { importExample } from './examples';

/** The month before this one: YYYY-MM. */
function lastMonth(): string {
	const [year = 0, month = 0] = stockholmDate(Date.now()).split('-').map(Number);
	return new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7);
}

export const month: Scenario = {
	name: 'month',
	proves: 'the examples of a month-end run as they are imported: from bank to VAT, figures before the deadline, approval, key figures',
	lines: [2, 1],
	async run(context) {
		const n8n = await context.startN8n();
		const period = lastMonth();
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
	assert.deepEqual([settled?.json.to_pay, settled?.json.posted], [3324, true]);
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
	const items = [{ account: '5410', debit: 150 }, { account: '1930', credit: 150 }];
	const entry = { number: 'RECEIPT-1', date, description: 'Kaffe till butiken', items };
	const model = await startFakeModel({ answer: JSON.stringify(entry) });
	context.onEnd(async () => await model.close());
	const mailbox = await startMailbox();
	context.onEnd(async () => await mailbox.close());
	const server = { host: '127.0.0.1', port: mailbox.port, secure: false, disableStartTls: true, user: '', password: '' };
	const credentials = {
		[oAuth2]: credential,
		openAiApi: { id: await n8n.createCredential('Model', 'openAiApi', { apiKey: 'none', url: model.url }), name: 'Model' },
		smtp: { id: await n8n.createCredential('Mail', 'smtp', server), name: 'Mail' },
	};
	const { id } = await importExample(n8n, 'approve-then-post.json', credentials);
	const count = (): number => shop.company().vouchers().length;
	const before = count();
	const answered = async (answer: 'true' | 'false'): Promise<Execution> => {
		const mails = mailbox.mails().length;
		const running = await n8n.run(id, 'When Chat Message Received', 'Coffee for the shop, 150 kronor, paid by card');
		const link = await linkIn(mailbox, mails, answer);
		assert.equal(count(), before, 'nothing is posted before the person has answered');
		// n8n takes other programs for a mail filter that opens every link.
		const page = await fetch(link, { headers: { 'user-agent': BROWSER } });
		assert.ok(page.ok, `${link} answers ${page.status}`);
		return await n8n.finished(running);
	};
	const declined = await answered('false');
	assert.equal(declined.data.resultData.runData.Post, undefined);
	assert.equal(count(), before);
	const approved = await answered('true');
	assert.deepEqual([itemsOf(approved, 'Post')[0]?.json.number, itemsOf(approved, 'Post')[0]?.json.posted], ['RECEIPT-1', true]);
	assert.equal(count(), before + 1);
	context.note('approve-then-post: declined, nothing is posted; approved by the link of the mail, the entry is');
}

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36';

/** The link of the button, in the mail that comes next. */
async function linkIn(mailbox: Mailbox, after: number, answer: 'true' | 'false'): Promise<string> {
	const mail = await waitFor('the mail', async () => await Promise.resolve(mailbox.mails()[after]), { ms: 60_000 });
	const links = [...mail.matchAll(/href="([^"]*webhook-waiting[^"]*)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'));
	const link = links.find((each) => new URL(each).searchParams.get('approved') === answer);
	assert.ok(link, `the mail has a link for approved=${answer}: ${links.join(', ')}`);
	return link;
}

/** The companies that the example names. */
const FIRM = [1001, 1002];

async function keyFigures(n8n: N8n, context: Context): Promise<void> {
	const sandbox = await sandboxFor(context);
	for (const company of FIRM) sandbox.consent({ clientId: app.clientId, tenantId: company, serviceAccount: true });
	const firm = { id: await n8n.createCredential('Fortnox firm', serviceAccount, credentialFields(sandbox)), name: 'Fortnox firm' };
	const execution = await start(n8n, 'key-figures-of-all-companies.json', { [serviceAccount]: firm }, 'First of Month');
	const rows = itemsOf(execution, 'Key Figures').map(({ json }) => json);
	assert.deepEqual(rows.map(({ Company, Error: error }) => [Company, error]), FIRM.map((company) => [company, null]));
	for (const row of rows) {
		for (const name of ['Net sales', 'Liquidity', 'Total assets']) assert.equal(typeof row[name], 'number', `${name} of ${String(row.Company)}`);
	}
	const file = itemsOf(execution, 'One Spreadsheet')[0]?.binary?.data;
	assert.match(String(file?.fileName), /^key-figures-\d{4}-\d\d\.xlsx$/);
	context.note(`key-figures-of-all-companies: a row for each of ${rows.length} companies in ${String(file?.fileName)}`);
}
