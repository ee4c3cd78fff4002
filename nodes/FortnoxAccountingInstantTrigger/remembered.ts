import type { IDataObject } from 'n8n-workflow';

/** Of triggers that the process remembers; the oldest goes. */
const MOST_REMEMBERED = 1000;

interface Remembered {
	/** What was handed on last, as it is kept in the workflow's static data. */
	kept: IDataObject;
	/** Settles when the look that is under way is over. */
	turn: Promise<unknown>;
}

/** By workflow and node. */
const triggers = new Map<string, Remembered>();

/**
 * Runs the looks of a trigger one after the other. n8n may activate a workflow a second time while the first activation
 * still looks, and before it has stored what that one handed on: the same entries would then be handed on twice.
 */
export async function inTurnOf<T>(trigger: string, look: () => Promise<T>): Promise<T> {
	const known = triggers.get(trigger) ?? { kept: {}, turn: Promise.resolve() };
	const mine = known.turn.then(look);
	triggers.delete(trigger);
	triggers.set(trigger, { ...known, turn: mine.catch(() => undefined) });
	const [oldest] = triggers.keys();
	if (triggers.size > MOST_REMEMBERED && oldest !== undefined) triggers.delete(oldest);
	return await mine;
}

/** Brings a workflow's static data up to what this process has handed on, where that is newer. @returns the static data */
export function upToDate(trigger: string, kept: IDataObject): IDataObject {
	const remembered = triggers.get(trigger)?.kept ?? {};
	return handedOnAt(remembered) > handedOnAt(kept) ? Object.assign(kept, structuredClone(remembered)) : kept;
}

/** Notes in the static data, and in the process, what is handed on now. */
export function remember(trigger: string, kept: IDataObject, handedOn: IDataObject): void {
	Object.assign(kept, handedOn, { handedOnAt: Math.max(Date.now(), handedOnAt(kept) + 1) });
	const known = triggers.get(trigger);
	if (known !== undefined) known.kept = JSON.parse(JSON.stringify(kept)) as IDataObject;
}

/** ms since 1970, by this machine; 0 where nothing was handed on. */
function handedOnAt(kept: IDataObject): number {
	return Number(kept.handedOnAt) || 0;
}
