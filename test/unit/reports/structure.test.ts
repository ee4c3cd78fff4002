import {
	ASSETS,
	BALANCE_LINES,
	BOOKED_RESULT,
	CLASSES,
	COMPUTED_RESULT,
	EQUITY,
	EQUITY_AND_LIABILITIES,
	INCOME_STATEMENT,
	isResultAccount,
	LIABILITIES,
	type Heading,
	type Label,
	type ResultLine,
} from '../../../nodes/shared/ledger/reports/structure';

const isHeading = (line: Heading | ResultLine): line is Heading => 'from' in line;

function withParts(heading: Heading): Heading[] {
	return [heading, ...[...(heading.parts ?? []), ...(heading.statutory ?? [])].flatMap(withParts)];
}

const roots = [...INCOME_STATEMENT.filter(isHeading), BOOKED_RESULT, ASSETS, EQUITY, ...LIABILITIES];
const all = roots.flatMap(withParts);

function gaps(headings: readonly Heading[], from: number, to: number): string[] {
	const found: string[] = [];
	let next = from;
	for (const heading of headings) {
		if (heading.from !== next) found.push(`${heading.id} begins with ${heading.from} instead of ${next}`);
		next = heading.to + 1;
	}
	if (next !== to + 1) found.push(`the last ends with ${next - 1} instead of ${to}`);
	return found;
}

/** A wrong boundary would count an account twice, or nowhere, or in another heading than its neighbours in the BAS chart. */
describe('headings', () => {
	it('cover the classes of the BAS chart without a gap', () => {
		expect(gaps([...INCOME_STATEMENT.filter(isHeading), BOOKED_RESULT], 3000, 8999)).toEqual([]);
		expect(gaps([ASSETS], 1000, 1999)).toEqual([]);
		expect(gaps([EQUITY, ...LIABILITIES], EQUITY_AND_LIABILITIES.from, EQUITY_AND_LIABILITIES.to)).toEqual([]);
		expect([EQUITY_AND_LIABILITIES.from, EQUITY_AND_LIABILITIES.to]).toEqual([2000, 2999]);
		expect(gaps(CLASSES, 1000, 8999)).toEqual([]);
	});

	it('consist of parts that cover them without a gap', () => {
		const found = all.flatMap(({ parts, statutory, from, to }) => [parts, statutory].flatMap((some) => (some ? gaps(some, from, to) : [])));
		expect(found).toEqual([]);
	});

	it.each([
		[1299, 'tangible_assets'],
		[1399, 'financial_assets'],
		[1400, 'inventories'],
		[1510, 'trade_receivables'],
		[1650, 'other_receivables'],
		[1790, 'prepaid'],
		[1880, 'short_term_investments'],
		[1910, 'cash'],
		[2081, 'restricted_equity'],
		[2099, 'unrestricted_equity'],
		[2125, 'untaxed_reserves'],
		[2220, 'provisions'],
		[2350, 'long_term_liabilities'],
		[2440, 'trade_payables'],
		[2510, 'tax_liabilities'],
		[2650, 'vat_liabilities'],
		[2710, 'personnel_liabilities'],
		[2893, 'other_liabilities'],
		[2990, 'accrued'],
		[3740, 'net_sales'],
		[3890, 'own_work'],
		[3960, 'other_income'],
		[4010, 'purchases'],
		[4960, 'inventory_change'],
		[6992, 'other_external_expenses'],
		[7699, 'personnel'],
		[7832, 'depreciation'],
		[7960, 'other_operating_expenses'],
		[8012, 'group_companies'],
		[8112, 'associates'],
		[8212, 'other_financial_assets'],
		[8310, 'interest_income'],
		[8422, 'interest_expense'],
		[8811, 'tax_allocation_reserves'],
		[8820, 'group_contributions'],
		[8850, 'other_appropriations'],
		[8910, 'tax'],
		[8999, 'booked_result'],
	])('have account %i of the BAS chart in %s', (account, id) => {
		const narrowest = all.filter(({ from, to }) => from <= account && account <= to).at(-1);
		expect(narrowest?.id).toBe(id);
	});
});

test('every line has an id of its own, and a name in both languages', () => {
	const lines: Array<{ id: string; label: Label }> = [
		...all,
		...INCOME_STATEMENT.filter((line) => !isHeading(line)),
		COMPUTED_RESULT,
		EQUITY_AND_LIABILITIES,
		...Object.values(BALANCE_LINES),
		...CLASSES,
	];
	const ids = lines.map(({ id }) => id);
	expect(ids.filter((id, place) => !/^[a-z]\w+$/.test(id) || ids.indexOf(id) !== place)).toEqual([]);
	expect(lines.filter(({ label }) => !/^[A-ZÅÄÖ]/.test(label.sv) || !/^[A-Z]/.test(label.en))).toEqual([]);
	for (const language of ['sv', 'en'] as const) {
		const names = all.map(({ label }) => label[language]);
		expect(new Set(names).size).toBe(names.length);
	}
});

test('the result has a line by itself in each layout', () => {
	const last = INCOME_STATEMENT.slice(-2).map((line) => [line.id, isHeading(line) ? undefined : line.only]);
	expect(last).toEqual([
		['result_after_tax', 'accounts'],
		['result', 'statutory'],
	]);
});

test.each([
	['2999', false],
	['3000', true],
	['8999', true],
	['9000', false],
	['0999', false],
])('account %s is of the result: %s', (account, expected) => {
	expect(isResultAccount(account)).toBe(expected);
});
