import { readDayOrMonth } from '../../../shared/ledger/reports/period';
import { LedgerError } from '../../../shared/ledger/problems';
import { fromListItem, toUnifiedEntry } from '../../../shared/unified/entry';
import { daysInYear, tellOfDaysWithoutYear, yearsWithDays } from '../../../shared/books/year';
import { entriesWithFile, entryIdOf, isManual } from '../../../shared/books/reading/manualVouchers';
import { namesFor } from '../../../shared/books/reading/names';
import { monthField, returnAllFields } from '../../../shared/n8n/fields';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { giveWay } from '../../../shared/turns';
import { limitParameter, required } from '../../../shared/n8n/parameters';

export const getWithoutFile: Operation = {
	value: 'getWithoutFile',
	name: 'Get Many Without File',
	action: 'Get many journal entries without file',
	description: 'List the manual entries of a period that no file is attached to, to chase their receipts',
	fields: [
		{
			...monthField({
				displayName: 'From',
				name: 'dateFrom',
				placeholder: 'e.g. 2026-05',
				description: 'First day of the period, or a month',
			}),
			required: true,
		},
		{
			...monthField({ displayName: 'To', name: 'dateTo', placeholder: 'e.g. 2026-05', description: 'Last day of the period, or a month' }),
			required: true,
		},
		...returnAllFields,
	],
	execute: readEachItem(async (run, item) => {
		const from = required(run, 'dateFrom', item, (value) => readDayOrMonth(value, 'first'));
		const to = required(run, 'dateTo', item, (value) => readDayOrMonth(value, 'last'));
		if (to < from)
			throw new LedgerError({
				code: 'ERROR_DATA_VALIDATION',
				field: 'dateTo',
				message: `dateTo: ${to} lies before dateFrom (${from}). Swap them.`,
			});
		const withFile = await entriesWithFile(run.fortnox);
		const found = [];
		const years = await yearsWithDays(run, { from, to, field: 'dateFrom' });
		tellOfDaysWithoutYear(run, years, from, to);
		for (const year of years) {
			const vouchers = await run.fortnox.vouchers({ financialYear: year.Id, ...daysInYear(year, from, to) });
			for (const voucher of vouchers) {
				await giveWay();
				if (isManual(voucher) && !withFile.has(entryIdOf(voucher))) found.push(fromListItem(voucher, []));
			}
		}
		const shown = found.slice(0, limitParameter(run, item));
		const names = await namesFor(run, shown);
		return shown.map((entry) => {
			const { id, name, journal_id, journal_name, date, number, description, comments, financial_year_id } = toUnifiedEntry(
				entry,
				names(entry.year),
			);
			return { id, name, journal_id, journal_name, date, number, description, comments, financial_year_id };
		});
	}),
};
