import { FortnoxError } from '../fortnox/errors';
import type { LedgerError } from '../ledger/problems';

/** Something of a register that has a natural key: an account's number, a journal's code, a year's days. */
interface Creation<T> {
	/** What is there under the key, undefined where nothing is. */
	find: () => Promise<T | undefined>;
	/** Sends the request. */
	create: () => Promise<T>;
	/** Why what is there already is not what is wanted. */
	objection?: (there: T) => LedgerError | undefined;
}

/** What stands in Fortnox, and whether it stood there before. */
interface Created<T> {
	value: T;
	existed: boolean;
}

/**
 * Looks whether something can be created exactly once, and writes nothing.
 *
 * @returns what creates it; where the answer is lost, or Fortnox says that it exists, it is looked up by its key
 * @throws {LedgerError} where something else is there under its key
 */
export async function checkCreation<T>({ find, create, objection }: Creation<T>): Promise<() => Promise<Created<T>>> {
	const taken = (value: T): Created<T> => {
		const problem = objection?.(value);
		if (problem !== undefined) throw problem;
		return { value, existed: true };
	};
	const before = await find();
	if (before !== undefined) {
		const known = taken(before);
		return async () => await Promise.resolve(known);
	}
	return async () =>
		await create().then(
			(value) => ({ value, existed: false }),
			async (error: unknown) => {
				if (!(error instanceof FortnoxError) || error.outcome === 'cancelled') throw error;
				const made = await find();
				if (made === undefined) throw error;
				return error.outcome === 'refused' ? taken(made) : { value: made, existed: false };
			},
		);
}

/** Looks, and creates what is not there. @throws {FortnoxError} where Fortnox refuses it */
export async function createOnce<T>(find: Creation<T>['find'], create: Creation<T>['create']): Promise<Created<T>> {
	const creation = await checkCreation({ find, create });
	return await creation();
}

/** Whether what stands in Fortnox has every value that was to be written. */
export function sameAs<T extends object>(stored: T, wanted: Partial<T>): boolean {
	const values = new Map(Object.entries(stored));
	return Object.entries(wanted).every(([name, value]) => values.get(name) === value);
}
