import { openingsOf, uncarriedResult } from '../../../nodes/shared/ledger/openings';
import { balanceSheet } from '../../../nodes/shared/ledger/reports/balanceSheet';
import { incomeStatement } from '../../../nodes/shared/ledger/reports/incomeStatement';
import { monthsOf } from '../../../nodes/shared/ledger/reports/period';
import type { Report } from '../../../nodes/shared/ledger/reports/rows';
import { trialBalance } from '../../../nodes/shared/ledger/reports/trialBalance';
import { SieFigures } from '../../../nodes/shared/ledger/reports/sieFigures';
import { addOpening, addRow, changeOf, createReportYear, type Days, type ReportYear } from '../../../nodes/shared/ledger/reports/years';
import { parseSie, type SieBalance, type SieFile } from '../../../nodes/shared/ledger/sie';
import { describeExports } from '../../contract/sieFigures';

/** The figures of a file's vouchers, without what the file says of balances but the opening ones. */
function yearOf(file: SieFile): ReportYear {
	const [{ from, to } = { from: '', to: '' }] = file.years.filter(({ index }) => index === 0);
	const openings = openingsOf(file);
	const year = { ...createReportYear({ from, to }), opening: openings.stored, uncarriedResult: uncarriedResult(openings.stored, openings) };
	for (const { date, rows } of file.vouchers) for (const { account, amount } of rows) addRow(year, account, date, amount);
	return year;
}

/**
 * The year before, of which a file holds figures and no vouchers: what #PSALDO says that each month
 * moved, booked on its last day. #RES and #UB are not taken, so that the columns can be compared with them.
 */
function yearBefore(file: SieFile): ReportYear {
	const [{ from, to } = { from: '', to: '' }] = file.years.filter(({ index }) => index === -1);
	const year = createReportYear({ from, to });
	for (const { account, amount } of ofYear(file.openingBalances, -1)) addOpening(year, account, amount);
	const lastDays = new Map(monthsOf(year).map((month) => [month.name, month.to]));
	for (const { account, month, amount } of ofYear(file.periodBalances, -1)) addRow(year, account, lastDays.get(month) ?? '', amount);
	return year;
}

function ofYear<T extends SieBalance>(balances: readonly T[], index: number): T[] {
	return balances.filter(({ year, objects }) => year === index && objects.length === 0);
}

const style = { layout: 'accounts', includeZero: false } as const;

/** Account → öre of one column. */
function column({ columns, rows }: Report, name: string): Map<string, number> {
	const index = columns.indexOf(name);
	return new Map(rows.filter(({ kind }) => kind === 'account').map(({ id, amounts }) => [id, amounts[index] ?? NaN]));
}

function stated(balances: readonly SieBalance[], passes: (balance: SieBalance) => boolean): Array<[string, number]> {
	return balances
		.filter((balance) => balance.year === 0 && balance.objects.length === 0 && passes(balance))
		.map(({ account, amount }) => [account, amount]);
}

const isResult = ({ account }: SieBalance) => /^[3-8]/.test(account);

