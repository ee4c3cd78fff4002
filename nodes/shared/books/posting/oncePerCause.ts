import type { Outcome } from './types';

/** Of entries that failed together, for one reason, the first: an input item of twelve entries gets one error item. */
export function onceEach(outcomes: readonly Outcome[]): Outcome[] {
	const seen = new Map<unknown, Set<number | undefined>>();
	return outcomes.filter((outcome) => {
		if (!('error' in outcome)) return true;
		const [item] = outcome.items;
		const items = seen.get(outcome.error) ?? new Set();
		if (items.has(item)) return false;
		seen.set(outcome.error, items.add(item));
		return true;
	});
}
