import assert from 'node:assert/strict';

import type { Sandbox } from '../../../sandbox';
import { stockholmDate } from '../../../sandbox/company/clock';
import { connectedCredential, fortnox, locator, oAuth2, sandboxFor, tenantId, type Credential } from '../fortnox';
import { itemsOf, type N8n } from '../n8n';
import { waitFor } from '../process';
import type { Context, Scenario } from '../scenario';
import { builtIn, workflow } from '../workflow';

interface Line {
	receipt: string;
	date: string;
	account: number;
	debit: string;
	credit: string;
}

/** Three receipts of a shop, a line per row, as a cash register exports them. */
function receipts(date: string): Line[] {
	const line = (receipt: string, account: number, debit: string, credit: string) => ({ receipt, date, account, debit, credit });
	return [
		line('R-1001', 1930, '1250.00', ''),
		line('R-1001', 3001, '', '1000.00'),
		line('R-1001', 2611, '', '250.00'),
		line('R-1002', 1930, '99.90', ''),
		line('R-1002', 3001, '', '79.92'),
		line('R-1002', 2611, '', '19.98'),
		line('R-1003', 6570, '35.50', ''),
		line('R-1003', 1930, '', '35.50'),
	];
}

const ore = (sek: string) => Math.round(Number(sek) * 100);

/** What the sandbox has booked, as the lines that it came from. */
function bookedLines(sandbox: Sandbox, seriesAndNumber: string[]): Array<{ account: number; debit: number; credit: number }> {
	const vouchers = sandbox.company(tenantId).vouchers();
	return seriesAndNumber.flatMap((id) => {
		const found = vouchers.filter((voucher) => `${voucher.series}-${voucher.number}-${voucher.yearId}` === id);
		assert.equal(found.length, 1, `the sandbox has ${id} once`);
		return (found[0]?.rows ?? []).map(({ account, debit, credit }) => ({ account, debit, credit }));
	});
}

/** CSV file -> rows -> entries, and back: each voucher by HTTP Request, the whole year as a SIE file. */
async function fromCsvToLedger(n8n: N8n, sandbox: Sandbox, credential: Credential, { note }: Context): Promise<void> {
	const date = stockholmDate(Date.now());
	const lines = receipts(date);
	const before = sandbox.company(tenantId).vouchers().length;
	const id = await n8n.createWorkflow(
		workflow(
			'Receipts to ledger',
			[
				builtIn('Manual Trigger', 'manualTrigger', 1),
				builtIn('Code', 'code', 2, { jsCode: `return ${JSON.stringify(lines)}.map((json) => ({ json }))` }),
				builtIn('Convert to File', 'convertToFile', 1.1, { operation: 'csv' }),
				builtIn('Extract From File', 'extractFromFile', 1, { operation: 'csv', options: { enableBOM: true } }),
				builtIn('Edit Fields', 'set', 3.4, {
					assignments: {
						assignments: [{ id: 'text', name: 'description', type: 'string', value: '=Kvitto {{ $json.receipt }}' }],
					},
					includeOtherFields: true,
				}),
				fortnox('Post', credential, 'journalEntry', 'create', {
					journalId: locator('code', 'A'),
					date: '={{ $json.date }}',
					number: '={{ $json.receipt }}',
					description: '={{ $json.description }}',
					linesSource: 'inputItems',
					groupBy: 'receipt',
				}),
				builtIn('HTTP Request', 'httpRequest', 4.2, {
					url: `=${sandbox.url}/3/vouchers/{{ $json.id.split("-")[0] }}/{{ $json.id.split("-")[1] }}?financialyear={{ $json.id.split("-")[2] }}`,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: oAuth2,
				}),
				{ ...fortnox('Export SIE', credential, 'financialYear', 'exportSie', { sieType: '4', date }), executeOnce: true },
				builtIn('Extract Text', 'extractFromFile', 1, { operation: 'text', destinationKey: 'sie' }),
			].map((step) => (step.name === 'HTTP Request' ? { ...step, credentials: { [oAuth2]: credential } } : step)),
		),
	);
	const execution = await n8n.finished(await n8n.run(id, 'Manual Trigger'));

	const posted = itemsOf(execution, 'Post');
	const ids = posted.map(({ json }) => String(json.id));
	assert.equal(posted.length, 3, 'an entry per receipt');
	assert.deepEqual(
		bookedLines(sandbox, ids),
		lines.map(({ account, debit, credit }) => ({ account, debit: ore(debit), credit: ore(credit) })),
	);
	assert.deepEqual(
		posted.map(({ pairedItem }) => pairedItem),
		[
			[0, 1, 2],
			[3, 4, 5],
			[6, 7],
		].map((items) => items.map((item) => ({ item }))),
		'every entry is paired with the rows that made it',
	);
	const read = itemsOf(execution, 'HTTP Request').map(({ json }) => json.Voucher as { VoucherNumber: number });
	assert.deepEqual(
		read.map(({ VoucherNumber }) => `${VoucherNumber}`),
		ids.map((one) => one.split('-')[1]),
	);
	const sie = String(itemsOf(execution, 'Extract Text')[0]?.json.sie);
	for (const voucherId of ids) {
		const [series, number] = voucherId.split('-');
		assert.match(sie, new RegExp(`#VER "?${series}"? "?${number}"? `), `the SIE file has ${voucherId}`);
	}

	const again = itemsOf(await n8n.finished(await n8n.run(id, 'Manual Trigger')), 'Post');
	assert.deepEqual(
		again.map(({ json }) => [json.id, json.already_posted]),
		ids.map((one) => [one, true]),
	);
	assert.equal(sandbox.company(tenantId).vouchers().length, before + 3, 'the second run posted nothing');
	note('8 CSV rows became 3 entries, equal to the sandbox’s to the öre; the second run posted none');
}

/** The chart, read on a schedule, is the sandbox's. */
async function accountsOnSchedule(n8n: N8n, sandbox: Sandbox, credential: Credential, { note }: Context): Promise<void> {
	const id = await n8n.createWorkflow(
		workflow('Bank accounts', [
			builtIn('Schedule Trigger', 'scheduleTrigger', 1.2, {
				rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] },
			}),
			fortnox('Accounts', credential, 'account', 'getAll', { returnAll: true, filters: { classes: '19' } }),
		]),
	);
	await n8n.activate(id);
	const first = await waitFor('a scheduled execution', async () => (await n8n.executions(id))[0]);
	await n8n.deactivate(id);
	const items = itemsOf(await n8n.finished(first.id), 'Accounts');
	const chart = sandbox.company(tenantId).currentYear()?.accountsByNumber() ?? [];
	const expected = chart.filter(({ number }) => Math.floor(number / 100) === 19);
	assert.ok(expected.length > 0);
	assert.deepEqual(
		items.map(({ json }) => [Number(json.number), json.name]),
		expected.map(({ number, description }) => [number, description]),
	);
	note(`${items.length} accounts, read on a schedule, equal the sandbox’s`);
}

export const workflowScenario: Scenario = {
	name: 'workflow',
	proves: 'workflows of n8n’s own nodes and this one run against the sandbox, and their items are its truth',
	lines: [2, 1],
	async run(context) {
		const sandbox = await sandboxFor(context);
		const n8n = await context.startN8n();
		const credential = await connectedCredential(n8n, sandbox);
		await fromCsvToLedger(n8n, sandbox, credential, context);
		await accountsOnSchedule(n8n, sandbox, credential, context);
	},
};
