import { readRate, type Rate } from '../ledger/currency';
import { readDate, today } from '../ledger/dates';
import { readAccountNumber, readCurrencyCode, readJournalCode } from '../ledger/formats';
import { referenceFits } from '../ledger/mark';
import { refuseOtherCurrency, tellOfVatLeftOut } from './acrossLines';
import type { EntryDraft, ReadEntryOptions } from './entryDraft';
import { readAccrual } from './readAccrual';
import { readAttachment } from './readAttachment';
import { readLines } from './readLines';
import { Findings, isAbsent, locatorValue } from './readObject';

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

/** What stands for a rate that was not given. */
const NO_RATE = /^0{1,7}(?:[.,]0{1,30})?$/;
interface EntryReading {
	/** Absent where there are problems. */
	draft?: EntryDraft;
	findings: Findings;
}

/**
 * Reads the body of a unified journal entry or financial entry. Pure: looks at nothing but the body.
 *
 * All problems are collected, so that a user mends an entry in one go. Fields that Fortnox has no place for are
 * refused or answered with a hint; none is dropped in silence. In small steps: an entry may have thousands of lines.
 */
export function* readEntryInSteps(body: Record<string, unknown>, options: ReadEntryOptions): Generator<undefined, EntryReading> {
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

	const lines = yield* readLines(body.items, options, accrual, findings);
	if (currency !== undefined) yield* refuseOtherCurrency(body.items, currency, findings);
	if (lines !== undefined) tellOfVatLeftOut(lines, findings);
	yield;
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

function readEntryRate(given: unknown, currency: string, options: ReadEntryOptions, findings: Findings): Rate | undefined {
	const field = 'currency_exchange_rate';
	const absent = isAbsent(given) || NO_RATE.test(String(given).trim());
	const reading = readRate(given);
	const isOne = reading.problem === undefined && reading.value === '1';
	if (currency === 'SEK') {
		if (absent) return undefined;
		const rate = findings.take(reading, field);
		if (rate !== undefined && !isOne) {
			findings.add(
				'ERROR_DATA_VALIDATION',
				field,
				`${field}: an entry in SEK has no exchange rate. Leave it empty, or name the currency that the amounts are in.`,
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
