import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../unified/readObject';

interface Range {
	from: number;
	to: number;
}

/** What names a thing within a financial year: a voucher's series and number, or an account's number in a series of its own. */
export interface Key {
	series: string;
	number: number;
}

/**
 * A set of numbers by series. Where numbers follow one another, as vouchers' do, it is small however many there are:
 * it is stored as `{ A: '1-120,122' }`.
 */
export class Numbers {
	private readonly bySeries = new Map<string, Range[]>();

	constructor(keys: readonly Key[] = []) {
		keys.forEach((key) => this.add(key));
	}

	static fromStored(stored: unknown): Numbers {
		const numbers = new Numbers();
		for (const [series, text] of Object.entries(isObject(stored) ? stored : {})) {
			const ranges = String(text).split(',').map(readRange);
			numbers.bySeries.set(series, ranges);
		}
		return numbers;
	}

	toStored(): IDataObject {
		return Object.fromEntries([...this.bySeries].map(([series, ranges]) => [series, ranges.map(writeRange).join(',')]));
	}

	has({ series, number }: Key): boolean {
		return this.bySeries.get(series)?.some(({ from, to }) => from <= number && number <= to) ?? false;
	}

	add({ series, number }: Key): void {
		const ranges = this.bySeries.get(series) ?? [];
		this.bySeries.set(series, ranges);
		const index = ranges.findIndex(({ to }) => to >= number - 1);
		const range = ranges[index];
		if (range === undefined) {
			ranges.push({ from: number, to: number });
		} else if (number < range.from - 1) {
			ranges.splice(index, 0, { from: number, to: number });
		} else {
			range.from = Math.min(range.from, number);
			range.to = Math.max(range.to, number);
			const next = ranges[index + 1];
			if (next?.from === range.to + 1) ranges.splice(index, 2, { from: range.from, to: next.to });
		}
	}

	remove({ series, number }: Key): void {
		const parts = (this.bySeries.get(series) ?? []).flatMap(({ from, to }): Range[] =>
			from <= number && number <= to
				? [
						{ from, to: number - 1 },
						{ from: number + 1, to },
					]
				: [{ from, to }],
		);
		const left = parts.filter(({ from, to }) => from <= to);
		if (left.length > 0) this.bySeries.set(series, left);
		else this.bySeries.delete(series);
	}

	/** Adds every number of a series up to the highest one, so that none below it counts as missing. */
	addUpTo({ series, number }: Key): void {
		const highest = Math.max(number, this.bySeries.get(series)?.at(-1)?.to ?? 0);
		if (highest > 0) this.bySeries.set(series, [{ from: 1, to: highest }]);
	}

	/** Fills the lowest gaps of each series until this many ranges are left, which bounds what is stored. */
	fillGaps(mostRanges: number): void {
		for (const [series, ranges] of this.bySeries) {
			const surplus = ranges.length - mostRanges;
			const [first, last] = [ranges[0], ranges[surplus]];
			if (surplus > 0 && first && last) {
				this.bySeries.set(series, [{ from: first.from, to: last.to }, ...ranges.slice(surplus + 1)]);
			}
		}
	}
}

function readRange(text: string): Range {
	const [from, to = from] = text.split('-').map(Number);
	return { from: from ?? 0, to: to ?? 0 };
}

function writeRange({ from, to }: Range): string {
	return from === to ? String(from) : `${from}-${to}`;
}
