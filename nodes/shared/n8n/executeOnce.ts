import { LedgerError } from '../ledger/problems';
import type { Run } from './run';

/**
 * With n8n's setting Execute Once a node gets its first input item only, and nothing tells it that there were others.
 *
 * @param instead what is meant, as a sentence
 * @throws {LedgerError} where the setting is on
 */
export function refuseExecuteOnce({ context }: Pick<Run, 'context'>, field: string, instead: string): void {
	if (context.getNode().executeOnce !== true) return;
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field,
		message: `${field}: the node's setting 'Execute Once' is on, with which n8n passes on the first input item only, and all others would be left out. Turn it off. ${instead}`,
	});
}
