import type { Clock } from '../clock';
import { orAborted, pause } from '../clock';
import { passOn } from '../passOn';
import { Channel, ChannelBroken } from './channel';
import { COMMANDS, TOPICS, type Topic, type TopicEvent } from './messages';

/** How far a listener has handed events on. */
export interface Handed {
	offset: string;
	/** When the event happened, in ms since 1970: offsets themselves can't be compared. */
	at: number;
}

/** A listener for a company's events. */
interface Listener {
	tenantId: number;
	/** A token of the company that is good now. Throws FortnoxError where none can be had. */
	token(): Promise<string>;
	/** Gets another token in place of one that Fortnox did not take. @returns false where there is no other. Throws FortnoxError. */
	renew(): Promise<boolean>;
	/** Where the replay of a topic has to begin, after a break or at the start. */
	handed(topic: Topic): Handed | undefined;
	/** Called for each event of the company, doubles included. */
	onEvent(event: TopicEvent): void;
	/**
	 * Called when events may have passed unheard: the connection stands again after a break, the company's token was
	 * renewed, or Fortnox no longer accepts it, which a look finds out about.
	 */
	onGap(): void;
	/** A sentence for the log. */
	log(message: string): void;
}

/** Waits before a connection is tried again; the last one is kept to. Each is jittered by half. */
const CONNECT_AGAIN_AFTER_MS = [1000, 5000, 15_000, 60_000];

/** The first connection is tried again after these; then its failure is shown where the workflow is activated. */
const FIRST_AGAIN_AFTER_MS = [1000, 5000];

/** A connection that stood for less counts as a failure: else one that is ended at once would be made anew every second. */
const STOOD_MS = 60_000;

/** How often the connection is tried out, and the companies' tokens compared with those that Fortnox was given. */
const CHECK_EVERY_MS = 60_000;

/** Fortnox does not accept the app's secret or the company's token, so trying again would not help. */
class NotAdmitted extends Error {
	constructor(readonly tenantId: number) {
		super(`Fortnox's websocket takes neither the client secret nor the token of company ${tenantId}`);
		this.name = 'NotAdmitted';
	}
}

/**
 * The one websocket of an app: all listeners of the process share it, whatever their companies and workflows. Fortnox asks
 * for that ("do not have one connection per customer").
 */
class AppSocket {
	private readonly listeners = new Set<Listener>();

	private channel?: Channel;

	/** The token that Fortnox was given last, by company. */
	private readonly given = new Map<number, string>();

	/** Aborted when nobody listens any more. */
	private readonly over = new AbortController();

	/** One listener joins at a time. */
	private turn: Promise<unknown> = Promise.resolve();

	private isKeptUp = false;

	/** The one that came with the last workflow that was activated: it may be changed while others listen. */
	private clientSecret = '';

	constructor(
		private readonly clock: Clock,
		private readonly url: string,
	) {}

	get isOver(): boolean {
		return this.over.signal.aborted;
	}

	/**
	 * Adds a listener; the first one opens the connection.
	 *
	 * @returns once its company is admitted; false where the socket is over, since its last listener left in between
	 * @throws {NotAdmitted} where Fortnox refuses it for good; {ChannelBroken} where the first connection does not come
	 * about; {FortnoxError} where there is no token
	 */
	async join(listener: Listener, clientSecret: string): Promise<boolean> {
		const joined = this.turn.then(async () => {
			if (this.isOver) return false;
			const before = this.clientSecret;
			this.clientSecret = clientSecret;
			// Another secret counts only once Fortnox has taken it.
			if (clientSecret !== before) this.given.delete(listener.tenantId);
			this.listeners.add(listener);
			try {
				await this.enter(listener).catch(async (error: unknown) => {
					// A token may end at Fortnox before its time, or while this machine slept.
					const isRenewed = error instanceof NotAdmitted && (await listener.renew().catch(() => false));
					await (isRenewed ? this.enter(listener) : passOn(error));
				});
			} catch (error) {
				this.clientSecret = before;
				await this.leave(listener);
				return passOn(error);
			}
			return true;
		});
		this.turn = joined.catch(() => undefined);
		return await joined;
	}

	private async enter(listener: Listener): Promise<void> {
		if (this.isKeptUp) {
			if (this.channel?.isOpen) await this.admit(this.channel, listener);
			return;
		}
		this.channel = await this.firstConnection(listener);
		void this.keepUp();
	}

	/** Takes a listener off; its company too where it was the last of it, and the connection where it was the last of all. */
	async leave(listener: Listener): Promise<void> {
		this.listeners.delete(listener);
		const { tenantId } = listener;
		if (this.listeners.size === 0) {
			this.over.abort();
			this.channel?.close();
			return;
		}
		if ([...this.listeners].some((other) => other.tenantId === tenantId)) return;
		this.given.delete(tenantId);
		await this.channel?.ask(COMMANDS.removeTenants([tenantId])).catch(ignoreBreak);
	}

	private async firstConnection(listener: Listener): Promise<Channel> {
		for (const wait of FIRST_AGAIN_AFTER_MS) {
			try {
				return await this.connect(listener);
			} catch (error) {
				if (!(error instanceof ChannelBroken)) passOn(error);
				await pause(this.clock, wait);
			}
		}
		return await this.connect(listener);
	}

