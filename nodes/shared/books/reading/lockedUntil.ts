import { unlessNotAllowed } from '../../fortnox/tolerate';
import type { IsoDate } from '../../ledger/dates';
import type { Reader } from '../../n8n/run';

/** The last locked day; undefined where nothing is locked or, with a hint, where the credential is not allowed to ask. */
export async function lockedUntil(run: Reader): Promise<IsoDate | undefined> {
	const locked = await unlessNotAllowed(run.fortnox.lockedPeriod(), () =>
		run.hint(
			'The credential is not allowed to read the locked period (scope settings), so it is not shown, and no year is shown as closed.',
		),
	);
	return locked?.EndDate || undefined;
}
