import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readableJson } from './markdown';
import { withRegions } from './regions';
import { runSamples } from './runSamples';
import {
	accountTypeTable,
	errorTable,
	operationReference,
	operationTable,
	replacementTable,
	ROOT,
	scopeTable,
	triggerTable,
	vatTable,
} from './tables';

/** What is generated into the Markdown files, by the name of its region. */
export async function generateRegions(): Promise<Map<string, string>> {
	const { operations, trigger, comments, rowTexts } = await runSamples();
	return new Map([
		['errors', errorTable()],
		['operations', operationTable()],
		['operation-reference', operationReference(operations)],
		['trigger', triggerTable()],
		['trigger-sample', `\`\`\`json\n${readableJson(trigger)}\n\`\`\``],
		['comments-sample', `\`\`\`\n${comments}\n\`\`\``],
		['row-texts-sample', `\`\`\`\n${rowTexts.join('\n')}\n\`\`\``],
		['account-types', accountTypeTable()],
		['vat-codes', vatTable()],
		['replaced-characters', replacementTable()],
		['scopes', scopeTable()],
	]);
}

/** README.md and docs/*.md, by their paths in the project. */
export function documents(): string[] {
	const docs = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
	return ['README.md', ...docs.map((name) => `docs/${name}`)];
}

export function readDocument(path: string): string {
	return readFileSync(join(ROOT, path), 'utf8');
}

/** The documents whose generated regions are not what the code says now, with the text that they should have. */
export function staleDocuments(regions: ReadonlyMap<string, string>): Map<string, string> {
	const stale = new Map<string, string>();
	for (const path of documents()) {
		const text = readDocument(path);
		const current = withRegions(text, regions);
		if (current !== text) stale.set(path, current);
	}
	return stale;
}
