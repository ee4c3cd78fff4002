/** A name in both languages of the reports. */
export interface Label {
	sv: string;
	en: string;
}

export type Language = keyof Label;

/**
 * A heading of a statement: the accounts from one number to another, both included, or the headings that it consists
 * of, which cover its whole range.
 */
export interface Heading {
	id: string;
	label: Label;
	from: number;
	to: number;
	parts?: readonly Heading[];
	/** The statutory layout shows these in place of accounts. */
	statutory?: readonly Heading[];
}

/** A line that sums up every heading above it. */
export interface ResultLine {
	id: string;
	label: Label;
	/** Only in this layout; else in both. */
	only?: Layout;
}

/** `accounts`: with account numbers, as in running bookkeeping. `statutory`: headings of the annual accounts act. */
export type Layout = 'accounts' | 'statutory';

function heading(id: string, range: readonly [number, number], sv: string, en: string, rest: Partial<Heading> = {}): Heading {
	return { id, label: { sv, en }, from: range[0], to: range[1], ...rest };
}

/**
 * The income statement, from top to bottom. The ranges are those of the BAS chart of accounts; the order and the results
 * are those of the annual accounts act's statement by nature of expense (ÅRL, appendix 2), which Fortnox's report has too.
 */
export const INCOME_STATEMENT: ReadonlyArray<Heading | ResultLine> = [
	heading('operating_income', [3000, 3999], 'Rörelseintäkter', 'Operating income', {
		parts: [
			heading('net_sales', [3000, 3799], 'Nettoomsättning', 'Net sales'),
			heading('other_operating_income', [3800, 3999], 'Övriga rörelseintäkter', 'Other operating income', {
				statutory: [
					heading('own_work', [3800, 3899], 'Aktiverat arbete för egen räkning', 'Own work capitalised'),
					heading('other_income', [3900, 3999], 'Andra intäkter', 'Sundry income'),
				],
			}),
		],
	}),
	heading('operating_expenses', [4000, 7999], 'Rörelsekostnader', 'Operating expenses', {
		parts: [
			heading('goods', [4000, 4999], 'Råvaror och handelsvaror', 'Goods and materials', {
				statutory: [
					heading('purchases', [4000, 4899], 'Varor, material och köpta tjänster', 'Goods, materials and services bought'),
					heading('inventory_change', [4900, 4999], 'Förändring av lager', 'Change in inventories'),
				],
			}),
			heading('other_external_expenses', [5000, 6999], 'Övriga externa kostnader', 'Other external expenses'),
			heading('personnel', [7000, 7699], 'Personalkostnader', 'Personnel expenses'),
			heading('depreciation', [7700, 7899], 'Av- och nedskrivningar', 'Depreciation and write-downs'),
			heading('other_operating_expenses', [7900, 7999], 'Övriga rörelsekostnader', 'Other operating expenses'),
		],
	}),
	{ id: 'operating_result', label: { sv: 'Rörelseresultat', en: 'Operating result' } },
	heading('financial_items', [8000, 8499], 'Finansiella poster', 'Financial items', {
		statutory: [
			heading('group_companies', [8000, 8099], 'Resultat från andelar i koncernföretag', 'Result from group companies'),
			heading('associates', [8100, 8199], 'Resultat från andelar i intresseföretag', 'Result from associates'),
			heading(
				'other_financial_assets',
				[8200, 8299],
				'Resultat från övriga finansiella anläggningstillgångar',
				'Result from other financial fixed assets',
			),
			heading('interest_income', [8300, 8399], 'Ränteintäkter och liknande', 'Interest income and similar'),
			heading('interest_expense', [8400, 8499], 'Räntekostnader och liknande', 'Interest expense and similar'),
		],
	}),
	{ id: 'result_after_financial_items', label: { sv: 'Resultat efter finansiella poster', en: 'Result after financial items' } },
	heading('other_result', [8500, 8799], 'Övriga resultatkonton', 'Other result accounts'),
	heading('appropriations', [8800, 8899], 'Bokslutsdispositioner', 'Appropriations', {
		statutory: [
			heading('tax_allocation_reserves', [8800, 8819], 'Förändring av periodiseringsfonder', 'Change in tax allocation reserves'),
			heading('group_contributions', [8820, 8839], 'Koncernbidrag', 'Group contributions'),
			heading('other_appropriations', [8840, 8899], 'Övriga bokslutsdispositioner', 'Other appropriations'),
		],
	}),
	{ id: 'result_before_tax', label: { sv: 'Resultat före skatt', en: 'Result before tax' } },
	heading('tax', [8900, 8989], 'Skatter', 'Taxes'),
	{ id: 'result_after_tax', label: { sv: 'Resultat efter skatt', en: 'Result after tax' }, only: 'accounts' },
	{ id: 'result', label: { sv: 'Årets resultat', en: 'Result for the year' }, only: 'statutory' },
];

/** The result as it was booked (8999 against 2099): part of the report by accounts, and of no statement. */
export const BOOKED_RESULT = heading('booked_result', [8990, 8999], 'Bokfört resultat', 'Booked result');

/** What classes 3 to 8 sum to, the booked result included: 0 once it is booked. */
export const COMPUTED_RESULT: ResultLine = { id: 'computed_result', label: { sv: 'Beräknat resultat', en: 'Computed result' } };

