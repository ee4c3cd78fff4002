import { readRate, type Rate } from '../ledger/currency';
import { readDate, today } from '../ledger/dates';
import { readAccountNumber, readCurrencyCode, readJournalCode, readPercentage } from '../ledger/formats';
import { referenceFits } from '../ledger/mark';
import { formatOre, readAmount, type Ore } from '../ledger/money';
import { addUpTo100 } from '../ledger/shares';
import { normalizedVatCode } from '../ledger/vat';
import type { DraftAttachment, DraftLine, DraftShare, EntryDraft } from './entryDraft';
import { readAccrual, readPeriod, REVERSE_WITHOUT_SPREAD, type EntryAccrual } from './readAccrual';
import { Findings, isAbsent, isObject, locatorValue, parseIfText } from './readObject';
import { readTax } from './readTax';
import { LINE_ACCOUNT_TYPES, type LineAccountType } from './types';

const HEADER_FIELDS = [
	'journal_id',
	'date',
	'number',
	'currency',
	'currency_exchange_rate',
	'description',
	'reference',
	'comments',
	'due_date',
	'posted',
	'start_date',
	'end_date',
	'pdf',
	'pdf_name',
	'items',
	'accrual_account',
	'balancing_account',
	'reverse_on',
] as const;

const FINANCIAL_HEADER_FIELDS = [
	...HEADER_FIELDS.filter((field) => !['accrual_account', 'balancing_account', 'reverse_on'].includes(field)),
	'financial_counterpart_account',
] as const;

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

const SHARE_FIELDS = ['analytic_account', 'percentage'] as const;
/** What stands for a rate that was not given. */
const NO_RATE = /^0{1,7}(?:[.,]0{1,30})?$/;
const PDF_NAME = /^[a-zA-Z0-9\-_ ]{1,196}(?:\.pdf)?$/;

export interface EntryReading {
	/** Absent where there are problems. */
	draft?: EntryDraft;
	findings: Findings;
}

export interface ReadEntryOptions {
	kind: 'journal' | 'financial';
	/** The rate will be taken from the company's register: a foreign entry needs none. */
	rateFromRegister: boolean;
	/** Lines come from input items, whose other columns are not the entry's business. */
	ignoreUnknownLineFields: boolean;
	/** A file given beside the body. */
	attachment?: DraftAttachment;
	/** For tests: the moment that "today" is taken from. */
	now?: Date;
}

/**
 * Reads the body of a unified journal entry or financial entry. Pure: looks at nothing but the body.
 *
 * All problems are collected, so that a user mends an entry in one go. Fields that Fortnox has no place for are
 * refused or answered with a hint; none is dropped in silence.
 */
