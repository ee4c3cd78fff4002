/** Adds an item to the list that stands under a key. A list that is copied for each item takes quadratic time. */
export function addTo<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
	const list = lists.get(key);
	if (list === undefined) lists.set(key, [item]);
	else list.push(item);
}

/** Items by what they have in common, mostly one each: that one stands without a list around it, since 100,000 lists take 6 MB. */
export class Groups<Key, Item> {
	private readonly first = new Map<Key, Item>();

	/** Of keys with more than one. */
	private readonly several = new Map<Key, Item[]>();

	add(key: Key, item: Item): void {
		const first = this.first.get(key);
		if (first === undefined) this.first.set(key, item);
		else if (this.several.has(key)) addTo(this.several, key, item);
		else this.several.set(key, [first, item]);
	}

	/** In the order in which they were added. */
	of(key: Key): readonly Item[] {
		const first = this.first.get(key);
		return this.several.get(key) ?? (first === undefined ? [] : [first]);
	}

	has(key: Key): boolean {
		return this.first.has(key);
	}

	remove(key: Key): void {
		this.first.delete(key);
		this.several.delete(key);
	}

	/** One after the other: a list of 100,000 is made in one piece of 40 ms. */
	*all(): Generator<Item, undefined> {
		for (const key of this.first.keys()) yield* this.of(key);
	}
}

/** The items by what they have in common, in their order. */
export function grouped<Key, Item>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
	const groups = new Map<Key, Item[]>();
	for (const item of items) addTo(groups, keyOf(item), item);
	return groups;
}

/** Adds items to the end of a list. Spread into the arguments of `push`, more than some 100,000 would overflow the stack. */
export function append<Item>(list: Item[], more: Iterable<Item>): void {
	for (const item of more) list.push(item);
}

/** `items.map(make)`, of which nothing is kept: each is made when it is asked for. */
export function* mapped<Item, Made>(items: Iterable<Item>, make: (item: Item) => Made): Generator<Made, undefined> {
	for (const item of items) yield make(item);
}

/** The items of a list in their order. The list lets go of each, so that what is made of it can take its place in memory. */
export function* drained<Item extends object>(list: Item[]): Generator<Item, undefined> {
	list.reverse();
	for (let item = list.pop(); item !== undefined; item = list.pop()) yield item;
}
