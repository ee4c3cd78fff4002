import type { Ore } from '../money';
import type { SieEncoding } from './encoding';

/**
 * An object that a row or a balance belongs to, such as `{ dimension: 1, object: 'K1' }`.
 * Dimension 1 is the cost center, 6 the project.
 */
export interface SieObjectReference {
	dimension: number;
	object: string;
}

/** A row of a voucher. Optional fields are absent where the file leaves them empty. */
export interface SieRow {
	/** Line in the file, counted from 1. */
	line: number;
	account: string;
	/** Debit is positive, credit negative. */
	amount: Ore;
	objects: readonly SieObjectReference[];
	/** YYYY-MM-DD, where the row has a date of its own. The voucher's date is the one that counts in the ledger. */
	date?: string;
	text?: string;
	/** The text with its backslashes doubled, as the file has it; only where that differs. */
	writtenText?: string;
	quantity?: number;
	sign?: string;
	/** The row was added after the voucher had been booked (`#RTRANS`). */
	added?: true;
}

export interface SieVoucher {
	/** Line of `#VER`, counted from 1. */
	line: number;
	/** Empty where the file gives none, as pre-systems do. */
	series: string;
	/** Empty where the file leaves the numbering to the receiving program. */
	number: string;
	/** YYYY-MM-DD. */
	date: string;
	text?: string;
	/** The text with its backslashes doubled, as the file has it; only where that differs. */
	writtenText?: string;
	/** YYYY-MM-DD. */
	registered?: string;
	sign?: string;
	/** The rows that count: `#TRANS`, and `#RTRANS` with its repeated `#TRANS` once. */
	rows: SieRow[];
	/** Rows that were struck out (`#BTRANS`). They don't count. */
	removed: SieRow[];
	/** Sum of `rows`: 0 in a voucher that balances. */
	difference: Ore;
}

/** `#RAR`: year 0 is the current one, -1 the one before it. Dates are YYYY-MM-DD, both inclusive. */
export interface SieYear {
	index: number;
	from: string;
	to: string;
}

export interface SieAccount {
	number: string;
	name: string;
	/** Codes for the tax return. */
	sru: string[];
}

interface SieDimension {
	number: number;
	name: string;
	/** Number of the dimension that this one divides further (`#UNDERDIM`). */
	parent?: number;
}

interface SieObject extends SieObjectReference {
	name: string;
}

/** `#IB`, `#UB`, `#RES`, and per object `#OIB`, `#OUB`. `year` is the index of a `SieYear`. */
export interface SieBalance {
	line: number;
	year: number;
	account: string;
	/** Empty, but in `#OIB` and `#OUB`. */
	objects: readonly SieObjectReference[];
	amount: Ore;
	quantity?: number;
}

/** `#PSALDO` (the change in a month) and `#PBUDGET`. */
export interface SiePeriodBalance extends SieBalance {
	/** YYYY-MM. */
	month: string;
}

export interface SieWarning {
	line: number;
	message: string;
}

/** Everything in a SIE file but its vouchers. What the file does not say, or leaves empty, is undefined. */
export interface SieHead {
	encoding: SieEncoding;
	type: 1 | 2 | 3 | 4;
	/** `#FLAGGA 1`: a program has read the file before. */
	imported: boolean;
	program?: { name: string; version?: string };
	/** `date` is YYYY-MM-DD. */
	generated?: { date?: string; sign?: string };
	company: {
		name?: string;
		organisationNumber?: string;
		/** The program's own number of the company (`#FNR`). */
		number?: string;
	};
	years: SieYear[];
	/** Currency of the books; absent means SEK. */
	currency?: string;
	/** By account number, in the file's order. */
	accounts: Map<string, SieAccount>;
	dimensions: SieDimension[];
	objects: SieObject[];
	openingBalances: SieBalance[];
	closingBalances: SieBalance[];
	results: SieBalance[];
	openingObjectBalances: SieBalance[];
	closingObjectBalances: SieBalance[];
	periodBalances: SiePeriodBalance[];
	periodBudgets: SiePeriodBalance[];
	/** Labels that the standard does not know. As it requires, their lines are passed over. */
	unknownLabels: Set<string>;
	/** What was odd but could be read. */
	warnings: SieWarning[];
}

export interface SieFile extends SieHead {
	vouchers: SieVoucher[];
}
