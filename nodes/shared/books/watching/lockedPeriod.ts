import type { IDataObject } from 'n8n-workflow';
import type { FortnoxApi } from '../../fortnox/api';
import type { Watch } from './watch';

async function lockedUntil(fortnox: FortnoxApi): Promise<string | null> {
	return (await fortnox.lockedPeriod({ fresh: true })).EndDate ?? null;
}

function toItem(until: string, before: unknown): IDataObject {
	return { locked_until: until, previously_locked_until: typeof before === 'string' ? before : null };
}

/** A period is locked up to a day; when that day moves back, a period was unlocked, which is not reported. */
export const periodLocked: Watch = {
	value: 'periodLocked',
	isByMinute: false,
	name: 'Period Locked',
	description: 'When the company locks its books up to a later day than before',
	start: async ({ fortnox }) => ({ lockedUntil: await lockedUntil(fortnox) }),
	look: async ({ fortnox }, { lockedUntil: before }) => {
		const until = await lockedUntil(fortnox);
		const isLater = until !== null && (typeof before !== 'string' || until > before);
		return { happened: isLater ? [toItem(until, before)] : [], state: { lockedUntil: until } };
	},
	sample: async ({ fortnox }) => {
		const until = await lockedUntil(fortnox);
		return until === null ? undefined : toItem(until, null);
	},
};
