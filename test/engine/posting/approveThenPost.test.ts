import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import type { EngineResult, EngineWorkflow } from '../../../engine';
import { MANUAL_TRIGGER } from '../../../engine/nodes';
import { countVouchers, startWorld, type World } from '../support/world';

const example = JSON.parse(readFileSync(resolve(__dirname, '../../../examples/approve-then-post.json'), 'utf8')) as EngineWorkflow;

/**
 * The example without its model and its mail, which a real n8n has in test/e2e: the agent's answer is given, and the person
 * has said yes.
 */
describe('the example of an approval', () => {
	let world: World;
	beforeEach(async () => {
		world = await startWorld();
	});
	afterEach(async () => await world.close());

	async function run(output: string, names: string[]): Promise<EngineResult> {
		const wanted = example.nodes.filter(({ name }) => names.includes(name));
		const accounting = wanted.map(({ credentials: _none, ...node }) => world.engine.node(node));
		const agent = world.engine.node({ name: 'AI Agent', type: MANUAL_TRIGGER, position: [0, 0], parameters: {} });
		const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
		const connections = Object.fromEntries(['AI Agent', ...names].slice(0, -1).map((name, index) => [name, to(names[index] ?? '')]));
		return await world.engine.run({ ...example, nodes: [agent, ...accounting], connections }, { input: [{ output }] });
	}

	const items = [
		{ account: '5410', debit: 150 },
		{ account: '1930', credit: 150 },
	];
	const answer = (change: IDataObject = {}): string =>
		JSON.stringify({ number: 'R-1', date: '2026-10-05', description: 'Kaffe', items, ...change });

	it('posts what was proposed, once', async () => {
		const before = countVouchers(world.sandbox);
		const proposed = await run(answer(), ['Propose']);
		expect(proposed.json('Propose')[0]).toMatchObject({ dry_run: true, proposal: expect.stringMatching(/^n8p1\./) });
		expect(proposed.hints('Propose').join(' ')).toMatch(/To have a person approve just that/);
		expect(countVouchers(world.sandbox)).toBe(before);
		const posted = await run(answer(), ['Propose', 'Post']);
		expect(posted.error?.message).toBeUndefined();
		expect(posted.json('Post')[0]).toMatchObject({ number: 'R-1', id: expect.stringMatching(/^A-/) });
		expect((await run(answer(), ['Propose', 'Post'])).json('Post')[0]).toMatchObject({ already_posted: true });
		expect(countVouchers(world.sandbox)).toBe(before + 1);
	});

	it('takes the answer out of the fence that models put around JSON', async () => {
		const before = countVouchers(world.sandbox);
		const posted = await run(`\`\`\`json\n${answer({ number: 'R-2' })}\n\`\`\`\n`, ['Propose', 'Post']);
		expect(posted.json('Post')[0]).toMatchObject({ number: 'R-2' });
		expect(countVouchers(world.sandbox)).toBe(before + 1);
	});

	it('stops at an answer that is no entry', async () => {
		const before = countVouchers(world.sandbox);
		expect((await run('I would book that on 5410.', ['Propose', 'Post'])).error?.message).toMatch(/^linesJson/);
		const half = await run(answer({ items: items.slice(0, 1) }), ['Propose', 'Post']);
		expect(half.error?.context?.error_code).toMatch(/^ERROR_/);
		expect(countVouchers(world.sandbox)).toBe(before);
	});
});
