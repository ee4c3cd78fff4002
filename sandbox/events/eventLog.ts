import { randomBytes } from 'node:crypto';

import { DateTime } from 'luxon';

import type { CompanyChange, CompanyState } from '../company/company';
import type { Settings } from '../settings';

export const TOPICS = ['vouchers', 'accounts', 'financial-years'] as const;

export type Topic = (typeof TOPICS)[number];

/** An event as it goes over the websocket: what happened, and nothing of the thing itself. */
export interface TopicEvent {
	topic: Topic;
	/** Names the event within its topic; says nothing by its letters. */
	offset: string;
	type: string;
	tenantId: number;
	entityId: string;
	/** With the offset of Stockholm's time, as Fortnox's own sample has it. */
	timestamp: string;
	/** Of vouchers, as are the two below. */
	year?: number;
	series?: string;
	id?: string;
}

interface Logged {
	event: TopicEvent;
	/** ms */
	at: number;
}

/** How long Fortnox keeps events for those that come back (documented). */
const REPLAY_MS = 14 * 86_400_000;

/** Every company's events, by topic and in their order, for as long as Fortnox keeps them. */
export class EventLog {
	private readonly byTopic = new Map<Topic, Logged[]>(TOPICS.map((topic) => [topic, []]));

	private readonly listeners = new Set<(event: TopicEvent) => void>();

	constructor(
		private readonly settings: Settings,
		/** Wall time in ms. */
		private readonly now: () => number,
	) {}

	/** Writes down what happens to a company from now on. */
	observe(company: CompanyState): void {
		company.watch((change) => this.record(company, change));
	}

	onEvent(listener: (event: TopicEvent) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	/**
	 * The events of a topic from an offset on. An offset that is no longer known, because it is too old, stands for the
	 * earliest event that is kept (documented).
	 */
	since(topic: Topic, offset: string): TopicEvent[] {
		const kept = this.kept(topic);
		const index = kept.findIndex(({ event }) => event.offset === offset);
		const first = index < 0 ? 0 : this.settings.events.replayFrom === 'next' ? index + 1 : index;
		return kept.slice(first).map(({ event }) => event);
	}

	private kept(topic: Topic): Logged[] {
		const earliest = this.now() - REPLAY_MS;
		const kept = (this.byTopic.get(topic) ?? []).filter(({ at }) => at >= earliest);
		this.byTopic.set(topic, kept);
		return kept;
	}

	private record({ profile: { tenantId } }: CompanyState, change: CompanyChange): void {
		const at = this.now();
		const event: TopicEvent = {
			topic: TOPIC_OF[change.kind],
			offset: randomBytes(4).toString('base64url'),
			type: `${change.kind}-${change.what}-v1`,
			tenantId,
			...this.named(change),
			timestamp: DateTime.fromMillis(at, { zone: 'Europe/Stockholm' }).toISO() ?? '',
		};
		this.byTopic.get(event.topic)?.push({ event, at });
		for (const listener of this.listeners) listener(event);
	}

	private named(change: CompanyChange): Pick<TopicEvent, 'entityId' | 'year' | 'series' | 'id'> {
		if (change.kind !== 'voucher') return { entityId: String(change.id) };
		const { series, number, yearId, date } = change;
		const year = this.settings.events.year === 'id' ? yearId : Number(date.slice(0, 4));
		return { entityId: String(number), year, series, id: String(number) };
	}
}

const TOPIC_OF: Record<CompanyChange['kind'], Topic> = {
	voucher: 'vouchers',
	account: 'accounts',
	'financial-year': 'financial-years',
};
