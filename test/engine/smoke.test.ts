import { chain, createEngine, LOOP_OVER_ITEMS, MANUAL_TRIGGER } from '../../engine';
import type { Engine } from '../../engine';
import { Probe, PROBE, PROBE_TRIGGER, ProbeTrigger } from './support/probeNode';

function probeEngine(): Engine {
	return createEngine({ nodeTypes: { [PROBE]: Probe, [PROBE_TRIGGER]: ProbeTrigger } });
}

describe('the engine', () => {
	it('feeds items to a node and gives back what it emits, with pairing', async () => {
		const result = await probeEngine().runNode({
			type: PROBE,
			parameters: { action: 'echo' },
			input: [{ n: 1 }, { n: 2 }],
			executionId: '77',
		});
		expect(result.status).toBe('success');
		expect(result.json()).toEqual([
			{ n: 1, execution: '77', run: 0 },
			{ n: 2, execution: '77', run: 0 },
		]);
		expect(result.items().map((item) => item.pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('resolves expressions against the input', async () => {
		const result = await probeEngine().runNode({
			type: PROBE,
			parameters: { action: '={{ $json.what }}' },
			input: [{ what: 'hint' }],
		});
		expect(result.hints()).toEqual(['hint 0']);
	});

	it('gives each run an execution id of its own', async () => {
		const engine = probeEngine();
		const runs = await Promise.all([1, 2, 3].map(() => engine.runNode({ type: PROBE, parameters: {} })));
		expect(new Set(runs.map((run) => run.executionId)).size).toBe(3);
		expect(runs.map((run) => run.json()[0]?.execution)).toEqual(runs.map((run) => run.executionId));
	});

	it('stops on an error and says which', async () => {
		const result = await probeEngine().runNode({
			type: PROBE,
			parameters: { action: 'fail' },
			input: [{ bad: false }, { bad: true }],
		});
		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({ name: 'NodeOperationError', message: 'bad item', context: { itemIndex: 1 } });
	});

	it('routes failed items to the error output', async () => {
		const result = await probeEngine().runNode({
			type: PROBE,
			parameters: { action: 'fail' },
			input: [{ bad: true, n: 1 }, { n: 2 }],
			onError: 'continueErrorOutput',
		});
		expect(result.status).toBe('success');
		expect(result.json('Node', 0)).toEqual([{ n: 2 }]);
		expect(result.json('Node', 1)).toEqual([{ error: 'failed' }]);
	});

	it('runs the whole node again on Retry On Fail', async () => {
		const result = await probeEngine().runNode({
			type: PROBE,
			parameters: { action: 'failApi' },
			retryOnFail: true,
			maxTries: 2,
			waitBetweenTries: 1,
		});
		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({ name: 'NodeApiError', httpCode: '400' });
	});

	it('carries binary data from node to node', async () => {
		const engine = probeEngine();
		const result = await engine.run({
			nodes: [
				engine.node({ type: MANUAL_TRIGGER, name: 'Start', parameters: {} }),
				engine.node({ type: PROBE, name: 'Write', parameters: { action: 'write' } }),
				engine.node({ type: PROBE, name: 'Read', parameters: { action: 'read' } }),
			],
			connections: chain('Start', 'Write', 'Read'),
		});
		expect(result.json()).toEqual([{ text: 'öre' }]);
	});

	it('starts from pinned items', async () => {
		const engine = probeEngine();
		const result = await engine.run({
			nodes: [
				engine.node({ type: PROBE_TRIGGER, name: 'Start', parameters: {} }),
				engine.node({ type: PROBE, name: 'Echo', parameters: {} }),
			],
			connections: chain('Start', 'Echo'),
			pinData: { Start: [{ json: { pinned: true } }] },
		});
		expect(result.json()).toEqual([expect.objectContaining({ pinned: true })]);
	});

	it('counts the runs of a node in a loop', async () => {
		const engine = probeEngine();
		const result = await engine.run(
			{
				nodes: [
					engine.node({ type: MANUAL_TRIGGER, name: 'Start', parameters: {} }),
					engine.node({ type: LOOP_OVER_ITEMS, name: 'Loop', parameters: { batchSize: 2 } }),
					engine.node({ type: PROBE, name: 'Echo', parameters: {} }),
					engine.node({ type: PROBE, name: 'Done', parameters: {} }),
				],
				connections: {
					...chain('Start', 'Loop'),
					Loop: { main: [[{ node: 'Done', type: 'main', index: 0 }], [{ node: 'Echo', type: 'main', index: 0 }]] },
					...chain('Echo', 'Loop'),
				},
			},
			{ input: [{ n: 1 }, { n: 2 }, { n: 3 }] },
		);
		expect(result.json('Echo').map(({ n, run }) => [n, run])).toEqual([
			[1, 0],
			[2, 0],
			[3, 1],
		]);
		expect(result.json('Done')).toHaveLength(3);
	});

	it('cancels a run that waits', async () => {
		const controller = new AbortController();
		const running = probeEngine().runNode({ type: PROBE, parameters: { action: 'wait' }, signal: controller.signal });
		setTimeout(() => controller.abort(), 20);
		expect((await running).status).toBe('canceled');
	});

	it('calls searchable lists with filter, page and the parameters of the panel', async () => {
		const engine = probeEngine();
		expect(await engine.listSearch(PROBE, 'pages', { filter: 'cash', parameters: { url: 'u' } })).toEqual({
			results: [{ name: 'cash 1 u', value: 'cash 1 u' }],
			paginationToken: '2',
		});
	});

	it('keeps the static data of a polling trigger between polls', async () => {
		const engine = probeEngine();
		const staticData = {};
		await engine.poll(PROBE_TRIGGER, {}, { staticData });
		expect(await engine.poll(PROBE_TRIGGER, {}, { staticData })).toEqual([[{ json: { polls: 2, mode: 'trigger' } }]]);
		expect(await engine.poll(PROBE_TRIGGER, {}, { mode: 'manual' })).toEqual([[{ json: { polls: 1, mode: 'manual' } }]]);
	});

	it('calls a node as the tool of an agent', async () => {
		const result = await probeEngine().runTool({
			type: PROBE,
			name: 'Echo text',
			parameters: { action: '={{ $fromAI("action", "What to do", "string") }}' },
			args: [{ action: 'echo' }],
		});
		expect(result.error).toBeUndefined();
		expect(result.json()).toEqual([{ name: 'Echo_text', description: 'Test node', response: expect.stringContaining('"action":"echo"') }]);
	});
});
