import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { WaitInfo } from '../fortnox/connection';
import { connect } from '../fortnox/n8nTransport';
import { givenBy } from './given';
import { collectionParameter } from './parameters';
import { Hints, type Run } from './run';

/** Waits shorter than this in all are not worth a word. */
const WORTH_A_HINT_MS = 3000;

const REASONS: Record<WaitInfo['why'], string> = {
	limit: "Fortnox's limit of 25 requests per 5 seconds and company",
	throttled: 'Fortnox, which answered 429 (too many requests for the company)',
	retry: 'Fortnox or the network, which failed for a moment',
};

/**
 * Connects to the company of the node's credential and makes the run that an operation works with.
 *
 * @param fields that the operation declares
 * @returns the run, and what ends it: shows its hints
 * @throws {FortnoxError} where the credential can't be used
 */
export async function startRun(
	context: IExecuteFunctions,
	fields: readonly INodeProperties[],
): Promise<{ run: Run; finish: () => void }> {
	const hints = new Hints();
	const reasons = new Set<WaitInfo['why']>();
	const given = givenBy(context, fields, (message) => hints.add(message));
	const maxWaitSeconds = Number(collectionParameter({ given }, 'options', 0).maxWait ?? 0);
	const fortnox = await connect(context, {
		...(maxWaitSeconds > 0 && { maxWaitMs: maxWaitSeconds * 1000 }),
		onWait: ({ why, expectedMs }) => {
			if (!reasons.has(why)) context.logger.info(`Waiting ${Math.round(expectedMs / 1000)} s for ${REASONS[why]}`);
			reasons.add(why);
		},
	});
	const signal = context.getExecutionCancelSignal();
	const node = context.getNode();
	const run: Run = {
		context,
		items: context.getInputData(),
		given,
		fortnox,
		hint: (message) => hints.add(message),
		// Older versions of n8n don't tell, but end the type of the tool that they make of a node so.
		isTool: 'isToolExecution' in context ? context.isToolExecution() : node.type.endsWith('Tool'),
		...(signal && { signal }),
	};
	const finish = (): void => {
		const { waitedMs } = fortnox.counts;
		if (waitedMs >= WORTH_A_HINT_MS) {
			const why = [...reasons].map((reason) => REASONS[reason]).join('; ') || REASONS.limit;
			hints.add(`Waited ${Math.round(waitedMs / 1000)} s for ${why}.`);
		}
		hints.show(context);
	};
	return { run, finish };
}
