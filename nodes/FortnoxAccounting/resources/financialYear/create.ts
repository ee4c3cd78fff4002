import { addDays, readDate } from '../../../shared/ledger/dates';
import { LedgerError } from '../../../shared/ledger/problems';
import { plainText } from '../../../shared/unified/readObject';
import { toUnifiedBookYear } from '../../../shared/unified/financialYear';
import { checkCreation } from '../../../shared/books/createOnce';
import { lockedUntil } from '../../../shared/books/reading/lockedUntil';
import { additionalFieldsField, dateField, optionsField } from '../../../shared/n8n/fields';
import type { Operation } from '../../../shared/n8n/operation';
import { writeEachItem } from '../../../shared/n8n/writeEachItem';
import { rawResponseOption } from '../../../shared/n8n/options';
import { collectionParameter, required } from '../../../shared/n8n/parameters';
import type { Run } from '../../../shared/n8n/run';
import { withRaw } from '../../../shared/n8n/withRaw';
import type { FortnoxFinancialYear, FortnoxFinancialYearWrite } from '../../../shared/fortnox/wire';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create financial year',
	description:
		'Open a financial year, exactly once; Fortnox gives it the chart and the voucher series of the year before, and its balances as they are now',
	fields: [
		{
			...dateField({ displayName: 'First Day', name: 'dateFrom', placeholder: 'e.g. 2027-01-01', description: 'First day of the year' }),
			required: true,
		},
		{
			...dateField({ displayName: 'Last Day', name: 'dateTo', placeholder: 'e.g. 2027-12-31', description: 'Last day of the year' }),
			required: true,
		},
		additionalFieldsField([
			{
				displayName: 'Account Chart',
				name: 'accountChart',
				type: 'string',
				default: '',
				placeholder: 'e.g. Bas 2026',
				description: 'Name of the chart as Fortnox lists it; where empty, Fortnox chooses',
			},
			{
				displayName: 'Accounting Method',
				name: 'accountingMethod',
				type: 'options',
				options: [
					{ name: 'Accrual', value: 'ACCRUAL', description: 'Invoices are booked when they are made (faktureringsmetoden)' },
					{ name: 'Cash', value: 'CASH', description: 'Invoices are booked when they are paid (kontantmetoden)' },
				],
				default: 'ACCRUAL',
				description: 'How invoices are booked; as in the year before where it is not given',
			},
		]),
		optionsField([rawResponseOption]),
	],
	execute: writeEachItem(async (run, item) => {
		const wanted = readYear(run, item);
		const create = await checkCreation({
			find: async () => await yearThere(run, wanted),
			create: async () => {
				await tellGap(run, wanted);
				return await run.fortnox.createFinancialYear(wanted);
			},
		});
		return async () => {
			const { value, existed } = await create();
			return withRaw(run, item, { ...toUnifiedBookYear(value, await lockedUntil(run)), ...(existed && { already_exists: true }) }, value);
		};
	}),
};

/** What the bookkeeping act (3 kap. 3 §) allows a prolonged year. */
const LONGEST_MONTHS = 18;

function monthOf(date: string): number {
	return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
}

function readYear(run: Run, item: number): FortnoxFinancialYearWrite {
	const [from, to] = [required(run, 'dateFrom', item, readDate), required(run, 'dateTo', item, readDate)];
	if (to < from) refuse('dateTo', `dateTo: ${to} lies before ${from}, where the year begins.`);
	if (!addDays(to, 1).endsWith('-01')) refuse('dateTo', `dateTo: ${to} is not the last day of a month, on which a financial year ends.`);
	if (monthOf(to) - monthOf(from) >= LONGEST_MONTHS)
		refuse('dateTo', `dateTo: ${from}–${to} is longer than ${LONGEST_MONTHS} months, the longest that a financial year can be.`);
	const more = collectionParameter(run, 'additionalFields', item);
	const method = more.accountingMethod;
	const chart = plainText(more.accountChart);
	return {
		FromDate: from,
		ToDate: to,
		...((method === 'ACCRUAL' || method === 'CASH') && { AccountingMethod: method }),
		...(chart !== '' && { AccountChartType: chart }),
	};
}

/**
 * The year that has these days.
 *
 * @throws {LedgerError} where another year has some of them
 */
async function yearThere(
	run: Run,
	{ FromDate, ToDate, AccountingMethod, AccountChartType }: FortnoxFinancialYearWrite,
): Promise<FortnoxFinancialYear | undefined> {
	const years = await run.fortnox.financialYears({ fresh: true });
	const overlapping = years.find((year) => year.FromDate <= ToDate && year.ToDate >= FromDate);
	if (overlapping === undefined) return undefined;
	if (overlapping.FromDate !== FromDate || overlapping.ToDate !== ToDate) {
		refuse(
			'dateFrom',
			`dateFrom: the financial year ${overlapping.FromDate}–${overlapping.ToDate} has some of the days ${FromDate}–${ToDate}. Days belong to one year.`,
		);
	}
	if (AccountingMethod !== undefined && overlapping.AccountingMethod && overlapping.AccountingMethod !== AccountingMethod) {
		refuse(
			'accountingMethod',
			`accountingMethod: the year ${FromDate}–${ToDate} exists already, with the method ${overlapping.AccountingMethod}. Leave the method out, or change it in Fortnox.`,
		);
	}
	if (AccountChartType !== undefined && overlapping.AccountChartType && overlapping.AccountChartType !== AccountChartType) {
		refuse(
			'accountChart',
			`accountChart: the year ${FromDate}–${ToDate} exists already, with the chart ${overlapping.AccountChartType}. Leave the chart out.`,
		);
	}
	return overlapping;
}

/** Years follow each other, but Fortnox takes one that does not; what is carried over is that of the year before. */
async function tellGap(run: Run, { FromDate: from, ToDate: to }: FortnoxFinancialYearWrite): Promise<void> {
	const years = await run.fortnox.financialYears();
	const before = years.filter(({ ToDate }) => ToDate < from).at(-1);
	const after = years.find(({ FromDate }) => FromDate > to);
	for (const [last, next] of [
		[before?.ToDate, from],
		[to, after?.FromDate],
	]) {
		if (last === undefined || next === undefined || addDays(last, 1) === next) continue;
		run.hint(
			`No financial year has the days ${addDays(last, 1)} to ${addDays(next, -1)} between ${from}–${to} and the year beside it. Years follow each other: if the dates are wrong, correct the year in Fortnox; if it is one that is still missing, open it before you book.`,
		);
	}
	if (before === undefined || after !== undefined) return;
	run.hint(
		`Opening balances of ${from} are those of ${before.ToDate} as they are now. What is booked in the old year after this leaves them behind, until somebody transfers the balances in Fortnox.`,
	);
}

function refuse(field: string, message: string): never {
	throw new LedgerError({ code: 'ERROR_DATA_VALIDATION', field, message });
}
