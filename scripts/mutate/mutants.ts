/** Finds in a source file what can be changed so that a test ought to notice. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';

export interface Mutant {
	file: string;
	line: number;
	/** What is replaced: from `start` to before `end` in the text of the file. */
	start: number;
	end: number;
	text: string;
	was: string;
}

type Change = readonly [node: ts.Node, text: string];

const OPERATORS: Record<string, string[]> = {
	'+': ['-'],
	'-': ['+'],
	'*': ['/'],
	'/': ['*'],
	'%': ['*'],
	'<': ['<=', '>='],
	'<=': ['<', '>'],
	'>': ['>=', '<='],
	'>=': ['>', '<'],
	'===': ['!=='],
	'!==': ['==='],
	'&&': ['||'],
	'||': ['&&'],
	'??': ['&&'],
	'+=': ['-='],
	'-=': ['+='],
};

/** Calls that can be left out: the object stays as it was. */
const LEFT_OUT = new Set([
	'filter',
	'slice',
	'sort',
	'toSorted',
	'reverse',
	'trim',
	'toUpperCase',
	'toLowerCase',
	'normalize',
	'replace',
	'replaceAll',
]);

const OTHER_METHOD: ReadonlyMap<string, string> = new Map([
	['some', 'every'],
	['every', 'some'],
	['startsWith', 'endsWith'],
	['endsWith', 'startsWith'],
	['min', 'max'],
	['max', 'min'],
	['floor', 'ceil'],
	['ceil', 'floor'],
	['round', 'floor'],
]);

/** All mutants of a file, in the order in which they stand in it. What is only said to people (texts with a space) stays. */
export function mutantsOf(file: string): Mutant[] {
	const source = readFileSync(file, 'utf8');
	const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true);
	const found: Mutant[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
		if (ts.isTypeAliasDeclaration(node)) return;
		for (const [changed, text] of changesOf(node)) {
			const start = changed.getStart();
			found.push({
				file,
				line: tree.getLineAndCharacterOfPosition(start).line + 1,
				start,
				end: changed.end,
				text,
				was: source.slice(start, changed.end),
			});
		}
		ts.forEachChild(node, visit);
	};
	visit(tree);
	return found;
}

function changesOf(node: ts.Node): Change[] {
	return [...operators(node), ...conditions(node), ...calls(node), ...statements(node), ...literals(node)];
}

function operators(node: ts.Node): Change[] {
	if (ts.isBinaryExpression(node)) {
		const sign = node.operatorToken.getText();
		return (OPERATORS[sign] ?? []).map((other): Change => [node.operatorToken, other]);
	}
	if (!ts.isPrefixUnaryExpression(node)) return [];
	const isDroppable = node.operator === ts.SyntaxKind.ExclamationToken || node.operator === ts.SyntaxKind.MinusToken;
	return isDroppable ? [[node, node.operand.getText()]] : [];
}

function conditions(node: ts.Node): Change[] {
	if (ts.isIfStatement(node)) return both(node.expression);
	if (ts.isConditionalExpression(node)) return both(node.condition);
	if (ts.isWhileStatement(node)) return [[node.expression, 'false']];
	if (ts.isForStatement(node) && node.condition !== undefined) return [[node.condition, 'false']];
	return [];
}

function both(condition: ts.Expression): Change[] {
	return [
		[condition, 'true'],
		[condition, 'false'],
	];
}

function calls(node: ts.Node): Change[] {
	if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
	const { name, expression } = node.expression;
	const other = OTHER_METHOD.get(name.text);
	if (other !== undefined) return [[name, other]];
	return LEFT_OUT.has(name.text) ? [[node, expression.getText()]] : [];
}

/** Calls, assignments and errors that stand for themselves are left out. */
function statements(node: ts.Node): Change[] {
	return ts.isExpressionStatement(node) || ts.isThrowStatement(node) ? [[node, ';']] : [];
}

function literals(node: ts.Node): Change[] {
	if (node.kind === ts.SyntaxKind.TrueKeyword) return [[node, 'false']];
	if (node.kind === ts.SyntaxKind.FalseKeyword) return [[node, 'true']];
	if (ts.isNumericLiteral(node)) return [[node, String(Number(node.text.replaceAll('_', '')) + 1)]];
	if (ts.isArrayLiteralExpression(node) && node.elements.length > 0) return [[node, '[]']];
	if (ts.isRegularExpressionLiteral(node)) return anchors(node);
	const isName = ts.isStringLiteral(node) && node.text !== '' && !node.text.includes(' ') && !isKey(node);
	return isName ? [[node, "''"]] : [];
}

/** The same expression, found anywhere in a text. */
function anchors(node: ts.RegularExpressionLiteral): Change[] {
	const without = [node.text.replace(/^\/\^/, '/'), node.text.replace(/\$(?=\/[a-z]*$)/, '')];
	return without.filter((text) => text !== node.text).map((text): Change => [node, text]);
}

/** The name of a property is no value. */
function isKey(node: ts.Node): boolean {
	return ts.isPropertyAssignment(node.parent) && node.parent.name === node;
}
