import { readDate } from '../../../shared/ledger/dates';
import { toUnifiedBookYear } from '../../../shared/unified/financialYear';
import { optionsField } from '../../fields';
import { readEachItem, type Operation } from '../../operation';
import { required } from '../../parameters';
import { rawResponseOption } from '../../posting/options';
import { lockedUntil } from '../../reading/lockedUntil';
import { withRaw } from '../../withRaw';
import { yearOfDate } from '../../yearOf';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get financial year',
	description: 'Read the financial year that a date lies in',
	fields: [
		{
			displayName: 'Date',
			name: 'date',
			type: 'dateTime',
			required: true,
			default: '',
			description: 'Any day of the financial year',
		},
		optionsField([rawResponseOption]),
	],
	execute: readEachItem(async (run, item) => {
		const date = required(run.context, 'date', item, readDate);
		const [year, locked] = await Promise.all([yearOfDate(run, date), lockedUntil(run)]);
		return withRaw(run, item, toUnifiedBookYear(year, locked), year);
	}),
};
