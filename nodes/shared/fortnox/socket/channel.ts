import { MOST_USELESS_MESSAGES } from '../bounds';
import type { Clock } from '../clock';
import { pause } from '../clock';
import { COMMANDS, readMessage, type SocketMessage, type TopicEvent } from './messages';
import { openWebSocket, type WebSocketLike } from './webSocket';

/** How long Fortnox may take to accept a connection, or to answer a command. */
const ANSWER_WITHIN_MS = 30_000;

type ChannelAnswer = Extract<SocketMessage, { kind: 'answer' }>;

/** The connection broke, or Fortnox did not answer on it. */
export class ChannelBroken extends Error {
	constructor(reason: string) {
		super(reason);
		this.name = 'ChannelBroken';
	}
}

/** One websocket that stands: commands with their answers, and events. One command is under way at a time. */
export class Channel {
	private waiting?: { command: string; answered: (answer: ChannelAnswer) => void };

	private turn: Promise<unknown> = Promise.resolve();

	private readonly ended = new AbortController();

	/** Messages that nobody asked for, since the connection was last tried out. */
	private useless = 0;

	private abuse?: string;

	/** @param onEvent tells whether anybody listens to such an event */
	private constructor(
		private readonly clock: Clock,
		private readonly socket: WebSocketLike,
		private readonly onEvent: (event: TopicEvent) => boolean,
	) {
		socket.addEventListener('message', ({ data }) => {
			// More may have been on its way when the connection was closed.
			if (this.isOpen) this.hear(readMessage(data));
		});
		socket.addEventListener('close', () => this.ended.abort());
		socket.addEventListener('error', () => this.ended.abort());
	}

	/**
	 * Opens a connection.
	 *
	 * @param url checked: the client secret and the tokens go there
	 * @throws {ChannelBroken} where none comes about in time
	 */
	static async open(url: string, clock: Clock, onEvent: (event: TopicEvent) => boolean): Promise<Channel> {
		const socket = openWebSocket(url);
		const channel = new Channel(clock, socket, onEvent);
		const opened = new Promise<true>((resolve) => socket.addEventListener('open', () => resolve(true)));
		if (await channel.orGiveUp(opened)) return channel;
		channel.close();
		throw new ChannelBroken('Fortnox did not accept the websocket connection');
	}

	private hear(message: SocketMessage): void {
		if (message.kind === 'event' && this.onEvent(message.event)) return;
		if (message.kind === 'answer' && message.command === this.waiting?.command) {
			this.waiting.answered(message);
			return;
		}
		const isTooMuch = ++this.useless > MOST_USELESS_MESSAGES;
		if (message.kind !== 'tooLong' && !isTooMuch) return;
		this.abuse = `The websocket sent ${isTooMuch ? `more than ${MOST_USELESS_MESSAGES} messages that nobody asked for` : 'a message that is larger than any of Fortnox’s'}, so the connection was ended. Check the websocket address of the credential and any proxy on the way.`;
		this.close();
	}

	/** Why it was ended from this side: what came was not Fortnox's. */
	get abusedBy(): string | undefined {
		return this.abuse;
	}

	get isOpen(): boolean {
		return !this.ended.signal.aborted;
	}

	/** Aborted when the connection has ended, whoever ended it. */
	get signal(): AbortSignal {
		return this.ended.signal;
	}

	close(): void {
		this.ended.abort();
		this.socket.close();
	}

	/**
	 * Sends a command and waits for its answer.
	 *
	 * @throws {ChannelBroken} where none comes in time
	 */
	async ask(command: { command: string }): Promise<ChannelAnswer> {
		const answer = this.turn.then(async () => await this.askNow(command));
		this.turn = answer.catch(() => undefined);
		return await answer;
	}

	/** A connection that has gone silent, as behind a firewall that forgot it, looks like one on which nothing happens. */
	async isAlive(): Promise<boolean> {
		return await this.ask(COMMANDS.listTenants()).then(
			() => {
				this.useless = 0;
				return true;
			},
			() => false,
		);
	}

	private async askNow(command: { command: string }): Promise<ChannelAnswer> {
		if (!this.isOpen) throw new ChannelBroken('The websocket connection has ended');
		const answered = new Promise<ChannelAnswer>((resolve) => {
			this.waiting = { command: command.command, answered: resolve };
		});
		this.socket.send(JSON.stringify(command));
		const answer = await this.orGiveUp(answered);
		this.waiting = undefined;
		if (answer) return answer;
		this.close();
		throw new ChannelBroken(`Fortnox did not answer ${command.command} on the websocket`);
	}

	/** What `wanted` gives, or undefined once the connection has ended or the time is over. */
	private async orGiveUp<T>(wanted: Promise<T>): Promise<T | undefined> {
		const done = new AbortController();
		const signal = AbortSignal.any([done.signal, this.ended.signal]);
		try {
			return await Promise.race([wanted, pause(this.clock, ANSWER_WITHIN_MS, signal).then(() => undefined)]);
		} finally {
			done.abort();
		}
	}
}
