import type { INodeParameters } from 'n8n-workflow';

import type { RunNodeOptions } from '../../../engine';
import type { World } from './world';

/**
 * Runs the node and stops the execution while its nth request is on its way, as a worker that is shut down does; then
 * forgets all that the process knew.
 *
 * @returns whether the run had that many requests
 */
export async function stopAtRequest(
	world: World,
	nth: number,
	parameters: INodeParameters,
	options: Omit<RunNodeOptions, 'parameters'> = {},
): Promise<boolean> {
	return await stopRunAtRequest(world, nth, async (signal) => await world.run(parameters, { ...options, signal }));
}

/** The same of whatever runs on the world's engine, such as a whole workflow. */
export async function stopRunAtRequest(world: World, nth: number, run: (signal: AbortSignal) => Promise<unknown>): Promise<boolean> {
	const stop = new AbortController();
	// A latency lets the stop arrive while the request is on its way.
	world.sandbox.faults.add({ kind: 'latency', ms: 20, skip: nth - 1, times: 1 });
	const state = { finished: false };
	const running = run(stop.signal).then(() => (state.finished = true));
	while (!state.finished && world.requests().length < nth) await new Promise((resolve) => setImmediate(resolve));
	const wasStopped = world.requests().length >= nth;
	stop.abort();
	await running;
	world.sandbox.faults.clear();
	world.reconnect();
	return wasStopped;
}
