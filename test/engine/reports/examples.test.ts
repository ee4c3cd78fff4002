import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import type { INode } from 'n8n-workflow';

import { ACCOUNTING_NODE } from '../../../engine';
import { startWorld, type World } from '../support/world';

/** The node of an example that makes a report, as it is in the file; a real n8n runs the whole example in test/e2e. */
function reportNode(file: string): INode {
	const { nodes } = JSON.parse(readFileSync(resolve(__dirname, '../../../examples', file), 'utf8')) as { nodes: INode[] };
	const node = nodes.find(({ type }) => type === ACCOUNTING_NODE);
	if (node === undefined) throw new Error(`${file} has no accounting node`);
	return node;
}

describe('examples with reports', () => {
	let world: World;

	beforeAll(async () => {
		world = await startWorld();
	});
	afterAll(async () => await world.close());

	it('month-end report by mail: the first item has the page', async () => {
		const { parameters } = reportNode('month-end-report-by-mail.json');
		const result = await world.run(parameters);
		expect(result.error).toBeUndefined();
		const [first] = result.items();
		expect(first?.binary?.data).toMatchObject({ mimeType: 'text/html', fileName: expect.stringMatching(/^resultatrapport_/) });
		expect(first?.json).toHaveProperty('previous_year');
	});

	it('VAT figures before the deadline: one item with the figures, the checks that the next node asks for, and the file', async () => {
		const { parameters } = reportNode('vat-figures-before-deadline.json');
		const result = await world.run(parameters);
		expect(result.error).toBeUndefined();
		const [first, ...others] = result.items();
		expect(others).toEqual([]);
		expect(first?.json).toMatchObject({
			checks: expect.any(Array),
			to_pay: expect.any(Number),
			date_from: expect.any(String),
			date_to: expect.any(String),
		});
		expect(first?.binary?.data).toMatchObject({ mimeType: 'application/xml' });
	});
});
