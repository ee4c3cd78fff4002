import { readDate } from '../../../shared/ledger/dates';
import { toUnifiedBookYear } from '../../../shared/unified/financialYear';
import { dateField, optionsField } from '../../../shared/n8n/fields';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { required } from '../../../shared/n8n/parameters';
import { rawResponseOption } from '../../../shared/n8n/options';
import { lockedUntil } from '../../../shared/books/reading/lockedUntil';
import { withRaw } from '../../../shared/n8n/withRaw';
import { yearOfDate } from '../../../shared/books/year';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get financial year',
	description: 'Read the financial year that a date lies in',
	fields: [
		{
			...dateField({
				displayName: 'Date',
				name: 'date',
				description: 'Any day of the financial year',
			}),
			required: true,
		},
		optionsField([rawResponseOption]),
	],
	execute: readEachItem(async (run, item) => {
		const date = required(run, 'date', item, readDate);
		const [year, locked] = await Promise.all([yearOfDate(run, date), lockedUntil(run)]);
		return withRaw(run, item, toUnifiedBookYear(year, locked), year);
	}),
};
