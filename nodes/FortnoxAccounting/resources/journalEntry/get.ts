import { readEntryId } from '../../../shared/ledger/formats';
import { isNotFound } from '../../../shared/fortnox/tolerate';
import { LedgerError } from '../../../shared/ledger/problems';
import { fromVoucher, toUnifiedEntry } from '../../../shared/unified/entry';
import { entryLocator, optionsField } from '../../fields';
import { readEachItem, type Operation } from '../../operation';
import { required } from '../../parameters';
import { rawResponseOption } from '../../posting/options';
import { namesFor } from '../../reading/names';
import { withRaw } from '../../withRaw';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get journal entry',
	description: 'Read an entry (voucher) with its rows',
	fields: [
		entryLocator({ displayName: 'Entry', name: 'journalEntryId', required: true, description: 'The entry to read' }),
		optionsField([rawResponseOption]),
	],
	execute: readEachItem(async (run, item) => {
		const id = required(run.context, 'journalEntryId', item, readEntryId, 'ERROR_INVALID_FIELD_FORMAT_ID');
		const voucher = await run.fortnox.voucher(id.series, id.number, id.yearId).catch((error: unknown) => {
			if (!isNotFound(error)) throw error;
			throw new LedgerError({
				code: 'ERROR_ENTRY_NOT_FOUND',
				field: 'journalEntryId',
				message: `journalEntryId: there is no entry ${id.series} ${id.number} in the financial year with the id ${id.yearId}.`,
			});
		});
		const names = await namesFor(run, [id.yearId]);
		return withRaw(run, item, toUnifiedEntry(fromVoucher(voucher), names(id.yearId)), voucher);
	}),
};
