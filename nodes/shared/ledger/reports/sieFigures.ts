import { openingDifferences, openingsOf, uncarriedResult, type OpeningDifference } from '../openings';
import type { SieHead, SieObjectReference, SiePeriodBalance, SieVoucher } from '../sie';
import { addBudget, addOpening, addRow, createReportYear, type Days, type ReportYear } from './years';

/** Which figures of a year are wanted. */
export interface FiguresWanted {
	/** Only rows with all of these objects count: a cost center, a project. All rows where it is empty. */
	objects: readonly SieObjectReference[];
	/** `computed` takes the close of the year before in place of the opening balances that are stored. */
	openingBalances: 'stored' | 'computed';
}

/** The figures of a financial year, and the accounts that open otherwise than they closed the year before. */
export interface YearFigures {
	year: ReportYear;
	openingDifferences: OpeningDifference[];
}

/** Collects the figures of a financial year from its SIE 4 file: vouchers one by one, then the rest of the file. */
export class SieFigures {
	private readonly year: ReportYear;

	constructor(
		days: Days,
		private readonly wanted: FiguresWanted,
	) {
		this.year = createReportYear(days);
	}

	add({ series, number, date, rows, difference }: SieVoucher): void {
		const { year } = this;
		const { objects: wanted } = this.wanted;
		let counts = false;
		for (const { account, amount, objects } of rows) {
			if (!hasAll(objects, wanted)) continue;
			counts = true;
			addRow(year, account, date, amount);
		}
		if (counts) year.entries++;
		if (difference !== 0 && wanted.length === 0) year.unbalanced.push({ name: `${series} ${number}`, date, amount: difference });
	}

	/** Opening balances of single objects are taken as they stand: no file says how they closed. */
	finish(head: SieHead): YearFigures {
		const { year } = this;
		const { objects: wanted, openingBalances } = this.wanted;
		for (const { month, account, amount } of budgetsOf(head, wanted)) addBudget(year, account, month, amount);
		if (wanted.length > 0) {
			for (const { year: index, account, amount, objects } of head.openingObjectBalances) {
				if (index === 0 && hasAll(objects, wanted)) addOpening(year, account, amount);
			}
			return { year, openingDifferences: [] };
		}
		const openings = openingsOf(head);
		const opening = openingBalances === 'computed' ? (openings.closed ?? openings.stored) : openings.stored;
		return {
			year: { ...year, opening, uncarriedResult: uncarriedResult(opening, openings) },
			openingDifferences: openingDifferences(openings),
		};
	}
}

/** A budget line with objects is a part of the line without, where there is one. */
function budgetsOf(head: SieHead, wanted: readonly SieObjectReference[]): SiePeriodBalance[] {
	const ofYear = head.periodBudgets.filter(({ year }) => year === 0);
	if (wanted.length > 0) return ofYear.filter(({ objects }) => hasAll(objects, wanted));
	const keyOf = ({ account, month }: SiePeriodBalance): string => `${account} ${month}`;
	const whole = new Set(ofYear.filter(({ objects }) => objects.length === 0).map(keyOf));
	return ofYear.filter((line) => line.objects.length === 0 || !whole.has(keyOf(line)));
}

function hasAll(objects: readonly SieObjectReference[], wanted: readonly SieObjectReference[]): boolean {
	return wanted.every(({ dimension, object }) => objects.some((each) => each.dimension === dimension && each.object === object));
}
