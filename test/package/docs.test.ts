import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { FortnoxOAuth2Api } from '../../credentials/FortnoxOAuth2Api.credentials';
import { FortnoxServiceAccountApi } from '../../credentials/FortnoxServiceAccountApi.credentials';
import { documents, generateRegions, readDocument } from '../../scripts/docs/index';
import { anchorOf } from '../../scripts/docs/markdown';
import { regionsIn, withRegions } from '../../scripts/docs/regions';
import { errorCodeDifferences, ROOT } from '../../scripts/docs/tables';

describe('the documentation', () => {
	let regions: Map<string, string>;

	beforeAll(async () => {
		regions = await generateRegions();
	});

	it.each(documents())('%s says what the code says (else: npm run docs)', (path) => {
		const text = readDocument(path);
		expect(text).toBe(withRegions(text, regions));
	});

	it('has every generated table somewhere', () => {
		const used = new Set(documents().flatMap((path) => regionsIn(readDocument(path))));
		expect([...regions.keys()].filter((name) => !used.has(name))).toEqual([]);
	});
});

it('lists the error codes that the code gives, and no others', () => {
	expect(errorCodeDifferences()).toEqual({ unused: [], unknown: [] });
});

const LINK = /\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g;

function headingsOf(path: string): string[] {
	const text = readDocument(path).replace(/```[\s\S]*?```/g, '');
	return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ''));
}

it.each(documents())('the links of %s lead somewhere', (path) => {
	const broken = [...readDocument(path).matchAll(LINK)].filter(([, file = '', anchor]) => {
		const target = file === '' ? path : join(dirname(path), file);
		if (!existsSync(join(ROOT, target))) return true;
		return anchor !== undefined && target.endsWith('.md') && !headingsOf(target).includes(anchor);
	});
	expect(broken.map(([link]) => link)).toEqual([]);
});

it.each([new FortnoxOAuth2Api(), new FortnoxServiceAccountApi()])('$displayName leads to its place in the README', (credential) => {
	expect(headingsOf('README.md')).toContain(credential.documentationUrl.split('#')[1]);
});

describe('generated regions', () => {
	const regions = new Map([['a', 'new']]);

	it('are replaced, and nothing else', () => {
		const text = 'x\n<!-- generated: a -->\nold\n<!-- end -->\ny\n';
		expect(withRegions(text, regions)).toBe('x\n<!-- generated: a -->\n\nnew\n\n<!-- end -->\ny\n');
	});

	it.each(['<!-- generated: b -->\n<!-- end -->', '<!-- generated: a -->\nold', '<!-- end -->'])('%j is refused', (text) => {
		expect(() => withRegions(text, regions)).toThrow();
	});
});
