import { MOST_ROWS, tooManyRows } from '../ledger/bounds';
import { readAccountNumber } from '../ledger/formats';
import type { DraftLine, ReadEntryOptions } from './entryDraft';
import { readPeriod, REVERSE_WITHOUT_SPREAD, type EntryAccrual } from './readAccrual';
import { readDimensions } from './readDimensions';
import { isAbsent, isObject, locatorValue, type Findings } from './readObject';
import { costWithPlusHint, readSide, readSignedAmount } from './readSide';
import { readTax, readTaxCode } from './readTax';
import { LINE_ACCOUNT_TYPES, type LineAccountType } from './types';

const LINE_FIELDS = [
	'account_type',
	'account',
	'force_general_account',
	'prioritise_thirdparty_account',
	'debit',
	'credit',
	'amount',
	'description',
	'cost_center',
	'project',
	'analytic_distribution',
	'tax_code',
	'tax_info',
	'account_info',
	'start_date',
	'end_date',
] as const;

const FINANCIAL_LINE_FIELDS = [
	...LINE_FIELDS.filter((field) => !['debit', 'credit', 'amount', 'start_date', 'end_date'].includes(field)),
	'amount',
	'automated_matching_number',
] as const;

/** Whether a line of such an entry has a field of this name. */
export function isLineField(name: string, kind: ReadEntryOptions['kind']): boolean {
	const fields: readonly string[] = kind === 'financial' ? FINANCIAL_LINE_FIELDS : LINE_FIELDS;
	return fields.includes(name);
}

/** Where a node before gives the lines, as that of a spreadsheet does, there is nothing to add. */
const NO_LINES = " There is none: add them, or set 'Lines Source' to 'Input Items' where each input item is a line.";

/** The lines of an entry, with a step for each; undefined where one of them has a problem. */
export function* readLines(
	given: unknown,
	options: ReadEntryOptions,
	accrual: EntryAccrual,
	findings: Findings,
): Generator<undefined, DraftLine[] | undefined> {
	const least = options.kind === 'financial' || accrual.balancing !== undefined ? 1 : 2;
	const hasLines = Array.isArray(given) && given.length > 0;
	if (!Array.isArray(given) || given.length < least) {
		findings.add(
			'ERROR_DATA_VALIDATION',
			'lines',
			`lines: ${least === 1 ? 'give at least one line.' : 'an entry needs at least two lines.'}${hasLines ? '' : NO_LINES}`,
		);
		return undefined;
	}
	if (given.length > MOST_ROWS) {
		findings.problems.push(tooManyRows('lines', given.length));
		return undefined;
	}
	const lines: DraftLine[] = [];
	for (const [index, line] of given.entries()) {
		const read = readLine(line, `lines[${index}]`, options, findings);
		if (read) lines.push(read);
		yield;
	}
	if (lines.length < given.length) return undefined;
	return options.kind === 'financial' ? lines : yield* withPeriods(lines, given, accrual, findings);
}

/** Lines that have a period of their own, or on result accounts that of the entry. */
function* withPeriods(
	lines: DraftLine[],
	given: readonly unknown[],
	accrual: EntryAccrual,
	findings: Findings,
): Generator<undefined, DraftLine[]> {
	const spread: DraftLine[] = [];
	for (const [index, line] of lines.entries()) {
		const own = given[index];
		const period = readPeriod(isObject(own) ? own : {}, line, accrual.period, findings);
		spread.push(period === undefined ? line : { ...line, period });
		yield;
	}
	const isSpread = spread.some(({ period }) => period !== undefined);
	if (accrual.period !== undefined && !isSpread)
		findings.add(
			'ERROR_DATA_VALIDATION',
			'start_date',
			'start_date: no line is on a result account (3000–8999), so there is nothing to spread.',
		);
	if (accrual.reverseOn !== undefined && isSpread) findings.add('ERROR_DATA_VALIDATION', 'reverse_on', REVERSE_WITHOUT_SPREAD);
	return spread;
}

