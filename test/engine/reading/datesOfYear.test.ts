import { encodeCp437 } from '../../../sandbox/company/sie/cp437';
import { startWorld, type World } from '../support/world';

const VOUCHERS = Array.from(
	{ length: 30 },
	(_, index) => `#VER A ${index + 1} 20250${1 + (index % 9)}15 "Inköp ${index + 1}" 20250930
{
#TRANS 1930 {} -100 "" "" 0
#TRANS 6110 {} 100 "" "" 0
}`,
);

/** Real exports hold vouchers that are dated in the year before. */
const EXPORT = `#FLAGGA 0
#FORMAT PC8
#SIETYP 4
#FNR 4712
#FNAMN "Provbolaget"
#RAR 0 20250101 20251231
#RAR -1 20240101 20241231
#ORGNR 556000-1111

#KONTO 1930 "Företagskonto"
#KONTO 6110 "Kontorsmaterial"

${VOUCHERS.join('\n')}
#VER A 31 20241230 "Sen" 20250930
{
#TRANS 1930 {} -5 "" "" 0
#TRANS 6110 {} 5 "" "" 0
}`;

let world: World;

afterEach(async () => await world.close());

it('a voucher dated in the year before does not make lists ask for days outside the year', async () => {
	world = await startWorld({ sie: encodeCp437(EXPORT.replaceAll('\n', '\r\n')) });
	const result = await world.run({
		resource: 'journalEntry',
		operation: 'getAll',
		returnAll: true,
		filters: { dateFrom: '2024-12-01', dateTo: '2025-12-31', accountNumber: '1930' },
	});
	expect(result.error).toBeUndefined();
	expect(result.json()).toHaveLength(31);
	const lists = world.requests('GET', /^\/3\/vouchers$/);
	expect(lists.length).toBeGreaterThan(0);
	expect(lists.map(({ status }) => status)).toEqual(lists.map(() => 200));
});

it('a list over two years asks each year for its own days alone', async () => {
	world = await startWorld({ sie: encodeCp437(EXPORT.replaceAll('\n', '\r\n')) });
	const filters = { dateFrom: '2024-12-01', dateTo: '2025-12-31' };
	const result = await world.run({
		resource: 'journalEntry',
		operation: 'getAll',
		returnAll: true,
		filters,
		options: { includeItems: false },
	});
	expect(result.error).toBeUndefined();
	expect(result.json()).toHaveLength(30);
	const lists = world.requests('GET', /^\/3\/vouchers$/);
	expect(lists.map(({ query, status }) => [query.fromdate, query.todate, status])).toEqual(
		expect.arrayContaining([['2025-01-01', '2025-12-31', 200]]),
	);
});
