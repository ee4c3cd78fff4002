import { MOST_SIE_OBJECTS } from '../bounds';
import { SieFieldReader } from './fields';
import { quoted, type SieError, type SieErrorReason } from './sieError';
import type { SieObjectReference } from './types';
import { parseSieAmount, parseSieDate } from './values';

/** No date, or one of zeros. */
const NO_DATE = /^(?:0|0{8})?$/;

const NO_OBJECTS: readonly SieObjectReference[] = Object.freeze([]);

/** Reads the fields of a line as what they are: accounts, amounts, days, objects. */
export class SieLineReader extends SieFieldReader {
	/** Equal strings are kept once: a year has a few hundred accounts and days, and hundreds of thousands of rows. */
	private readonly accounts = new Map<string, string>();
	private readonly dates = new Map<string, string>();

	account(): string {
		const account = this.string();
		if (account === '') throw this.error('missing_account', 'the account number is missing.');
		const known = this.accounts.get(account);
		if (known !== undefined) return known;
		this.accounts.set(account, account);
		return account;
	}

	/** @returns öre */
	amount(): number {
		const found = this.findField(false);
		const amount = found ? parseSieAmount(this.window, this.start, this.end) : undefined;
		if (amount !== undefined) return amount;
		const fault = found ? `the amount ${quoted(this.text())} can't be read` : 'the amount is missing';
		throw this.error('bad_amount', `${fault}; SIE writes amounts as -1234.50, in at most two decimals.`);
	}

	/** The next field as YYYY-MM-DD, undefined where it is empty, missing, or nothing but zeros, as some programs write it. */
	optionalDate(): string | undefined {
		return this.dateOf(this.string());
	}

	/** A day that is left out where it can't be read, with a warning: no entry needs it, unless it is the end of the text before it. */
	informativeDate(): string | undefined {
		const written = this.string();
		const date = parseSieDate(written);
		if (written.includes('"')) throw this.errorAfterText(written, 'bad_date', `${quoted(written)} is not a date.`);
		if (date === undefined && !NO_DATE.test(written)) this.warn(`${quoted(written)} is not a date; it is left out.`);
		return date;
	}

	private dateOf(written: string): string | undefined {
		if (NO_DATE.test(written)) return undefined;
		const known = this.dates.get(written);
		if (known !== undefined) return known;
		const date = parseSieDate(written);
		if (date === undefined)
			throw this.errorAfterText(written, 'bad_date', `${quoted(written)} is not a date; SIE writes dates as YYYYMMDD.`);
		this.dates.set(written, date);
		return date;
	}

	date(): string {
		const date = this.optionalDate();
		if (date === undefined) throw this.error('bad_date', 'the date is missing.');
		return date;
	}

	/** A whole number, such as a year's index or a dimension. */
	integer(what: string): number {
		const written = this.string();
		if (!/^[+-]?\d{1,9}$/.test(written)) throw this.error('bad_number', `${what} ${quoted(written)} is not a whole number.`);
		return Number(written);
	}

	/** A row's own day and its text. Some programs leave the day out and put the text in its place. */
	dateAndText(): { date?: string; text?: string; writtenText?: string } {
		const first = this.string();
		const isText = /\p{L}/u.test(first);
		const date = isText ? undefined : this.dateOf(first);
		const text = isText ? first : this.optionalString();
		const writtenText = text === undefined ? undefined : this.written;
		return { ...(date !== undefined && { date }), ...(text !== undefined && { text }), ...(writtenText !== undefined && { writtenText }) };
	}

	/** A quantity, undefined where it is empty or missing. */
	quantity(): number | undefined {
		const written = this.string();
		if (written === '') return undefined;
		if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(written)) {
			throw this.errorAfterText(written, 'bad_number', `the quantity ${quoted(written)} is not a number.`);
		}
		return Number(written);
	}

	/** The object list `{1 "K1" 6 "P 2"}`; empty where the line has none at this place. */
	objects(): readonly SieObjectReference[] {
		if (this.peek() !== '{') return NO_OBJECTS;
		this.position++;
		const objects: SieObjectReference[] = [];
		while (!this.closesList()) {
			const dimension = this.listField();
			if (this.closesList()) throw this.error('bad_object_list', `the object list names dimension ${quoted(dimension)} without an object.`);
			if (!/^\d{1,9}$/.test(dimension))
				throw this.error('bad_object_list', `the dimension ${quoted(dimension)} in the object list is not a number.`);
			if (objects.length === MOST_SIE_OBJECTS)
				throw this.error('bad_object_list', `the object list has more than ${MOST_SIE_OBJECTS} objects.`);
			objects.push({ dimension: Number(dimension), object: this.listField() });
		}
		this.position++;
		return objects.length === 0 ? NO_OBJECTS : objects;
	}

	/** An error in a field behind a free text: a quotation mark in it means that the text was not quoted as it should. */
	private errorAfterText(written: string, reason: SieErrorReason, explanation: string): SieError {
		if (!written.includes('"')) return this.error(reason, explanation);
		return this.error(
			'unescaped_quote',
			'a quotation mark inside a text has no backslash before it, and it is unclear where the text ends.',
		);
	}

	private closesList(): boolean {
		return this.peek() === '}';
	}

	private listField(): string {
		if (!this.findField(true)) throw this.error('unterminated_object_list', 'the object list has no closing brace.');
		return this.text();
	}
}
