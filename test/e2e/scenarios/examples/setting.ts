import type { Sandbox } from '../../../../sandbox';
import { startFakeModel, type FakeModel, type Script } from '../../fakeModel';
import { oAuth2, serviceAccount, tenantId, type Credential } from '../../fortnox';
import { startMailbox, type Mailbox } from '../../mailbox';
import type { Execution, N8n } from '../../n8n';
import { waitFor } from '../../process';
import type { Context } from '../../scenario';
import { importExample } from './imported';

/** What the runs of examples share: an n8n, a sandbox, and credentials for both. */
export interface Setting {
	context: Context;
	n8n: N8n;
	sandbox: Sandbox;
	credentials: Record<string, Credential>;
	mailbox: Mailbox;
}

/** Runs an example and returns the line of the report that says what was seen. */
export type ExampleRun = (setting: Setting) => Promise<string>;

/** The companies that the examples of accounting firms name. */
export const FIRM = [1001, 1002];

export async function settingWith(
	context: Context,
	{ n8n, sandbox, fortnox, firm }: { n8n: N8n; sandbox: Sandbox; fortnox: Credential; firm?: Credential },
): Promise<Setting> {
	const mailbox = await startMailbox();
	context.onEnd(async () => await mailbox.close());
	const server = { host: '127.0.0.1', port: mailbox.port, secure: false, disableStartTls: true, user: '', password: '' };
	const smtp = { id: await n8n.createCredential('Mail', 'smtp', server), name: 'Mail' };
	const credentials = { [oAuth2]: fortnox, smtp, ...(firm && { [serviceAccount]: firm }) };
	return { context, n8n, sandbox, credentials, mailbox };
}

export async function runOnce({ n8n, credentials }: Setting, file: string, trigger: string): Promise<Execution> {
	const { id } = await importExample(n8n, file, credentials);
	return await n8n.finished(await n8n.run(id, trigger));
}

export function countVouchers({ sandbox }: Setting): number {
	return sandbox.company(tenantId).vouchers().length;
}

/** The month before this one in the sandbox's time: YYYY-MM. */
export function lastMonth(today: string): string {
	const [year = 0, month = 0] = today.split('-').map(Number);
	return new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7);
}

/** A language model with a script, and the credentials with it. */
export async function withModel(setting: Setting, script: Script): Promise<Setting & { model: FakeModel }> {
	const model = await startFakeModel(script);
	setting.context.onEnd(async () => await model.close());
	const openAiApi = { id: await setting.n8n.createCredential('Model', 'openAiApi', { apiKey: 'none', url: model.url }), name: 'Model' };
	return { ...setting, model, credentials: { ...setting.credentials, openAiApi } };
}

/** n8n takes other programs for a mail filter that opens every link. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36';

/** Answers the mail that comes next by the link of its button, and returns the mail. */
export async function answerMail({ mailbox }: Setting, after: number, approved: boolean): Promise<string> {
	const mail = await waitFor('the mail', async () => await Promise.resolve(mailbox.mails()[after]), { ms: 60_000 });
	const links = [...mail.matchAll(/href="([^"]*webhook-waiting[^"]*)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'));
	const link = links.find((each) => new URL(each).searchParams.get('approved') === String(approved));
	if (link === undefined) throw new Error(`The mail has no link for approved=${approved}: ${links.join(', ')}`);
	const page = await fetch(link, { headers: { 'user-agent': BROWSER } });
	if (!page.ok) throw new Error(`${link} answers ${page.status}`);
	return mail;
}
