import { formatOre } from '../../ledger/money';
import type { OpeningDifference } from '../../ledger/openings';
import type { Days } from '../../ledger/reports/years';

/** How many accounts a hint lists. */
const MOST_LISTED = 15;

/** Tells which accounts open a financial year otherwise than they closed the one before; undefined where none does. */
export function openingsHint(
	{ from, to }: Days,
	differences: readonly OpeningDifference[],
	openingBalances: 'stored' | 'computed',
): string | undefined {
	if (differences.length === 0) return undefined;
	const listed = differences
		.slice(0, MOST_LISTED)
		.map(({ account, stored, closed }) => `${account} by ${formatOre(stored - closed)} (stored ${formatOre(stored)}, closed ${formatOre(closed)})`);
	const more = differences.length > listed.length ? ` and ${differences.length - listed.length} more accounts` : '';
	const what = `Opening balances of ${from}–${to} differ from the close of the year before: ${listed.join(', ')}${more}.`;
	return openingBalances === 'computed'
		? `${what} The close was used.`
		: `${what} The stored ones were used. Transfer the balances in Fortnox, or set 'Opening Balances' to Computed.`;
}
