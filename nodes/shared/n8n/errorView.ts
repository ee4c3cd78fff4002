import type { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { ErrorCode } from '../ledger/errorCodes';
import { isObject } from '../unified/readObject';
import { ERROR_TITLES } from './errorTitles';
import { inWordsOfForm, type Form } from './formNames';

/** One problem, as the error's context has it. */
interface Shown {
	field: string;
	message: string;
}

/**
 * Adds what n8n's editor shows of an error in place of its message: a title in a few words with the entry's number, and
 * each problem on a line of its own, its field called as the form calls it. The message, for logs and programs, stays.
 * The editor takes both from the context (`messageTemplate` wants a `parameter` beside it; n8n 1.123 and 2.41).
 */
export function showInForm<T extends NodeApiError | NodeOperationError>(error: T, form: Form): T {
	const { error_code: code, problems, note, fortnox_message: fortnoxText, fortnox_code: fortnoxCode } = error.context;
	if (typeof code !== 'string' || !isCode(code)) return error;
	const shown: Shown[] = (Array.isArray(problems) ? problems.filter(isObject) : []).map(({ field, message }) => ({
		field: String(field ?? ''),
		message: String(message),
	}));
	const number = form.given('number');
	const given = typeof number === 'string' || typeof number === 'number' ? String(number).trim().slice(0, LONGEST_NUMBER) : '';
	// An expression as text, where that is what is wrong, names no entry.
	const which = given.includes('{{') ? '' : given;
	const others = shown.length > 1 ? ` (and ${shown.length - 1} more)` : '';
	const lines = shown.length > 0 ? shown.map((problem) => inWordsOfForm(problem, form)) : [error.message];
	// Messages without problems of their own have it already.
	if (typeof fortnoxText === 'string' && !lines.some((line) => line.includes(fortnoxText)))
		lines.push(`Fortnox answered: ${fortnoxText}${typeof fortnoxCode === 'number' ? ` (${fortnoxCode})` : ''}`);
	if (shown.length > 0 && typeof note === 'string') lines.push(note);
	// The editor shows the template only where the error has a description that is not its message (n8n 1.123 and 2.41).
	const described = lines.join('\n');
	error.description ||= described === error.message ? ERROR_TITLES[code] : described;
	Object.assign(error.context, {
		parameter: shown[0]?.field || 'operation',
		messageTemplate: `${which === '' ? '' : `${which}: `}${ERROR_TITLES[code]}${others}`,
		descriptionTemplate:
			lines.length === 1 ? escaped(lines[0] ?? '') : `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`,
	});
	return error;
}

const LONGEST_NUMBER = 40;

function isCode(code: string): code is ErrorCode {
	return Object.hasOwn(ERROR_TITLES, code);
}

function escaped(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
