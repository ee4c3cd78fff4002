import { giveWay } from '../turns';
import { MOST_LIST_BYTES, MOST_PAGES } from './bounds';
import { FortnoxError, unreadable } from './errors';
import { keptChanging } from './listErrors';
import { jsonObjectOf } from './refusal';
import { passOn } from './passOn';
import type { FortnoxRequest, Requests } from './requests';
import { TIMEOUT_MS } from './timeouts';
import type { Answer } from './transport';

/** Fortnox's largest page (its page on parameters). */
export const PAGE_SIZE = 500;

export interface List<T> {
	path: string;
	query?: FortnoxRequest['query'];
	/** Name of the array in the answer; some lists are spelt in two ways. */
	names: readonly string[];
	/** What tells two items apart. */
	keyOf: (item: T) => string | number;
	/** At most this many items. */
	limit?: number;
	/** Items that don't pass are left out, and don't count toward the limit. */
	keep?: (item: T) => boolean;
	/**
	 * What is not in the list is taken not to exist: a list that shifted while its pages were read is read again. Tells
	 * whether nothing can stand between two items, such as two numbers in a row.
	 */
	exact?: (one: T, next: T) => boolean;
	/** Aborted once one of its pages has failed. */
	unwanted?: AbortSignal;
}

interface Page<T> {
	items: T[];
	/** What tells the items apart; made when the page comes, since making those of 200 pages together would hold others up. */
	keys: Array<string | number>;
	/** How many there are, as far as this page tells. */
	pages: number;
	/** How many items the whole list has, where the page says so. */
	total?: number;
	/** Bytes. */
	size: number;
}

interface ReadPages<T> {
	found: Map<string | number, T>;
	totals: Array<number | undefined>;
	/** As they came, in their order. */
	pages: T[][];
}

/** "Ogiltig parameter i anropet." */
const INVALID_PARAMETER = 2000588;

/** A list that changes while it is read is read this often in all. */
const MOST_READINGS = 5;

/**
 * Reads a list: the first page, then the others side by side, since it says how many there are.
 *
 * A list that grows while it is read moves items to later pages, so items are known by their key, and pages that
 * came into being meanwhile are read as well. Some lists ignore `page` or `limit`: a page that brings nothing new ends
 * the reading.
 *
 * @throws {FortnoxError} where an exact list did not stand still for one reading
 */
export async function readList<T extends object>(requests: Requests, list: List<T>): Promise<T[]> {
	const limit = list.limit ?? Number.POSITIVE_INFINITY;
	if (limit <= 0) return [];
	if (list.keep) return await readKept(requests, list, limit, list.keep);
	const isExact = list.exact !== undefined && limit === Number.POSITIVE_INFINITY;
	for (let reading = 1; ; reading++) {
		const pages = await untilOneFails(list, async (wanted) => await readPages(requests, wanted, limit));
		if (!isExact || (standsStill(pages) && (await fitTogether(requests, list, pages)))) return [...pages.found.values()].slice(0, limit);
		if (reading === MOST_READINGS) throw keptChanging(list.names[0] ?? '', reading);
	}
}

/** Whether all pages say the same total, and as many different items came: else one may have slipped between two pages. */
function standsStill({ found, totals }: ReadPages<object>): boolean {
	const [total] = totals;
	return total === undefined || (totals.every((other) => other === total) && found.size === total);
}

/**
 * Whether nothing fell between two pages. One entry that goes while another comes leaves the total as it was; so where
 * the numbers do not run on from one page to the next, both pages are read once more and must show the same.
 */
async function fitTogether<T extends object>(requests: Requests, list: List<T>, { pages }: ReadPages<T>): Promise<boolean> {
	const doubtful = new Set<number>();
	for (const [index, page] of pages.entries()) {
		const next = pages[index + 1];
		if (next === undefined || next.length === 0) continue;
		const [last, first] = [page.at(-1), next[0]];
		if (last === undefined || first === undefined || list.exact?.(last, first) !== true) doubtful.add(index).add(index + 1);
	}
	const idsOf = (items: readonly T[] = []): string => JSON.stringify(items.map(list.keyOf));
	const same = await Promise.all(
		[...doubtful].map(async (index) => idsOf((await readPage(requests, list, index + 1, PAGE_SIZE)).items) === idsOf(pages[index])),
	);
	return same.every(Boolean);
}

/** Of pages that are read side by side, those that wait for their place in the limit are not sent once one has failed. */
async function untilOneFails<T, Made>(list: List<T>, read: (list: List<T>) => Promise<Made>): Promise<Made> {
	const failure = new AbortController();
	try {
		return await read({ ...list, unwanted: failure.signal });
	} catch (error) {
		failure.abort();
		return passOn(error);
	}
}

