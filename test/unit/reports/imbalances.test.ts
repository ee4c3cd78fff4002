import { imbalancesOf } from '../../../nodes/shared/ledger/reports/balanceSheet';
import { addOpening, addRow, createReportYear, type ReportYear } from '../../../nodes/shared/ledger/reports/years';

function yearOf(opening: number, rows: ReadonlyArray<readonly [account: string, date: string, ore: number]> = []): ReportYear {
	const year = createReportYear({ from: '2026-01-01', to: '2026-12-31' });
	addOpening(year, '1930', opening);
	for (const [account, date, amount] of rows) addRow(year, account, date, amount);
	return year;
}

describe('why a balance sheet does not balance', () => {
	const reasons = (year: ReportYear, day: string, differences: Array<{ account: string; amount: number }> = []) =>
		imbalancesOf(year, day, differences).map(({ kind, account, entry, amount }) => [kind, account ?? entry, amount]);

	it('names entries up to the day, and accounts outside that stand at something then', () => {
		const year = yearOf(0, [
			['9010', '2026-01-05', 10],
			['9010', '2026-02-05', -10],
		]);
		year.unbalanced.push({ name: 'A 1', date: '2026-02-05', amount: 7 }, { name: 'A 2', date: '2026-02-06', amount: -3 });
		expect(reasons(year, '2026-02-04')).toEqual([['accounts_outside_classes', '9010', -10]]);
		expect(reasons(year, '2026-02-05')).toEqual([['entry_not_balanced', 'A 1', 7]]);
		expect(reasons(year, '2026-02-06')).toEqual([
			['entry_not_balanced', 'A 1', 7],
			['entry_not_balanced', 'A 2', -3],
		]);
	});

	it('names openings that differ, and what is left without an account', () => {
		const differences = [{ account: '1930', amount: 20 }];
		expect(reasons(yearOf(20), '2026-01-31', differences)).toEqual([['opening_balances', '1930', 20]]);
		expect(reasons(yearOf(30), '2026-01-31', differences)).toEqual([
			['opening_balances', '1930', 20],
			['opening_balances', undefined, 10],
		]);
		expect(reasons(yearOf(30), '2026-01-31')).toEqual([['opening_balances', undefined, 30]]);
		// Openings that sum to 0 are no reason, whatever they were before.
		expect(reasons(yearOf(0), '2026-01-31', differences)).toEqual([]);
		expect(reasons({ ...yearOf(30), uncarriedResult: -30 }, '2026-01-31', differences)).toEqual([]);
	});
});
