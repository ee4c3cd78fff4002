import assert from 'node:assert/strict';

import { tenantId } from '../../fortnox';
import { itemsOf, type Execution } from '../../n8n';
import { booked, importExample } from './imported';
import { answerMail, countVouchers, runOnce, type ExampleRun, type Setting } from './setting';

interface Posting {
	trigger: string;
	/** The node that posts. */
	node: string;
	/** Account → öre, with a minus for credit, of each entry. */
	entries: Array<Record<number, number>>;
	/** How many items the workflow leaves to a person. */
	left?: number;
}

function leftToPerson({ data }: Execution): number {
	return data.resultData.runData['For a Person']?.flatMap((run) => run.data?.main?.[0] ?? []).length ?? 0;
}

/** Runs an example twice: its entries are in the ledger to the öre, and the second run posts nothing. */
function twice(file: string, { trigger, node, entries, left = 0 }: Posting): ExampleRun {
	return async (setting) => {
		const before = countVouchers(setting);
		for (const repeated of [false, true]) {
			const execution = await runOnce(setting, file, trigger);
			assert.deepEqual(booked(setting.sandbox, execution, node), entries);
			const posted = itemsOf(execution, node).map(({ json }) => json.already_posted === true);
			assert.deepEqual(
				posted,
				entries.map(() => repeated),
				`${file}: already posted`,
			);
			assert.equal(leftToPerson(execution), left, `${file}: left to a person`);
			assert.equal(countVouchers(setting), before + entries.length);
		}
		return `${entries.length} entries to the öre; run again, nothing is posted`;
	};
}

/** Checks, asks, and posts what a person approved; a file that is in the ledger asks nobody. */
async function payroll(setting: Setting): Promise<string> {
	const { n8n, sandbox, credentials, mailbox } = setting;
	const { id } = await importExample(n8n, 'payroll-sie-file.json', credentials);
	const before = countVouchers(setting);
	for (const approved of [false, true]) {
		const mails = mailbox.mails().length;
		const running = await n8n.run(id, 'When Clicked');
		const mail = await answerMail(setting, mails, approved);
		assert.match(mail, /7210 .*debit 62000\.00/);
		const execution = await n8n.finished(running);
		assert.equal(countVouchers(setting), before + Number(approved));
		assert.equal('Post File' in execution.data.resultData.runData, approved);
	}
	const payslip = sandbox
		.company(tenantId)
		.vouchers()
		.find(({ description }) => description.startsWith('Löner '));
	assert.deepEqual(
		payslip?.rows.map(({ account, debit, credit }) => [account, debit - credit]),
		[
			[7210, 6_200_000],
			[2710, -1_550_000],
			[1930, -4_650_000],
			[7510, 1_948_040],
			[2731, -1_948_040],
		],
	);
	const again = await n8n.finished(await n8n.run(id, 'When Clicked'));
	assert.equal('Ask for Approval' in again.data.resultData.runData, false);
	assert.equal(countVouchers(setting), before + 1);
	return 'declined, nothing is posted; approved by mail, the file is; a file that is in the ledger asks nobody';
}

export const posting: Readonly<Record<string, ExampleRun>> = {
	'bookkeeping-from-csv.json': twice('bookkeeping-from-csv.json', {
		trigger: 'CSV Rows',
		node: 'Post Entries',
		entries: [{ 1581: -614_050, 1930: 598_085, 6040: 15_965 }],
	}),
	'spreadsheet-to-entries.json': twice('spreadsheet-to-entries.json', {
		trigger: 'When Clicked',
		node: 'Post Entries',
		entries: [
			{ 1910: 250_000, 2611: -50_000, 3001: -200_000 },
			{ 1930: -39_900, 2641: 7_980, 6110: 31_920 },
		],
	}),
	'stripe-payouts.json': twice('stripe-payouts.json', {
		trigger: 'When Clicked',
		node: 'Post Payouts',
		entries: [
			{ 1930: 174_946, 2611: -35_980, 2614: -1239, 2645: 1239, 3001: -143_920, 4535: 4954 },
			{ 1580: 79_900, 1930: 151_121, 2611: -49_990, 2614: -4732, 2645: 4732, 3001: -199_960, 4535: 18_929 },
		],
	}),
	'klarna-payouts.json': twice('klarna-payouts.json', {
		trigger: 'Every Morning',
		node: 'Post Payouts',
		entries: [{ 1930: 1_106_287, 2611: -229_620, 2641: 8363, 3001: -918_480, 6570: 33_450 }],
	}),
	'zettle-sales-and-payouts.json': twice('zettle-sales-and-payouts.json', {
		trigger: 'Every Morning',
		node: 'Post Entries',
		entries: [
			{ 1580: 23_877, 1910: 4500, 2611: -2500, 2621: -1082, 2631: -327, 3001: -10_000, 3002: -9018, 3003: -5450 },
			{ 1580: 7500, 1910: 5000, 2611: -2500, 3001: -10_000 },
			{ 1580: -23_877, 1930: 23_435, 6570: 442 },
			{ 1580: -7500, 1930: 7361, 6570: 139 },
		],
	}),
	'bank-file-with-rules.json': twice('bank-file-with-rules.json', {
		trigger: 'When Clicked',
		node: 'Post Rows',
		entries: [
			{ 1930: -1_250_000, 2641: 250_000, 5010: 1_000_000 },
			{ 1930: -39_900, 2641: 7980, 6212: 31_920 },
			{ 1930: 62_500, 2611: -12_500, 3001: -50_000 },
			{ 1930: -8550, 6570: 8550 },
			{ 1630: 2_431_000, 1930: -2_431_000 },
		],
		left: 1,
	}),
	'payroll-sie-file.json': payroll,
};
