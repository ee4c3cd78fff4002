/**
 * Loaded before a worker (`--require`): has the package compute as it did before it gave way, since a pause ends at once,
 * before anybody else has a turn. Waits for Fortnox's limit stay.
 */
import * as workflow from 'n8n-workflow';

const loaded = require.cache[require.resolve('n8n-workflow')];
if (loaded === undefined) throw new Error('n8n-workflow was not loaded');
loaded.exports = {
	...workflow,
	sleep: async (ms: number): Promise<void> => {
		if (ms > 0) await workflow.sleep(ms);
	},
};
