/**
 * An ESLint rule: a regular expression whose time grows faster than the text it reads is refused. A text of 80 kB
 * blocked n8n for 11 seconds by one of them. `recheck` decides, since `eslint-plugin-regexp` 2.10 does not see that
 * `/konto.*inaktivt/` starts anew at every "konto".
 */
import { checkSync } from 'recheck';

/** ms for one expression; what takes longer to decide is too hard to read as well. */
const TIMEOUT_MS = 20_000;

const verdicts = new Map();

/** @returns what is wrong with the expression, or undefined */
function faultOf(source, flags) {
	const key = `/${source}/${flags}`;
	if (!verdicts.has(key)) {
		const result = checkSync(source, flags, { timeout: TIMEOUT_MS });
		const why = result.status === 'vulnerable' ? `it takes ${result.complexity.summary} time` : `undecided: ${result.error?.kind}`;
		verdicts.set(key, result.status === 'safe' ? undefined : why);
	}
	return verdicts.get(key);
}

export const linearRegexps = {
	meta: {
		type: 'problem',
		schema: [],
		messages: {
			slow: 'A long text can block n8n by this regular expression ({{why}}). Anchor it, take from each repetition the character that follows it, or read the text without one.',
			runTime: 'A regular expression that is put together at run time can’t be checked for its speed. Write it as a literal.',
		},
	},
	create(context) {
		function check(node, source, flags) {
			const why = faultOf(source, flags);
			if (why !== undefined) context.report({ node, messageId: 'slow', data: { why } });
		}
		function checkConstructor(node) {
			if (node.callee.type !== 'Identifier' || node.callee.name !== 'RegExp') return;
			const [pattern, flags] = node.arguments.map((argument) => (argument.type === 'Literal' ? argument.value : undefined));
			if (typeof pattern !== 'string') context.report({ node, messageId: 'runTime' });
			else check(node, pattern, flags ?? '');
		}
		return {
			Literal: (node) => {
				if (node.regex) check(node, node.regex.pattern, node.regex.flags);
			},
			NewExpression: checkConstructor,
			CallExpression: checkConstructor,
		};
	},
};
