import type { INodeProperties } from 'n8n-workflow';
import { toSek } from '../../../shared/ledger/money';
import { LEDGER_CHECKS, type LedgerCheck, type LedgerFinding } from '../../../shared/ledger/reports/ledgerChecks';
import { LedgerError } from '../../../shared/ledger/problems';
import { checkYear } from '../../../shared/books/reports/checkYear';
import { periodFields } from '../../../shared/books/reports/fields';
import { readDaysOf, yearsOf } from '../../../shared/books/reports/query';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { append } from '../../../shared/lists';
import { parameter } from '../../../shared/n8n/parameters';

const checksField: INodeProperties = {
	displayName: 'Checks',
	name: 'checks',
	type: 'multiOptions',
	options: [
		{ name: 'Entries by Hand on Accounts of a Sub-Ledger', value: 'subledgerAccounts' },
		{ name: 'Entries Outside Their Financial Year', value: 'outsideYear' },
		{ name: 'Entries That Are Not Approved', value: 'unapproved' },
		{ name: 'Entries Without a File', value: 'missingFiles', description: 'Of entries that were booked by hand' },
		{ name: 'Gaps in Number Series', value: 'numberGaps' },
		{ name: 'Negative Cash and Bank Days', value: 'negativeCash' },
		{ name: 'Opening Balances That Differ', value: 'openingBalances' },
		{ name: 'VAT That Does Not Fit Its Base', value: 'vatMismatch' },
	],
	default: [...LEDGER_CHECKS],
	description: 'What to look for',
};

export const checkLedger: Operation = {
	value: 'checkLedger',
	name: 'Check Ledger',
	action: 'Check ledger',
	description: 'Find what must be put right before a period is closed: one item per finding, none where nothing is found',
	fields: [...periodFields, checksField],
	execute: readEachItem(async (run, item) => {
		const { days, allYears } = await readDaysOf(run, item);
		const given = parameter(run, 'checks', item);
		if (Array.isArray(given) && given.length === 0) {
			throw new LedgerError({
				code: 'ERROR_DATA_VALIDATION',
				field: 'checks',
				message: `checks: choose at least one. They are ${LEDGER_CHECKS.join(', ')}.`,
			});
		}
		const checks = new Set<LedgerCheck>(Array.isArray(given) ? LEDGER_CHECKS.filter((check) => given.includes(check)) : LEDGER_CHECKS);
		const findings: LedgerFinding[] = [];
		for (const year of yearsOf(allYears, days)) append(findings, await checkYear(run, year, days, checks));
		if (findings.length === 0) run.hint(`The checks of ${days.from}–${days.to} found nothing.`);
		return findings.map(({ check, severity, message, date, entry, account, amount }) => ({
			check,
			severity,
			message,
			date: date ?? null,
			entry_id: entry ?? null,
			account_number: account === undefined ? null : String(account),
			amount: amount === undefined ? null : toSek(amount),
		}));
	}),
};