	/** Keeps a connection while anybody listens. */
	private async keepUp(): Promise<void> {
		this.isKeptUp = true;
		const { signal } = this.over;
		for (let failures = 0; !signal.aborted;) {
			const begun = this.clock.monotonic();
			try {
				if (!this.channel?.isOpen) {
					this.channel = await this.connect();
					this.listeners.forEach((listener) => listener.onGap());
				}
				await this.watch(this.channel, signal);
			} catch (error) {
				this.say(messageOf(error));
			}
			if (this.clock.monotonic() - begun >= STOOD_MS) failures = 0;
			const wait = CONNECT_AGAIN_AFTER_MS[Math.min(failures++, CONNECT_AGAIN_AFTER_MS.length - 1)] ?? 0;
			await pause(this.clock, wait * (0.5 + this.clock.random()), signal);
		}
	}

	private async connect(joining?: Listener): Promise<Channel> {
		const channel = await Channel.open(this.url, this.clock, (event) => this.pass(event));
		try {
			this.given.clear();
			await this.admit(channel, joining);
			const topics = TOPICS.map((topic) => ({ topic, ...this.startOf(topic) }));
			const added = await channel.ask(COMMANDS.addTopics(topics));
			const subscribed = await channel.ask(COMMANDS.subscribe());
			if (!added.isOk || !subscribed.isOk) throw new ChannelBroken('Fortnox refused the topics of the general ledger on the websocket');
			return channel;
		} catch (error) {
			channel.close();
			return passOn(error);
		}
	}

	/**
	 * Gives Fortnox the tokens of the companies of which it has none, or an older one. Others' events must not stop
	 * because one company took its consent back, so only what concerns the joining listener is thrown.
	 */
	private async admit(channel: Channel, joining?: Listener): Promise<void> {
		const tokens = new Map<number, string>();
		for (const listener of this.listeners) {
			const { tenantId } = listener;
			if (tokens.has(tenantId)) continue;
			try {
				const token = await listener.token();
				if (token !== this.given.get(tenantId)) tokens.set(tenantId, token);
			} catch (error) {
				if (listener === joining) passOn(error);
				listener.log(messageOf(error));
			}
		}
		if (tokens.size === 0) return;
		const answer = await channel.ask(COMMANDS.addTenants(this.clientSecret, [...tokens.values()]));
		const refused = new Set(answer.invalidTokens);
		for (const [tenantId, token] of tokens) {
			if (!refused.has(`Bearer ${token}`) && (answer.isOk || refused.size > 0)) {
				const isReplaced = this.given.has(tenantId);
				this.given.set(tenantId, token);
				// The old token may have ended a moment before, and what happened then was not sent.
				if (isReplaced) this.gapOf(tenantId);
				continue;
			}
			if (tenantId === joining?.tenantId) throw new NotAdmitted(tenantId);
			this.gapOf(tenantId, new NotAdmitted(tenantId).message);
		}
	}

	private gapOf(tenantId: number, message?: string): void {
		for (const listener of this.listeners) {
			if (listener.tenantId !== tenantId) continue;
			if (message !== undefined) listener.log(message);
			listener.onGap();
		}
	}

	/** Sees to it that the connection lives and that no company's token ends on it; returns when it has ended. */
	private async watch(channel: Channel, signal: AbortSignal): Promise<void> {
		for (;;) {
			await pause(this.clock, CHECK_EVERY_MS, AbortSignal.any([signal, channel.signal]));
			if (channel.abusedBy !== undefined) throw new ChannelBroken(channel.abusedBy);
			if (signal.aborted || !channel.isOpen) return;
			const isAlive = await orAborted(channel.isAlive(), signal);
			if (!isAlive) throw new ChannelBroken('The websocket connection to Fortnox was lost');
			await this.admit(channel);
		}
	}

	/** @returns whether anybody listens to the company's events */
	private pass(event: TopicEvent): boolean {
		let isHeard = false;
		for (const listener of this.listeners) {
			if (listener.tenantId !== event.tenantId) continue;
			listener.onEvent(event);
			isHeard = true;
		}
		return isHeard;
	}

	/** A replay begins with the earliest event that some listener has not handed on. */
	private startOf(topic: Topic): { offset?: string } {
		const handed = [...this.listeners].flatMap((listener) => listener.handed(topic) ?? []);
		const [earliest] = handed.sort((one, other) => one.at - other.at);
		return earliest === undefined ? {} : { offset: earliest.offset };
	}

	private say(message: string): void {
		const [first] = this.listeners;
		first?.log(message);
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : 'The websocket connection failed';
}

function ignoreBreak(error: unknown): undefined {
	if (!(error instanceof ChannelBroken)) passOn(error);
}

/** The websockets of a process, one for each app. */
export class SocketHub {
	private readonly sockets = new Map<string, AppSocket>();

	constructor(private readonly clock: Clock) {}

	/**
	 * Listens to a company's events.
	 *
	 * @param app the address, checked, and the app's id and secret
	 * @returns what ends it
	 * @throws {NotAdmitted} where Fortnox refuses the app or the company for good; {ChannelBroken} where there is no
	 * connection; {FortnoxError} where there is no token
	 */
	async listen(app: { url: string; clientId: string; clientSecret: string }, listener: Listener): Promise<() => Promise<void>> {
		const key = `${app.url} ${app.clientId}`;
		for (;;) {
			const kept = this.sockets.get(key);
			const socket = kept === undefined || kept.isOver ? new AppSocket(this.clock, app.url) : kept;
			this.sockets.set(key, socket);
			if (await socket.join(listener, app.clientSecret)) return async () => await socket.leave(listener);
		}
	}
}
