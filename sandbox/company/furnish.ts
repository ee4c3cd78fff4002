import { sandboxChart } from './chart';
import { VOUCHER_SERIES } from './predefined';
import type { SandboxYear } from './year';

type Series = readonly [code: string, description: string, manual: boolean];

/** Gives a new financial year the chart and the series that Fortnox sets up, and others after those. */
export function furnish(year: SandboxYear, extraSeries: readonly Series[] = []): SandboxYear {
	for (const account of sandboxChart()) year.setAccount(account);
	for (const [code, description, manual] of [...VOUCHER_SERIES, ...extraSeries]) {
		year.series.set(code, { code, description, manual, nextNumber: 1 });
	}
	return year;
}
