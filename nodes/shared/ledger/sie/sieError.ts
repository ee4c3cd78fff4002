import { LedgerError } from '../problems';

/** What is wrong with a SIE file. */
export type SieErrorReason =
	| 'empty'
	| 'not_sie'
	| 'wrong_type'
	| 'unexpected_text'
	| 'unterminated_quote'
	| 'unescaped_quote'
	| 'unterminated_object_list'
	| 'bad_object_list'
	| 'missing_account'
	| 'bad_amount'
	| 'bad_date'
	| 'bad_number'
	| 'field_too_long'
	| 'too_many'
	| 'row_outside_voucher'
	| 'missing_opening_brace'
	| 'missing_closing_brace'
	| 'unexpected_brace'
	| 'unbalanced_voucher'
	| 'truncated';

/** What a field holds, as a message quotes it. */
export function quoted(written: string): string {
	return written.length > LONGEST_QUOTED ? `"${written.slice(0, LONGEST_QUOTED)}…"` : `"${written}"`;
}

const LONGEST_QUOTED = 100;

/** A SIE file that can't be read: the line (counted from 1), the reason, and a sentence about both. */
export class SieError extends LedgerError {
	constructor(
		readonly line: number,
		readonly reason: SieErrorReason,
		/** What is wrong, without the line. */
		readonly explanation: string,
	) {
		super({
			code: reason === 'unbalanced_voucher' ? 'ERROR_ENTRY_NOT_BALANCED' : 'ERROR_DATA_VALIDATION',
			message: `Line ${line} of the SIE file: ${explanation}`,
		});
		this.name = 'SieError';
	}
}
