import type { IDataObject } from 'n8n-workflow';
import type { Reader } from '../../n8n/run';

/** What a poll reads with, and what the user wants to see. */
export interface Watcher extends Reader {
	/** Only entries of this series. */
	journal?: string;
	/** Only entries with a row on this account. */
	account?: number;
	includeItems: boolean;
	rawResponse: boolean;
	/** Items have the fields that people read first, and no others. */
	simplified: boolean;
}

/** Something that the trigger can watch. */
export interface Watch {
	/** The parameter's value. */
	value: string;
	/** Title Case. */
	name: string;
	description: string;
	/** The operation whose simplified output its items have, where they have more than people read. */
	simplifiedAs?: string;
	/** Fortnox gives times in minutes, so a change is found once its minute is over. */
	isByMinute: boolean;
	/** Where things stand now. What has happened until now is not reported. */
	start(watcher: Watcher): Promise<IDataObject>;
	/**
	 * What happened since a state that `start` or `look` gave, and the state after it.
	 *
	 * @param where financial years, by id or calendar year, in which something is known to have happened; default: any
	 * @throws {FortnoxError}
	 */
	look(
		watcher: Watcher,
		state: Record<string, unknown>,
		where?: ReadonlySet<number>,
	): Promise<{ happened: IDataObject[]; state: IDataObject }>;
	/** An item such as `look` gives, for a test in the editor. */
	sample(watcher: Watcher): Promise<IDataObject | undefined>;
}
