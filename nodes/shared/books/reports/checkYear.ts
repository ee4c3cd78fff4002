import { unlessNotAllowed } from '../../fortnox/tolerate';
import type { FortnoxFinancialYear, FortnoxVoucherListItem } from '../../fortnox/wire';
import { formatEntryId } from '../../ledger/formats';
import { openingDifferences, openingsOf } from '../../ledger/openings';
import {
	differingOpenings,
	negativeCash,
	numberGaps,
	outsideYear,
	subledgerAccounts,
	vatMismatch,
	type CheckedVoucher,
	type CheckedYear,
	type LedgerCheck,
	type LedgerFinding,
} from '../../ledger/reports/ledgerChecks';
import type { Days } from '../../ledger/reports/years';
import type { Reader } from '../../n8n/run';
import { entriesWithFile, entryIdOf, isManual } from '../reading/manualVouchers';
import { readYearFile } from '../reading/yearFile';
import { codesOfChart, saysVatCodes } from '../vat/codes';
import { daysInYear } from '../year';

/** States of the voucher list that are not yet approved: not ready, not approved. */
const UNAPPROVED: readonly unknown[] = [1, 2];

/** Where the company has not chosen them: customers and suppliers. */
const BAS_SUBLEDGER_ACCOUNTS = { CUSTCLAIM: 1510, SUPDEBT: 2440 };

const isAsked = (checks: ReadonlySet<LedgerCheck>, ...some: LedgerCheck[]): boolean => some.some((check) => checks.has(check));

/** What the checks find in the days that lie in a financial year, in the order of the checks' names. */
export async function checkYear(
	run: Reader,
	year: FortnoxFinancialYear,
	days: Days,
	checks: ReadonlySet<LedgerCheck>,
): Promise<LedgerFinding[]> {
	const inYear = daysInYear(year, days.from, days.to);
	if (inYear === undefined) return [];
	const period = { from: inYear.fromDate, to: inYear.toDate };
	const { head, collected: vouchers } = await readYearFile(
		run,
		year,
		(): CheckedVoucher[] => [],
		(list, { series, number, date, rows }) => {
			const id = formatEntryId({ series, number: Number(number), yearId: year.Id });
			const checkedRows = rows.map(({ account, amount }) => ({ account: Number(account), amount }));
			list.push({ id, series, number: Number(number), date, rows: checkedRows });
		},
	);
	const openings = openingsOf(head);
	const opening = new Map([...openings.stored].map(([account, amount]) => [Number(account), amount]));
	const checked: CheckedYear = { from: year.FromDate, to: year.ToDate, period, vouchers, opening };
	return [
		...(await checkList(run, year, checked, checks)),
		...(checks.has('negativeCash') ? negativeCash(checked) : []),
		...(checks.has('numberGaps') ? numberGaps(checked) : []),
		...(checks.has('openingBalances') ? differingOpenings(openingDifferences(openings), checked) : []),
		...(checks.has('outsideYear') ? outsideYear(checked) : []),
		...(checks.has('vatMismatch') ? await vatOf(run, year, checked) : []),
	];
}

async function vatOf(run: Reader, { Id }: FortnoxFinancialYear, checked: CheckedYear): Promise<LedgerFinding[]> {
	const chart = await run.fortnox.chart(Id);
	if (saysVatCodes(chart)) return vatMismatch(checked, codesOfChart(chart));
	run.hint(`Fortnox’s chart does not say which VAT codes accounts have, so VAT was not checked in the year from ${checked.from}.`);
	return [];
}

/** The checks that need the voucher list, which alone tells where an entry comes from and whether it is approved. */
async function checkList(
	run: Reader,
	year: FortnoxFinancialYear,
	checked: CheckedYear,
	checks: ReadonlySet<LedgerCheck>,
): Promise<LedgerFinding[]> {
	if (!isAsked(checks, 'missingFiles', 'subledgerAccounts', 'unapproved')) return [];
	const { from, to } = checked.period;
	const listed = await run.fortnox.vouchers({ financialYear: year.Id, fromDate: from, toDate: to });
	const manual = listed.filter(isManual);
	const manualIds = new Set(manual.map(entryIdOf));
	return [
		...(checks.has('missingFiles') ? await missingFiles(run, manual) : []),
		...(checks.has('subledgerAccounts') ? subledgerAccounts(checked, await subledgers(run), (id) => manualIds.has(id)) : []),
		...(checks.has('unapproved') ? unapproved(listed) : []),
	];
}

async function missingFiles(run: Reader, manual: readonly FortnoxVoucherListItem[]): Promise<LedgerFinding[]> {
	if (manual.length === 0) return [];
	const withFile = await entriesWithFile(run.fortnox);
	return manual
		.filter((item) => !withFile.has(entryIdOf(item)))
		.map((item): LedgerFinding => {
			const message = `${entryIdOf(item)} of ${item.TransactionDate} was booked by hand and has no file.`;
			return { check: 'missingFiles', severity: 'warning', message, entry: entryIdOf(item), date: item.TransactionDate };
		});
}

function unapproved(listed: readonly FortnoxVoucherListItem[]): LedgerFinding[] {
	return listed
		.filter(({ ApprovalState: state }) => UNAPPROVED.includes(state))
		.map((item): LedgerFinding => {
			const message = `${entryIdOf(item)} of ${item.TransactionDate} is not approved yet.`;
			return { check: 'unapproved', severity: 'warning', message, entry: entryIdOf(item), date: item.TransactionDate };
		});
}

async function subledgers(run: Reader): Promise<number[]> {
	const chosen = await unlessNotAllowed(run.fortnox.predefinedAccounts(), () =>
		run.hint(
			'The credential is not allowed to read the predefined accounts (scope settings), so 1510 and 2440 are taken for those of the sub-ledgers.',
		),
	);
	return Object.entries(BAS_SUBLEDGER_ACCOUNTS).map(([name, bas]) => chosen?.find(({ Name }) => Name === name)?.Account || bas);
}
