import type { IExecuteFunctions } from 'n8n-workflow';
import { isObject } from '../unified/readObject';
import type { WaitInfo } from '../fortnox/connection';
import { connect } from '../fortnox/n8nTransport';
import type { CompanyItems } from './company';
import { givenBy } from './given';
import type { Hints } from './hints';
import type { Operation } from './operation';
import { parameterIfReadable } from './parameters';
import { isReadOnly, validating } from './readOnly';
import { firstItem, type Run } from './run';
import type { Together } from './together';
import { isTool } from './tool';
import { mapInTurns } from '../turns';

/** Total waits below this are not reported. */
const WORTH_A_HINT_MS = 3000;

const REASONS: Record<WaitInfo['why'], string> = {
	limit: "Fortnox's limit of 25 requests per 5 seconds and company",
	throttled: 'Fortnox, which answered 429 (too many requests for the company)',
	retry: 'Fortnox or the network, which failed for a moment',
};

/**
 * Connects to a company and makes the run that an operation works with.
 *
 * @returns the run, and what ends it: notes how long it waited
 * @throws {FortnoxError} where the credential can't be used
 */
export async function startRun(
	context: IExecuteFunctions,
	{ credential, items }: CompanyItems,
	{ operation, hints, together, homeless }: { operation: Operation; hints: Hints; together: Together; homeless: Run['homeless'] },
): Promise<{ run: Run; finish: () => void }> {
	const reasons = new Set<WaitInfo['why']>();
	let ofCompany = credential.tenantId;
	const first = firstItem({ items });
	const tell = (message: string, { item = first, isHeadline = false }): void => {
		const linesSource = parameterIfReadable({ given: ownGiven }, 'linesSource', item);
		hints.add(message, { tenantId: ofCompany, item, linesSource, isHeadline });
	};
	const hint = (message: string, item?: number): void => tell(message, { ...(item !== undefined && { item }) });
	const readOnly = isReadOnly(context, first);
	const ownGiven = givenBy(context, operation.fields, hint);
	const given = readOnly ? validating(operation, ownGiven) : ownGiven;
	const maxWaitMs = await shortestWaitMs({ given, items });
	const fortnox = await connect(context, credential, {
		...(maxWaitMs !== undefined && { maxWaitMs }),
		isReadOnly: readOnly,
		onWait: ({ why, expectedMs }) => {
			const wait = `Waiting ${why === 'throttled' ? '' : `${Math.round(expectedMs / 1000)} s `}for ${REASONS[why]}`;
			if (!reasons.has(why)) context.logger[why === 'throttled' ? 'warn' : 'info'](wait);
			reasons.add(why);
		},
	});
	ofCompany = fortnox.tenantId;
	const signal = context.getExecutionCancelSignal();
	const run: Run = {
		context,
		items,
		homeless,
		given,
		together,
		fortnox,
		hint,
		headline: (message) => tell(message, { isHeadline: true }),
		isTool: isTool(context),
		...(signal && { signal }),
	};
	const finish = (): void => {
		const { waitedMs } = fortnox.counts;
		if (waitedMs < WORTH_A_HINT_MS) return;
		const why = [...reasons].map((reason) => REASONS[reason]).join('; ') || REASONS.limit;
		hint(`Waited ${Math.round(waitedMs / 1000)} s for ${why}.`);
	};
	return { run, finish };
}

/** What items of one company ask of Fortnox they ask together, so the item that waits the shortest sets the bound. */
async function shortestWaitMs(run: Pick<Run, 'given' | 'items'>): Promise<number | undefined> {
	// The first look at an item's parameters has n8n work out all their expressions.
	const seconds = await mapInTurns([...run.items.keys()], (item) => {
		const options = parameterIfReadable(run, 'options', item);
		return isObject(options) ? Number(options.maxWait ?? 0) : 0;
	});
	const bounds = seconds.filter((wait) => wait > 0);
	// Not spread into arguments: a run may have more items than a function takes.
	return bounds.length === 0 ? undefined : bounds.reduce((one, other) => Math.min(one, other)) * 1000;
}
