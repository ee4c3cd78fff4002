import { readDescription, readJournalCode } from '../../../shared/ledger/formats';
import { toUnifiedJournal } from '../../../shared/unified/journal';
import { Findings } from '../../../shared/unified/readObject';
import { allowedText } from '../../../shared/n8n/allowedText';
import { answerOr, noJournal } from '../../../shared/books/answerOr';
import { changeOnce } from '../../../shared/books/createOnce';
import { financialYearLocator, journalLocator, optionsField, updateFieldsField } from '../../../shared/n8n/fields';
import type { Operation } from '../../../shared/n8n/operation';
import { writeEachItem } from '../../../shared/n8n/writeEachItem';
import { collectionParameter, refuseEmptyUpdate, required } from '../../../shared/n8n/parameters';
import { rawResponseOption, unsupportedCharactersOption } from '../../../shared/n8n/options';
import { withRaw } from '../../../shared/n8n/withRaw';
import { yearOf } from '../../../shared/books/year';
import { predefinedSeries } from './predefinedSeries';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update journal',
	description: 'Change the name of a journal, or whether it accepts entries; what is left out stays as it is',
	fields: [
		journalLocator({ displayName: 'Journal', name: 'journalId', required: true, description: 'The journal to change' }),
		updateFieldsField([
			{
				displayName: 'Manual',
				name: 'manual',
				type: 'boolean',
				default: true,
				description: 'Whether entries from outside can be posted to the journal',
			},
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Automatic postings',
				description: 'What the journal is for, 1–200 characters',
			},
		]),
		optionsField([
			financialYearLocator('The year in which the series is changed; the current one where empty'),
			rawResponseOption,
			unsupportedCharactersOption,
		]),
	],
	execute: writeEachItem(async (run, item) => {
		const code = required(run, 'journalId', item, readJournalCode, 'ERROR_INVALID_FIELD_FORMAT_JOURNAL_ID');
		const given = collectionParameter(run, 'updateFields', item);
		const { name, manual } = given;
		const findings = new Findings();
		const written = findings.optional(name, readDescription, 'name');
		findings.throwIfAny();
		const description = written === undefined ? undefined : allowedText(run, item, 'name', written);
		const change = {
			...(description !== undefined && { Description: description }),
			...(typeof manual === 'boolean' && { Manual: manual }),
		};
		refuseEmptyUpdate(change, given);
		const year = await yearOf(run, collectionParameter(run, 'options', item).financialYearId);
		const [predefined] = await Promise.all([
			predefinedSeries(run),
			answerOr(run.fortnox.oneVoucherSeries(code, year.Id), noJournal(code, year)),
		]);
		return async () => {
			const changed = changeOnce({
				wanted: change,
				change: async () => await run.fortnox.updateVoucherSeries(code, change, year.Id),
				read: async () => await run.fortnox.oneVoucherSeries(code, year.Id),
			});
			const series = await answerOr(changed, noJournal(code, year));
			return withRaw(run, item, toUnifiedJournal(series, predefined, year), series);
		};
	}),
};
