import assert from 'node:assert/strict';

import { book, seen } from '../entries';
import { connectedCredential, oAuth2, sandboxFor, triggerType } from '../fortnox';
import { waitFor } from '../process';
import type { Scenario } from '../scenario';
import { builtIn, workflow } from '../workflow';

/** A poll every 5 s: n8n refuses an interval below a minute, but takes several that are a minute each. */
const everyFiveSeconds = {
	item: Array.from({ length: 12 }, (_, n) => ({ mode: 'custom', cronExpression: `${n * 5} * * * * *` })),
};

export const trigger: Scenario = {
	name: 'trigger',
	proves: 'each new entry starts the workflow once, also across a restart of n8n',
	lines: [2, 1],
	async run(context) {
		const sandbox = await sandboxFor(context);
		const n8n = await context.startN8n();
		const credential = await connectedCredential(n8n, sandbox);
		const id = await n8n.createWorkflow(
			workflow('New entries', [
				{
					name: 'Entries',
					type: triggerType,
					typeVersion: 1,
					parameters: { authentication: 'oAuth2', pollTimes: everyFiveSeconds },
					credentials: { [oAuth2]: credential },
				},
				builtIn('Edit Fields', 'set', 3.4, { includeOtherFields: true }),
			]),
		);
		book(sandbox, 'before the activation');
		await n8n.activate(id);
		// Entries count from the first poll on; what it remembers is stored a moment after the answer.
		await waitFor('the first poll to be stored', async () => await n8n.hasStaticData(id));

		const expected: string[] = [];
		const arrives = async (what: string) =>
			await waitFor(what, async () => (await seen(n8n, id)).length >= expected.length, { ms: 90_000, every: 1000 });
		expected.push(book(sandbox, 'one'), book(sandbox, 'two'));
		await arrives('two entries');
		expected.push(book(sandbox, 'just before the restart'));
		await n8n.restart();
		expected.push(book(sandbox, 'after the restart'));
		await arrives('the entries around the restart');
		await n8n.restart({ whileStopped: async () => void expected.push(book(sandbox, 'while n8n was down')) });
		await arrives('the entry that came while n8n was down');
		// Three more polls: nothing comes twice.
		const polls = () => sandbox.log.filter(({ path }) => path.startsWith('/3/vouchers')).length;
		const now = polls();
		await waitFor('three more polls', async () => polls() >= now + 3, { ms: 60_000, every: 500 });
		assert.deepEqual((await seen(n8n, id)).sort(), expected.sort());
		context.note(`${expected.length} entries before, during and after two restarts: each came once`);
	},
};