export function readEntry(body: Record<string, unknown>, options: ReadEntryOptions): EntryReading {
	const findings = new Findings();
	const financial = options.kind === 'financial';
	findings.unknownFields(body, financial ? FINANCIAL_HEADER_FIELDS : HEADER_FIELDS, '');

	const journal = locatorValue(body.journal_id);
	const journalId = findings.optional(journal, readJournalCode, 'journal_id', 'ERROR_INVALID_FIELD_FORMAT_JOURNAL_ID');
	const dateDefaulted = isAbsent(body.date);
	const date = dateDefaulted ? today(options.now) : findings.take(readDate(body.date), 'date');
	const number = findings.name(body.number, 'number', 200);
	const currency = isAbsent(body.currency)
		? 'SEK'
		: findings.take(readCurrencyCode(body.currency), 'currency', 'ERROR_INVALID_CURRENCY_FORMAT');
	const rate = currency === undefined ? undefined : readEntryRate(body.currency_exchange_rate, currency, options, findings);
	const description = findings.text(body.description, 'description', 200);
	const reference = findings.name(body.reference, 'reference', 100);
	if (reference !== undefined && !referenceFits(reference)) {
		findings.add('ERROR_DATA_VALIDATION', 'reference', 'reference: too many special characters to be kept whole. Shorten it.');
	}
	const comments = findings.text(body.comments, 'comments', 1000);
	const attachment = readAttachment(body, options.attachment, findings);
	const counterpart = financial ? readCounterpart(body.financial_counterpart_account, findings) : undefined;
	refuseOrHint(body, options.kind, findings);
	const accrual = financial ? {} : readAccrual(body, date, findings);

	const lines = readLines(body.items, options, accrual, findings);
	for (const { field, account } of lines ?? []) {
		if (account !== counterpart) continue;
		findings.add(
			'ERROR_DATA_VALIDATION',
			`${field}.account`,
			`${field}.account: ${account} is the entry's own bank or cash account, whose row is added. Name the account that the money came from or went to.`,
		);
	}
	if (findings.problems.length > 0 || date === undefined || currency === undefined || lines === undefined) return { findings };
	return {
		findings,
		draft: {
			kind: options.kind,
			date,
			dateDefaulted,
			currency,
			lines,
			...(journalId !== undefined && { journalId }),
			...(number !== undefined && { number }),
			...(rate !== undefined && { rate }),
			...(description !== undefined && { description }),
			...(reference !== undefined && { reference }),
			...(comments !== undefined && { comments }),
			...(counterpart !== undefined && { counterpart }),
			...(attachment !== undefined && { attachment }),
			...(accrual.account !== undefined && { accrualAccount: accrual.account }),
			...(accrual.balancing !== undefined && { balancingAccount: accrual.balancing }),
			...(accrual.reverseOn !== undefined && { reverseOn: accrual.reverseOn }),
		},
	};
}

function readEntryRate(
	given: unknown,
	currency: string,
	options: ReadEntryOptions,
	findings: Findings,
): Rate | undefined {
	const field = 'currency_exchange_rate';
	const absent = isAbsent(given) || NO_RATE.test(String(given).trim());
	const reading = readRate(given);
	const isOne = 'value' in reading && reading.value === '1';
	if (currency === 'SEK') {
		if (absent) return undefined;
		const rate = findings.take(reading, field);
		if (rate !== undefined && !isOne) {
			findings.add(
				'ERROR_DATA_VALIDATION',
				field,
				`${field}: an entry in SEK has no exchange rate. Leave it empty, or set 'currency' to the currency that the amounts are in.`,
			);
		}
		return undefined;
	}
	if (options.rateFromRegister) {
		if (!absent && !isOne) {
			findings.hints.push(`${field}: the given rate was not used, because the rate is taken from the currency register.`);
		}
		return undefined;
	}
	if (absent) {
		findings.add(
			'ERROR_CURRENCY_NOT_ALLOWED',
			field,
			`${field}: the entry is in ${currency}, and Fortnox keeps its books in SEK. Give the rate (1 ${currency} = … SEK), or turn on 'Rate From Register'.`,
		);
		return undefined;
	}
	return findings.take(reading, field);
}

function readCounterpart(given: unknown, findings: Findings): number | undefined {
	const field = 'financial_counterpart_account';
	const value = locatorValue(given);
	if (isAbsent(value)) {
		findings.add(
			'ERROR_COUNTERPART_ACCOUNT_NOT_FOUND',
			field,
			`${field}: name the bank or cash account (1910–1999) that the money went through.`,
		);
		return undefined;
	}
	return findings.take(readAccountNumber(value), field);
}

/** The fields of the unified model that Fortnox's vouchers have no place for. */
function refuseOrHint(body: Record<string, unknown>, kind: ReadEntryOptions['kind'], findings: Findings): void {
	for (const field of kind === 'financial' ? ['start_date', 'end_date'] : []) {
		if (!isAbsent(body[field])) {
			findings.add(
				'ERROR_DATA_VALIDATION',
				field,
				`${field}: money that went through a bank account is not spread. Remove the field, and spread its line with Journal Entry > Spread.`,
			);
		}
	}
	if (!isAbsent(body.due_date)) findings.hints.push('due_date: a Fortnox voucher has no due date; it was not kept.');
	if (body.posted === false) findings.hints.push('posted: Fortnox books every voucher at once; drafts do not exist.');
}

