import { accountTypeOf } from '../ledger/accountTypes';
import { formatOre, readAmount, type Ore } from '../ledger/money';
import type { ReadEntryOptions } from './entryDraft';
import { isAbsent, type Findings } from './readObject';

/** What a line adds to its account, in öre, from debit and credit: + debit, − credit. */
export function readSide(line: Record<string, unknown>, field: string, options: ReadEntryOptions, findings: Findings): Ore | undefined {
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
	findings.add(
		'ERROR_DEBIT_CREDIT_VALUE',
		`${field}.amount`,
		`${field}.amount: the amount is zero. Remove the line or give an amount, + for debit, - for credit.`,
	);
	return undefined;
}

/** A spreadsheet may have an amount beside debit and credit, such as that in another currency. */
function tellOtherAmount(given: unknown, side: Ore, field: string, findings: Findings): void {
	const amount = isAbsent(given) ? undefined : readAmount(given);
	if (amount === undefined || (amount.problem === undefined && amount.value === side)) return;
	findings.hints.push(`${field}.amount: the line has debit or credit as well, which were taken (${formatOre(side)}).`);
}

/**
 * What a payment of a fee looks like whose minus was forgotten: a cost that brings money into the bank.
 *
 * @param amount + debit of the line's account
 */
export function costWithPlusHint(account: number, amount: Ore): string | undefined {
	if (accountTypeOf(account) !== 'expense' || amount > 0) return undefined;
	return `Account ${account} is one of costs, and its amount has +, which means money into the bank: right for a refund. A fee or another payment has −.`;
}

/** The amount of a financial line is from the bank's side (+ into the bank): its own account gets the opposite. */
export function readSignedAmount(given: unknown, field: string, findings: Findings): Ore | undefined {
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
