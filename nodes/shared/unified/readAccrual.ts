import { whyNothingWaits } from '../ledger/accountTypes';
import { readDate, type IsoDate } from '../ledger/dates';
import { readAccountNumber } from '../ledger/formats';
import type { Days } from '../ledger/reports/years';
import type { DraftLine } from './entryDraft';
import { isAbsent, locatorValue, type Findings } from './readObject';

/** What an entry says beyond its lines: of other months than its own, and of an account that balances it. */
export interface EntryAccrual {
	/** Where amounts wait for their months. */
	account?: number;
	/** Of the unified model: the days that all lines on result accounts belong to. */
	period?: Days;
	reverseOn?: IsoDate;
	/** The account that takes what the lines leave over. */
	balancing?: number;
}

export const REVERSE_WITHOUT_SPREAD = 'reverse_on: a line is spread over months, which is not reversed as a whole. Give one of the two.';

/** Accounts of the income statement. */
const isResultAccount = (account: number): boolean => account >= 3000 && account < 9000;

/** @param date the entry's own, undefined where it can't be read */
export function readAccrual(body: Record<string, unknown>, date: IsoDate | undefined, findings: Findings): EntryAccrual {
	const account = findings.optional(locatorValue(body.accrual_account), readAccountNumber, 'accrual_account');
	const why = account === undefined ? undefined : whyNothingWaits(account);
	if (why !== undefined) findings.add('ERROR_ACCOUNT_NUMBER_NOT_GOOD_SCOPE', 'accrual_account', `accrual_account: ${why}`);
	const balancing = findings.optional(locatorValue(body.balancing_account), readAccountNumber, 'balancing_account');
	const period = readDays(body, '', findings);
	const reverseOn = findings.optional(body.reverse_on, readDate, 'reverse_on');
	if (reverseOn !== undefined && date !== undefined && reverseOn < date) {
		findings.add(
			'ERROR_DATA_VALIDATION',
			'reverse_on',
			`reverse_on: ${reverseOn} lies before the entry's own day (${date}). Reverse it on that day or later.`,
		);
	}
	return {
		...(balancing !== undefined && { balancing }),
		...(account !== undefined && { account }),
		...(period && { period }),
		...(reverseOn !== undefined && { reverseOn }),
	};
}

/** The days that a line belongs to: its own, else those of the entry where the line is on a result account. */
export function readPeriod(
	given: Record<string, unknown>,
	line: DraftLine,
	ofEntry: Days | undefined,
	findings: Findings,
): Days | undefined {
	const own = readDays(given, `${line.field}.`, findings);
	if (own !== undefined && !isResultAccount(line.account)) {
		const field = `${line.field}.start_date`;
		findings.add(
			'ERROR_DATA_VALIDATION',
			field,
			`${field}: ${line.account} is not a result account (3000–8999). Put the line on the account that the months get their parts on; the accrual account is added.`,
		);
	}
	return own ?? (isResultAccount(line.account) ? ofEntry : undefined);
}

function readDays(given: Record<string, unknown>, prefix: string, findings: Findings): Days | undefined {
	const [start, end] = [`${prefix}start_date`, `${prefix}end_date`];
	const from = findings.optional(given.start_date, readDate, start);
	const to = findings.optional(given.end_date, readDate, end);
	if (isAbsent(given.start_date) !== isAbsent(given.end_date)) {
		const missing = isAbsent(given.start_date) ? start : end;
		findings.add('ERROR_DATA_VALIDATION', missing, `${missing}: give both days of the period, or none.`);
	}
	if (from === undefined || to === undefined) return undefined;
	if (to < from) findings.add('ERROR_DATA_VALIDATION', end, `${end}: ${to} lies before ${from}, where the period begins.`);
	return { from, to };
}
