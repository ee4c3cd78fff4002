import type { INodeParameters } from 'n8n-workflow';

/** An entry of 100.00 on 1930 and 3004 in the first company's journal A, as parameters of the node. */
export const entry = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'A',
	date: '2026-06-01',
	description: 'Payout',
	linesSource: 'json',
	linesJson: linesOf(100),
	...more,
});

export function linesOf(amount: number): string {
	return JSON.stringify([
		{ account: '1930', debit: amount },
		{ account: '3004', credit: amount },
	]);
}

/** What `look` returns, once it returns something; fails after a minute of the tests' clock. */
export async function until<T>(look: () => T | undefined): Promise<T> {
	for (const end = performance.now() + 60_000; performance.now() < end;) {
		const seen = look();
		if (seen !== undefined) return seen;
		await new Promise((resolve) => setImmediate(resolve));
	}
	throw new Error('What was waited for did not come');
}
