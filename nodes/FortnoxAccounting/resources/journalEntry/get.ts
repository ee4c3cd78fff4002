import { readEntryId } from '../../../shared/ledger/formats';
import { fromVoucher, toUnifiedEntry } from '../../../shared/unified/entry';
import { answerOr, noEntry } from '../../../shared/books/answerOr';
import { entryLocator, optionsField } from '../../../shared/n8n/fields';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { required } from '../../../shared/n8n/parameters';
import { rawResponseOption } from '../../../shared/n8n/options';
import { linksFor } from '../../../shared/books/marks/links';
import { namesFor } from '../../../shared/books/reading/names';
import { withRaw } from '../../../shared/n8n/withRaw';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get journal entry',
	description: 'Read an entry (voucher) with its rows',
	fields: [
		entryLocator('The entry to read'),
		optionsField([rawResponseOption]),
	],
	execute: readEachItem(async (run, item) => {
		const id = required(run, 'journalEntryId', item, readEntryId, 'ERROR_INVALID_FIELD_FORMAT_ID');
		const voucher = await answerOr(run.fortnox.voucher(id.series, id.number, id.yearId), noEntry(id));
		const entry = fromVoucher(voucher);
		const names = await namesFor(run, [entry]);
		const links = await linksFor(run, [entry]);
		return withRaw(run, item, { ...toUnifiedEntry(entry, names(entry.year)), ...links.of(entry) }, voucher);
	}),
};
