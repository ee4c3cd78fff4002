import { sleep } from 'n8n-workflow';

/** ms of computing after which the other workflows of this n8n get a turn. Nobody notices a pause this short. */
const PIECE_MS = 15;

/** Keeps one long computation from holding n8n up: `await` what `rest` gives between two small steps. */
export class Turns {
	private since = performance.now();

	/**
	 * @returns nothing while little time has passed; else a promise that others run before. A promise that is settled
	 * already would not do, as it lets nothing but other promises run. n8n's scanner refuses `setImmediate`.
	 */
	rest(): Promise<void> | undefined {
		if (performance.now() - this.since < PIECE_MS) return undefined;
		return this.pause();
	}

	private async pause(): Promise<void> {
		await sleep(0);
		this.since = performance.now();
	}
}

/** Runs steps that are small each, with pauses between them. @returns what the generator returns */
export async function inTurns<T>(steps: Iterator<unknown, T>): Promise<T> {
	const turns = new Turns();
	for (;;) {
		const step = steps.next();
		if (step.done === true) return step.value;
		await turns.rest();
	}
}

/** `items.map(make)` with pauses. */
export async function mapInTurns<Item, Made>(items: readonly Item[], make: (item: Item) => Made): Promise<Made[]> {
	const turns = new Turns();
	const made: Made[] = [];
	for (const item of items) {
		made.push(make(item));
		await turns.rest();
	}
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
	const turns = new Turns();
	const merged: Item[] = [];
	let [ofFirst, ofSecond] = [0, 0];
	while (merged.length < items.length) {
		const [one, other] = [first[ofFirst], second[ofSecond]];
		const isFirst = other === undefined || (one !== undefined && compare(one, other) <= 0);
		const next = isFirst ? first[ofFirst++] : second[ofSecond++];
		if (next !== undefined) merged.push(next);
		await turns.rest();
	}
	return merged;
}
