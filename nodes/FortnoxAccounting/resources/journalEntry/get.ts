import { fromVoucher, toUnifiedEntry } from '../../../shared/unified/entry';
import { answerOr, noEntry } from '../../../shared/books/answerOr';
import { entryLocator, optionsField } from '../../../shared/n8n/fields';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { rawResponseOption } from '../../../shared/n8n/options';
import { linksFor } from '../../../shared/books/marks/links';
import { namesFor } from '../../../shared/books/reading/names';
import { withRaw } from '../../../shared/n8n/withRaw';
import { entryIdOf } from '../../../shared/books/entryId';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get journal entry',
	description: 'Read an entry (voucher) with its rows',
	fields: [entryLocator('The entry to read'), optionsField([rawResponseOption])],
	execute: readEachItem(async (run, item) => {
		const id = await entryIdOf(run, item, 'read');
		const voucher = await answerOr(run.fortnox.voucher(id.series, id.number, id.yearId), noEntry(id));
		const entry = fromVoucher(voucher);
		const names = await namesFor(run, [entry]);
		const links = await linksFor(run, [entry]);
		for (const sentence of links.doubled(entry)) run.hint(sentence);
		return withRaw(run, item, { ...toUnifiedEntry(entry, names(entry.year)), ...links.of(entry) }, voucher);
	}),
};
