import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const DIRECTION = 'import-x/no-restricted-paths';
const PACKAGE = 'no-restricted-imports';
const SLOW = 'project/linear-regexps';

const LEDGER = 'nodes/shared/ledger/probe.ts';
const FORTNOX = 'nodes/shared/fortnox/probe.ts';
const UNIFIED = 'nodes/shared/unified/probe.ts';
const N8N = 'nodes/shared/n8n/probe.ts';
const POSTING = 'nodes/shared/books/posting/probe.ts';
const READING = 'nodes/shared/books/reading/probe.ts';
const TRIGGER = 'nodes/FortnoxAccountingTrigger/probe.ts';

const CASES: Array<{ file: string; imports: string; refusedBy?: string }> = [
	{ file: LEDGER, imports: './money' },
	{ file: LEDGER, imports: 'luxon' },
	{ file: LEDGER, imports: 'node:crypto' },
	{ file: LEDGER, imports: '../fortnox/wire', refusedBy: DIRECTION },
	{ file: LEDGER, imports: '../unified/types', refusedBy: DIRECTION },
	{ file: LEDGER, imports: 'n8n-workflow', refusedBy: PACKAGE },
	{ file: FORTNOX, imports: './wire' },
	{ file: FORTNOX, imports: 'n8n-workflow' },
	{ file: FORTNOX, imports: '../ledger/problems', refusedBy: DIRECTION },
	{ file: FORTNOX, imports: '../unified/types', refusedBy: DIRECTION },
	{ file: FORTNOX, imports: 'fastify', refusedBy: PACKAGE },
	{ file: FORTNOX, imports: 'node:fs', refusedBy: PACKAGE },
	{ file: UNIFIED, imports: '../ledger/money' },
	{ file: UNIFIED, imports: '../fortnox/wire' },
	{ file: UNIFIED, imports: '../fortnox/client', refusedBy: DIRECTION },
	{ file: UNIFIED, imports: '../n8n/operation', refusedBy: DIRECTION },
	{ file: N8N, imports: '../unified/types' },
	{ file: N8N, imports: '../books/year', refusedBy: DIRECTION },
	{ file: POSTING, imports: '../../unified/types' },
	{ file: POSTING, imports: '../../n8n/operation' },
	{ file: POSTING, imports: '../../../FortnoxAccounting/resources', refusedBy: DIRECTION },
	{ file: POSTING, imports: '../../../../engine', refusedBy: DIRECTION },
	{ file: READING, imports: '../year' },
	{ file: READING, imports: '../posting/options', refusedBy: DIRECTION },
	{ file: TRIGGER, imports: '../shared/books/reading/names' },
	{ file: TRIGGER, imports: '../FortnoxAccounting/resources', refusedBy: DIRECTION },
	{ file: TRIGGER, imports: '../FortnoxAccountingInstantTrigger/listen', refusedBy: DIRECTION },
	{ file: 'engine/probe.ts', imports: '../sandbox', refusedBy: DIRECTION },
	{ file: 'engine/probe.ts', imports: '../nodes/shared/ledger/money', refusedBy: DIRECTION },
	{ file: 'sandbox/events/probe.ts', imports: '../control/routes', refusedBy: DIRECTION },
	{ file: 'credentials/probe.ts', imports: '../nodes/shared/fortnox/baseUrl' },
	{ file: 'credentials/probe.ts', imports: '../nodes/shared/ledger/money', refusedBy: DIRECTION },
	{ file: 'sandbox/probe.ts', imports: '../nodes/shared/ledger/money', refusedBy: DIRECTION },
	{ file: 'sandbox/api/probe.ts', imports: '../oauth/tokens' },
	{ file: 'sandbox/api/probe.ts', imports: '../server/start', refusedBy: DIRECTION },
	{ file: 'sandbox/control/probe.ts', imports: '../server/start', refusedBy: DIRECTION },
	{ file: 'sandbox/oauth/probe.ts', imports: '../api/wire/answer', refusedBy: DIRECTION },
	{ file: 'sandbox/company/probe.ts', imports: '../settings', refusedBy: DIRECTION },
];

const PROBES: Array<{ name: string; file: string; text: string; refusedBy: string }> = [
	{ name: 'a timer', file: FORTNOX, text: 'setTimeout(() => 1, 1);', refusedBy: 'no-restricted-globals' },
	{ name: 'fetch', file: FORTNOX, text: 'export const answer = fetch;', refusedBy: 'no-restricted-globals' },
	{ name: 'a dynamic import', file: FORTNOX, text: "export const later = import('./wire');", refusedBy: 'no-restricted-syntax' },
	{ name: 'a regular expression that blocks n8n', file: LEDGER, text: "export const end = 'a'.replace(/0+$/, '');", refusedBy: SLOW },
	{ name: 'one that starts anew at every word', file: FORTNOX, text: 'export const both = /konto.*inaktivt/i;', refusedBy: SLOW },
	{ name: 'one of exponential time', file: UNIFIED, text: 'export const twice = /^(a+)+$/;', refusedBy: SLOW },
	{ name: 'a slow one in a constructor', file: N8N, text: "export const made = new RegExp('a+$');", refusedBy: SLOW },
	{ name: 'one that is made at run time', file: N8N, text: 'export const made = (part: string) => new RegExp(part);', refusedBy: SLOW },
	{
		name: 'a constructor by another name',
		file: N8N,
		text: 'const Made = RegExp;\nexport const made = (part: string) => new Made(part);',
		refusedBy: SLOW,
	},
	{ name: 'a text that becomes one', file: N8N, text: "export const found = 'a'.match('(a+)+$');", refusedBy: SLOW },
	{
		name: 'a cast by way of unknown',
		file: 'engine/probe.ts',
		text: 'export const two = 1 as unknown as string;',
		refusedBy: 'no-restricted-syntax',
	},
	{
		name: 'any',
		file: 'sandbox/probe.ts',
		text: 'export const anything = (value: any) => value;',
		refusedBy: '@typescript-eslint/no-explicit-any',
	},
];

function lint(probes: Array<{ file: string; text: string }>): string[][] {
	const output = execFileSync(process.execPath, [join(__dirname, 'support', 'lintTexts.mjs')], {
		cwd: ROOT,
		input: JSON.stringify(probes),
		encoding: 'utf8',
	});
	const broken: string[][] = JSON.parse(output);
	return broken;
}

describe('the lint holds the house', () => {
	// All at once: the types of the project are read for each call.
	const [linear, ...broken] = lint([
		{ file: LEDGER, text: 'export const amount = /^\\d{1,9}(?:[.,]\\d\\d)?$/;' },
		...CASES.map(({ file, imports }) => ({ file, text: `export * from '${imports}';\n` })),
		...PROBES,
	]);

	test('a linear regular expression passes', () => {
		expect(linear).toEqual([]);
	});

	test.each(CASES.map((probe, index) => ({ ...probe, index })))('$file importing $imports', ({ refusedBy, index }) => {
		expect(broken[index]).toEqual(refusedBy === undefined ? [] : expect.arrayContaining([refusedBy]));
	});

	test.each(PROBES.map((probe, index) => ({ ...probe, index: CASES.length + index })))('$name is refused', ({ refusedBy, index }) => {
		expect(broken[index]).toContain(refusedBy);
	});
});
