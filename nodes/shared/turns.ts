import { sleep } from 'n8n-workflow';

import { addTo } from './lists';

/**
 * ms of computing after which the other workflows of this n8n get a turn. Nobody notices a pause this short, and what is
 * computed between two looks at the clock comes on top of it.
 */
const PIECE_MS = 10;

/** When the others of this process last had a turn, as far as this package knows (monotonic, ms). */
let since = performance.now();

/** Computations that pause, in the order in which they go on. */
const paused: Array<() => void> = [];

/** The timer that wakes the next one. An older one wakes nobody. */
let timer = 0;

/**
 * Keeps long computations from holding n8n up: `await` what it gives between two small steps of a loop. All computations
 * of the process share one count, so that the stages of one run and the runs of several companies don't add up.
 *
 * @returns nothing while little time has passed; else a promise that others run before. A promise that is settled
 * already would not do, as it lets nothing but other promises run. n8n's scanner refuses `setImmediate`.
 */
export function giveWay(): Promise<void> | undefined {
	if (performance.now() - since < PIECE_MS) return undefined;
	return new Promise((resolve) => {
		paused.push(resolve);
		void wakeNext();
	});
}

/**
 * One at a time: were two to wait for a timer each, the first would compute until the timer of the second is due, and
 * Node runs timers that are due before it looks at the network. So the timer is set anew whenever a piece of work ends.
 */
async function wakeNext(): Promise<void> {
	const mine = ++timer;
	await sleep(0);
	if (mine !== timer) return;
	since = performance.now();
	paused.shift()?.();
	// For where the one that goes on now does not pause again.
	if (paused.length > 0) void wakeNext();
}

/** Runs steps that are small each, with pauses between them. @returns what the generator returns */
export async function inTurns<T>(steps: Iterator<unknown, T>): Promise<T> {
	for (;;) {
		const step = steps.next();
		if (step.done === true) return step.value;
		await giveWay();
	}
}

/** `items.map(make)` with pauses. */
export async function mapInTurns<Item, Made>(items: Iterable<Item>, make: (item: Item, index: number) => Made): Promise<Made[]> {
	const made: Made[] = [];
	for (const item of items) {
		made.push(make(item, made.length));
		await giveWay();
	}
	return made;
}

/** `items.filter(isWanted)` with pauses. */
export function filterInTurns<Item, Wanted extends Item>(
	items: Iterable<Item>,
	isWanted: (item: Item) => item is Wanted,
): Promise<Wanted[]>;
export function filterInTurns<Item>(items: Iterable<Item>, isWanted: (item: Item) => boolean): Promise<Item[]>;
export async function filterInTurns<Item>(items: Iterable<Item>, isWanted: (item: Item) => boolean): Promise<Item[]> {
	const wanted: Item[] = [];
	for (const item of items) {
		if (isWanted(item)) wanted.push(item);
		await giveWay();
	}
	return wanted;
}

/** `items.find(isWanted)` with pauses. */
export async function findInTurns<Item>(items: Iterable<Item>, isWanted: (item: Item) => boolean): Promise<Item | undefined> {
	for (const item of items) {
		if (isWanted(item)) return item;
		await giveWay();
	}
	return undefined;
}

/** `items.some(isWanted)` with pauses. */
export async function someInTurns<Item>(items: Iterable<Item>, isWanted: (item: Item) => boolean): Promise<boolean> {
	for (const item of items) {
		if (isWanted(item)) return true;
		await giveWay();
	}
	return false;
}

/** `items.flatMap(make)` with pauses. */
export async function flatMapInTurns<Item, Made>(items: Iterable<Item>, make: (item: Item) => readonly Made[]): Promise<Made[]> {
	const made: Made[] = [];
	for (const item of items) {
		for (const one of make(item)) made.push(one);
		await giveWay();
	}
	return made;
}

/** The items by a key that each has alone (of several with the same key, the last), with pauses. */
export async function keyedInTurns<Key, Item>(items: Iterable<Item>, keyOf: (item: Item) => Key): Promise<Map<Key, Item>> {
	const byKey = new Map<Key, Item>();
	for (const item of items) {
		byKey.set(keyOf(item), item);
		await giveWay();
	}
	return byKey;
}

/** `new Set(items.map(make))` with pauses: of 100,000 texts it takes some 25 ms. */
export async function setInTurns<Item, Made>(items: Iterable<Item>, make: (item: Item) => Made): Promise<Set<Made>> {
	const made = new Set<Made>();
	for (const item of items) {
		made.add(make(item));
		await giveWay();
	}
	return made;
}

/** `grouped` with pauses. */
export async function groupedInTurns<Key, Item>(items: Iterable<Item>, keyOf: (item: Item) => Key): Promise<Map<Key, Item[]>> {
	const groups = new Map<Key, Item[]>();
	for (const item of items) {
		addTo(groups, keyOf(item), item);
		await giveWay();
	}
	return groups;
}

/**
 * `Promise.all(items.map(make))` with at most `most` of them under way: a hundred thousand requests that wait fill memory. Once
 * one has failed, no other is begun.
 */
export async function mapSideBySide<Item, Made>(
	items: readonly Item[],
	most: number,
	make: (item: Item) => Promise<Made>,
): Promise<Made[]> {
	const made: Made[] = [];
	// One queue for all workers: each takes the item that is next.
	const queue = items.entries();
	let hasFailed = false;
	const work = async (): Promise<void> => {
		for (const [position, item] of queue) {
			await giveWay();
			if (hasFailed) return;
			const making = make(item);
			making.catch(() => {
				hasFailed = true;
			});
			made[position] = await making;
		}
	};
	await Promise.all(Array.from({ length: Math.min(most, items.length) }, work));
	return made;
}

/** Sorted in one piece; some ms. */
const SORTED_AT_ONCE = 2000;

/** `[...items].sort(compare)` with pauses, stable like it: 100,000 vouchers take longer than others should wait. */
export async function sortInTurns<Item>(items: readonly Item[], compare: (one: Item, other: Item) => number): Promise<Item[]> {
	if (items.length <= SORTED_AT_ONCE) return [...items].sort(compare);
	const middle = Math.floor(items.length / 2);
	const first = await sortInTurns(items.slice(0, middle), compare);
	const second = await sortInTurns(items.slice(middle), compare);
	const merged: Item[] = [];
	let [ofFirst, ofSecond] = [0, 0];
	while (merged.length < items.length) {
		const [one, other] = [first[ofFirst], second[ofSecond]];
		const isFirst = other === undefined || (one !== undefined && compare(one, other) <= 0);
		const next = isFirst ? first[ofFirst++] : second[ofSecond++];
		if (next !== undefined) merged.push(next);
		await giveWay();
	}
	return merged;
}
