import assert from 'node:assert/strict';

import { book, seen } from '../entries';
import { connectedCredential, instantTriggerType, oAuth2, sandboxFor } from '../fortnox';
import { waitFor } from '../process';
import type { Scenario } from '../scenario';
import { builtIn, workflow } from '../workflow';

/** From the posting to the stored execution; the execution itself takes part of it. */
const SOON_MS = 2000;

export const instant: Scenario = {
	name: 'instant',
	proves: 'an entry starts the workflow within two seconds over the websocket, once, also across a restart of n8n',
	lines: [2],
	async run(context) {
		const sandbox = await sandboxFor(context);
		const n8n = await context.startN8n();
		const credential = await connectedCredential(n8n, sandbox);
		const id = await n8n.createWorkflow(
			workflow('Instant entries', [
				{
					name: 'Entries',
					type: instantTriggerType,
					typeVersion: 1,
					parameters: { authentication: 'oAuth2' },
					credentials: { [oAuth2]: credential },
				},
				builtIn('Edit Fields', 'set', 3.4, { includeOtherFields: true }),
			]),
		);
		await n8n.activate(id);
		const connected = async (times: number) =>
			await waitFor('the websocket', async () => sandbox.events.connected === times && sandbox.events.commands.at(-1) === 'subscribe-v1');
		await connected(1);
		// The first look comes after the subscription; what is booked once n8n has stored its state counts.
		await waitFor('the first look to be stored', async () => await n8n.hasStaticData(id));

		const expected: string[] = [];
		const arrives = async (ms: number) =>
			await waitFor(`${expected.length} entries`, async () => (await seen(n8n, id)).length >= expected.length, { ms, every: 100 });
		const delays: number[] = [];
		for (const text of ['one', 'two', 'three']) {
			expected.push(book(sandbox, text));
			const booked = performance.now();
			await arrives(20_000);
			delays.push(Math.round(performance.now() - booked));
		}
		assert.ok(Math.min(...delays) <= SOON_MS, `the entries took ${delays.join(', ')} ms`);
		await n8n.restart({ whileStopped: async () => void expected.push(book(sandbox, 'while n8n was down')) });
		await connected(2);
		await arrives(60_000);
		expected.push(book(sandbox, 'after the restart'));
		await arrives(20_000);
		sandbox.events.break();
		expected.push(book(sandbox, 'while the connection was broken'));
		await arrives(60_000);
		await new Promise((resolve) => setTimeout(resolve, 5000));
		assert.deepEqual((await seen(n8n, id)).sort(), expected.sort());
		context.note(`from the posting to the stored execution: ${delays.join(', ')} ms`);
		context.note(`${expected.length} entries before, during and after a restart and a break: each came once`);
	},
};
