import type { FortnoxFinancialYear } from '../../../shared/fortnox/wire';
import { accountBalances, createLedgerYear, isSelected, type BalanceQuery } from '../../../shared/ledger/balances';
import { firstDayOfMonth, readMonthOfDay } from '../../../shared/ledger/dates';
import { readPrefixes } from '../../../shared/ledger/formats';
import { toUnifiedBalance } from '../../../shared/unified/balance';
import { Findings, isAbsent } from '../../../shared/unified/readObject';
import { monthField, optionsField } from '../../../shared/n8n/fields';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { parameter } from '../../../shared/n8n/parameters';
import { accountNames } from '../../../shared/books/reading/names';
import { refuseUnknownAccounts } from '../../../shared/books/reading/registers';
import { accountOpenings } from '../../../shared/books/reports/accountOpenings';
import { openingBalancesOption } from '../../../shared/books/reports/fields';
import { ledgerYear } from '../../../shared/books/reading/yearFile';
import type { Run } from '../../../shared/n8n/run';

export const getBalances: Operation = {
	value: 'getBalances',
	name: 'Get Balances',
	action: 'Get balances of accounts',
	description: 'Read debit, credit and balance of accounts up to the end of a month, and their movements in a period',
	fields: [
		{
			displayName: 'Accounts',
			name: 'accounts',
			type: 'string',
			default: '',
			placeholder: 'e.g. 19,2440',
			hint: 'Empty: all accounts',
			description: 'Account numbers or their first digits, separated by commas',
		},
		{
			...monthField({
				displayName: 'Up to Month',
				name: 'end',
				placeholder: 'e.g. 2026-03',
				description:
					'The month (YYYY-MM) up to whose end the balances count, from the start of its financial year and with the opening balance',
			}),
			required: true,
		},
		monthField({
			displayName: 'First Month of Period',
			name: 'start',
			hint: 'Empty: the period begins with the financial year',
			description: 'The month (YYYY-MM) from which the movements of the period count, also where it lies in an earlier financial year',
		}),
		optionsField([openingBalancesOption]),
	],
	execute: readEachItem(async (run, item) => {
		const query = readQuery(run, item);
		const known = await run.fortnox.financialYears();
		// Without figures, this refuses wrong months before the ledger is read.
		accountBalances(
			known.map(({ FromDate, ToDate }) => createLedgerYear(FromDate, ToDate)),
			query,
		);
		const wanted = yearsOf(known, query);
		const files = await Promise.all(wanted.map(async (year) => await ledgerYear(run, year)));
		const names = await accountNames(
			run,
			wanted.map(({ Id }, index) => ({ id: Id, head: files[index]?.head })),
		);
		const openings = accountOpenings(
			run,
			item,
			files.map(({ head }) => head),
			(account) => isSelected(account, query.accounts),
		);
		const years = files.map(({ year }, index) => ({ ...year, opening: openings[index] ?? year.opening }));
		const whole = query.accounts.filter((account) => account.length === 4);
		refuseUnknownAccounts(run, query.accounts, [...names.keys(), ...years.flatMap(({ turnover }) => [...turnover.keys()])]);
		return accountBalances(years, query, whole).map((balance) => ({
			...toUnifiedBalance(balance, names.get(balance.account)),
		}));
	}),
};

/** The year that the last month lies in (the later one where two share it), and those from the first month on. */
function yearsOf(years: readonly FortnoxFinancialYear[], { start, end }: BalanceQuery): FortnoxFinancialYear[] {
	const reached = years.filter(({ FromDate }) => FromDate.slice(0, 7) <= end);
	return reached.filter((year, index) => index === reached.length - 1 || (start !== undefined && start <= year.ToDate.slice(0, 7)));
}

/** @throws {LedgerError} where a month or an account can't be read */
function readQuery(run: Run, item: number): BalanceQuery {
	const findings = new Findings();
	const month = (name: string): string | undefined => {
		const read = findings.take(readMonthOfDay(parameter(run, name, item)), name);
		return read && firstDayOfMonth(read).slice(0, 7);
	};
	const query = {
		accounts: findings.optional(parameter(run, 'accounts', item), readPrefixes, 'accounts') ?? [],
		end: month('end') ?? '',
		...(!isAbsent(parameter(run, 'start', item)) && { start: month('start') }),
	};
	findings.throwIfAny();
	findings.hints.forEach((hint) => run.hint(hint));
	return query;
}