export const ASSETS = heading('assets', [1000, 1999], 'Tillgångar', 'Assets', {
	parts: [
		heading('fixed_assets', [1000, 1399], 'Anläggningstillgångar', 'Fixed assets', {
			parts: [
				heading('intangible_assets', [1000, 1099], 'Immateriella anläggningstillgångar', 'Intangible assets'),
				heading('tangible_assets', [1100, 1299], 'Materiella anläggningstillgångar', 'Tangible assets'),
				heading('financial_assets', [1300, 1399], 'Finansiella anläggningstillgångar', 'Financial assets'),
			],
		}),
		heading('current_assets', [1400, 1999], 'Omsättningstillgångar', 'Current assets', {
			parts: [
				heading('inventories', [1400, 1499], 'Varulager och pågående arbeten', 'Inventories and work in progress'),
				heading('receivables', [1500, 1799], 'Kortfristiga fordringar', 'Current receivables', {
					statutory: [
						heading('trade_receivables', [1500, 1599], 'Kundfordringar', 'Trade receivables'),
						heading('other_receivables', [1600, 1699], 'Övriga fordringar', 'Other receivables'),
						heading('prepaid', [1700, 1799], 'Förutbetalda kostnader och upplupna intäkter', 'Prepaid expenses and accrued income'),
					],
				}),
				heading('short_term_investments', [1800, 1899], 'Kortfristiga placeringar', 'Short-term investments'),
				heading('cash', [1900, 1999], 'Kassa och bank', 'Cash and bank'),
			],
		}),
	],
});

export const EQUITY = heading('equity', [2000, 2099], 'Eget kapital', 'Equity', {
	statutory: [
		heading('owners_equity', [2000, 2079], 'Ägarnas kapital', "Owners' capital"),
		heading('restricted_equity', [2080, 2089], 'Bundet eget kapital', 'Restricted equity'),
		heading('unrestricted_equity', [2090, 2099], 'Fritt eget kapital', 'Unrestricted equity'),
	],
});

export const LIABILITIES: readonly Heading[] = [
	heading('untaxed_reserves', [2100, 2199], 'Obeskattade reserver', 'Untaxed reserves'),
	heading('provisions', [2200, 2299], 'Avsättningar', 'Provisions'),
	heading('long_term_liabilities', [2300, 2399], 'Långfristiga skulder', 'Long-term liabilities'),
	heading('current_liabilities', [2400, 2999], 'Kortfristiga skulder', 'Current liabilities', {
		statutory: [
			heading('loans', [2400, 2439], 'Övriga skulder till kreditinstitut och kunder', 'Liabilities to banks and customers'),
			heading('trade_payables', [2440, 2449], 'Leverantörsskulder', 'Trade payables'),
			heading('other_payables', [2450, 2499], 'Andra kortfristiga skulder', 'Sundry current liabilities'),
			heading('tax_liabilities', [2500, 2599], 'Skatteskulder', 'Tax liabilities'),
			heading('vat_liabilities', [2600, 2699], 'Moms', 'VAT'),
			heading('personnel_liabilities', [2700, 2799], 'Personalens skatter och avgifter', 'Payroll taxes and deductions'),
			heading('other_liabilities', [2800, 2899], 'Övriga skulder', 'Other liabilities'),
			heading('accrued', [2900, 2999], 'Upplupna kostnader och förutbetalda intäkter', 'Accrued expenses and deferred income'),
		],
	}),
];

export const EQUITY_AND_LIABILITIES = heading('equity_and_liabilities', [2000, 2999], 'Eget kapital och skulder', 'Equity and liabilities');

export const BALANCE_LINES = {
	totalAssets: { id: 'total_assets', label: { sv: 'Summa tillgångar', en: 'Total assets' } },
	uncarriedResult: {
		id: 'uncarried_result',
		label: { sv: 'Föregående års resultat, ej bokfört', en: 'Result of the year before, not booked' },
	},
	totalEquityAndLiabilities: {
		id: 'total_equity_and_liabilities',
		label: { sv: 'Summa eget kapital och skulder', en: 'Total equity and liabilities' },
	},
} as const satisfies Record<string, ResultLine>;

/** Accounts that no heading has, such as 0099 and class 9: shown by themselves, and part of no total. */
export const OUTSIDE: Label = { sv: 'Konton utanför klass 1–8', en: 'Accounts outside classes 1–8' };

/** The last line of a trial balance: 0 at the start and at the end, and as much in debit as in credit. */
export const TRIAL_SUM: Label = { sv: 'Summa', en: 'Total' };

/** The classes of the BAS chart of accounts, by the first digit: the groups of a trial balance. */
export const CLASSES: readonly Heading[] = [
	heading('class_1', [1000, 1999], 'Tillgångar', 'Assets'),
	heading('class_2', [2000, 2999], 'Eget kapital och skulder', 'Equity and liabilities'),
	heading('class_3', [3000, 3999], 'Rörelseintäkter', 'Operating income'),
	heading('class_4', [4000, 4999], 'Varor, material och köpta tjänster', 'Goods, materials and services bought'),
	heading('class_5_6', [5000, 6999], 'Övriga externa kostnader', 'Other external expenses'),
	heading('class_7', [7000, 7999], 'Personal, avskrivningar och övrigt', 'Personnel, depreciation and other'),
	heading('class_8', [8000, 8999], 'Finansiella poster, dispositioner, skatt', 'Financial items, appropriations, tax'),
];

/** Whether an account is one of the result (classes 3 to 8): it begins each financial year at 0. */
export function isResultAccount(account: string): boolean {
	const number = Number(account);
	return number >= 3000 && number <= 8999;
}
