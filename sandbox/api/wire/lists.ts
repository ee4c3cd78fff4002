import { parseStockholmMinute, isDate } from '../../company/clock';
import type { Settings } from '../../settings';
import { Refusal, type Answer } from './answer';

/** Query parameters, names in lower case. */
export type Query = Readonly<Record<string, string>>;

export const invalidParameter = () => new Refusal(400, 2000588, 'Ogiltig parameter i anropet.');

/** A whole number from the query; undefined where it is not given. Throws 2000588. */
export function integerParameter(query: Query, name: string): number | undefined {
	const text = query[name];
	if (text === undefined || text === '') return undefined;
	if (!/^-?\d{1,9}$/.test(text)) throw invalidParameter();
	return Number(text);
}

export function dateParameter(query: Query, name: string): string | undefined {
	const text = query[name];
	if (text === undefined || text === '') return undefined;
	if (!isDate(text)) throw invalidParameter();
	return text;
}

/** `fromdate` and `todate` have to lie in the year that is asked for (reported: 400, 2002363). */
export function datesWithin(year: { contains(date: string): boolean }, query: Query, { datesOutsideYear }: Settings): void {
	if (datesOutsideYear === 'filter') return;
	for (const [name, label] of [
		['fromdate', 'Fråndatumet'],
		['todate', 'Tilldatumet'],
	] as const) {
		const date = dateParameter(query, name);
		if (date !== undefined && !year.contains(date)) throw new Refusal(400, 2002363, `${label} ligger utanför aktuellt räkenskapsår`);
	}
}

/** `lastmodified` as a minute of the Stockholm wall clock. */
export function lastModifiedParameter(query: Query): number | undefined {
	const text = query.lastmodified;
	if (text === undefined || text === '') return undefined;
	const minute = parseStockholmMinute(text);
	if (minute === undefined) throw invalidParameter();
	return minute;
}

export interface Page<T> {
	items: T[];
	meta: { '@TotalResources': number; '@TotalPages': number; '@CurrentPage': number };
}

/** Cuts one page out of a list, by `limit` (default 100), `page` (from 1) and `offset`. */
export function cutPage<T>(all: readonly T[], query: Query, settings: Settings, repeatPage = false): Page<T> {
	let limit = integerParameter(query, 'limit') ?? 100;
	if (limit < 1) throw invalidParameter();
	if (limit > settings.maxPageSize) {
		if (settings.limitAboveMax === 'refuse') throw invalidParameter();
		limit = settings.maxPageSize;
	}
	const offset = integerParameter(query, 'offset') ?? 0;
	let page = integerParameter(query, 'page') ?? 1;
	if (offset < 0 || (page < 1 && settings.pageZero === 'refuse')) throw invalidParameter();
	page = Math.max(1, page);
	const total = all.length;
	const pages = Math.ceil(total / limit);
	if (page > Math.max(1, pages)) {
		if (settings.pagePastEnd === 'refuse') throw invalidParameter();
		if (settings.pagePastEnd === 'last') page = Math.max(1, pages);
	}
	const start = (Math.max(1, repeatPage ? page - 1 : page) - 1) * limit + offset;
	return {
		items: all.slice(start, start + limit),
		meta: { '@TotalResources': total, '@TotalPages': pages, '@CurrentPage': page },
	};
}

/** A list's answer: MetaInformation first, as recorded. */
export function listAnswer<T>(key: string, page: Page<T>, toWire: (item: T) => unknown): Answer {
	return { status: 200, json: { MetaInformation: page.meta, [key]: page.items.map(toWire) } };
}

/** The lists that ignore `limit` and `page`: everything on one page. */
export function wholeListAnswer<T>(key: string, all: readonly T[], toWire: (item: T) => unknown): Answer {
	const meta = { '@TotalResources': all.length, '@TotalPages': all.length ? 1 : 0, '@CurrentPage': 1 };
	return listAnswer(key, { items: [...all], meta }, toWire);
}

/** `sortby` and `sortorder`; unknown keys are 2000588. Without `sortby` the list keeps its own order. */
export function sorted<T>(items: readonly T[], query: Query, keys: Record<string, (item: T) => string | number>): readonly T[] {
	const { sortby, sortorder = 'ascending' } = query;
	if (sortorder !== 'ascending' && sortorder !== 'descending') throw invalidParameter();
	if (sortby === undefined) return sortorder === 'ascending' ? items : [...items].reverse();
	const key = keys[sortby.toLowerCase()];
	if (!key) throw invalidParameter();
	const direction = sortorder === 'ascending' ? 1 : -1;
	return [...items].sort((a, b) => {
		const [x, y] = [key(a), key(b)];
		return x === y ? 0 : x < y ? -direction : direction;
	});
}