function readAttachment(
	body: Record<string, unknown>,
	file: DraftAttachment | undefined,
	findings: Findings,
): DraftAttachment | undefined {
	const pdf = readPdf(body, findings);
	if (pdf && file) {
		findings.add('ERROR_DATA_VALIDATION', 'pdf', 'pdf: the entry has a binary file as well, and takes one attachment. Give one, and add the other with Add Attachment.');
	}
	return pdf ?? file;
}

function readPdf(body: Record<string, unknown>, findings: Findings): DraftAttachment | undefined {
	const name = findings.text(body.pdf_name, 'pdf_name');
	if (name !== undefined && !PDF_NAME.test(name)) {
		findings.add('ERROR_DATA_VALIDATION', 'pdf_name', 'pdf_name: use letters, digits, blanks, - and _, and at most 200 characters.');
	}
	if (isAbsent(body.pdf)) {
		if (name !== undefined) findings.hints.push('pdf_name: there is no pdf that it could name; it was not used.');
		return undefined;
	}
	const base64 = typeof body.pdf === 'string' ? body.pdf.replace(/^data:application\/pdf;base64,/, '').replace(/\s+/g, '') : '';
	if (base64 === '' || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
		findings.add('ERROR_INVALID_BASE64_STRING', 'pdf', 'pdf: this is not base64. Give the file’s bytes in base64, or use the binary field.');
		return undefined;
	}
	const fileName = name ?? 'attachment.pdf';
	return {
		name: fileName.endsWith('.pdf') ? fileName : `${fileName}.pdf`,
		mimeType: 'application/pdf',
		content: Buffer.from(base64, 'base64'),
	};
}

function readLines(given: unknown, options: ReadEntryOptions, accrual: EntryAccrual, findings: Findings): DraftLine[] | undefined {
	const least = options.kind === 'financial' || accrual.balancing !== undefined ? 1 : 2;
	if (!Array.isArray(given) || given.length < least) {
		findings.add(
			'ERROR_DATA_VALIDATION',
			'lines',
			least === 1 ? 'lines: give at least one line.' : 'lines: an entry needs at least two lines.',
		);
		return undefined;
	}
	const lines: DraftLine[] = [];
	given.forEach((line: unknown, index) => {
		const read = readLine(line, `lines[${index}]`, options, findings);
		if (read) lines.push(read);
	});
	if (lines.length < given.length) return undefined;
	return options.kind === 'financial' ? lines : withPeriods(lines, given, accrual, findings);
}

