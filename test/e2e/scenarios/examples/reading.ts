import assert from 'node:assert/strict';

import { stockholmDate } from '../../../../sandbox/company/clock';
import { tenantId } from '../../fortnox';
import { balancesAt, endOfLastMonth } from '../../ledger';
import { itemsOf } from '../../n8n';
import { waitFor } from '../../process';
import { FIRM, lastMonth, runOnce, type ExampleRun, type Setting } from './setting';

const today = (): string => stockholmDate(Date.now());

async function nightlyExport(setting: Setting): Promise<string> {
	const execution = await runOnce(setting, 'nightly-ledger-export.json', 'Every Night');
	const month = today().slice(0, 7);
	const rows = itemsOf(execution, 'Entries of the Month').map(({ json }) => [
		json.entry_id,
		Number(json.account_number),
		json.debit ?? 0,
		json.credit ?? 0,
	]);
	const expected = setting.sandbox
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
	return `${rows.length} rows of the month in ${file.fileName}`;
}

async function trialBalance(setting: Setting): Promise<string> {
	const execution = await runOnce(setting, 'month-end-trial-balance.json', 'First of Month');
	const message = itemsOf(execution, 'Send Message')[0]?.json;
	assert.equal(message?.balanced, true);
	const lastDay = endOfLastMonth(today());
	const shown = new Map(
		[...String(message.text).matchAll(/^(\d{4}) .*: (-?\d+\.\d\d) \(month/gm)].map(([, account, amount]) => [
			Number(account),
			Math.round(Number(amount) * 100),
		]),
	);
	for (const [account, balance] of balancesAt(setting.sandbox, lastDay)) {
		assert.equal(shown.get(account) ?? 0, balance, `balance of ${account} at the end of ${lastDay}`);
	}
	assert.ok(shown.size > 0);
	return `${shown.size} accounts, equal to the sandbox’s, sum 0`;
}

async function reportByMail(setting: Setting): Promise<string> {
	const { mailbox, sandbox } = setting;
	const before = mailbox.mails().length;
	await runOnce(setting, 'month-end-report-by-mail.json', 'First of Month');
	const mail = await waitFor('the mail', async () => await Promise.resolve(mailbox.mails()[before]), { ms: 30_000 });
	assert.equal(mailbox.mails().length, before + 1);
	const month = lastMonth(today());
	assert.match(mail, new RegExp(`Subject: Income statement of ${month}`));
	const [, name = ''] = /filename="?(resultatrapport_[^"\r\n]*\.html)/.exec(mail) ?? [];
	assert.ok(name.startsWith(`resultatrapport_${month}-01`), 'the page is attached');
	// The parts of a mail are encoded one by one; the attachment always in base64.
	const pages = [...mail.matchAll(/(?:^[A-Za-z0-9+/=]{60,76}\n)+^[A-Za-z0-9+/=]*$/gm)].map(([text]) =>
		Buffer.from(text, 'base64').toString(),
	);
	assert.ok(pages.some((page) => page.includes('<h1>Resultatrapport</h1>') && page.includes(sandbox.company(tenantId).profile.name)));
	return `one mail with ${name}`;
}

async function balancesOfAll(setting: Setting): Promise<string> {
	const execution = await runOnce(setting, 'trial-balances-of-all-companies.json', 'First of Month');
	const rows = itemsOf(execution, 'Columns').map(({ json }) => json);
	assert.deepEqual([...new Set(rows.map(({ tenant }) => tenant))], FIRM);
	assert.deepEqual(
		rows.filter(({ error }) => error !== undefined && error !== null),
		[],
	);
	for (const company of FIRM) {
		const years = setting.sandbox.company(company).yearsNewestFirst();
		const accounts = new Set(years.flatMap((year) => year.accountsByNumber().map(({ number }) => String(number))));
		// Headings and sums have an empty number of account.
		const own = rows.filter(({ tenant, account }) => tenant === company && typeof account === 'string' && account !== '');
		assert.ok(own.length > 0 && own.every(({ account }) => accounts.has(String(account))));
	}
	const file = itemsOf(execution, 'One Spreadsheet')[0]?.binary?.data;
	assert.match(String(file?.fileName), /^trial-balances-\d{4}-\d\d\.xlsx$/);
	return `${rows.length} rows of ${FIRM.length} companies in ${String(file?.fileName)}`;
}

async function vatOfAll(setting: Setting): Promise<string> {
	const execution = await runOnce(setting, 'vat-of-all-companies.json', 'Fifth of Month');
	const rows = itemsOf(execution, 'Row per Company').map(({ json }) => json);
	assert.deepEqual(
		rows.map(({ Company, Error: error }) => [Company, error]),
		FIRM.map((company) => [company, null]),
	);
	const month = lastMonth(today());
	for (const { Company, From, '10': box = 0 } of rows) {
		assert.equal(From, `${month}-01`);
		const own = setting.sandbox
			.company(Number(Company))
			.vouchers()
			.filter(({ date }) => date.startsWith(month));
		const owed = own
			.flatMap((voucher) => voucher.rows)
			.filter(({ account, removed }) => [2611, 2612, 2613, 2616].includes(account) && !removed);
		assert.equal(box, Math.trunc(owed.reduce((sum, { debit, credit }) => sum + credit - debit, 0) / 100), `box 10 of ${String(Company)}`);
	}
	assert.equal(itemsOf(execution, 'One Spreadsheet')[0]?.binary?.data?.fileName, `vat-${month}.xlsx`);
	return `a row for each of ${rows.length} companies, box 10 as in the sandbox`;
}

export const reading: Readonly<Record<string, ExampleRun>> = {
	'nightly-ledger-export.json': nightlyExport,
	'month-end-trial-balance.json': trialBalance,
	'month-end-report-by-mail.json': reportByMail,
	'trial-balances-of-all-companies.json': balancesOfAll,
	'vat-of-all-companies.json': vatOfAll,
};
