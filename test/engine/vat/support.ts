import type { CompanyState } from '../../../sandbox';
import { startWorld, type World } from '../support/world';

/** Rows as `[account, kronor]`, debit positive. */
export type Rows = ReadonlyArray<readonly [account: number, amount: number]>;

/** Books an entry as Fortnox's own programs do. @returns its id */
export function book(company: CompanyState, date: string, rows: Rows, description = 'Affärshändelse'): string {
	const { series, number, yearId } = company.addVoucher({
		date,
		description,
		rows: rows.map(([account, amount]) => {
			const ore = Math.round(amount * 100);
			return ore >= 0 ? { account, debit: ore } : { account, credit: -ore };
		}),
	});
	return `${series}-${number}-${yearId}`;
}

/** VAT codes of the chart besides those of the sandbox; null takes a code away. */
const CODES: ReadonlyArray<readonly [account: number, code: string | null]> = [
	[2612, 'U1'],
	[2613, 'U1'],
	[2616, 'U1'],
	[2617, 'UOS'],
	[2670, 'OSSDE'],
	[3107, 'OSSDE'],
	[3913, 'HFS'],
	[3231, 'OTTU'],
	// Without a code: BAS's number decides.
	[3305, null],
	[2622, null],
	[3002, null],
];

/** The first of three years that have no entries but those of the tests. */
const FIRST_YEAR = 2027;

/** A company with an account of every VAT code, and three years without entries. */
export async function startVatWorld(): Promise<World> {
	const world = await startWorld();
	const company = world.sandbox.company();
	const last = company.yearsNewestFirst()[0];
	for (const first of [FIRST_YEAR, FIRST_YEAR + 1, FIRST_YEAR + 2]) {
		// Fortnox has no two years of the same days, and the seeded company gets years up to the tests' day.
		const year = company.yearOf(`${first}-01-01`) ?? company.addYear(`${first}-01-01`, `${first}-12-31`, { like: last });
		const like = year.accounts.get(3001);
		if (like === undefined) throw new Error('The chart lacks 3001');
		for (const [number, vatCode] of CODES) {
			year.setAccount({ ...(year.accounts.get(number) ?? { ...like, number, description: `Konto ${number}` }), active: true, vatCode });
		}
	}
	return world;
}
