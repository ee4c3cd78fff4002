import { unlessNotFound } from '../../../shared/fortnox/tolerate';
import type { FortnoxVoucherSeries } from '../../../shared/fortnox/wire';
import { readDescription, readJournalCode } from '../../../shared/ledger/formats';
import { checkGivenJournalType } from '../../../shared/ledger/journalTypes';
import { LedgerError } from '../../../shared/ledger/problems';
import { toUnifiedJournal } from '../../../shared/unified/journal';
import { allowedText } from '../../../shared/n8n/allowedText';
import { checkCreation } from '../../../shared/books/createOnce';
import { financialYearLocator, optionsField } from '../../../shared/n8n/fields';
import type { Operation } from '../../../shared/n8n/operation';
import { writeEachItem } from '../../../shared/n8n/writeEachItem';
import { collectionParameter, required, textParameter } from '../../../shared/n8n/parameters';
import { rawResponseOption, unsupportedCharactersOption } from '../../../shared/n8n/options';
import { withRaw } from '../../../shared/n8n/withRaw';
import { yearOf } from '../../../shared/books/year';
import { predefinedSeries } from './predefinedSeries';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create journal',
	description: 'Add a journal (manual voucher series) to a financial year',
	fields: [
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. N8N',
			description: 'Code of the voucher series, 1–10 digits or capital letters',
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Automatic postings',
			description: 'What the journal is for, 1–200 characters',
		},
		{
			displayName: 'Journal Type',
			name: 'journalType',
			type: 'options',
			options: [
				{ name: 'Bank', value: 'bank' },
				{ name: 'Cash', value: 'cash' },
				{ name: 'Customer Invoice', value: 'customer_invoice' },
				{ name: 'Customer Refund', value: 'customer_refund' },
				{ name: 'Miscellaneous Operation', value: 'miscellaneous_operation' },
				{ name: 'Not Given', value: '' },
				{ name: 'Supplier Invoice', value: 'supplier_invoice' },
				{ name: 'Supplier Refund', value: 'supplier_refund' },
			],
			default: '',
			description: 'Checked against what the company uses the series for and not stored, because Fortnox has no journal types',
		},
		optionsField([
			financialYearLocator('The year that gets the journal; the current one where empty'),
			rawResponseOption,
			unsupportedCharactersOption,
		]),
	],
	execute: writeEachItem(async (run, item) => {
		const { fortnox } = run;
		const code = required(run, 'code', item, readJournalCode, 'ERROR_INVALID_FIELD_FORMAT_JOURNAL_ID');
		const name = allowedText(run, item, 'name', required(run, 'name', item, readDescription));
		const predefined = await predefinedSeries(run);
		const type = checkGivenJournalType(textParameter(run, 'journalType', item), code, predefined);
		if (type.problem !== undefined) throw new LedgerError(type.problem);
		if (type.hint !== undefined) run.hint(type.hint);
		const year = await yearOf(run, collectionParameter(run, 'options', item).financialYearId);
		const create = await checkCreation({
			find: async () => await unlessNotFound(fortnox.oneVoucherSeries(code, year.Id)),
			create: async () => await fortnox.createVoucherSeries({ Code: code, Description: name, Manual: true }, year.Id),
			objection: (there) => (there.Description === name && there.Manual ? undefined : existsOtherwise(there)),
		});
		return async () => {
			const { value, existed } = await create();
			return withRaw(run, item, { ...toUnifiedJournal(value, predefined, year), ...(existed && { already_exists: true }) }, value);
		};
	}),
};

function existsOtherwise({ Code: code, Description: name, Manual: isManual }: FortnoxVoucherSeries): LedgerError {
	return new LedgerError({
		code: 'ERROR_JOURNAL_ALREADY_EXISTS',
		field: 'code',
		message: `code: there is a voucher series ${code} already (${name}${isManual ? '' : ', not manual'}). Use another code, or change that one with Journal > Update.`,
	});
}
