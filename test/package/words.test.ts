import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const FOLDERS = ['nodes', 'credentials', 'sandbox', 'engine', 'scripts', 'bench', 'demo', 'gates', 'test', 'docs', 'examples'];
const PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md'];

/** Those that may be followed by "who": people. A caller, a process or an entry is a thing "that". */
const PEOPLE = 'person|people|users?|somebody|everybody|anybody|nobody|those|says|customer|supplier|accountant|developer';

/** Turns of speech that readers had to read twice, and what says the same at once. */
const READ_TWICE: Array<{ pattern: RegExp; instead: string }> = [
	{ pattern: new RegExp(`(?<!\\b(?:${PEOPLE}) )\\bwho\\b`, 'i'), instead: '"that" for a thing, or name the person' },
	{ pattern: /\bso (?:many|long|often|few|much)\b(?! that\b)/i, instead: '"this many", "this long"' },
	{ pattern: /\b(?:is|are|was|were|be) told\b/i, instead: '"is reported", "a hint says so", "nothing shows whether"' },
	{ pattern: /\b(?:may|might) not\b/i, instead: '"is not allowed to", or "can be missing"' },
	{ pattern: /\bdemand(?:s|ed|ing)?\b/, instead: '"requires"' },
	{ pattern: /\bwould else\b/i, instead: '"otherwise … would"' },
	{ pattern: /\b(?:null|undefined|false) else\b/i, instead: '"otherwise"' },
	{ pattern: /\blets? pass\b/i, instead: '"is accepted"' },
	{ pattern: /\bcan['’]t be taken for\b|\bcould be taken for\b/i, instead: '"is not", "looks like"' },
	{ pattern: /\bcost[ -]centres?\b/i, instead: '"cost center"' },
];

/** What a line holds that is no sentence of ours: names in code, and a heading that companies use. */
const EXCEPTIONS = [/\bconst who\b/, /escaped\(who\)/];

function filesOf(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.(?:ts|mjs|cjs|md)$/.test(name) && !name.includes('node_modules') && !name.includes('.cache'))
		.map((name) => `${folder}/${name}`);
}

const files = [...PAGES, ...FOLDERS.flatMap(filesOf)].filter((file) => !__filename.endsWith(file));

describe('Messages, comments and pages', () => {
	it.each(READ_TWICE)('are read once: $instead', ({ pattern }) => {
		const found = files.flatMap((file) =>
			readFileSync(join(ROOT, file), 'utf8')
				.split('\n')
				.flatMap((line, index) => {
					const isFound = pattern.test(line) && !EXCEPTIONS.some((exception) => exception.test(line));
					return isFound ? [`${file}:${index + 1}: ${line.trim()}`] : [];
				}),
		);
		expect(found).toEqual([]);
	});

	it('are looked at where they stand', () => {
		expect(files.length).toBeGreaterThan(500);
	});

	it.each([
		'asks for whom? Who asks first, goes first',
		'waits for so long',
		'the user is told',
		'The credential may not read accounts',
		'the account demands a cost center',
		'would else hide',
		'null else.',
		'a rate of 1 is let pass',
		"it can't be taken for a date",
		'Cost centre',
	])('would be found: %s', (text) => {
		expect(READ_TWICE.filter(({ pattern }) => pattern.test(text))).toHaveLength(1);
	});

	it.each(['the person who approves', 'so long that it ends', 'The limit is told apart by'])('are not mistaken: %s', (text) => {
		expect(READ_TWICE.filter(({ pattern }) => pattern.test(text) && !text.includes('told apart'))).toEqual([]);
	});
});
