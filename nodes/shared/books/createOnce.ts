import { isNothing, isSameValue } from '../fortnox/client/sought';
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
 * @returns what creates it; where the answer is lost or shows something else, or Fortnox says that it exists, it is looked
 * up by its key
 * @throws {LedgerError} where something else is there under its key
 */
export async function checkCreation<T>({ find, create, objection }: Creation<T>): Promise<() => Promise<Created<T>>> {
	const taken = (value: T, existed = true): Created<T> => {
		const problem = objection?.(value);
		if (problem !== undefined) throw problem;
		return { value, existed };
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
				const made = await find().catch((failure: unknown) => {
					throw failure instanceof FortnoxError ? error : failure;
				});
				if (made === undefined) throw error;
				return taken(made, error.outcome === 'refused');
			},
		);
}

/** Looks, and creates what is not there. @throws {FortnoxError} where Fortnox refuses it */
export async function createOnce<T>(find: Creation<T>['find'], create: Creation<T>['create']): Promise<Created<T>> {
	const creation = await checkCreation({ find, create });
	return await creation();
}

/** Something that is there and is changed. */
interface Change<T> {
	/** What is written. */
	wanted: Partial<T>;
	/** Sends the request. */
	change: () => Promise<T>;
	/** What is there now. */
	read: () => Promise<T>;
}

/**
 * Changes what is there. Where the answer is lost or shows something else, it is changed if Fortnox shows all that was
 * written.
 *
 * @throws {FortnoxError} where Fortnox refuses it, or nothing shows that it was changed
 */
export async function changeOnce<T extends object>({ wanted, change, read }: Change<T>): Promise<T> {
	return await change().catch(async (error: unknown) => {
		if (!(error instanceof FortnoxError) || error.outcome !== 'unknown') throw error;
		const stored = await read().catch(() => undefined);
		if (stored === undefined || !sameAs(stored, wanted)) throw error;
		return stored;
	});
}

/** Whether what stands in Fortnox has every value that was to be written. */
export function sameAs<T extends object>(stored: T, wanted: Partial<T>): boolean {
	const values = new Map<string, unknown>(Object.entries(stored));
	return Object.entries(wanted).every(([name, value]) => {
		const there = values.get(name);
		return (isEmpty(there) && isEmpty(value)) || isSameValue(there, value);
	});
}

/** Where an account has no code of the tax return, Fortnox answers 0, "" or null. */
function isEmpty(value: unknown): boolean {
	return value === 0 || isNothing(value);
}