async function readPages<T extends object>(requests: Requests, list: List<T>, limit: number): Promise<ReadPages<T>> {
	const size = Math.min(PAGE_SIZE, limit);
	const first = await readPage(requests, list, 1, size);
	const found = new Map(first.items.map((item) => [list.keyOf(item), item]));
	const totals = [first.total];
	const read: T[][] = [first.items];
	let bytes = first.size;
	const readNext = async (number: number): Promise<Page<T>> => {
		const page = await readPage(requests, list, number, size);
		bytes += page.size;
		if (bytes > MOST_LIST_BYTES) throw tooLarge(list);
		return page;
	};
	let wanted = countOf(list, first.pages, limit / size);
	while (read.length < wanted) {
		const isRead = read.length;
		const numbers = Array.from({ length: wanted - isRead }, (_, index) => isRead + 1 + index);
		const pages = await Promise.all(numbers.map(readNext));
		const before = found.size;
		for (const page of pages) {
			totals.push(page.total);
			read.push(page.items);
			for (const [index, item] of page.items.entries()) found.set(page.keys[index] ?? '', item);
			await giveWay();
		}
		if (found.size === before) return { found, totals, pages: read.slice(0, isRead) };
		wanted = countOf(
			list,
			pages.reduce((most, page) => Math.max(most, page.pages), 0),
			limit / size,
		);
	}
	return { found, totals, pages: read };
}

/** How many items a list has, in one request; undefined where it does not say. */
export async function readTotal(requests: Requests, list: Omit<List<object>, 'keyOf'>): Promise<number | undefined> {
	return (await readPage(requests, { ...list, keyOf: () => '' }, 1, 1)).total;
}

/** With a limit, one page after the other: how many pages that takes is not known beforehand. */
async function readKept<T extends object>(requests: Requests, list: List<T>, limit: number, keep: (item: T) => boolean): Promise<T[]> {
	if (limit === Number.POSITIVE_INFINITY) return (await readList(requests, { ...list, keep: undefined })).filter(keep);
	const kept = new Map<string | number, T>();
	for (let number = 1, pages = 1; number <= pages && kept.size < limit; number++) {
		const page = await readPage(requests, list, number, PAGE_SIZE);
		for (const item of page.items) if (keep(item)) kept.set(list.keyOf(item), item);
		if (page.items.length === 0) break;
		pages = countOf(list, page.pages, page.pages);
	}
	return [...kept.values()].slice(0, limit);
}

/** How many pages to read. Throws FortnoxError where that is more than any list of Fortnox has. */
function countOf(list: { path: string }, stated: number, needed: number): number {
	const pages = Math.min(stated, Math.ceil(needed));
	if (pages <= MOST_PAGES) return pages;
	throw new FortnoxError({
		explanation: `The list ${list.path} says that it has ${stated} pages, and at most ${MOST_PAGES} of ${PAGE_SIZE} items are read at once. Ask for a shorter period or a smaller limit; if the company can’t have this much, check the API Base URL of the credential and any proxy on the way.`,
		outcome: 'refused',
	});
}

function tooLarge({ path }: { path: string }): FortnoxError {
	return new FortnoxError({
		explanation: `The list ${path} is larger than the ${MOST_LIST_BYTES / 1024 / 1024} MB that are read of one. Ask for a shorter period or a smaller limit; if the company can’t have this much, check the API Base URL of the credential and any proxy on the way.`,
		outcome: 'refused',
	});
}

/**
 * A list that lost items meanwhile may no longer have one of its later pages, and whether Fortnox answers an empty page then
 * or refuses the parameter is not known: both are a page without items.
 */
async function readPage<T extends object>(requests: Requests, list: List<T>, page: number, size: number): Promise<Page<T>> {
	const asked = askForPage(requests, list, page, size);
	return page === 1 ? await asked : await asked.catch((error: unknown) => pastEnd(error, page));
}

function pastEnd(error: unknown, page: number): Page<never> {
	if (error instanceof FortnoxError && error.fortnoxCode === INVALID_PARAMETER) return { items: [], keys: [], pages: page - 1, size: 0 };
	throw error;
}

async function askForPage<T extends object>(requests: Requests, list: List<T>, page: number, size: number): Promise<Page<T>> {
	const answer = await requests.send({
		method: 'GET',
		path: list.path,
		query: { ...list.query, limit: size, page },
		timeoutMs: TIMEOUT_MS.page,
		unwanted: list.unwanted,
	});
	const body = jsonObjectOf(answer.body);
	const items = list.names.map((name) => body?.[name]).find((value): value is T[] => Array.isArray(value));
	if (!items?.every((item: unknown) => typeof item === 'object' && item !== null))
		throw unreadable(answer, `list "${list.names[0] ?? ''}"`);
	const total = countIn(body?.MetaInformation, '@TotalResources');
	// Where a list does not say how many pages it has, a full page may have a next one.
	const stated = countIn(body?.MetaInformation, '@TotalPages') ?? (items.length < size ? page : page + 1);
	// A full last page, and a total that it does not reach, contradict each other: another page is looked for.
	const isDoubtful = page >= stated && items.length >= size && page * size < (total ?? 0);
	const pages = isDoubtful ? page + 1 : stated;
	return { items, keys: items.map(list.keyOf), pages, size: answer.size ?? 0, ...(total !== undefined && { total }) };
}

function countIn(meta: unknown, name: string): number | undefined {
	if (typeof meta !== 'object' || meta === null) return undefined;
	const value: unknown = new Map<string, unknown>(Object.entries(meta)).get(name);
	const count = value === undefined || value === null ? NaN : Number(value);
	return Number.isInteger(count) && count > 0 ? count : undefined;
}

/** The object that an answer wraps. */
export function unwrap<T extends object>(answer: Answer, name: string): T {
	const value = jsonObjectOf(answer.body)?.[name];
	if (typeof value !== 'object' || value === null) throw unreadable(answer, `object "${name}"`);
	// Here and in lists, an object is taken for what Fortnox's document says it is.
	return value as T;
}
