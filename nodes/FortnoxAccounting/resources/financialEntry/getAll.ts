import { isBankOrCash } from '../../../shared/ledger/accountTypes';
import { readAccountNumber } from '../../../shared/ledger/formats';
import { LedgerError } from '../../../shared/ledger/problems';
import { toUnifiedEntry } from '../../../shared/unified/entry';
import { bankAccountLocator, optionsField, returnAllFields } from '../../../shared/n8n/fields';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { required } from '../../../shared/n8n/parameters';
import { rawResponseOption } from '../../../shared/n8n/options';
import { entryFiltersWithoutAccount, readEntryQuery, readOneByOneOption, sortOption } from '../../../shared/books/reading/entryFilters';
import { namesFor } from '../../../shared/books/reading/names';
import { readEntries } from '../../../shared/books/reading/readEntries';
import { knownAccount } from '../../../shared/books/reading/registers';
import { withRaw } from '../../../shared/n8n/withRaw';
import { fromBankSide } from './fromBankSide';
import { mapInTurns } from '../../../shared/turns';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many financial entries',
	description:
		'List the entries of a bank or cash account, seen from its side: money in with +, out with −; from the oldest on, or from the newest with the option Sort',
	fields: [
		bankAccountLocator('The account (1910–1999) whose entries are listed'),
		...returnAllFields,
		entryFiltersWithoutAccount,
		optionsField([rawResponseOption, readOneByOneOption, sortOption]),
	],
	execute: readEachItem(async (run, item) => {
		const account = required(run, 'financialCounterpartAccount', item, readAccountNumber, 'ERROR_COUNTERPART_ACCOUNT_NOT_FOUND');
		if (!isBankOrCash(account)) {
			throw new LedgerError({
				code: 'ERROR_ACCOUNT_NUMBER_NOT_GOOD_SCOPE',
				field: 'financialCounterpartAccount',
				message: `financialCounterpartAccount: ${account} is not a bank or cash account; use one from 1910 to 1999.`,
			});
		}
		const query = await readEntryQuery(run, item);
		await knownAccount(run, 'financialCounterpartAccount', account, query.years);
		const found = await readEntries(run, { ...query, account });
		const names = await namesFor(
			run,
			found.map(({ entry }) => entry),
		);
		return await mapInTurns(found, ({ entry, raw }) =>
			withRaw(run, item, fromBankSide(toUnifiedEntry(entry, names(entry.year)), account), raw),
		);
	}),
};
