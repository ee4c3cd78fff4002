import type { OpeningDifference } from '../../ledger/openings';
import type { Label, Language } from '../../ledger/reports/structure';
import type { Days } from '../../ledger/reports/years';
import { formatAmount } from './page/format';

/** How many accounts a note lists. */
const MOST_LISTED = 15;

const BY = { sv: 'med', en: 'by' } as const satisfies Label;

/** Tells which accounts open a financial year otherwise than they closed the one before; undefined where none does. */
export function openingsNote(
	{ from, to }: Days,
	differences: readonly OpeningDifference[],
	openingBalances: 'stored' | 'computed',
): Label | undefined {
	if (differences.length === 0) return undefined;
	const listed = differences.slice(0, MOST_LISTED);
	const more = differences.length - listed.length;
	const inWords = (language: Language): string =>
		listed.map(({ account, stored, closed }) => `${account} ${BY[language]} ${formatAmount(stored - closed, language)}`).join(', ');
	const sv = `Ingående balanser ${from}–${to} skiljer sig från föregående års utgående: ${inWords('sv')}${more > 0 ? ` och ${more} konton till` : ''}.`;
	const en = `Opening balances of ${from}–${to} differ from the close of the year before: ${inWords('en')}${more > 0 ? ` and ${more} more accounts` : ''}.`;
	return openingBalances === 'computed'
		? { sv: `${sv} De utgående har använts.`, en: `${en} The close was used.` }
		: {
				sv: `${sv} De lagrade har använts; för över balanserna i Fortnox.`,
				en: `${en} The stored ones were used. Transfer the balances in Fortnox, or set 'Opening Balances' to Computed.`,
			};
}