function readLine(given: unknown, field: string, options: ReadEntryOptions, findings: Findings): DraftLine | undefined {
	if (!isObject(given)) {
		findings.add('ERROR_DATA_VALIDATION', field, `${field}: a line is an object with 'account' and an amount.`);
		return undefined;
	}
	const known: readonly string[] = options.kind === 'financial' ? FINANCIAL_LINE_FIELDS : LINE_FIELDS;
	const before = findings.problems.length;
	if (!options.ignoreUnknownLineFields) findings.unknownFields(given, known, `${field}.`);

	const accountType = readAccountType(given.account_type, field, findings);
	const { account, partnerId } = readLineAccount(given, accountType, field, findings);
	const amount = options.kind === 'financial' ? readSignedAmount(given.amount, field, findings) : readSide(given, field, options, findings);
	const description = findings.text(given.description, `${field}.description`);
	const taxCode = readTaxCode(given.tax_code, `${field}.tax_code`, findings);
	const tax = readTax(given.tax_info, { accountType, amount, taxCode }, field, findings);
	if (taxCode?.rate !== undefined && tax === undefined) {
		findings.hints.push(
			`${field}.tax_code: the code was compared with that of the account, and no VAT was added; that is what tax_info does.`,
		);
	}
	const dimensions = readDimensions(given, field, findings);
	if (!isAbsent(given.account_info) && !(isObject(given.account_info) && Object.keys(given.account_info).length === 0)) {
		findings.add(
			'ERROR_DATA_VALIDATION',
			`${field}.account_info`,
			`${field}.account_info: an entry does not create accounts. Create the account first with Account > Create.`,
		);
	}
	if (!isAbsent(given.automated_matching_number)) {
		findings.hints.push(`${field}.automated_matching_number: Fortnox does not match voucher rows; it was not kept.`);
	}
	if (findings.problems.length > before || account === undefined || amount === undefined) return undefined;
	const odd = options.kind === 'financial' ? costWithPlusHint(account, amount) : undefined;
	if (odd !== undefined) findings.hints.push(odd);
	return {
		field,
		accountType,
		account,
		amount,
		...dimensions,
		...(partnerId !== undefined && { partnerId }),
		...(description !== undefined && { description }),
		...(taxCode !== undefined && { taxCode: taxCode.code }),
		...(tax !== undefined && { tax }),
	};
}

function readAccountType(given: unknown, field: string, findings: Findings): LineAccountType {
	if (isAbsent(given)) return 'general_account';
	const found = LINE_ACCOUNT_TYPES.find((type) => type === given);
	if (found === undefined) {
		findings.add(
			'ERROR_DATA_VALIDATION',
			`${field}.account_type`,
			`${field}.account_type: '${String(given)}' is not one of ${LINE_ACCOUNT_TYPES.join(', ')}.`,
		);
	}
	return found ?? 'general_account';
}

function readLineAccount(
	line: Record<string, unknown>,
	accountType: LineAccountType,
	field: string,
	findings: Findings,
): { account?: number; partnerId?: string } {
	const given = locatorValue(line.account);
	const forced = locatorValue(line.force_general_account);
	if (accountType === 'general_account') {
		if (isAbsent(given) && isAbsent(forced)) {
			findings.add('ERROR_DATA_VALIDATION', `${field}.account`, `${field}.account: name the account (1000–9999).`);
			return {};
		}
		const name = isAbsent(forced) ? 'account' : 'force_general_account';
		if (!isAbsent(forced) && !isAbsent(given) && String(forced).trim() !== String(given).trim()) {
			findings.hints.push(`${field}.force_general_account: the line went to account ${String(forced)} and not to ${String(given)}.`);
		}
		const account = findings.take(readAccountNumber(isAbsent(forced) ? given : forced), `${field}.${name}`);
		return account === undefined ? {} : { account };
	}
	const partnerId = findings.name(given, `${field}.account`);
	if (line.prioritise_thirdparty_account === true) {
		findings.hints.push(
			'prioritise_thirdparty_account: Fortnox has no accounts of third parties; the line went to force_general_account and keeps its partner as information.',
		);
	}
	if (isAbsent(forced)) {
		findings.add(
			'ERROR_PARTNER_ACCOUNT_MISSING',
			`${field}.force_general_account`,
			`${field}.force_general_account: Fortnox does not link customers, suppliers or employees to voucher rows. Fill in the account of the general ledger that this line goes to; the partner is kept as information.`,
		);
		return {};
	}
	if (isAbsent(given)) {
		findings.add(
			'ERROR_DATA_VALIDATION',
			`${field}.account`,
			`${field}.account: give the partner's id, or set account_type to general_account.`,
		);
	}
	const account = findings.take(readAccountNumber(forced), `${field}.force_general_account`);
	return { ...(account !== undefined && { account }), ...(partnerId !== undefined && { partnerId }) };
}
