import type { Label, Language, Layout } from '../../../ledger/reports/structure';
import { formatMonth } from './format';

/** What Fortnox's users know the reports and their columns as. */
export const TITLES = {
	trialBalance: { accounts: { sv: 'Saldobalans', en: 'Trial balance' }, statutory: { sv: 'Saldobalans', en: 'Trial balance' } },
	incomeStatement: {
		accounts: { sv: 'Resultatrapport', en: 'Income statement by account' },
		statutory: { sv: 'Resultaträkning', en: 'Income statement' },
	},
	balanceSheet: {
		accounts: { sv: 'Balansrapport', en: 'Balance sheet by account' },
		statutory: { sv: 'Balansräkning', en: 'Balance sheet' },
	},
} as const satisfies Record<string, Record<Layout, Label>>;

export type ReportName = keyof typeof TITLES;

const COLUMNS: Readonly<Record<string, Label>> = {
	accumulated: { sv: 'Ackumulerat', en: 'Accumulated' },
	budget: { sv: 'Budget', en: 'Budget' },
	budget_accumulated: { sv: 'Budget ack.', en: 'Budget acc.' },
	closing_balance: { sv: 'Utg balans', en: 'Closing' },
	credit: { sv: 'Kredit', en: 'Credit' },
	debit: { sv: 'Debet', en: 'Debit' },
	opening_balance: { sv: 'Ing balans', en: 'Opening' },
	opening_of_period: { sv: 'Ing saldo', en: 'Start of period' },
	period: { sv: 'Period', en: 'Period' },
	previous_period: { sv: 'Föreg. period', en: 'Previous period' },
	previous_year: { sv: 'Föreg. år', en: 'Previous year' },
	previous_year_accumulated: { sv: 'Föreg. år ack.', en: 'Prev. year acc.' },
};

/** A column's label; of a month, its name. */
export function columnLabel(name: string, language: Language, withYear: boolean): string {
	return COLUMNS[name]?.[language] ?? formatMonth(name, language, withYear);
}
