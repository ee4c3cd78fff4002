import { runSteps } from '../../steps';
import type { Ore } from '../money';
import type { Heading, Label, Layout } from './structure';

/** A row of a report. */
export interface ReportRow {
	/** An account; a heading with the sum of what stands under it; a sum or result over several headings. */
	kind: 'account' | 'group' | 'total';
	/** 1 is the outermost. */
	level: number;
	/** The heading's or result's own name, such as `net_sales`; of an account, its number. */
	id: string;
	/** Of headings and results. Names of accounts come from the company's chart. */
	label?: Label;
	/** By column, in öre, signed as people read them. */
	amounts: Ore[];
}

export interface Report {
	/** Names of the columns. */
	columns: readonly string[];
	rows: ReportRow[];
}

/** The amounts of accounts by column, in öre, debit positive; accounts by number. */
type AccountAmounts = ReadonlyMap<string, readonly Ore[]>;

/** How accounts become rows: the layout, and whether headings and accounts without amounts are shown. */
export interface RowStyle {
	layout: Layout;
	includeZero: boolean;
}

/** Works out every column of every account. */
export function amountsOf(accounts: readonly string[], columns: ReadonlyArray<(account: string) => Ore>): AccountAmounts {
	return runSteps(amountsInSteps(accounts, columns));
}

/** The same in steps of one account each: a column for each month of a large chart takes longer than others should wait. */
export function* amountsInSteps(
	accounts: readonly string[],
	columns: ReadonlyArray<(account: string) => Ore>,
): Generator<undefined, AccountAmounts> {
	const amounts = new Map<string, readonly Ore[]>();
	for (const account of accounts) {
		amounts.set(
			account,
			columns.map((column) => column(account)),
		);
		yield;
	}
	return amounts;
}

/** The sums by column of the accounts that pass. */
function sumOf(amounts: AccountAmounts, columns: number, passes: (account: string) => boolean): Ore[] {
	const sums = new Array<Ore>(columns).fill(0);
	for (const [account, row] of amounts) {
		if (passes(account)) row.forEach((amount, index) => (sums[index] = (sums[index] ?? 0) + amount));
	}
	return sums;
}

/** As people read income, equity and liabilities: credit positive. Nothing becomes a negative zero. */
export function turned(amounts: readonly Ore[]): Ore[] {
	return amounts.map((amount) => 0 - amount);
}

export function plus(one: readonly Ore[], other: readonly Ore[]): Ore[] {
	return one.map((amount, index) => amount + (other[index] ?? 0));
}

export function isInHeading({ from, to }: Pick<Heading, 'from' | 'to'>): (account: string) => boolean {
	return (account) => from <= Number(account) && Number(account) <= to;
}

/** Builds the rows of one side of a report. */
export class RowBuilder {
	constructor(
		private readonly amounts: AccountAmounts,
		private readonly columns: number,
		private readonly style: RowStyle,
		/** Turns amounts into the sign in which people read them. */
		private readonly signed: (amounts: readonly Ore[]) => Ore[] = (amounts) => [...amounts],
	) {}

	/** The sum of the accounts that pass, signed. */
	sum(passes: (account: string) => boolean): Ore[] {
		return this.signed(sumOf(this.amounts, this.columns, passes));
	}

	/** A heading with everything under it; nothing where no account under it has an amount. */
	heading(heading: Heading, level = 1): ReportRow[] {
		const passes = isInHeading(heading);
		if (!this.isShown(passes)) return [];
		const parts = this.style.layout === 'statutory' ? (heading.statutory ?? heading.parts) : heading.parts;
		const below = parts?.flatMap((part) => this.heading(part, level + 1)) ?? this.accounts(passes, level + 1);
		return [{ kind: 'group', level, id: heading.id, label: heading.label, amounts: this.sum(passes) }, ...below];
	}

	/** Accounts that no heading has, under a heading of their own. */
	outside(label: Label, passes: (account: string) => boolean): ReportRow[] {
		const accounts = this.accounts(passes, 2);
		if (!this.hasAmounts(passes)) return [];
		return [{ kind: 'group', level: 1, id: 'outside', label, amounts: this.sum(passes) }, ...accounts];
	}

	/** The accounts that pass; the statutory layout has none. */
	private accounts(passes: (account: string) => boolean, level: number): ReportRow[] {
		if (this.style.layout === 'statutory') return [];
		return [...this.amounts]
			.filter(([account, amounts]) => passes(account) && (this.style.includeZero || amounts.some((amount) => amount !== 0)))
			.map(([account, amounts]) => ({ kind: 'account', level, id: account, amounts: this.signed(amounts) }));
	}

	private isShown(passes: (account: string) => boolean): boolean {
		return this.style.includeZero || this.hasAmounts(passes);
	}

	private hasAmounts(passes: (account: string) => boolean): boolean {
		return [...this.amounts].some(([account, amounts]) => passes(account) && amounts.some((amount) => amount !== 0));
	}
}
