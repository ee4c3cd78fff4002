import type { Sandbox } from '../../sandbox';
import { stockholmDate } from '../../sandbox/company/clock';
import { tenantId } from './fortnox';
import type { N8n } from './n8n';

/** Books an entry in the company, as a person in Fortnox does. @returns its id */
export function book(sandbox: Sandbox, description: string): string {
	const { series, number, yearId } = sandbox.company(tenantId).addVoucher({
		date: stockholmDate(Date.now()),
		description,
		rows: [
			{ account: 1930, debit: 10_000 },
			{ account: 3001, credit: 10_000 },
		],
	});
	return `${series}-${number}-${yearId}`;
}

/** The ids of the entries that the executions of a workflow got from their node `Entries`, in order. */
export async function seen(n8n: N8n, workflowId: string): Promise<string[]> {
	const executions = await n8n.executions(workflowId);
	return executions.flatMap(({ data }) =>
		(data.resultData.runData['Entries']?.[0]?.data?.main?.[0] ?? []).map(({ json }) => String(json.id)),
	);
}
