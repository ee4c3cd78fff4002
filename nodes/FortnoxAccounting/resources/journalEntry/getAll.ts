import { toUnifiedEntry } from '../../../shared/unified/entry';
import { optionsField, returnAllFields } from '../../../shared/n8n/fields';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { rawResponseOption } from '../../../shared/n8n/options';
import {
	entryFilters,
	includeItemsOption,
	readEntryQuery,
	readOneByOneOption,
	sortOption,
} from '../../../shared/books/reading/entryFilters';
import { linksAmong, linksFor } from '../../../shared/books/marks/links';
import { collectionParameter } from '../../../shared/n8n/parameters';
import { namesFor } from '../../../shared/books/reading/names';
import { readEntries } from '../../../shared/books/reading/readEntries';
import { withRaw } from '../../../shared/n8n/withRaw';
import { flatMapInTurns, mapInTurns } from '../../../shared/turns';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many journal entries',
	description: 'List entries (vouchers) with their rows, by date from the oldest on, or from the newest with the option Sort',
	fields: [...returnAllFields, entryFilters, optionsField([includeItemsOption, rawResponseOption, readOneByOneOption, sortOption])],
	execute: readEachItem(async (run, item) => {
		const query = await readEntryQuery(run, item);
		const onlyStanding = collectionParameter(run, 'filters', item).standing === true;
		const all = await readEntries(run, onlyStanding ? { ...query, limit: Infinity } : query);
		const entries = all.map(({ entry }) => entry);
		const links = onlyStanding ? await linksFor(run, entries) : await linksAmong(entries);
		const standing = await flatMapInTurns(onlyStanding ? all : [], (one) => (links.stands(one.entry) ? [one] : []));
		const found = onlyStanding ? standing.slice(0, query.limit) : all;
		const names = await namesFor(
			run,
			found.map(({ entry }) => entry),
		);
		return await mapInTurns(found, ({ entry, raw }) => {
			for (const sentence of links.doubled(entry)) run.hint(sentence);
			return withRaw(run, item, { ...toUnifiedEntry(entry, names(entry.year)), ...links.of(entry) }, raw);
		});
	}),
};
