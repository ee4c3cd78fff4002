import { checksOf } from '../../../shared/books/connectionCheck/checks';
import { readFacts } from '../../../shared/books/connectionCheck/facts';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';

export const checkConnection: Operation = {
	value: 'checkConnection',
	name: 'Check Connection',
	action: 'Check connection to company',
	description:
		'See before the first run what would fail: scopes and licences, journals, locked period, financial years, approval, accounts, opening balances',
	fields: [],
	execute: readEachItem(async (run) => {
		const checks = checksOf(await readFacts(run.fortnox));
		return { ok: checks.every(({ ok }) => ok), checks: checks.map((check) => ({ ...check })) };
	}),
};
