import type { FortnoxFinancialYear, FortnoxPredefinedVoucherSeries, FortnoxVoucherSeries } from '../fortnox/wire';
import { journalTypeOf } from '../ledger/journalTypes';
import type { UnifiedJournal } from './types';

/**
 * A voucher series in the unified model. Its type is derived from the company's predefined series.
 *
 * @param year the financial year that the series was read in, where its next number is to be shown
 */
export function toUnifiedJournal(
	series: FortnoxVoucherSeries,
	predefined: readonly FortnoxPredefinedVoucherSeries[],
	year?: FortnoxFinancialYear,
): UnifiedJournal {
	return {
		id: series.Code,
		code: series.Code,
		name: series.Description,
		journal_type: journalTypeOf(series.Code, predefined),
		counterpart_account: null,
		unallocated_account: null,
		next_document_numbers:
			year === undefined || series.NextVoucherNumber === undefined
				? []
				: [
						{
							bookyear_name: `${year.FromDate}–${year.ToDate}`,
							next_document_number: String(series.NextVoucherNumber),
							start_date: year.FromDate,
							end_date: year.ToDate,
						},
					],
		iban: null,
		currency: 'SEK',
		other_currencies_allowed: false,
		blocked: !series.Manual,
		manual: series.Manual,
	};
}
