import assert from 'node:assert/strict';

import { stockholmDate } from '../../../../sandbox/company/clock';
import { picture } from '../../browser';
import { saveWorkflow, closePanel } from '../../canvas';
import { testId, typeExpression } from '../../editor';
import { balancesAt, endOfLastMonth } from '../../ledger';
import { itemsOf } from '../../n8n';
import { addFortnox, beginWith, executed, type Desk } from './setting';

const NODE = 'Get balances of accounts';

/** The balances of last month, read on a schedule. */
export async function balances(desk: Desk): Promise<string> {
	const { context, page, n8n, sandbox } = desk;
	await beginWith(desk, { search: 'schedule', node: /^Schedule Trigger$/ });
	const panel = await addFortnox(desk, NODE);
	await typeExpression(panel, 'end', "{{ $now.minus({ months: 1 }).toFormat('yyyy-MM') }}");
	await testId(panel, 'tab-params').click();
	await executed(panel, /Företagskonto/);
	await picture(page, context.pictures, 'job-balances');
	await closePanel(page);
	const [execution] = await n8n.executions(await saveWorkflow(page));
	assert.ok(execution);
	const items = itemsOf(execution, NODE);
	const lastDay = endOfLastMonth(stockholmDate(Date.now()));
	const shown = new Map(items.map(({ json }) => [Number(json.number ?? json.account_number), Math.round(Number(json.balance) * 100)]));
	for (const [account, balance] of balancesAt(sandbox, lastDay)) {
		assert.equal(shown.get(account) ?? 0, balance, `balance of ${account} at the end of ${lastDay}`);
	}
	assert.ok(shown.size > 0);
	return `balances on a schedule: ${shown.size} accounts at the end of ${lastDay}, equal to the sandbox’s`;
}
