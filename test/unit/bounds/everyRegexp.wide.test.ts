import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

import { FortnoxOAuth2Api } from '../../../credentials/FortnoxOAuth2Api.credentials';
import { FortnoxServiceAccountApi } from '../../../credentials/FortnoxServiceAccountApi.credentials';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { FortnoxAccountingInstantTrigger } from '../../../nodes/FortnoxAccountingInstantTrigger/FortnoxAccountingInstantTrigger.node.ts';
import { FortnoxAccountingTrigger } from '../../../nodes/FortnoxAccountingTrigger/FortnoxAccountingTrigger.node.ts';
import { cpuMs } from '../../clock/cpuTime';
import { longTexts } from './longTexts';

const ROOT = join(__dirname, '../../..');

/** Work that grows with the square of this takes a tenth of a second and more, and what grows as the text does, a millisecond. */
const LENGTH = 30_000;

/** Of computing, for one text. */
const MOST_MS = 50;

/** Every regular expression that is written in a source. No other is made: the lint refuses `RegExp`, and texts in its place. */
function regexpsIn(source: string): RegExp[] {
	const found: RegExp[] = [];
	const look = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) {
			const end = node.text.lastIndexOf('/');
			found.push(new RegExp(node.text.slice(1, end), node.text.slice(end + 1)));
		}
		ts.forEachChild(node, look);
	};
	look(ts.createSourceFile('', source, ts.ScriptTarget.Latest));
	return found;
}

/** The code between the brackets of n8n's expressions that stand in a description. */
function expressionsIn(description: unknown): string[] {
	if (typeof description === 'string')
		return description.startsWith('=') ? [...description.matchAll(/\{\{(.*?)\}\}/gs)].map(([, code = '']) => code) : [];
	return typeof description === 'object' && description !== null ? Object.values(description).flatMap(expressionsIn) : [];
}

const files = ['nodes', 'credentials'].flatMap((folder) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join(folder, name)),
);
const ofFiles = files.flatMap((file) => regexpsIn(readFileSync(join(ROOT, file), 'utf8')));
/** n8n runs those of its expressions, on what users type. */
const ofExpressions = [
	...[new FortnoxOAuth2Api(), new FortnoxServiceAccountApi()],
	...[new FortnoxAccounting(), new FortnoxAccountingTrigger(), new FortnoxAccountingInstantTrigger()].map(({ description }) => description),
]
	.flatMap((described) => expressionsIn({ ...described }))
	.flatMap((code) => regexpsIn(`(${code})`));
const regexps = new Map([...ofFiles, ...ofExpressions].map((regexp): [string, RegExp] => [regexp.toString(), regexp]));

/** Texts that a regular expression takes long for. Replacing by it finds every match, as matching once does not. */
function* slowFor(regexp: RegExp): Generator<string> {
	const everywhere = new RegExp(regexp.source, `${regexp.flags.replace(/[gy]/g, '')}g`);
	for (const { text, madeOf } of longTexts(LENGTH)) {
		const took = cpuMs(() => text.replace(everywhere, ''));
		if (took > MOST_MS) yield `${madeOf}: ${Math.round(took)} ms`;
	}
}

describe('the regular expressions of the package', () => {
	test('are found', () => {
		expect(regexps.size).toBeGreaterThan(100);
		expect(ofExpressions.length).toBeGreaterThan(2);
	});

	test.each([...regexps.values()])('%s takes no longer than the text is', (regexp) => {
		expect([...slowFor(regexp)]).toEqual([]);
	});

	test.each([/konto.*inaktivt/, /\s+$/])('%s, which starts anew at every word, would be seen', (regexp) => {
		expect(slowFor(regexp).next().done).toBe(false);
	});
});
