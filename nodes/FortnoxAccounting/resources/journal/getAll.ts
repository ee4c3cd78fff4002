import { toUnifiedJournal } from '../../../shared/unified/journal';
import { financialYearLocator, optionsField, returnAllFields } from '../../../shared/n8n/fields';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { collectionParameter, limitParameter } from '../../../shared/n8n/parameters';
import { rawResponseOption } from '../../../shared/n8n/options';
import { withRaw } from '../../../shared/n8n/withRaw';
import { yearOf } from '../../../shared/books/year';
import { predefinedSeries } from './predefinedSeries';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many journals',
	description: 'List the journals (voucher series)',
	fields: [
		...returnAllFields,
		optionsField([
			financialYearLocator('The year whose series are listed; the current one where empty'),
			{
				displayName: 'Include Next Number',
				name: 'includeNextNumber',
				type: 'boolean',
				default: false,
				description: 'Whether to add the next voucher number of each journal, which takes a request per journal',
			},
			rawResponseOption,
		]),
	],
	execute: readEachItem(async (run, item) => {
		const options = collectionParameter(run, 'options', item);
		const year = await yearOf(run, options.financialYearId);
		const [series, predefined] = await Promise.all([run.fortnox.voucherSeries(year.Id, { ofThisRun: true }), predefinedSeries(run)]);
		const listed = series.slice(0, limitParameter(run, item));
		const shown =
			options.includeNextNumber === true
				? await Promise.all(listed.map(async ({ Code }) => await run.fortnox.oneVoucherSeries(Code, year.Id)))
				: listed;
		return shown.map((one) => withRaw(run, item, toUnifiedJournal(one, predefined, year), one));
	}),
};
