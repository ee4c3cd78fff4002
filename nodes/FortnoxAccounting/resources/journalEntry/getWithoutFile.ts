import { readDayOrMonth } from '../../../shared/ledger/reports/period';
import { LedgerError } from '../../../shared/ledger/problems';
import { fromListItem, toUnifiedEntry } from '../../../shared/unified/entry';
import { daysInYear } from '../../../shared/books/year';
import { entriesWithFile, entryIdOf, isManual } from '../../../shared/books/reading/manualVouchers';
import { namesFor } from '../../../shared/books/reading/names';
import { returnAllFields } from '../../../shared/n8n/fields';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { limitParameter, required } from '../../../shared/n8n/parameters';

const day = (displayName: string, name: string, description: string) =>
	({ displayName, name, type: 'string', required: true, default: '', placeholder: 'e.g. 2026-05', description }) as const;

export const getWithoutFile: Operation = {
	value: 'getWithoutFile',
	name: 'Get Many Without File',
	action: 'Get many journal entries without file',
	description: 'List the manual entries of a period that no file is attached to, to chase their receipts',
	fields: [
		day('From', 'dateFrom', 'First day of the period, or a month'),
		day('To', 'dateTo', 'Last day of the period, or a month'),
		...returnAllFields,
	],
	execute: readEachItem(async (run, item) => {
		const from = required(run, 'dateFrom', item, (value) => readDayOrMonth(value, 'first'));
		const to = required(run, 'dateTo', item, (value) => readDayOrMonth(value, 'last'));
		if (to < from) throw new LedgerError({ code: 'ERROR_DATA_VALIDATION', field: 'dateTo', message: `dateTo: ${to} lies before ${from}.` });
		const withFile = await entriesWithFile(run.fortnox);
		const found = [];
		for (const year of await run.fortnox.financialYears()) {
			const days = daysInYear(year, from, to);
			if (days === undefined) continue;
			const vouchers = await run.fortnox.vouchers({ financialYear: year.Id, ...days });
			found.push(
				...vouchers
					.filter((voucher) => isManual(voucher) && !withFile.has(entryIdOf(voucher)))
					.map((voucher) => fromListItem(voucher, [])),
			);
		}
		const shown = found.slice(0, limitParameter(run, item));
		const names = await namesFor(run, shown);
		return shown.map((entry) => {
			const { id, name, journal_id, journal_name, date, number, description, comments, financial_year_id } = toUnifiedEntry(entry, names(entry.year));
			return { id, name, journal_id, journal_name, date, number, description, comments, financial_year_id };
		});
	}),
};
