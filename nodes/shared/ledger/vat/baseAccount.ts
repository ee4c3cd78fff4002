import type { Problem } from '../problems';
import { unknownCode } from './rows';
import { boxOfVatCode, normalizedVatCode, VAT_TABLE, type VatCode } from './table';

/** An account as the chart has it, as far as its VAT goes. */
export interface ChartAccount {
	number: number;
	/** Null or empty: the account has none. Undefined: the chart does not say. */
	vatCode?: string | null;
	active: boolean;
}

/** A line that names a VAT code, and the account that it stands on. */
interface VatBase {
	code: string;
	account: ChartAccount;
	/** The account that `tax_info` names for the VAT. */
	vatAccount?: number;
}

/**
 * What is wrong with the line's account. `refuse` always; `refuseUnlessAccepted` where only the return is concerned and
 * the user may know better; `tell` where the code says nothing about its base.
 */
interface BaseFinding {
	problem: Problem;
	weight: 'refuse' | 'refuseUnlessAccepted' | 'tell';
}

/** How many accounts a message names. */
const ACCOUNTS_NAMED = 8;

/**
 * Compares a VAT code that a line names with the account that the line stands on. Fortnox reports by the account's code,
 * so a base on an account with another one ends in another box of the VAT return than its VAT.
 *
 * The base of codes that no box wants, such as `I`, may stand anywhere but on an account that feeds one. A company's own
 * code must be one that an account of
 * the chart carries.
 *
 * @param chart every account of the financial year
 * @returns nothing where the base goes where its code wants it
 */
export function checkVatBase({ code, account, vatAccount }: VatBase, chart: readonly ChartAccount[]): BaseFinding | undefined {
	const given = normalizedVatCode(code);
	const own = normalizedVatCode(account.vatCode ?? '');
	if (given === own) return undefined;
	const facts = VAT_TABLE.get(given);
	if (facts === undefined) {
		if (!chart.some(({ vatCode }) => normalizedVatCode(vatCode ?? '') === given)) return { problem: notInChart(code), weight: 'refuse' };
		// The code of the VAT's own account: the base may stand on any account that feeds no box.
		const isCodeOfVat = normalizedVatCode(chart.find(({ number }) => number === vatAccount)?.vatCode ?? '') === given;
		if (isCodeOfVat && boxOfVatCode(own, account.number) === undefined) return undefined;
	} else {
		const wanted = facts.base === undefined ? facts.baseCodes : [given];
		if (wanted?.includes(own)) return undefined;
		if (wanted === undefined)
			return VAT_TABLE.get(own)?.base === undefined
				? undefined
				: {
						problem: unwantedBase(given, account),
						weight: 'tell',
					};
	}
	return { problem: wrongAccount(given, facts, account, chart), weight: 'refuseUnlessAccepted' };
}

function wrongAccount(given: string, facts: VatCode | undefined, account: ChartAccount, chart: readonly ChartAccount[]): Problem {
	const wanted = facts?.base === undefined ? (facts?.baseCodes ?? [given]) : [given];
	const candidates = chart.filter(({ active, vatCode }) => active && wanted.includes(normalizedVatCode(vatCode ?? '')));
	const numbers = candidates.map(({ number }) => number).slice(0, ACCOUNTS_NAMED);
	const more = candidates.length > numbers.length ? ` and ${candidates.length - numbers.length} more` : '';
	const codes = wanted.join(' or ');
	const choice =
		numbers.length > 0
			? `Active accounts with ${codes}: ${numbers.join(', ')}${more}. Use one of them`
			: `No active account has ${codes}; give one that code in Fortnox or with Account > Update`;
	return {
		code: 'ERROR_VAT_BASE_ACCOUNT',
		field: 'tax_code',
		message: `${described(given)}, but ${whereItGoes(account)}, because Fortnox reports VAT by the account's code. ${choice}, or turn on 'Accept VAT Base'.`,
	};
}

/** `MP1 is sales at 25 % (box 05)`. */
function described(code: string): string {
	const facts = VAT_TABLE.get(code);
	if (facts === undefined) return `${code} is a code of the company's own`;
	if (facts.base !== undefined) return `${code} is ${facts.meaning} (box ${facts.base})`;
	const boxes = (facts.baseCodes ?? []).flatMap((base) => VAT_TABLE.get(base)?.base ?? []);
	return `${code} is ${facts.meaning} whose base belongs in box ${boxes.join(' or ')}`;
}

function whereItGoes({ number, vatCode }: ChartAccount): string {
	const own = normalizedVatCode(vatCode ?? '');
	if (own === '') return `account ${number} has no VAT code, so the base would be in no box`;
	const facts = VAT_TABLE.get(own);
	const box = boxOfVatCode(own, number);
	if (facts === undefined) return `account ${number} has the company's own code ${own}, and the base would be reported under that`;
	const place = box === undefined ? 'in no box' : `to box ${box}`;
	return `account ${number} has ${own} (${facts.meaning}), and the base would go ${place}`;
}

function unwantedBase(given: string, account: ChartAccount): Problem {
	const message = `no box wants the base of ${given}, but ${whereItGoes(account)}, because Fortnox reports VAT by the account's code.`;
	return { code: 'ERROR_VAT_BASE_ACCOUNT', field: 'tax_code', message };
}

function notInChart(code: string): Problem {
	const { field, message, code: errorCode } = unknownCode(code);
	return { code: errorCode, field, message: `No account of the chart has the VAT code "${code}". ${message}` };
}

/**
 * Where an account of VAT belongs to another box than the VAT that is booked on it.
 *
 * @returns a sentence for the user, or nothing
 */
export function vatAccountHint(account: ChartAccount, box: string): string | undefined {
	const own = boxOfVatCode(account.vatCode ?? '', account.number);
	if (own === undefined || own === box) return undefined;
	return `The VAT belongs in box ${box} of the VAT return, and account ${account.number} (VAT code ${account.vatCode ?? ''}) feeds box ${own}.`;
}