/** Lines that have a period of their own, or on result accounts that of the entry. */
function withPeriods(lines: DraftLine[], given: readonly unknown[], accrual: EntryAccrual, findings: Findings): DraftLine[] {
	const spread = lines.map((line, index): DraftLine => {
		const own = given[index];
		const period = readPeriod(isObject(own) ? own : {}, line, accrual.period, findings);
		return period === undefined ? line : { ...line, period };
	});
	const isSpread = spread.some(({ period }) => period !== undefined);
	if (accrual.period !== undefined && !isSpread) findings.add('ERROR_DATA_VALIDATION', 'start_date', 'start_date: no line is on a result account (3000–8999), so there is nothing to spread.');
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
	const amount =
		options.kind === 'financial' ? readSignedAmount(given.amount, field, findings) : readSide(given, field, options, findings);
	const description = findings.text(given.description, `${field}.description`);
	const taxCode = findings.text(given.tax_code, `${field}.tax_code`);
	const tax = readTax(given.tax_info, { accountType, amount }, field, findings);
	if (taxCode !== undefined && tax !== undefined && normalizedVatCode(taxCode) !== normalizedVatCode(tax.code)) {
		findings.add('ERROR_DATA_VALIDATION', `${field}.tax_code`, `${field}.tax_code: the line names ${taxCode} here and ${tax.code} in tax_info. Give one code.`);
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
	return {
		field,
		accountType,
		account,
		amount,
		...dimensions,
		...(partnerId !== undefined && { partnerId }),
		...(description !== undefined && { description }),
		...(taxCode !== undefined && { taxCode }),
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
		findings.add('ERROR_DATA_VALIDATION', `${field}.account`, `${field}.account: give the partner's id, or set 'account_type' to general_account.`);
	}
	const account = findings.take(readAccountNumber(forced), `${field}.force_general_account`);
	return { ...(account !== undefined && { account }), ...(partnerId !== undefined && { partnerId }) };
}

function readSide(
	line: Record<string, unknown>,
	field: string,
	options: ReadEntryOptions,
	findings: Findings,
): Ore | undefined {
	const debit = readOptionalAmount(line.debit, `${field}.debit`, findings);
	const credit = readOptionalAmount(line.credit, `${field}.credit`, findings);
	if (debit === undefined || credit === undefined) return undefined;
	if (debit < 0 || credit < 0) {
		const name = debit < 0 ? 'debit' : 'credit';
		findings.add(
			'ERROR_DEBIT_CREDIT_VALUE',
			`${field}.${name}`,
			`${field}.${name}: ${formatOre(debit < 0 ? debit : credit)} is negative. Give the amount without its sign on the other side.`,
		);
		return undefined;
	}
	if (debit > 0 && credit > 0) {
		findings.add('ERROR_DEBIT_CREDIT_VALUE', field, `${field}: both debit and credit are above zero. Give each line one of them.`);
		return undefined;
	}
	if (debit === 0 && credit === 0 && !isAbsent(line.amount)) return readDebitOrCredit(line.amount, field, findings);
	tellOtherAmount(line.amount, debit - credit, field, findings);
	if (debit === 0 && credit === 0) {
		const seen = options.ignoreUnknownLineFields ? ` The item has the fields ${Object.keys(line).join(', ')}.` : '';
		findings.add('ERROR_DEBIT_CREDIT_VALUE', field, `${field}: neither debit nor credit is above zero. Give one of them.${seen}`);
		return undefined;
	}
	return debit - credit;
}

/** An amount with a sign in place of the two sides: + debit, − credit. */
function readDebitOrCredit(given: unknown, field: string, findings: Findings): Ore | undefined {
	const amount = findings.take(readAmount(given), `${field}.amount`);
	if (amount !== 0) return amount;
	findings.add('ERROR_DEBIT_CREDIT_VALUE', `${field}.amount`, `${field}.amount: the amount is zero. Remove the line or give an amount, + for debit, - for credit.`);
	return undefined;
}

/** A spreadsheet may have an amount beside debit and credit, such as that in another currency. */
function tellOtherAmount(given: unknown, side: Ore, field: string, findings: Findings): void {
	const amount = isAbsent(given) ? undefined : readAmount(given);
	if (amount === undefined || ('value' in amount && amount.value === side)) return;
	findings.hints.push(`${field}.amount: the line has debit or credit as well, which were taken (${formatOre(side)}).`);
}

/** The amount of a financial line is from the bank's side (+ into the bank): its own account gets the opposite. */
function readSignedAmount(given: unknown, field: string, findings: Findings): Ore | undefined {
	if (isAbsent(given)) {
		findings.add('ERROR_DEBIT_CREDIT_VALUE', `${field}.amount`, `${field}.amount: give the amount, + into the bank, - out of it.`);
		return undefined;
	}
	const amount = findings.take(readAmount(given), `${field}.amount`);
	if (amount === 0) {
		findings.add('ERROR_DEBIT_CREDIT_VALUE', `${field}.amount`, `${field}.amount: the amount is zero. Remove the line or give an amount.`);
		return undefined;
	}
	return amount === undefined ? undefined : -amount;
}

function readOptionalAmount(given: unknown, field: string, findings: Findings): Ore | undefined {
	return isAbsent(given) ? 0 : findings.take(readAmount(given), field);
}

/** Where the line goes: `cost_center` and `project` name one each; `analytic_distribution` may divide it. */
function readDimensions(
	line: Record<string, unknown>,
	field: string,
	findings: Findings,
): Pick<DraftLine, 'costCenters' | 'projects'> {
	const plans = readDistribution(line.analytic_distribution, `${field}.analytic_distribution`, findings);
	const own = (plan: 'cost_center' | 'project'): DraftShare[] => {
		const code = findings.name(locatorValue(line[plan]), `${field}.${plan}`);
		if (code !== undefined && plans[plan].length > 0) {
			findings.add(
				'ERROR_DATA_VALIDATION',
				`${field}.${plan}`,
				`${field}.${plan}: the line has a ${plan} of its own and one in analytic_distribution. Give it once.`,
			);
		}
		return plans[plan].length > 0 ? plans[plan] : [{ percentage: 100, ...(code !== undefined && { code }) }];
	};
	return { costCenters: own('cost_center'), projects: own('project') };
}

interface Plans {
	cost_center: DraftShare[];
	project: DraftShare[];
}

function readDistribution(given: unknown, field: string, findings: Findings): Plans {
	const plans: Plans = { cost_center: [], project: [] };
	const distribution = parseIfText(given, field, findings);
	if (isAbsent(distribution)) return plans;
	if (!Array.isArray(distribution)) {
		findings.add('ERROR_INVALID_FIELD_FORMAT_ANALYTIC_ACCOUNT', field, `${field}: give a list of plans, each with its analytic_accounts.`);
		return plans;
	}
	distribution.forEach((plan: unknown, index) => {
		const at = `${field}[${index}]`;
		const name = isObject(plan) ? plan.analytic_plan : undefined;
		if (!isObject(plan) || (name !== 'cost_center' && name !== 'project') || !Array.isArray(plan.analytic_accounts)) {
			findings.add(
				'ERROR_ANALYTIC_PLAN_NOT_FOUND',
				at,
				`${at}: Fortnox has the plans 'cost_center' and 'project'. Name one in 'analytic_plan' and list its 'analytic_accounts'.`,
			);
			return;
		}
		findings.unknownFields(plan, ['analytic_plan', 'analytic_accounts'], `${at}.`);
		if (plans[name].length > 0) {
			findings.add('ERROR_DATA_VALIDATION', at, `${at}: the plan '${name}' occurs twice.`);
			return;
		}
		plan.analytic_accounts.forEach((share: unknown, shareIndex) => {
			const read = readPlanShare(share, `${at}.analytic_accounts[${shareIndex}]`, findings);
			if (read) plans[name].push(read);
		});
		const percentages = plans[name].map(({ percentage }) => percentage);
		if (percentages.length === plan.analytic_accounts.length && !addUpTo100(percentages)) {
			findings.add(
				'ERROR_INVALID_FIELD_FORMAT_ANALYTIC_ACCOUNT',
				at,
				`${at}: the percentages of '${name}' (${percentages.join(', ')}) do not add up to 100.`,
			);
		}
	});
	return plans;
}

function readPlanShare(given: unknown, field: string, findings: Findings): DraftShare | undefined {
	if (!isObject(given)) {
		findings.add('ERROR_INVALID_FIELD_FORMAT_ANALYTIC_ACCOUNT', field, `${field}: give an object with analytic_account and percentage.`);
		return undefined;
	}
	findings.unknownFields(given, SHARE_FIELDS, `${field}.`);
	const code = findings.name(given.analytic_account, `${field}.analytic_account`);
	if (isAbsent(given.analytic_account)) {
		findings.add('ERROR_INVALID_FIELD_FORMAT_ANALYTIC_ACCOUNT', field, `${field}.analytic_account: name the cost center or project.`);
	}
	const percentage = findings.take(readPercentage(given.percentage), `${field}.percentage`);
	return code === undefined || percentage === undefined ? undefined : { code, percentage };
}
