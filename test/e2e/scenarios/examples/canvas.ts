import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';

import type { Page } from 'playwright-core';

import { openBrowser, picture } from '../../browser';
import type { WorkflowBody } from '../../n8n';
import type { Scenario } from '../../scenario';
import { folder, importExample } from './imported';

const NOTE = 'n8n-nodes-base.stickyNote';

/** Where the editor draws a node, and how much of its text does not fit. */
interface Drawn {
	left: number;
	top: number;
	right: number;
	bottom: number;
	hidden: number;
}

export const canvas: Scenario = {
	name: 'canvas',
	proves: 'the editor draws every example with its notes: none over a node or another note, and none with text that does not fit',
	lines: [2],
	async run(context) {
		const n8n = await context.startN8n();
		const browser = await openBrowser(n8n, await context.folder());
		context.onEnd(async () => await browser.close());
		const page = await browser.newPage();
		const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
		for (const file of files) {
			const { id, nodes } = await importExample(n8n, file, {});
			await page.goto(`${n8n.url}/workflow/${id}`);
			await page
				.locator('.vue-flow__node')
				.nth(nodes.length - 1)
				.waitFor();
			const places = new Map<string, Drawn>();
			for (const node of nodes) places.set(node.id, await drawn(page, node.id));
			await picture(page, context.pictures, `example-${file.replace('.json', '')}`);
			assert.deepEqual(faults(nodes, places), [], file);
		}
		context.note(`${files.length} canvases`);
	},
};

async function drawn(page: Page, id: string): Promise<Drawn> {
	const node = `.vue-flow__node[data-id="${id}"]`;
	const box = await page.locator(node).boundingBox();
	assert.ok(box);
	const hidden =
		await page.evaluate<number>(`Math.max(0, ...[...document.querySelectorAll('${node} [class*="sticky"], ${node} [class*="markdown"]')]
		.map(({ scrollHeight, clientHeight }) => (clientHeight > 0 ? scrollHeight - clientHeight : 0)))`);
	return { left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height, hidden };
}

/** What is drawn over something else, and notes whose text is cut; a few points are the line's own height. */
function faults(nodes: WorkflowBody['nodes'], places: ReadonlyMap<string, Drawn>): string[] {
	const notes = nodes.filter(({ type }) => type === NOTE);
	const at = (id: string): Drawn => places.get(id) ?? { left: 0, top: 0, right: 0, bottom: 0, hidden: 0 };
	const cut = notes.filter(({ id }) => at(id).hidden > 4).map(({ name, id }) => `${name} hides ${at(id).hidden} points of its text`);
	const over = notes.flatMap((note, index) =>
		[...nodes.filter(({ type }) => type !== NOTE), ...notes.slice(index + 1)]
			.filter(({ id }) => {
				const [a, b] = [at(note.id), at(id)];
				return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
			})
			.map(({ name }) => `${note.name} is over ${name}`),
	);
	return [...cut, ...over];
}
