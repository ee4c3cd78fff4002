import type { ErrorCode } from './errorCodes';
import { cutText } from './text';

/** One thing that is wrong with what the user gave: a code of the unified model, the field, and a sentence that says what to do. */
export interface Problem {
	code: ErrorCode;
	/** Path of the field as the user wrote it, such as `lines[2].account`. */
	field?: string;
	/** A whole English sentence: what is wrong and how to put it right. */
	message: string;
}

/** Thrown where pure accounting refuses its input. Carries every problem that was found, not only the first. */
export class LedgerError extends Error {
	readonly problems: readonly Problem[];

	/** @param options with `cause`, the error that it was found by */
	constructor(problems: Problem | readonly Problem[], options?: ErrorOptions) {
		const given: readonly Problem[] = 'message' in problems ? [problems] : problems;
		const list = given.map((problem) => ({ ...problem, message: legible(problem.message) }));
		super(list.map((problem) => problem.message).join(' '), options);
		this.name = 'LedgerError';
		this.problems = list;
	}
}

/** A message repeats what the user gave, which may be a whole file. In characters. */
const LONGEST_WORD = 200;
const SHOWN_OF_WORD = 80;
const LONGEST_MESSAGE = 8000;

/**
 * A message that people can read: words longer than any that they write are cut, and what goes on for pages. One that is
 * legible stays the same text, which 100,000 entries may share.
 */
function legible(message: string): string {
	const words = message.split(' ');
	const isTooLong = (word: string): boolean => word.length > LONGEST_WORD;
	const whole = words.some(isTooLong)
		? words.map((word) => (isTooLong(word) ? `${cutText(word, SHOWN_OF_WORD)}…` : word)).join(' ')
		: message;
	return whole.length > LONGEST_MESSAGE ? `${cutText(whole, LONGEST_MESSAGE)}…` : whole;
}

/**
 * A value (and what to tell the user about it), or why there is none: the one shape for both, of what is read and what is
 * computed. `problem` tells them apart. It is a sentence that its reader puts a field's name before, where not said otherwise.
 */
export type Reading<T, P = string> = { value: T; hint?: string; problem?: undefined } | { problem: P; value?: undefined; hint?: undefined };
