import { LONGEST_OFFSET, LONGEST_SOCKET_MESSAGE } from '../bounds';

/**
 * What Fortnox's websocket says (fortnox.se/developer/guides-and-good-to-know/websockets): events, and answers to
 * commands. Clients disagree about the fields of a voucher's event (`year` is an id or a calendar year) and about the
 * shape of `tenantIds`, so nothing here relies on them.
 */

/** The topics that the general ledger is about. */
export const TOPICS = ['vouchers', 'accounts', 'financial-years'] as const;

export type Topic = (typeof TOPICS)[number];

/** Something has happened in a company. */
export interface TopicEvent {
	topic: Topic;
	tenantId: number;
	/** Names the event within its topic; opaque. */
	offset: string;
	/** When it happened, in ms since 1970; undefined where that can't be read. */
	at?: number;
	/** Of a voucher: its financial year, as an id or as a calendar year. */
	year?: number;
}

export type SocketMessage =
	| { kind: 'event'; event: TopicEvent }
	/** `invalidTokens` are those that Fortnox did not take, with `Bearer ` before each. */
	| { kind: 'answer'; command: string; isOk: boolean; invalidTokens: string[] }
	/** Larger than any of Fortnox's; not read. */
	| { kind: 'tooLong' }
	/** An event of no interest, or nothing that can be read. */
	| { kind: 'other' };

const OTHER: SocketMessage = { kind: 'other' };

/** Reads a message; whatever it is, it never throws. */
export function readMessage(text: unknown): SocketMessage {
	if (typeof text !== 'string') return OTHER;
	if (text.length > LONGEST_SOCKET_MESSAGE) return { kind: 'tooLong' };
	let message: unknown;
	try {
		message = JSON.parse(text);
	} catch {
		return OTHER;
	}
	if (!isRecord(message)) return OTHER;
	if (typeof message.response === 'string') {
		const { response: command, result, invalidTokens } = message;
		return { kind: 'answer', command, isOk: result === 'ok', invalidTokens: textsIn(invalidTokens) };
	}
	const topic = TOPICS.find((name) => name === message.topic);
	const tenantId = Number(message.tenantId);
	if (topic === undefined || !Number.isSafeInteger(tenantId)) return OTHER;
	if (typeof message.offset !== 'string' || message.offset.length > LONGEST_OFFSET) return OTHER;
	const at = typeof message.timestamp === 'string' ? Date.parse(message.timestamp) : Number.NaN;
	const year = Number(message.year);
	const more = { ...(!Number.isNaN(at) && { at }), ...(Number.isSafeInteger(year) && year > 0 && { year }) };
	return { kind: 'event', event: { topic, tenantId, offset: message.offset, ...more } };
}

/** Where a topic is to be replayed from; without an offset only what happens from now on is sent. */
interface TopicStart {
	topic: Topic;
	offset?: string;
}

/** The commands, in the order in which Fortnox wants them. */
export const COMMANDS = {
	addTenants: (clientSecret: string, tokens: readonly string[]) => ({
		command: 'add-tenants-v1',
		clientSecret,
		accessTokens: tokens.map((token) => `Bearer ${token}`),
	}),
	addTopics: (topics: readonly TopicStart[]) => ({ command: 'add-topics-v1', topics }),
	subscribe: () => ({ command: 'subscribe-v1' }),
	removeTenants: (tenants: readonly number[]) => ({ command: 'remove-tenants-v1', tenants }),
	listTenants: () => ({ command: 'list-tenants-v1' }),
};

function textsIn(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((element) => typeof element === 'string') : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
