import type { INodeProperties } from 'n8n-workflow';
import type { FortnoxAccount, FortnoxFinancialYear } from '../../fortnox/wire';
import { today } from '../../ledger/dates';
import { formatEntryId } from '../../ledger/formats';
import { LedgerError } from '../../ledger/problems';
import { isVatPeriod, periodName, readPeriod, vatPeriodsBeside } from '../../ledger/reports/period';
import type { Days } from '../../ledger/reports/years';
import type { SieHead } from '../../ledger/sie';
import { VatReturnCollector, type CodeOf, type VatReturn } from '../../ledger/vat';
import { monthField } from '../../n8n/fields';
import type { Reader, Run } from '../../n8n/run';
import { readYearFile } from '../reading/yearFile';
import { readDaysOf, toDays, yearsOf } from '../reports/query';
import { codesOfChart } from './codes';

/** What a return is for. */
export interface VatPeriod {
	days: Days;
	/** The financial years that the days touch, oldest first. */
	years: FortnoxFinancialYear[];
	/** The financial year after them, where the period ends with its last one: its first entries may settle the period. */
	following?: FortnoxFinancialYear;
	/** Such as `2026-Q2`. */
	name: string;
	/** The other periods that share days with it. */
	beside: Array<{ days: Days; name: string }>;
	/** The days of another period by its name; undefined where that names none. */
	daysOf: (name: string) => Days | undefined;
}

export const vatPeriodField: INodeProperties = {
	...monthField({
		displayName: 'Period',
		name: 'period',
		placeholder: 'e.g. 2026-Q2',
		description:
			'The period of the VAT return: a month (2026-06), a quarter (2026-Q2), a year (2026, or 2025/2026 for a broken one), or one of this-month, last-month, this-quarter, last-quarter, this-year, last-year',
	}),
	required: true,
	default: 'last-month',
};

/** @throws {LedgerError} where the period can't be read, lies in no financial year, or is none that VAT is declared for */
export async function readVatPeriod(run: Run, item: number): Promise<VatPeriod> {
	const { days, allYears } = await readDaysOf(run, item);
	const [years, allDays] = [yearsOf(allYears, days), toDays(allYears)];
	if (isVatPeriod(days, allDays)) {
		const following = years.at(-1)?.ToDate === days.to ? allYears.find(({ FromDate }) => FromDate > days.to) : undefined;
		const beside = vatPeriodsBeside(days, allDays).map((other) => ({ days: other, name: periodName(other, allDays) }));
		const name = periodName(days, allDays);
		return { days, years, ...(following && { following }), name, beside, daysOf: (other) => daysOfPeriod(other, allDays) };
	}
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'period',
		message: `period: VAT is declared for a month, a quarter or a year, and ${days.from}–${days.to} is none. Write 2026-06, 2026-Q2 or 2026.`,
	});
}

function daysOfPeriod(name: string, years: readonly Days[]): Days | undefined {
	const reading = readPeriod(name, today(), years);
	return reading.value;
}

/** A VAT return, and what the registers say of its accounts. */
export interface VatReturnInBooks {
	figures: VatReturn;
	/** Names of accounts, the last financial year's first. */
	nameOf: (account: number) => string | null;
	/** Numbers of the accounts of the period's last year, and whether each is active. */
	chart: ReadonlyMap<number, { isActive: boolean }>;
	/** Of the period's last year. */
	codeOf: CodeOf;
}

/**
 * Reads the VAT return of a period: of each financial year that it touches, the chart (whose VAT codes decide) and the
 * SIE file. The chart is read anew: a code that somebody changed a moment ago counts.
 *
 * @param following a year after the period whose entries are read as well: what settles the period may be among them
 * @throws {FortnoxError} where Fortnox gives the file or the chart not to this credential: without the codes every box
 * would be a guess
 */
export async function readVatReturn(run: Reader, { days, years }: VatPeriod, following?: FortnoxFinancialYear): Promise<VatReturnInBooks> {
	let collector = new VatReturnCollector(days);
	const names = new Map<number, string>();
	let codeOf: CodeOf = () => '';
	let chartOfLast: VatReturnInBooks['chart'] = new Map();
	for (const [index, year] of years.entries()) {
		const { head, chart, codeOf: codeOfYear, collected } = await readYear(run, year, collector);
		collector = collected;
		if (index === 0) addOpenings(collector, head, codeOfYear);
		for (const { Number: number, Description } of chart.values()) names.set(number, Description);
		for (const { number, name } of head.accounts.values()) if (!names.has(Number(number))) names.set(Number(number), name);
		codeOf = codeOfYear;
		chartOfLast = new Map([...chart].map(([number, { Active }]) => [number, { isActive: Active }]));
	}
	if (following !== undefined) ({ collected: collector } = await readYear(run, following, collector));
	return { figures: collector.finish(), nameOf: (account) => names.get(account) ?? null, chart: chartOfLast, codeOf };
}

interface YearOfVat {
	head: SieHead;
	chart: ReadonlyMap<number, FortnoxAccount>;
	codeOf: CodeOf;
	/** What was collected before, and in the year. */
	collected: VatReturnCollector;
}

async function readYear(run: Reader, year: FortnoxFinancialYear, before: VatReturnCollector): Promise<YearOfVat> {
	const { Id: yearId } = year;
	const accounts = await run.fortnox.chart(yearId, { fresh: true });
	const codeOf = codesOfChart(accounts);
	const chart = new Map(accounts.map((account) => [account.Number, account]));
	const { head, collected } = await readYearFile(
		run,
		year,
		() => before.copy(),
		(collector, { series, number, date, text = '', rows }) => {
			const id = formatEntryId({ series, number: Number(number), yearId });
			collector.add({ id, date, text, rows: rows.map(({ account, amount }) => ({ account: Number(account), amount })) }, codeOf);
		},
	);
	return { head, chart, codeOf, collected };
}

function addOpenings(collector: VatReturnCollector, head: SieHead, codeOf: CodeOf): void {
	for (const { year, account, amount } of head.openingBalances) {
		if (year === 0) collector.addOpening(Number(account), amount, codeOf(Number(account)));
	}
}
