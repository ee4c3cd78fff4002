import { resultColumns, type StatementInput } from './columns';
import { amountsInSteps, RowBuilder, turned, type Report, type ReportRow, type RowStyle } from './rows';
import { BOOKED_RESULT, COMPUTED_RESULT, INCOME_STATEMENT, isResultAccount } from './structure';
import { append } from '../../lists';
import { runSteps } from '../../steps';
import { accountsOf } from './years';

/**
 * The income statement of some days; income positive, costs negative. By accounts it ends with the result as it was
 * booked (8999) and with what is left to book, which is 0 then; the statutory one leaves that booking out.
 *
 * @param chart accounts to show even where nothing was booked on them
 */
export function incomeStatement(input: StatementInput, style: RowStyle, chart: readonly string[] = []): Report {
	return runSteps(incomeStatementInSteps(input, style, chart));
}

/** The same in small steps. */
export function* incomeStatementInSteps(
	input: StatementInput,
	style: RowStyle,
	chart: readonly string[] = [],
): Generator<undefined, Report> {
	const columns = resultColumns(input);
	const names = Object.keys(columns);
	const compared = input.comparison && 'years' in input.comparison ? input.comparison.years : [];
	const accounts = accountsOf([...input.years, ...compared], chart).filter(isResultAccount);
	const builder = new RowBuilder(yield* amountsInSteps(accounts, Object.values(columns)), names.length, style, turned);
	const rows: ReportRow[] = [];
	let last = 0;
	for (const line of INCOME_STATEMENT) {
		if ('from' in line) {
			append(rows, builder.heading(line));
			last = line.to;
		} else if (line.only === undefined || line.only === style.layout) {
			const above = last;
			rows.push({ kind: 'total', level: 1, id: line.id, label: line.label, amounts: builder.sum((account) => Number(account) <= above) });
		}
	}
	if (style.layout === 'accounts') {
		const { id, label } = COMPUTED_RESULT;
		append(rows, builder.heading(BOOKED_RESULT));
		rows.push({ kind: 'total', level: 1, id, label, amounts: builder.sum(() => true) });
	}
	return { columns: names, rows };
}
