import type { FortnoxFinancialYear } from '../../../shared/fortnox/wire';
import { accountLedger, type AccountLedger, type AccountYear, isSelected, type LedgerRow } from '../../../shared/ledger/balances';
import type { IsoDate } from '../../../shared/ledger/dates';
import { formatEntryId, readPrefixes } from '../../../shared/ledger/formats';
import { toSek, type Ore } from '../../../shared/ledger/money';
import type { SieHead } from '../../../shared/ledger/sie';
import { readTransactionInformation } from '../../../shared/ledger/transactionInformation';
import type { EntryRow } from '../../../shared/unified/entryDraft';
import { addTo } from '../../../shared/lists';
import { Findings } from '../../../shared/unified/readObject';
import { dateField, filtersField, optionsField } from '../../../shared/n8n/fields';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { collectionParameter, parameter } from '../../../shared/n8n/parameters';
import { idOf, marksFrom, type LedgerMarks } from '../../../shared/books/marks/ledgerMarks';
import { standingFilter } from '../../../shared/books/reading/entryFilters';
import { readDateRange } from '../../../shared/books/reading/dateRange';
import { tellOfEmptyDays } from '../../../shared/books/reading/emptyDays';
import { accountNames } from '../../../shared/books/reading/names';
import { refuseUnknownAccounts } from '../../../shared/books/reading/registers';
import { accountOpenings } from '../../../shared/books/reports/accountOpenings';
import { openingBalancesOption } from '../../../shared/books/reports/fields';
import { fromSieRow, readYearFile } from '../../../shared/books/reading/yearFile';
import type { Run } from '../../../shared/n8n/run';
import { yearOf, yearOfDate, yearsWithAllDays } from '../../../shared/books/year';

export const getLedger: Operation = {
	value: 'getLedger',
	name: 'Get Ledger',
	action: 'Get ledger of accounts',
	description: 'Read the general ledger of accounts: opening balance, rows with running balance, closing balance',
	fields: [
		{
			displayName: 'Accounts',
			name: 'accounts',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 1930,19',
			description: 'Account numbers or their first digits, separated by commas',
		},
		dateField({
			displayName: 'Date From',
			name: 'dateFrom',
			hint: 'Empty: the first day of the financial year of Date To, or of today',
			description: 'First day of the rows',
		}),
		dateField({
			displayName: 'Date To',
			name: 'dateTo',
			hint: 'Empty: the last day of the financial year of Date From, or of today',
			description: 'Last day of the rows',
		}),
		filtersField([standingFilter]),
		optionsField([openingBalancesOption]),
	],
	execute: readEachItem(async (run, item) => {
		const { accounts, ...range } = await readQuery(run, item);
		const years = await yearsWithAllDays(run, range.from, range.to);
		const read: ReadYear[] = [];
		for (const year of years) read.push(await readYear(run, year, accounts));
		const names = await accountNames(
			run,
			read.map(({ year, head }) => ({ id: year.Id, head })),
		);
		refuseUnknownAccounts(run, accounts, [...names.keys(), ...read.flatMap(({ rows }) => [...rows.keys()])]);
		const openings = accountOpenings(
			run,
			item,
			read.map(({ head }) => head),
			(account) => isSelected(account, accounts),
		);
		const byAccount = new Map<string, Array<AccountYear<Row>>>();
		const [firstYear] = years;
		const onlyStanding = firstYear !== undefined && collectionParameter(run, 'filters', item).standing === true;
		const marks = onlyStanding ? await marksFrom(run, firstYear.Id) : undefined;
		for (const [index, year] of read.entries()) {
			for (const [account, accountYear] of accountYears(year, accounts, openings[index] ?? new Map())) {
				const shown = marks ? { ...accountYear, rows: withoutCancelled([...accountYear.rows], range, marks) } : accountYear;
				addTo(byAccount, account, shown);
			}
		}
		return [...byAccount]
			.sort(([one], [other]) => Number(one) - Number(other))
			.map(([account, accountYears]) => ({ account, sections: accountLedger(accountYears, range) }))
			.filter(({ account, sections }) => accounts.includes(account) || sections.some(hasContent))
			.map(({ account, sections }) => toItem(account, names.get(account), range, sections));
	}),
};

/**
 * Leaves out the rows of entries and of what reverses them, where both lie in the same year and in the range, and add up
 * to nothing on the account: so the balances stay what they are.
 */
