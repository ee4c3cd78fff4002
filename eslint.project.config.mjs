/**
 * The project's own lint, run by `npm run lint`. It stands beside eslint.config.mjs, which n8n's
 * strict mode wants unchanged and which `npm run scan` runs with n8n's own tools.
 */
import js from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { defineConfig, globalIgnores } from 'eslint/config';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

import { linearRegexps } from './scripts/lint/linearRegexps.mjs';

/** What is published: n8n loads it, so only what n8n offers to a community node may be used. */
const SHIPPED = ['nodes/**/*.ts', 'credentials/**/*.ts'];

/** Gives the event loop back in a long computation. */
const TURNS = 'nodes/shared/turns.ts';

/** Knows nothing of accounting, Fortnox or n8n. */
const PLAIN = ['nodes/shared/jsonValues.ts', 'nodes/shared/lists.ts', 'nodes/shared/steps.ts'];

/** Imports go down only (docs/architecture.md): what of the project a folder may import, besides itself. */
const ALLOWED_IMPORTS = {
	'nodes/shared/ledger': PLAIN,
	'nodes/shared/fortnox': [TURNS, ...PLAIN],
	'nodes/shared/unified': [...PLAIN, 'nodes/shared/ledger', ...['wire', 'errors', 'explanations'].map((file) => `nodes/shared/fortnox/${file}.ts`)],
	'nodes/shared/n8n': [TURNS, ...PLAIN, 'nodes/shared/ledger', 'nodes/shared/fortnox', 'nodes/shared/unified'],
	'nodes/shared/books': [TURNS, ...PLAIN, 'nodes/shared/ledger', 'nodes/shared/fortnox', 'nodes/shared/unified', 'nodes/shared/n8n'],
	'nodes/FortnoxAccounting': ['nodes/shared'],
	'nodes/FortnoxAccountingTrigger': ['nodes/shared'],
	'nodes/FortnoxAccountingInstantTrigger': ['nodes/shared'],
	credentials: ['nodes/shared/fortnox', TURNS, ...PLAIN],
	engine: ['credentials'],
	sandbox: [],
	'sandbox/company': [],
	'sandbox/network': ['sandbox/company', 'sandbox/settings.ts'],
	'sandbox/oauth': ['sandbox/company', 'sandbox/network', 'sandbox/settings.ts'],
	'sandbox/api': ['sandbox/company', 'sandbox/network', 'sandbox/oauth', 'sandbox/settings.ts', 'sandbox/placeholderErrors.ts'],
	'sandbox/events': ['sandbox/company', 'sandbox/oauth', 'sandbox/api', 'sandbox/settings.ts'],
	'sandbox/control': ['sandbox/company', 'sandbox/network', 'sandbox/oauth', 'sandbox/api', 'sandbox/events', 'sandbox/settings.ts'],
};

const importZones = [
	...Object.entries(ALLOWED_IMPORTS).map(([folder, allowed]) => ({
		target: folder,
		from: '.',
		except: [folder, ...allowed, 'node_modules'],
		message: `Files in ${folder} may import only from ${[folder, ...allowed].join(', ')} (docs/architecture.md).`,
	})),
	{
		target: 'nodes/shared/books/reading',
		from: ['nodes/shared/books/posting'],
		message: 'Reading the ledger imports nothing of posting to it (docs/architecture.md).',
	},
];

const DOUBLE_CAST = {
	selector: 'TSAsExpression > TSAsExpression.expression',
	message: 'A cast by way of another type silences the compiler; check the value, or mend the type.',
};

/** What is quick with ten items and a hang, or a stack overflow, with a hundred thousand. */
const LONG_LISTS = [
	{
		selector: ":matches(CallExpression[callee.property.name=/^(push|unshift)$/], CallExpression[callee.object.name='Math']) > SpreadElement",
		message: 'Spread into arguments, a long list overflows the stack. Use append (shared/lists.ts), or reduce.',
	},
	{
		selector: "CallExpression[callee.property.name='set'] > ArrayExpression > SpreadElement CallExpression[callee.property.name='get']",
		message: 'A list that is copied for each item that it gets takes quadratic time. Use addTo or grouped (shared/lists.ts).',
	},
];

