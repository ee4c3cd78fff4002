import type { INodeProperties, IPollFunctions, ITriggerFunctions } from 'n8n-workflow';
import type { FortnoxApi } from '../../fortnox/api';
import { readAccountNumber, readJournalCode } from '../../ledger/formats';
import { LedgerError } from '../../ledger/problems';
import { readGiven } from '../../n8n/given';
import { usualOutput } from '../../n8n/output';
import { Findings, isObject } from '../../unified/readObject';
import type { Watcher } from './watch';

/**
 * What the parameters of the trigger ask for. Notes for the user go to n8n's log: a poll has no output to show them at.
 *
 * @param fields that the trigger declares
 * @throws {LedgerError} where a parameter can't be read
 */
export function readWatcher(context: IPollFunctions | ITriggerFunctions, fields: readonly INodeProperties[], fortnox: FortnoxApi): Watcher {
	const { given, problems } = readGiven(fields, {
		stored: context.getNode().parameters,
		value: (name) => context.getNodeParameter(name, null),
	});
	if (problems.length > 0) throw new LedgerError(problems);
	const filters = isObject(given.filters) ? given.filters : {};
	const options = isObject(given.options) ? given.options : {};
	const findings = new Findings();
	const journal = findings.optional(filters.journalId, readJournalCode, 'journalId', 'ERROR_INVALID_FIELD_FORMAT_JOURNAL_ID');
	const account = findings.optional(filters.accountNumber, readAccountNumber, 'accountNumber');
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
		simplified: (given.output ?? usualOutput(context.getNode())) === 'simplified',
	};
}
