import type { RawData, WebSocket } from 'ws';

import { isRecord } from '../api/wire/fields';
import type { SandboxClient, Tokens } from '../oauth/tokens';
import type { Settings } from '../settings';
import { TOPICS, type EventLog, type Topic, type TopicEvent } from './eventLog';

/** What a connection needs of the sandbox. */
export interface EventSource {
	settings: Settings;
	clients: readonly SandboxClient[];
	tokens: Tokens;
	log: EventLog;
}

interface Command {
	command: string;
	[field: string]: unknown;
}

/** One websocket of an app: its companies, its topics, and the events that it is sent. */
export class EventConnection {
	/** Token by company; a company whose token has ended gets nothing more. */
	private readonly tenants = new Map<number, string>();

	private readonly topics = new Map<Topic, string | undefined>();

	private isSubscribed = false;

	/** Set by a test: the connection stands, and nothing comes through. */
	isSilent = false;

	private readonly stopListening: () => void;

	constructor(
		private readonly socket: WebSocket,
		private readonly source: EventSource,
		private readonly received: (command: string) => void,
	) {
		this.stopListening = source.log.onEvent((event) => this.pass(event));
		socket.on('message', (data) => this.read(textOf(data)));
		socket.on('close', this.stopListening);
	}

	/** Companies that were added and not removed. */
	get tenantIds(): number[] {
		return [...this.tenants.keys()];
	}

	close(code: number): void {
		this.stopListening();
		this.socket.close(code);
	}

	/** Ends without a farewell, as a cut cable does. */
	cut(): void {
		this.stopListening();
		this.socket.terminate();
	}

	sendText(text: string): void {
		this.socket.send(text);
	}

	private read(text: string): void {
		if (this.isSilent) return;
		const command = commandIn(text);
		if (command === undefined) {
			this.socket.close(1003);
			return;
		}
		this.received(command.command);
		const answer = this.carryOut(command);
		this.socket.send(JSON.stringify({ response: command.command, ...answer }));
		if (command.command === 'subscribe-v1' && answer.result === 'ok') this.replay();
	}

	private carryOut(command: Command): { result: 'ok' | 'error'; [field: string]: unknown } {
		switch (command.command) {
			case 'add-tenants-v1':
				return this.addTenants(command);
			case 'remove-tenants-v1':
				return this.removeTenants(command);
			case 'list-tenants-v1':
				return { result: 'ok', tenantIds: this.tenantIds };
			case 'add-topics-v1':
				return this.addTopics(command);
			case 'subscribe-v1':
				if (this.topics.size === 0) return { result: 'error', message: 'No topics' };
				this.isSubscribed = true;
				return { result: 'ok' };
			default:
				return { result: 'error', message: 'Unknown command' };
		}
	}

	private addTenants({ clientSecret, accessTokens }: Command): { result: 'ok' | 'error'; [field: string]: unknown } {
		const tokens = Array.isArray(accessTokens) ? accessTokens.map(String) : [];
		const found = tokens.map((token) => {
			const grant = token.startsWith('Bearer ') ? this.source.tokens.bearer(token.slice('Bearer '.length)) : undefined;
			const app = this.source.clients.find(({ id }) => id === grant?.clientId);
			return { token, grant: app?.secret === clientSecret ? grant : undefined };
		});
		const invalidTokens = found.flatMap(({ token, grant }) => (grant ? [] : [token]));
		const valid = found.flatMap(({ token, grant }) => (grant ? [{ token, tenantId: grant.tenantId }] : []));
		if (valid.length === 0) return { result: 'error', invalidTokens: tokens };
		for (const { token, tenantId } of valid) this.tenants.set(tenantId, token.slice('Bearer '.length));
		const byToken = Object.fromEntries(valid.map(({ token, tenantId }) => [token, tenantId]));
		const tenantIds = this.source.settings.events.tenantIds === 'byToken' ? byToken : valid.map(({ tenantId }) => tenantId);
		return invalidTokens.length === 0 ? { result: 'ok', tenantIds } : { result: 'error', tenantIds, invalidTokens };
	}

	private removeTenants({ tenants }: Command): { result: 'ok' | 'error'; [field: string]: unknown } {
		const removed = Array.isArray(tenants) ? tenants.map(Number) : [];
		for (const tenantId of removed) this.tenants.delete(tenantId);
		return { result: 'ok', tenantIds: removed };
	}

	private addTopics({ topics }: Command): { result: 'ok' | 'error'; [field: string]: unknown } {
		if (this.tenants.size === 0) return { result: 'error', message: 'No tenants' };
		const invalidTopics: unknown[] = [];
		const named: unknown[] = Array.isArray(topics) ? topics : [];
		for (const wanted of named) {
			const name = isRecord(wanted) ? wanted.topic : wanted;
			const topic = TOPICS.find((candidate) => candidate === name);
			if (topic === undefined) invalidTopics.push(name);
			else this.topics.set(topic, isRecord(wanted) && typeof wanted.offset === 'string' ? wanted.offset : undefined);
		}
		return invalidTopics.length === 0 && this.topics.size > 0 ? { result: 'ok' } : { result: 'error', invalidTopics };
	}

	private replay(): void {
		for (const [topic, offset] of this.topics) {
			if (offset !== undefined) this.source.log.since(topic, offset).forEach((event) => this.pass(event));
		}
	}

	private pass(event: TopicEvent): void {
		if (!this.isSubscribed || this.isSilent || !this.topics.has(event.topic)) return;
		const token = this.tenants.get(event.tenantId);
		if (token === undefined || this.source.tokens.bearer(token) === undefined) return;
		const text = JSON.stringify(event);
		this.socket.send(text);
		if (this.source.settings.events.doubles) this.socket.send(text);
	}
}

function textOf(data: RawData): string {
	const parts = Array.isArray(data) ? data : [Buffer.isBuffer(data) ? data : Buffer.from(data)];
	return Buffer.concat(parts).toString('utf8');
}

function commandIn(text: string): Command | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isRecord(value) && typeof value.command === 'string' ? { ...value, command: value.command } : undefined;
	} catch {
		return undefined;
	}
}
