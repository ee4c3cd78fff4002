import { unlessNotAllowed } from '../../shared/fortnox/tolerate';
import type { EntryNames } from '../../shared/unified/entry';
import type { Run } from '../run';

const NO_NAMES: EntryNames = { account: () => undefined, journal: () => undefined };

/**
 * Account and journal names of financial years, from the cached registers. Names are a courtesy: where the credential
 * may not read a register they are left out.
 *
 * @param years financial year ids, repeats allowed
 */
export async function namesFor(run: Run, years: readonly number[]): Promise<(year: number | undefined) => EntryNames> {
	const byYear = new Map<number, EntryNames>();
	for (const year of new Set(years)) {
		const left = (): void => undefined;
		const [chart, series] = await Promise.all([
			unlessNotAllowed(run.fortnox.chart(year), left),
			unlessNotAllowed(run.fortnox.voucherSeries(year), left),
		]);
		const accounts = new Map(chart?.map(({ Number: number, Description }) => [number, Description]));
		const journals = new Map(series?.map(({ Code, Description }) => [Code, Description]));
		byYear.set(year, { account: (number) => accounts.get(number), journal: (code) => journals.get(code) });
	}
	return (year) => (year === undefined ? NO_NAMES : (byYear.get(year) ?? NO_NAMES));
}