describeExports("reports of Fortnox's own export", (content) => {
	const file = parseSie(content, { encoding: 'cp437', allowUnbalanced: true });
	const year = yearOf(file);
	const whole: Days = { from: year.from, to: year.to };

	it('have accounts to compare', () => {
		expect(file.results.length).toBeGreaterThan(20);
		expect(file.closingBalances.length).toBeGreaterThan(20);
		expect(file.periodBalances.length).toBeGreaterThan(100);
	});

	it('equal #IB, #UB and #RES for the year, and balance', () => {
		const trial = trialBalance([year], whole, true);
		const [opening, closing] = [column(trial, 'opening_balance'), column(trial, 'closing_balance')];
		for (const [account, amount] of stated(file.openingBalances, () => true))
			expect([account, opening.get(account) ?? 0]).toEqual([account, amount]);
		for (const [account, amount] of stated(file.closingBalances, () => true))
			expect([account, closing.get(account) ?? 0]).toEqual([account, amount]);
		for (const [account, amount] of stated(file.results, () => true))
			expect([account, closing.get(account) ?? 0]).toEqual([account, amount]);

		const sheet = balanceSheet({ years: [year], days: whole, byMonth: false }, style);
		expect(sheet.difference).toBe(0);
		const balances = column(sheet, 'closing_balance');
		for (const [account, amount] of stated(file.closingBalances, () => true)) {
			expect([account, balances.get(account) ?? 0]).toEqual([account, account.startsWith('1') ? amount : 0 - amount]);
		}
		const results = column(incomeStatement({ years: [year], days: whole, byMonth: false }, style), 'period');
		for (const [account, amount] of stated(file.results, () => true))
			expect([account, results.get(account) ?? 0]).toEqual([account, 0 - amount]);
	});

	it.each(monthsOf(whole))('equal #PSALDO of $name', (month) => {
		const trial = trialBalance([year], month, true);
		const [debit, credit] = [column(trial, 'debit'), column(trial, 'credit')];
		const change = (account: string) => (debit.get(account) ?? 0) - (credit.get(account) ?? 0);
		const results = column(incomeStatement({ years: [year], days: month, byMonth: false }, style), 'period');
		const balances = column(balanceSheet({ years: [year], days: month, byMonth: false }, style), 'period');
		const ofMonth = file.periodBalances.filter((balance) => balance.month === month.name);
		for (const [account, amount] of stated(ofMonth, () => true)) expect([account, change(account)]).toEqual([account, amount]);
		for (const [account, amount] of stated(ofMonth, isResult)) expect([account, results.get(account) ?? 0]).toEqual([account, 0 - amount]);
		for (const [account, amount] of stated(ofMonth, (balance) => !isResult(balance))) {
			expect([account, balances.get(account) ?? 0]).toEqual([account, account.startsWith('1') ? amount : 0 - amount]);
		}
		// And nothing that the file does not have.
		const named = new Set(ofMonth.map(({ account }) => account));
		for (const account of debit.keys()) if (!named.has(account)) expect([account, change(account)]).toEqual([account, 0]);
	});

	it('have the year before beside them, as #RES, #UB and #PSALDO have it', () => {
		const before = yearBefore(file);
		expect(ofYear(file.results, -1).length).toBeGreaterThan(10);
		expect(ofYear(file.periodBalances, -1).length).toBeGreaterThan(100);
		const beside = (days: Days, compared: Days) => {
			const comparison = { with: 'previousYear' as const, years: [before], days: compared };
			return { years: [year], days, byMonth: false, comparison };
		};
		const lastYear: Days = { from: before.from, to: before.to };
		const results = column(incomeStatement(beside(whole, lastYear), style), 'previous_year');
		for (const { account, amount } of ofYear(file.results, -1)) expect([account, results.get(account) ?? 0]).toEqual([account, 0 - amount]);
		const sheet = balanceSheet(beside(whole, lastYear), style);
		const balances = column(sheet, 'previous_year');
		for (const { account, amount } of ofYear(file.closingBalances, -1)) {
			expect([account, balances.get(account) ?? 0]).toEqual([account, account.startsWith('1') ? amount : 0 - amount]);
		}
		// Both sides of the year before are equal, its result among them.
		const total = (id: string) => sheet.rows.find((row) => row.id === id)?.amounts[sheet.columns.indexOf('previous_year')];
		expect(total('total_assets')).toBe(total('total_equity_and_liabilities'));
		for (const [index, month] of monthsOf(whole).entries()) {
			const compared = monthsOf(lastYear)[index];
			if (compared === undefined) throw new Error(`The year before has no month beside ${month.name}`);
			const ofMonth = column(incomeStatement(beside(month, compared), style), 'previous_year');
			const stated = ofYear(file.periodBalances, -1).filter((balance) => isResult(balance) && balance.month === compared.name);
			for (const { account, amount } of stated) {
				expect([account, month.name, ofMonth.get(account) ?? 0]).toEqual([account, month.name, 0 - amount]);
			}
		}
	});

	it('of single projects and cost centers equal #PSALDO of them, month by month', () => {
		const stated = file.periodBalances.filter((balance) => balance.year === 0 && balance.objects.length === 1);
		const objects = file.vouchers.flatMap(({ rows }) => rows.flatMap((row) => row.objects));
		const all = [...objects, ...stated.flatMap((balance) => balance.objects)];
		const named = [...new Map(all.map((each) => [`${each.dimension} ${each.object}`, each])).values()];
		for (const { dimension, object } of named) {
			const figures = new SieFigures(whole, { objects: [{ dimension, object }], openingBalances: 'stored' });
			for (const voucher of file.vouchers) figures.add(voucher);
			const ofObject = figures.finish(file).year;
			for (const month of monthsOf(whole)) {
				const isOf = ({ objects: [own] }: SieBalance): boolean => own?.dimension === dimension && own.object === object;
				const ofMonth = stated.filter((balance) => balance.month === month.name && isOf(balance));
				const expected = new Map(ofMonth.map(({ account, amount }) => [account, amount]));
				for (const account of new Set([...ofObject.turnover.keys(), ...expected.keys()])) {
					const name = [object, month.name, account];
					expect([...name, changeOf([ofObject], account, month)]).toEqual([...name, expected.get(account) ?? 0]);
				}
			}
		}
	});

	it('have months that sum to the year', () => {
		const { columns, rows } = incomeStatement({ years: [year], days: whole, byMonth: true }, style);
		for (const { id, amounts } of rows) {
			const months = amounts.filter((_, index) => /^\d{4}-\d{2}$/.test(columns[index] ?? ''));
			expect(months).toHaveLength(12);
			expect([id, months.reduce((sum, amount) => sum + amount, 0)]).toEqual([id, amounts[0]]);
		}
	});
});