function withoutCancelled(rows: readonly Row[], { from, to }: { from: IsoDate; to: IsoDate }, marks: LedgerMarks): Row[] {
	const sums = new Map<string, number>();
	for (const row of rows) if (from <= row.date && row.date <= to) sums.set(entryIdOf(row), (sums.get(entryIdOf(row)) ?? 0) + row.amount);
	const cancelled = new Set<string>();
	for (const [id, sum] of sums) {
		const reversal = marks.standingReversal(id);
		const reversalId = reversal === undefined ? '' : idOf(reversal);
		if (sums.get(reversalId) === -sum) cancelled.add(id).add(reversalId);
	}
	return rows.filter((row) => !cancelled.has(entryIdOf(row)));
}

function entryIdOf({ series, number, yearId }: Row): string {
	return formatEntryId({ series, number: Number(number), yearId });
}

interface Row extends LedgerRow {
	yearId: number;
	voucherText: string;
	row: EntryRow;
}

function hasContent({ opening, rows }: AccountLedger<Row>): boolean {
	return opening !== 0 || rows.length > 0;
}

/** What a financial year has of the accounts that are asked for. */
interface ReadYear {
	year: FortnoxFinancialYear;
	head: SieHead;
	rows: Map<string, Row[]>;
}

async function readYear(run: Run, year: FortnoxFinancialYear, accounts: readonly string[]): Promise<ReadYear> {
	const { Id: yearId } = year;
	const { head, collected: rows } = await readYearFile(
		run,
		year,
		() => new Map<string, Row[]>(),
		(byAccount, { date, series, number, text, rows: all }) => {
			for (const sieRow of all) {
				if (!isSelected(sieRow.account, accounts)) continue;
				const row = { date, series, number, amount: sieRow.amount, yearId, voucherText: text ?? '', row: fromSieRow(sieRow) };
				addTo(byAccount, sieRow.account, row);
			}
		},
	);
	return { year, head, rows };
}

function accountYears(
	{ year, head, rows }: ReadYear,
	accounts: readonly string[],
	openings: ReadonlyMap<string, Ore>,
): Map<string, AccountYear<Row>> {
	const { FromDate: from, ToDate: to } = year;
	const known = [...head.accounts.keys(), ...openings.keys(), ...rows.keys()].filter((account) => isSelected(account, accounts));
	return new Map(known.map((account) => [account, { from, to, opening: openings.get(account) ?? 0, rows: rows.get(account) ?? [] }]));
}

function toItem(
	account: string,
	name: string | undefined,
	range: { from: IsoDate; to: IsoDate },
	sections: ReadonlyArray<AccountLedger<Row>>,
) {
	return {
		account_number: account,
		account_name: name ?? null,
		date_from: range.from,
		date_to: range.to,
		opening_balance: toSek(sections[0]?.opening ?? 0),
		closing_balance: toSek(sections.at(-1)?.closing ?? 0),
		items: sections.flatMap(({ rows }) => rows.map(({ row, balance }) => toLedgerRow(row, balance))),
		// A result account begins each year at 0, so that only each year's figures add up.
		financial_years: sections.map(({ from, to, opening, closing }) => ({
			start: from,
			end: to,
			opening_balance: toSek(opening),
			closing_balance: toSek(closing),
		})),
	};
}

function toLedgerRow({ date, series, number, amount, yearId, voucherText, row }: Row, balance: number) {
	return {
		entry_id: formatEntryId({ series, number: Number(number), yearId }),
		date,
		journal_id: series,
		voucher_number: Number(number),
		financial_year_id: yearId,
		text: voucherText,
		description: readTransactionInformation(row.information).text ?? null,
		debit: amount > 0 ? toSek(amount) : 0,
		credit: amount < 0 ? toSek(-amount) : 0,
		balance: toSek(balance),
		cost_center: row.costCenter ?? null,
		project: row.project ?? null,
	};
}

/** @throws {LedgerError} where an account or a date can't be read, or a date that is alone lies in no financial year */
async function readQuery(run: Run, item: number): Promise<{ accounts: string[]; from: IsoDate; to: IsoDate }> {
	const findings = new Findings();
	const given = (name: string): unknown => parameter(run, name, item);
	const accounts = findings.take(readPrefixes(given('accounts')), 'accounts') ?? [];
	const { from, to } = readDateRange(findings, given('dateFrom'), given('dateTo'));
	findings.throwIfAny();
	for (const hint of findings.hints) run.hint(hint);
	if (from !== undefined && to !== undefined) return { accounts, from, to };
	const day = from ?? to;
	const year = day === undefined ? await yearOf(run, undefined) : await yearOfDate(run, day, from === undefined ? 'dateTo' : 'dateFrom');
	const days = { from: from ?? year.FromDate, to: to ?? year.ToDate };
	tellOfEmptyDays(run, { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }, days);
	return { accounts, ...days };
}
