import type { INodeProperties, NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { ErrorCode } from '../ledger/errorCodes';
import { isObject } from '../unified/readObject';
import { ERROR_TITLES } from './errorTitles';

/** The form that an error is shown in. */
export interface Form {
	fields: readonly INodeProperties[];
	/** A parameter as the user filled it in for the item of the error; undefined where that is unknown. */
	given: (name: string) => unknown;
}

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

/** Messages begin with the field as programs call it; the form's own name stands in its place. */
function inWordsOfForm({ field, message }: Shown, form: Form): string {
	const own = `${field}: `;
	if (field === '' || !message.startsWith(own)) return message;
	return `${nameInForm(field, form)}: ${message.slice(own.length)}`;
}

/** `lines[1].tax_info.tax_amount` is `Line 2, VAT Amount`; a field that no form has keeps its name, as those of JSON do. */
function nameInForm(field: string, { fields, given }: Form): string {
	const source = given('linesSource');
	const [, index, inLine = ''] = /^lines\[(\d{1,6})\]\.?(.*)$/.exec(field) ?? [];
	if (index === undefined) return fieldCalled(field, fields)?.displayName ?? field;
	if (source === 'json') return field;
	const place = `${source === 'inputItems' ? 'Row' : 'Line'} ${Number(index) + 1}`;
	if (inLine === '') return place;
	if (source === 'inputItems') return `${place}, ${inLine}`;
	// A field of the line's VAT is looked for in the VAT: the line itself has one of the same name.
	const found = ['lines', ...inLine.split('.')].reduce<readonly INodeProperties[]>((group, name) => {
		const next = fieldCalled(name, group);
		return next === undefined ? [] : [next];
	}, fields);
	return `${place}, ${found[0]?.displayName ?? inLine}`;
}

/** Looks for a field by its own name or by the unified model's (`journal_id` is `journalId`), the outer fields first. */
function fieldCalled(name: string, fields: readonly INodeProperties[]): INodeProperties | undefined {
	const camel = name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
	const found = fields.find((field) => field.name === name || field.name === camel);
	if (found !== undefined) return found;
	for (const { options = [] } of fields) {
		const inner = options.flatMap((option) => ('values' in option ? option.values : 'type' in option ? [option] : []));
		const nested = inner.length > 0 ? fieldCalled(name, inner) : undefined;
		if (nested !== undefined) return nested;
	}
	return undefined;
}

function escaped(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
