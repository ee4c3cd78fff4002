import type { IDataObject } from 'n8n-workflow';
import { toSek, type Ore } from '../../ledger/money';
import { imbalancesOf, type BalanceSheet, type Imbalance } from '../../ledger/reports/balanceSheet';
import type { Label } from '../../ledger/reports/structure';
import { formatAmount } from './page/format';
import type { ReportQuery } from './query';
import type { ReportBooks } from './report';

/** By how much a balance sheet does not balance, and why. */
export interface Difference {
	amount: Ore;
	reasons: Imbalance[];
	/** A sentence about it, in both languages; undefined where the sheet balances. */
	text?: Label;
}

const KINDS: Readonly<Record<Imbalance['kind'], Label>> = {
	accounts_outside_classes: { sv: 'konto utanför klass 1–8', en: 'account outside classes 1–8' },
	opening_balances: { sv: 'ingående balans som inte förts över', en: 'opening balance that was not carried over' },
	entry_not_balanced: { sv: 'verifikat som inte balanserar', en: 'entry that does not balance' },
};

/** How many reasons a sentence lists. */
const MOST_LISTED = 10;

export function differenceOf({ difference }: BalanceSheet, { lastYear }: ReportBooks, { days, filter }: ReportQuery): Difference {
	if (difference === 0) return { amount: 0, reasons: [] };
	const start = {
		sv: `Tillgångar minus eget kapital och skulder är ${formatAmount(difference, 'sv')} SEK`,
		en: `Assets less equity and liabilities are ${formatAmount(difference, 'en')} SEK`,
	};
	if (Object.keys(filter).length > 0) {
		return {
			amount: difference,
			reasons: [],
			text: {
				sv: `${start.sv}: raderna på ett kostnadsställe eller projekt balanserar inte för sig.`,
				en: `${start.en}: the rows of one cost center or project don't balance by themselves.`,
			},
		};
	}
	const openings = lastYear.openingDifferences.map(({ account, stored, closed }) => ({ account, amount: stored - closed }));
	const reasons = imbalancesOf(lastYear.year, days.to, openings);
	const inWords = (language: keyof Label): string =>
		reasons
			.slice(0, MOST_LISTED)
			.map(({ kind, account, entry, amount }) => `${KINDS[kind][language]}${named(account ?? entry)} (${formatAmount(amount, language)})`)
			.join(', ');
	return { amount: difference, reasons, text: { sv: `${start.sv}: ${inWords('sv')}.`, en: `${start.en}: ${inWords('en')}.` } };
}

function named(name: string | undefined): string {
	return name === undefined ? '' : ` ${name}`;
}

/** Adds the difference to the last row, and where it is not 0 its reasons. Amounts in SEK. */
export function withDifference(items: readonly IDataObject[], { amount, reasons }: Difference): IDataObject[] {
	const last = items.at(-1);
	return [
		...items.slice(0, -1),
		{
			...last,
			difference: toSek(amount),
			...(amount !== 0 && {
				difference_reasons: reasons.map(({ kind, account, entry, amount: part }) => ({
					reason: kind,
					account_number: account ?? null,
					entry: entry ?? null,
					amount: toSek(part),
				})),
			}),
		},
	];
}
