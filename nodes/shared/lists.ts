/** Adds an item to the list that stands under a key. A list that is copied for each item takes quadratic time. */
export function addTo<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
	const list = lists.get(key);
	if (list === undefined) lists.set(key, [item]);
	else list.push(item);
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

/** The items of a list in their order. The list lets go of each, so that what is made of it can take its place in memory. */
export function* drained<Item extends object>(list: Item[]): Generator<Item, undefined> {
	list.reverse();
	for (let item = list.pop(); item !== undefined; item = list.pop()) yield item;
}
