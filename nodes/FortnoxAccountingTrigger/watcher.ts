import type { IPollFunctions } from 'n8n-workflow';
import type { FortnoxApi } from '../shared/fortnox/api';
import { readAccountNumber, readJournalCode } from '../shared/ledger/formats';
import { Findings, isObject, locatorValue } from '../shared/unified/readObject';
import type { Watcher } from './watch';

/**
 * What the parameters of the trigger ask for. Notes for the user go to n8n's log: a poll has no output to show them at.
 *
 * @throws {LedgerError} where a filter can't be read
 */
export function readWatcher(context: IPollFunctions, fortnox: FortnoxApi): Watcher {
	const filters = collection(context, 'filters');
	const options = collection(context, 'options');
	const findings = new Findings();
	const journalId = locatorValue(filters.journalId);
	const accountNumber = locatorValue(filters.accountNumber);
	const journal = findings.optional(journalId, readJournalCode, 'journalId', 'ERROR_INVALID_FIELD_FORMAT_JOURNAL_ID');
	const account = findings.optional(accountNumber, readAccountNumber, 'accountNumber');
	findings.throwIfAny();
	const said = new Set<string>();
	return {
		fortnox,
		hint: (message) => {
			if (!said.has(message)) context.logger.info(message);
			said.add(message);
		},
		...(journal !== undefined && { journal }),
		...(account !== undefined && { account }),
		includeItems: options.includeItems !== false,
		rawResponse: options.rawResponse === true,
	};
}

function collection(context: IPollFunctions, name: string): Record<string, unknown> {
	const value: unknown = context.getNodeParameter(name, {});
	return isObject(value) ? value : {};
}
