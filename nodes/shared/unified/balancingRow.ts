import { formatOre, sumOre, type Ore } from '../ledger/money';
import type { BuildFacts } from './buildVoucher';
import type { Findings } from './readObject';

/** What of an entry's rows the balancing row depends on. */
interface BookedRow {
	field: string;
	/** The field that names the account, where that is not the line's own. */
	accountField?: string;
	account: number;
	amount: Ore;
}

/** BAS's account for differences of öre. */
const ROUNDING_ACCOUNT = 3740;

/** More than this is no rounding, in öre. */
const MOST_ROUNDING: Ore = 100;

/** The row that takes what the lines leave over, such as the bank's of a payout; none where they balance. */
export function balancingRow(
	account: number,
	rows: readonly BookedRow[],
	{ predefinedAccounts }: Pick<BuildFacts, 'predefinedAccounts'>,
	findings: Findings,
): BookedRow[] {
	const rest = sumOre(rows.map(({ amount }) => amount));
	if (rest === 0) {
		findings.hints.push(`The lines balance by themselves, so the entry has no row on the balancing account ${account}.`);
		return [];
	}
	const field = 'balancing_account';
	const [own] = rows;
	if (own !== undefined && rows.every((row) => row.account === account)) {
		const there = own.accountField ?? `${own.field}.account`;
		findings.add(
			'ERROR_DATA_VALIDATION',
			field,
			`${field}: the lines leave ${formatOre(Math.abs(rest))} over, and all rows are on ${account} itself (${there}), so the balancing row would undo them. Name the account that the rest belongs on.`,
		);
	}
	if ((account === ROUNDING_ACCOUNT || account === predefinedAccounts?.get('ROUNDOFF')) && Math.abs(rest) > MOST_ROUNDING) {
		findings.add(
			'ERROR_ENTRY_NOT_BALANCED',
			field,
			`${field}: the lines leave ${formatOre(Math.abs(rest))} over, and ${account} is for rounding, up to ${formatOre(MOST_ROUNDING)}. Correct the lines, or name the account that the rest belongs on.`,
		);
	}
	return [{ field, accountField: field, account, amount: -rest }];
}