/** Packages that the published code may import; n8n provides them at run time. */
function allowImports(...names) {
	return [
		'error',
		{
			patterns: [
				{
					regex: `^(?!\\.{1,2}/|(?:${names.join('|')})$)`,
					message: `Published code here imports only ${names.join(', ')} and the project's own files.`,
				},
			],
		},
	];
}

export default defineConfig(
	globalIgnores(['dist', 'coverage', '**/.cache', 'gates/staged']),

	{
		files: ['**/*.js', '**/*.mjs'],
		extends: [js.configs.recommended],
		languageOptions: {
			globals: { console: 'readonly', performance: 'readonly', process: 'readonly' },
		},
	},
	{
		files: ['**/*.js'],
		languageOptions: { sourceType: 'commonjs', globals: { __dirname: 'readonly' } },
	},

	{
		files: ['**/*.ts'],
		extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
		plugins: { 'import-x': importX },
		languageOptions: {
			parserOptions: { project: './tsconfig.dev.json', tsconfigRootDir: import.meta.dirname },
		},
		settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.json'] })] },
		rules: {
			'no-console': 'error',
			eqeqeq: 'error',
			// SIE files and Fortnox's character set are about control characters.
			'no-control-regex': 'off',
			'no-restricted-syntax': ['error', DOUBLE_CAST],
			'import-x/no-cycle': 'error',
			'import-x/no-restricted-paths': ['error', { zones: importZones, basePath: import.meta.dirname }],
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/consistent-type-assertions': [
				'error',
				{ assertionStyle: 'as', objectLiteralTypeAssertions: 'never', arrayLiteralTypeAssertions: 'never' },
			],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
			// Numbers in texts are wanted: account numbers, line numbers, counts.
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			// Texts are taken apart into code points on purpose: Fortnox counts and refuses by them.
			'@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
			// `() => list.push(x)` and `return done()` read well and hide nothing.
			'@typescript-eslint/no-confusing-void-expression': 'off',
			// Interfaces of n8n and of Fastify ask for async functions that have nothing to wait for.
			'@typescript-eslint/require-await': 'off',
			// A record whose keys are data is a map; a type parameter may be there to be named by the caller.
			'@typescript-eslint/no-dynamic-delete': 'off',
			'@typescript-eslint/no-unnecessary-type-parameters': 'off',
		},
	},

	{
		ignores: SHIPPED,
		files: ['**/*.ts'],
		rules: { 'no-console': 'off' },
	},
	{
		files: ['engine/**/*.ts'],
		// n8n's interfaces declare as methods what n8n takes out of its object and calls with a context.
		rules: { '@typescript-eslint/unbound-method': 'off' },
	},
	{
		files: ['test/**/*.ts'],
		rules: {
			// Jest's matchers that stand in a value (`expect.any`) are of type any.
			'@typescript-eslint/no-unsafe-assignment': 'off',
			// Here a method that is passed on, an unexpected object in a text, or a text spread into arguments
			// makes the test fail, and harms nobody.
			'@typescript-eslint/unbound-method': 'off',
			'@typescript-eslint/no-base-to-string': 'off',
			'@typescript-eslint/no-misused-spread': 'off',
		},
	},

	{
		files: SHIPPED,
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		plugins: { 'n8n-nodes-base': n8nNodesBase, project: { rules: { 'linear-regexps': linearRegexps } } },
		rules: {
			'project/linear-regexps': 'error',
			// n8n's own rule exempts every devDependency, and so lets pass what n8n does not have at run time.
			'no-restricted-imports': allowImports('n8n-workflow', 'luxon', 'node:crypto'),
			'@typescript-eslint/no-unused-vars': 'error',
			'no-restricted-globals': [
				'error',
				...['process', 'globalThis', 'global', 'console', 'fetch', '__dirname', '__filename'],
				...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate'],
			],
			'no-restricted-syntax': [
				'error',
				DOUBLE_CAST,
				{ selector: 'ImportExpression', message: 'Published code loads nothing at run time.' },
				...LONG_LISTS,
			],
		},
	},
	{
		files: ['nodes/shared/ledger/**/*.ts'],
		rules: { 'no-restricted-imports': allowImports('luxon', 'node:crypto') },
	},
	// The same sets of rules, and the same exceptions, as in n8n's own configuration.
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	{
		files: ['package.json'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		rules: { ...n8nNodesBase.configs.community.rules },
	},
);
