import { toUnifiedEntry } from '../../../shared/unified/entry';
import { optionsField, returnAllFields } from '../../fields';
import { readEachItem, type Operation } from '../../operation';
import { rawResponseOption } from '../../posting/options';
import { entryFilters, includeItemsOption, readEntryQuery, readOneByOneOption } from '../../reading/entryFilters';
import { namesFor } from '../../reading/names';
import { readEntries } from '../../reading/readEntries';
import { withRaw } from '../../withRaw';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many journal entries',
	description: 'List entries (vouchers) with their rows, sorted by date, journal and number',
	fields: [
		...returnAllFields,
		entryFilters,
		optionsField([includeItemsOption, rawResponseOption, readOneByOneOption]),
	],
	execute: readEachItem(async (run, item) => {
		const query = await readEntryQuery(run, item);
		const found = await readEntries(run, query);
		const names = await namesFor(run, found.map(({ entry }) => entry));
		return found.map(({ entry, raw }) => withRaw(run, item, toUnifiedEntry(entry, names(entry.year)), raw));
	}),
};
