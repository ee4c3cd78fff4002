import { openBrowser, picture } from '../../browser';
import { installByName } from '../../canvas';
import { sandboxFor } from '../../fortnox';
import { packageName } from '../../package';
import { startRegistry } from '../../registry';
import type { Scenario } from '../../scenario';
import { agentTool } from './agent';
import { balances } from './balances';
import { newEntries } from './newEntries';
import { payouts } from './payout';
import { purchase } from './purchase';
import type { Job } from './setting';

/** The README's first jobs, in its order; the rows of a sheet are in the scenario `mistakes`, which begins with what goes wrong there. */
const JOBS: Readonly<Record<string, Job>> = { purchase, payouts, balances, newEntries, agentTool };

export const jobs: Scenario = {
	name: 'jobs',
	proves: 'a new user installs the package by its name, connects, and does the README’s first jobs in the editor: right at the first try',
	lines: [2],
	async run(context) {
		const registry = await startRegistry(context.tarball, await context.folder());
		context.onEnd(async () => await registry.close());
		const sandbox = await sandboxFor(context);
		const n8n = await context.startN8n({ withoutPackage: true, env: registry.env });
		const browser = await openBrowser(n8n, await context.folder());
		context.onEnd(async () => await browser.close());
		const page = browser.pages()[0] ?? (await browser.newPage());
		try {
			await installByName(page, n8n.url, await packageName());
			await picture(page, context.pictures, 'job-installed');
			context.note('installed by its name in Settings > Community nodes, by n8n’s own installer');
			for (const job of Object.values(JOBS)) context.note(await job({ context, n8n, page, sandbox }));
		} catch (error) {
			await picture(page, context.pictures, 'jobs-failed');
			throw error;
		}
	},
};
