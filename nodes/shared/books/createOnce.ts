import { FortnoxError } from '../fortnox/errors';

/**
 * Creates a register entry that has a natural key (an account's number, a journal's code) exactly once: where the
 * answer is lost, or Fortnox says that it exists, it is looked up by its key.
 *
 * @param find what is there under the key, undefined where nothing is
 * @param create sends the request
 * @returns what stands in Fortnox, and whether it stood there before
 */
export async function createOnce<T>(
	find: () => Promise<T | undefined>,
	create: () => Promise<T>,
): Promise<{ value: T; existed: boolean }> {
	const before = await find();
	if (before !== undefined) return { value: before, existed: true };
	return await create().then(
		(value) => ({ value, existed: false }),
		async (error: unknown) => {
			if (!(error instanceof FortnoxError) || error.outcome === 'cancelled') throw error;
			const made = await find();
			if (made === undefined) throw error;
			return { value: made, existed: error.outcome === 'refused' };
		},
	);
}

/** Whether what stands in Fortnox has every value that was to be written. */
export function sameAs<T extends object>(stored: T, wanted: Partial<T>): boolean {
	const values = new Map(Object.entries(stored));
	return Object.entries(wanted).every(([name, value]) => values.get(name) === value);
}
