import { toUnifiedBookYear } from '../../../shared/unified/financialYear';
import { optionsField, returnAllFields } from '../../fields';
import { readEachItem, type Operation } from '../../operation';
import { limitParameter } from '../../parameters';
import { rawResponseOption } from '../../posting/options';
import { lockedUntil } from '../../reading/lockedUntil';
import { withRaw } from '../../withRaw';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many financial years',
	description: 'List the financial years, oldest first',
	fields: [...returnAllFields, optionsField([rawResponseOption])],
	execute: readEachItem(async (run, item) => {
		const [years, locked] = await Promise.all([run.fortnox.financialYears(), lockedUntil(run)]);
		return years
			.slice(0, limitParameter(run.context, item))
			.map((year) => withRaw(run, item, toUnifiedBookYear(year, locked), year));
	}),
};
