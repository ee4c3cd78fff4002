import { readJournalCode } from '../../../shared/ledger/formats';
import { toUnifiedJournal } from '../../../shared/unified/journal';
import { answerOr, noJournal } from '../../../shared/books/answerOr';
import { financialYearLocator, journalLocator, optionsField } from '../../../shared/n8n/fields';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { collectionParameter, required } from '../../../shared/n8n/parameters';
import { rawResponseOption } from '../../../shared/n8n/options';
import { withRaw } from '../../../shared/n8n/withRaw';
import { yearOf } from '../../../shared/books/year';
import { predefinedSeries } from './predefinedSeries';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get journal',
	description: 'Read a journal (voucher series), with its next voucher number',
	fields: [
		journalLocator({ displayName: 'Journal', name: 'journalId', required: true, description: 'The journal to read' }),
		optionsField([financialYearLocator('The year in which the series is read; the current one where empty'), rawResponseOption]),
	],
	execute: readEachItem(async (run, item) => {
		const code = required(run, 'journalId', item, readJournalCode, 'ERROR_INVALID_FIELD_FORMAT_JOURNAL_ID');
		const year = await yearOf(run, collectionParameter(run, 'options', item).financialYearId);
		const [series, predefined] = await Promise.all([
			answerOr(run.fortnox.oneVoucherSeries(code, year.Id), noJournal(code, year)),
			predefinedSeries(run),
		]);
		return withRaw(run, item, toUnifiedJournal(series, predefined, year), series);
	}),
};
