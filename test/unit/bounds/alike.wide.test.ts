import { AlikeVouchers } from '../../../nodes/shared/books/posting/alike';
import type { PlacedSlip } from '../../../nodes/shared/books/posting/slip';
import { MarkIndex } from '../../../nodes/shared/books/marks/markIndex';
import { giveWay } from '../../../nodes/shared/turns';
import type { LedgerEntry } from '../../../nodes/shared/unified/entryDraft';
import { usedCpuMs } from '../../clock/cpuTime';
import { longestPieceDuring } from '../../clock/longestPiece';

const MANY = 20_000;
const DATE = '2026-06-01';
const rows = (amount: number) => [
	{ field: 'row 1', account: 1930, amount },
	{ field: 'row 2', account: 3004, amount: -amount },
];

/** A shop's year: all entries, and all vouchers that people made, have one day and one text. */
function shop(amountOf: (index: number) => number) {
	const index = new MarkIndex(4);
	const ledger = new Map<string, LedgerEntry>();
	const slips: PlacedSlip[] = [];
	for (let number = 1; number <= MANY; number++) {
		index.noteRead({ VoucherSeries: 'A', VoucherNumber: number, TransactionDate: DATE, Description: 'Sale', Comments: '' });
		ledger.set(`A-${number}-4`, { series: 'A', number, year: 4, date: DATE, description: 'Sale', rows: rows(amountOf(number)) });
		const mark = { key: String(number), digest: '1' };
		const entry = {
			items: [number],
			mark,
			name: String(number),
			lasting: true,
			voucher: { date: DATE, description: 'Sale', rows: rows(amountOf(number)) },
			options: { dryRun: false, outcomeTimeoutMs: 0, sideBySide: false, rawResponse: false },
		};
		slips.push({ items: [number], state: { stage: 'placed', mark, year: { Id: 4, FromDate: '2026-01-01', ToDate: '2026-12-31' }, entry } });
	}
	return { slips, look: { indexesOf: () => [index], voucher: (id: string) => ledger.get(id) } };
}

describe(`${MANY} entries and ${MANY} vouchers without a mark, of one day and one text`, () => {
	it.each([
		['of other amounts', (index: number) => index, (index: number) => [`A-${index}-4`]],
		['all of one amount', () => 100, () => ['A-1-4', 'A-2-4']],
	])('are compared by a key, in short pieces, %s', async (_, amountOf, expected) => {
		const { slips, look } = shop(amountOf);
		const found: string[][] = [];
		const bearing = new Set<string>();
		const before = usedCpuMs();
		const longest = await longestPieceDuring(
			(async () => {
				const alike = new AlikeVouchers(look);
				for (const slip of slips) {
					await giveWay();
					await alike.addCandidates(slip, bearing);
				}
				for (const slip of slips) {
					await giveWay();
					found.push(await alike.of(slip, 2));
				}
			})(),
		);
		expect(bearing.size).toBe(MANY);
		expect(found).toEqual(slips.map(({ items }) => expected(items[0] ?? 0)));
		// 13 to 35 on an idle machine, with garbage collections; all in one piece it would be over 600.
		expect(longest).toBeLessThan(400);
		// 700 on an idle machine, up to five times that beside other work; each with each, it is minutes.
		expect(usedCpuMs() - before).toBeLessThan(15_000);
	});
});
