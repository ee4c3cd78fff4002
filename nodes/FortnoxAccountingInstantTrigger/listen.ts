import type { IDataObject, INodeProperties, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { ANY_YEAR, Doorbell } from '../shared/books/watching/doorbell';
import { lookOnce, sampleOf } from '../shared/books/watching/look';
import type { Watch, Watcher } from '../shared/books/watching/watch';
import { readWatcher } from '../shared/books/watching/watcher';
import { systemClock } from '../shared/fortnox/clock';
import { FortnoxError } from '../shared/fortnox/errors';
import { connectToEvents, eventHub, type CompanyEvents } from '../shared/fortnox/events';
import { connect } from '../shared/fortnox/n8nTransport';
import type { Topic, TopicEvent } from '../shared/fortnox/socket/messages';
import { hasWebSocket } from '../shared/fortnox/socket/webSocket';
import { companyOf } from '../shared/n8n/company';
import { toTriggerError } from '../shared/n8n/triggerError';
import { Handed } from './handed';
import { inTurnOf, remember, upToDate } from './remembered';

/** What the websocket did not bring is found by a look as often as this. */
const SAFETY_NET_MS = 15 * 60_000;

/** Where this Node.js has no WebSocket, looks take its place. */
const WITHOUT_SOCKET_MS = 60_000;

/** A minute, and how far Fortnox's clock may be off: what was changed in a minute is reported when it is over. */
const MINUTE_OVER_MS = 75_000;

/** In the editor: shows a sample, and waits for nothing. */
export function sampleOnly(context: ITriggerFunctions, watch: Watch, fields: readonly INodeProperties[]): ITriggerResponse {
	return {
		manualTriggerFunction: async () => {
			try {
				const watcher = readWatcher(context, fields, await connect(context, await companyOf(context)));
				context.emit([[{ json: await sampleOf(watch, watcher, context.getNode()) }]]);
			} catch (error) {
				throw toTriggerError(context, error, fields);
			}
		},
	};
}

/**
 * Listens to the company's events. An event only rings: what has happened is then looked up as the polling trigger does,
 * from the state that it keeps, so an event that comes twice, late or never changes nothing of what is handed on.
 *
 * @throws {FortnoxError} where the company can't be reached; {NotAdmitted} where the websocket refuses it
 */
export async function listen(context: ITriggerFunctions, watch: Watch, fields: readonly INodeProperties[]): Promise<ITriggerResponse> {
	const company = await connectToEvents(context, await companyOf(context));
	const watcher = readWatcher(context, fields, company.fortnox);
	const hasSocket = hasWebSocket();
	if (!hasSocket) {
		context.logger.warn(
			'This Node.js has no WebSocket (version 22 brings one), so the Fortnox Accounting Instant Trigger looks once a minute.',
		);
	}
	const trigger = `${context.getWorkflow().id} ${context.getNode().id}`;
	const handed = new Handed(upToDate(trigger, context.getWorkflowStaticData('node')));
	const watching: Watching = { trigger, watch, watcher, handed, isOver: false };
	let leave = async (): Promise<void> => undefined;
	const doorbell = new Doorbell({
		clock: systemClock,
		everyMs: hasSocket ? SAFETY_NET_MS : WITHOUT_SOCKET_MS,
		...(watch.isByMinute && { againAfterMs: MINUTE_OVER_MS }),
		look: async (rings) =>
			await inTurnOf(trigger, async () => await lookAndEmit(context, watching, rings.has(ANY_YEAR) ? undefined : rings)),
		onFailure: (error) => {
			context.logger.warn(`Fortnox Accounting Instant Trigger: ${messageOf(error)}`);
			if (!isForGood(error)) return;
			void close();
			context.emitError(toTriggerError(context, error, fields));
		},
	});
	const close = async (): Promise<void> => {
		watching.isOver = true;
		doorbell.stop();
		await leave();
	};
	if (hasSocket) leave = await listenTo(context, company, { doorbell, handed });
	try {
		await doorbell.begin();
	} catch (error) {
		await close();
		throw toTriggerError(context, error, fields);
	}
	return { closeFunction: close };
}

interface Watching {
	/** Names the workflow and the node. */
	trigger: string;
	watch: Watch;
	watcher: Watcher;
	handed: Handed;
	/** Nothing is handed on any more: the workflow was deactivated. */
	isOver: boolean;
}

async function lookAndEmit(context: ITriggerFunctions, watching: Watching, where: ReadonlySet<number> | undefined): Promise<void> {
	const { trigger, watch, watcher, handed } = watching;
	const kept = upToDate(trigger, context.getWorkflowStaticData('node'));
	const heard = handed.heardSoFar();
	const { happened, state } = await lookOnce(watch, watcher, kept, where);
	if (watching.isOver) return;
	// n8n stores the static data when it takes over what is emitted.
	remember(trigger, kept, { ...state, offsets: handed.handOn(heard) });
	if (happened.length > 0) context.emit([happened.map((json: IDataObject) => ({ json }))]);
}

async function listenTo(
	context: ITriggerFunctions,
	company: CompanyEvents,
	{ doorbell, handed }: { doorbell: Doorbell; handed: Handed },
): Promise<() => Promise<void>> {
	return await eventHub.listen(company.app, {
		tenantId: company.fortnox.tenantId,
		token: async () => await company.token(),
		renew: async () => await company.renew(),
		handed: (topic: Topic) => handed.of(topic),
		onEvent: (event: TopicEvent) => {
			if (company.isPlain(event.offset)) handed.hear(event);
			doorbell.ring(event.year ?? ANY_YEAR);
		},
		onGap: () => doorbell.ring(ANY_YEAR),
		log: (message) => context.logger.warn(`Fortnox Accounting Instant Trigger: ${message}`),
	});
}

/** The credential no longer works, or leads to another company: n8n is to show it, and to try again in its own time. */
function isForGood(error: unknown): boolean {
	return error instanceof FortnoxError && error.withheldBy === 'credential';
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
