import { toUnifiedBookYear } from '../../../shared/unified/financialYear';
import { optionsField, returnAllFields } from '../../../shared/n8n/fields';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { limitParameter } from '../../../shared/n8n/parameters';
import { rawResponseOption } from '../../../shared/n8n/options';
import { lockedUntil } from '../../../shared/books/reading/lockedUntil';
import { withRaw } from '../../../shared/n8n/withRaw';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many financial years',
	description: 'List the financial years, oldest first',
	fields: [...returnAllFields, optionsField([rawResponseOption])],
	execute: readEachItem(async (run, item) => {
		const [years, locked] = await Promise.all([run.fortnox.financialYears({ ofThisRun: true }), lockedUntil(run)]);
		return years.slice(0, limitParameter(run, item)).map((year) => withRaw(run, item, toUnifiedBookYear(year, locked), year));
	}),
};
