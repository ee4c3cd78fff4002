import { SieFigures, type FiguresWanted } from '../../../nodes/shared/ledger/reports/sieFigures';
import { accountsOf, balanceAt, budgetOf, turnoverOf } from '../../../nodes/shared/ledger/reports/years';
import { readSie } from '../../../nodes/shared/ledger/sie';

const YEAR = { from: '2026-01-01', to: '2026-12-31' };

/** Two cost centers and a project; 2025 left 300 unbooked, and 1930 was changed by 50 after it was carried. */
const FILE = `#FLAGGA 0
#SIETYP 4
#RAR 0 20260101 20261231
#RAR -1 20250101 20251231
#IB 0 1930 1300
#IB 0 2081 -1000
#UB -1 1930 1250
#UB -1 2081 -1000
#RES -1 3001 -250
#OIB 0 1930 {1 "BUTIK"} 400
#OIB 0 1930 {1 "WEBB"} 9
#OIB -1 1930 {1 "BUTIK"} 7
#PBUDGET 0 202601 3001 {} -900 0
#PBUDGET 0 202601 3001 {1 "BUTIK"} -600 0
#PBUDGET 0 202602 3001 {1 "BUTIK"} -700 0
#PBUDGET 0 202602 3001 {1 "WEBB"} -100 0
#PBUDGET -1 202501 3001 {} -5 0
#VER A 1 20260115 "Försäljning"
{
#TRANS 1930 {} 125 "" "" 0
#TRANS 3001 {1 "BUTIK" 6 "P1"} -70 "" "" 0
#TRANS 3001 {1 "WEBB"} -30 "" "" 0
#TRANS 2611 {} -25 "" "" 0
}
#VER A 2 20260116 "Rättad"
{
#BTRANS 3001 {} -9 "" "" 0
#RTRANS 3001 {1 "BUTIK"} -8 "" "" 0
#TRANS 3001 {1 "BUTIK"} -8 "" "" 0
#TRANS 1930 {} 8.01 "" "" 0
}
`;

function figuresOf(wanted: Partial<FiguresWanted> = {}) {
	const figures = new SieFigures(YEAR, { objects: [], openingBalances: 'stored', ...wanted });
	const head = readSie(Buffer.from(FILE), (voucher) => figures.add(voucher), { encoding: 'cp437', allowUnbalanced: true });
	return figures.finish(head);
}

describe('the figures of a SIE file', () => {
	it('are those of the rows that count, once, with the entries that are off', () => {
		const { year } = figuresOf();
		expect(turnoverOf([year], '3001', YEAR)).toEqual({ debit: 0, credit: 10_800 });
		expect(balanceAt(year, '1930', YEAR.to)).toBe(130_000 + 12_500 + 801);
		expect(year.entries).toBe(2);
		expect(year.unbalanced).toEqual([{ name: 'A 2', date: '2026-01-16', amount: 1 }]);
		expect(accountsOf([year], ['0099'])).toEqual(['0099', '1930', '2081', '2611', '3001']);
	});

	it('of one cost center and project are those of their rows, with their opening balances and budget', () => {
		const butik = figuresOf({ objects: [{ dimension: 1, object: 'BUTIK' }] }).year;
		expect(turnoverOf([butik], '3001', YEAR)).toEqual({ debit: 0, credit: 7_800 });
		expect(balanceAt(butik, '1930', YEAR.to)).toBe(40_000);
		expect(budgetOf([butik], '3001', YEAR)).toBe(-130_000);
		expect(butik.entries).toBe(2);
		// The entry that is off is so as a whole; a part of it is bound to be.
		expect(butik.unbalanced).toEqual([]);
		expect(butik.uncarriedResult).toBe(0);
		const both = figuresOf({
			objects: [
				{ dimension: 1, object: 'BUTIK' },
				{ dimension: 6, object: 'P1' },
			],
		}).year;
		expect(turnoverOf([both], '3001', YEAR)).toEqual({ debit: 0, credit: 7_000 });
		expect(both.entries).toBe(1);
	});

	it('have the budget of a month once: whole where there is a whole, else of its parts; of this year', () => {
		const { year } = figuresOf();
		expect(budgetOf([year], '3001', { from: '2026-01-01', to: '2026-01-31' })).toBe(-90_000);
		expect(budgetOf([year], '3001', { from: '2026-02-01', to: '2026-02-28' })).toBe(-80_000);
		expect(budgetOf([year], '3001', YEAR)).toBe(-170_000);
		expect(budgetOf([year], '3001', { from: '2025-01-01', to: '2025-12-31' })).toBe(0);
	});

	it('open with what is stored or with the close, name what differs, and know the result that was not carried', () => {
		const stored = figuresOf();
		expect(stored.openingDifferences).toEqual([{ account: '1930', stored: 130_000, closed: 125_000 }]);
		expect(stored.year.uncarriedResult).toBe(-25_000);
		const computed = figuresOf({ openingBalances: 'computed' });
		expect(computed.year.opening.get('1930')).toBe(125_000);
		expect(computed.year.uncarriedResult).toBe(-25_000);
	});
});
