/**
 * An ESLint rule: a regular expression whose time grows faster than the text it reads is refused. A text of 80 kB
 * blocked n8n for 11 seconds by one of them. `recheck` decides, since `eslint-plugin-regexp` 2.10 does not see that
 * `/konto.*inaktivt/` starts anew at every "konto".
 */
import { checkSync } from 'recheck';

/** ms for one expression; what takes longer to decide is too hard to read as well. */
const TIMEOUT_MS = 20_000;

/**
 * What can't be proven is tried out with texts made by chance. Always from these beginnings, so that the same expression is
 * refused today and tomorrow.
 */
const SEEDS = [1, 2, 3];

const verdicts = new Map();

/** @returns what is wrong with the expression, or undefined */
function faultOf(source, flags) {
	const key = `/${source}/${flags}`;
	if (!verdicts.has(key)) {
		verdicts.set(key, SEEDS.map((seed) => faultWith(seed, source, flags)).find((fault) => fault !== undefined));
	}
	return verdicts.get(key);
}

function faultWith(randomSeed, source, flags) {
	const { status, complexity, error } = checkSync(source, flags, { timeout: TIMEOUT_MS, randomSeed });
	if (status === 'safe') return undefined;
	return status === 'vulnerable' ? `it takes ${complexity.summary} time` : `undecided: ${error?.kind}`;
}

export const linearRegexps = {
	meta: {
		type: 'problem',
		schema: [],
		messages: {
			slow: 'A long text can block n8n by this regular expression ({{why}}). Anchor it, take from each repetition the character that follows it, or read the text without one.',
			runTime: 'A regular expression that is made at run time can’t be checked for its speed, and no test tries it out. Write it as a literal.',
		},
	},
	create(context) {
		function check(node, source, flags) {
			const why = faultOf(source, flags);
			if (why !== undefined) context.report({ node, messageId: 'slow', data: { why } });
		}
		return {
			Literal: (node) => {
				if (node.regex) check(node, node.regex.pattern, node.regex.flags);
			},
			// However it is called: `RegExp(…)`, `new RegExp(…)`, `const { RegExp: Made } = …`. As a type it makes nothing.
			Identifier: (node) => {
				if (node.name === 'RegExp' && !node.parent.type.startsWith('TS')) context.report({ node, messageId: 'runTime' });
			},
			// A text in place of an expression becomes one.
			CallExpression: ({ callee, arguments: [pattern] }) => {
				const isMatching = callee.type === 'MemberExpression' && ['match', 'matchAll', 'search'].includes(callee.property.name);
				if (isMatching && ['Literal', 'TemplateLiteral'].includes(pattern?.type) && !pattern.regex) {
					context.report({ node: pattern, messageId: 'runTime' });
				}
			},
		};
	},
};
