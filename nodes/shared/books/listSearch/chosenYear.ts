import type { ILoadOptionsFunctions } from 'n8n-workflow';
import type { FortnoxApi } from '../../fortnox/api';
import type { FortnoxFinancialYear } from '../../fortnox/wire';
import { readDate, today } from '../../ledger/dates';
import { isAbsent, locatorValue } from '../../unified/readObject';
import { hasDay } from '../year';

/** Fields of forms that choose a financial year, and the days that lie in one. */
const YEARS = ['financialYearId', 'options.financialYearId', 'filters.financialYearId'];
const DAYS = ['date', 'filters.dateFrom', 'dateFrom'];

/**
 * The financial year whose chart and series a list in the form shows: the one that the form names, else the one that its
 * date lies in, else the one of today, else the newest. What the form has as an expression has no value yet.
 */
export async function chosenYear(form: ILoadOptionsFunctions, fortnox: FortnoxApi): Promise<FortnoxFinancialYear | undefined> {
	const years = await fortnox.financialYears();
	const given = (names: readonly string[]): unknown[] =>
		names.map((name) => locatorValue(form.getCurrentNodeParameter(name))).filter((value) => !isAbsent(value));
	const ids = given(YEARS).map(String);
	const days = given(DAYS).flatMap((value) => {
		const day = readDate(value);
		return day.problem === undefined ? [day.value] : [];
	});
	return (
		years.find(({ Id }) => ids.includes(String(Id))) ??
		days.map((day) => years.find(hasDay(day))).find((year) => year !== undefined) ??
		years.find(hasDay(today())) ??
		years.at(-1)
	);
}
