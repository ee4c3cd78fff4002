import type { IExecuteFunctions } from 'n8n-workflow';
import { isAbsent } from '../unified/readObject';

/** What an expression is evaluated with, for one item. Polls of a trigger have no such thing. */
export type Evaluate = (expression: string) => unknown;

export function evaluateFor(context: IExecuteFunctions, item: number): Evaluate {
	return (expression) => context.evaluateExpression(expression, item);
}

/** n8n stores an expression as a text that begins with `=`. */
export function isExpression(stored: unknown): stored is string {
	return typeof stored === 'string' && stored.startsWith('=');
}

/** An expression that was typed into a field that is set to Fixed: n8n stores it as the text that it is. */
export function isExpressionAsText(stored: unknown): stored is string {
	return typeof stored === 'string' && !isExpression(stored) && codeParts(stored).length > 0;
}

/** An expression as the user sees it, short enough for a message. */
export function shownExpression(stored: string): string {
	const shown = stored.slice(1).trim();
	return shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN)}…` : shown;
}

const LONGEST_SHOWN = 100;

/**
 * The first part of an expression that gives nothing, as `INV-{{ $json.missing }}` has one: the text around it would
 * pass for a value. An expression of one part is its own value, and is not looked at here.
 */
export function partThatGivesNothing(stored: string, evaluate: Evaluate): string | undefined {
	const written = stored.slice(1);
	const parts = codeParts(written);
	if (parts.length === 1 && parts[0] === written.trim()) return undefined;
	return parts.find((part) => {
		const value = evaluate(part);
		// n8n writes nothing for NaN and for a list without anything in it, too.
		return isAbsent(value) || Number.isNaN(value) || (Array.isArray(value) && value.every(isAbsent));
	});
}

/**
 * The `{{ … }}` parts of an expression, split as n8n does: a part ends with the first `}}` that no backslash escapes.
 */
function codeParts(written: string): string[] {
	const parts: string[] = [];
	let open = unescaped(written, '{{', 0);
	while (open >= 0) {
		const close = unescaped(written, '}}', open + 2);
		if (close < 0) break;
		parts.push(written.slice(open, close + 2));
		open = unescaped(written, '{{', close + 2);
	}
	return parts;
}

function unescaped(written: string, brackets: string, from: number): number {
	let at = written.indexOf(brackets, from);
	while (at > 0 && written[at - 1] === '\\') at = written.indexOf(brackets, at + 2);
	return at;
}
