import type { Reading } from './problems';
import { lengthOf } from './text';

/** Fortnox's limits, in characters. */
export const MAX_DESCRIPTION = 200;
export const MAX_COMMENTS = 1000;

/** What names a voucher for good: numbers begin at 1 in every series and every financial year. */
export interface EntryId {
	series: string;
	number: number;
	/** Fortnox's id of the financial year: a counter, not a calendar year. */
	yearId: number;
}

const JOURNAL_CODE = /^[0-9A-Z]{1,10}$/;

/** Reads the number of a ledger account, 1000–9999, as a number or as text. */
export function readAccountNumber(value: unknown): Reading<number> {
	const text = asText(value);
	if (text === undefined) return { problem: 'The account number is missing; give a number from 1000 to 9999.' };
	if (!/^[1-9]\d{3}$/.test(text)) {
		return { problem: `"${text}" is not an account number; give the number alone, from 1000 to 9999.` };
	}
	return { value: Number(text) };
}

/** Reads the code of a journal, which is a voucher series in Fortnox: 1–10 of 0–9 and A–Z. */
export function readJournalCode(value: unknown): Reading<string> {
	const text = asText(value);
	if (text === undefined) return { problem: 'The code is missing; give 1 to 10 digits or capital letters.' };
	if (JOURNAL_CODE.test(text)) return { value: text };
	const capitals = text.toUpperCase();
	return {
		problem: JOURNAL_CODE.test(capitals)
			? `"${text}" is not a journal code: letters must be capitals. Write "${capitals}".`
			: `"${text}" is not a journal code; use 1 to 10 digits or capital letters A–Z.`,
	};
}

/** Reads a name or description: 1–200 characters after trimming. */
export function readDescription(value: unknown): Reading<string> {
	const text = asText(value);
	if (text === undefined) return { problem: `The text is empty; give 1 to ${MAX_DESCRIPTION} characters.` };
	const length = lengthOf(text);
	if (length <= MAX_DESCRIPTION) return { value: text };
	return { problem: `The text has ${length} characters; shorten it to ${MAX_DESCRIPTION}.` };
}

/** Reads an ISO 4217 code by its form; whether the company has it is another check. Small letters are read. */
export function readCurrencyCode(value: unknown): Reading<string> {
	const text = asText(value)?.toUpperCase();
	if (text !== undefined && /^[A-Z]{3}$/.test(text)) return { value: text };
	return { problem: `"${text ?? ''}" is not a currency code; use three letters, such as SEK or EUR.` };
}

/** Reads `A-17-3`: series, number, financial year id. Small letters are read. */
export function readEntryId(value: unknown): Reading<EntryId> {
	const text = asText(value) ?? '';
	const [, series, number, yearId] = /^([0-9A-Z]{1,10})-([1-9]\d{0,9})-([1-9]\d{0,9})$/.exec(text.toUpperCase()) ?? [];
	if (series === undefined) {
		return {
			problem: `"${text}" is not an entry's id, which is series, number and financial year id, such as A-17-3; series and number, such as A 17, are read as well.`,
		};
	}
	return { value: { series, number: Number(number), yearId: Number(yearId) } };
}

/** Series and number of an entry, as people say them; the financial year goes without saying. */
export type EntryName = Omit<EntryId, 'yearId'>;

/**
 * What may be meant by `A 21`, `a-21` or `A21`. Without anything between them, series and number can be divided in
 * several ways (A 21 or A2 1). Empty where it is no such name.
 */
export function readEntryName(value: unknown): EntryName[] {
	const text = (asText(value) ?? '').toUpperCase();
	const [, apart, ownNumber] = /^([0-9A-Z]{1,10})[ -]{1,3}([1-9]\d{0,9})$/.exec(text) ?? [];
	if (apart !== undefined) return [{ series: apart, number: Number(ownNumber) }];
	if (!/^(?=.{2,20}$)[0-9A-Z]*[A-Z][0-9A-Z]*\d$/.test(text)) return [];
	const letters = text.search(/(?<!\d)\d+$/);
	const places = Array.from({ length: text.length - letters }, (_, index) => letters + index);
	return places
		.map((place) => ({ series: text.slice(0, place), number: text.slice(place) }))
		.filter(({ series, number }) => series.length <= 10 && /^[1-9]\d{0,9}$/.test(number))
		.map(({ series, number }) => ({ series, number: Number(number) }));
}

export function formatEntryId({ series, number, yearId }: EntryId): string {
	return `${series}-${number}-${yearId}`;
}

/** Reads a share above 0 and up to 100 percent, with at most two decimals: `50`, `33.33`, `33,33 %`. In percent. */
export function readPercentage(value: unknown): Reading<number> {
	const text = asText(value);
	const written = (text?.endsWith('%') ? text.slice(0, -1).trimEnd() : text)?.replace(',', '.') ?? '';
	const percentage = Number(written);
	if (!/^\d{1,3}(?:\.\d{1,2})?$/.test(written) || percentage <= 0 || percentage > 100) {
		return {
			problem: `"${text ?? ''}" is not a share; give percent above 0 and up to 100, with at most two decimals.`,
		};
	}
	return { value: percentage };
}

/** Reads a comma list (or a list) of beginnings of account numbers: `6,7` or `19, 2440`. Each comes out once. */
export function readPrefixes(value: unknown): Reading<string[]> {
	const pieces = Array.isArray(value) ? value.map(asText) : (asText(value)?.split(',') ?? []);
	const prefixes = new Set<string>();
	for (const piece of pieces) {
		const prefix = piece?.trim() ?? '';
		if (!/^[1-9]\d{0,3}$/.test(prefix)) {
			return {
				problem:
					`"${prefix}" is not an account number or the beginning of one; ` + 'give 1 to 4 digits, separated by commas, such as 19, 2440.',
			};
		}
		prefixes.add(prefix);
	}
	if (prefixes.size === 0) {
		return { problem: 'The list is empty; give account numbers or their first digits, such as 19, 2440.' };
	}
	return { value: [...prefixes] };
}

/** Trimmed; nothing for what is empty or neither a text nor a number. */
function asText(value: unknown): string | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = String(value).trim();
	return text === '' ? undefined : text;
}
