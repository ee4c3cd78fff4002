import { giveWay } from '../turns';
import { MOST_JSON_DEPTH } from './bounds';
import type { Secrets } from './secrets';
import type { Answer, Sending, Transport } from './transport';
import { CredentialFailure, NetworkFailure } from './transport';

/** Blanks the connection's secrets out of what a transport brings, before anything else sees it. */
export class BlankingTransport implements Transport {
	private isCurrent = false;

	/**
	 * @param readSecrets has the secrets of the credential as it is now remembered
	 * @param mayBeOld whether the credential may have got another token than this one, as far as this process knows
	 */
	constructor(
		private readonly transport: Transport,
		private readonly secrets: Secrets,
		private readonly readSecrets: () => Promise<void>,
		private readonly mayBeOld: (token: string) => boolean,
	) {}

	async send(sending: Sending): Promise<Answer> {
		if (!this.isCurrent) await this.readSecrets();
		this.isCurrent = true;
		this.secrets.remember({ accessToken: sending.token });
		const answer = await withoutSecrets(this.secrets, async () => await this.transport.send(sending));
		const isRefusal = answer.status < 200 || answer.status >= 300;
		// The credential may have been renewed while the answer was on its way: by another execution, or by another process.
		if (isRefusal || this.mayBeOld(sending.token)) await this.readSecrets();
		const headers: Record<string, string> = {};
		for (const [name, value] of Object.entries(answer.headers)) headers[name] = this.secrets.blank(value);
		return { ...answer, headers, body: await blankBody(this.secrets, answer.body) };
	}
}

/** Does the work; the sentences of its failures come out without secrets. */
export async function withoutSecrets<T>(secrets: Secrets, work: () => Promise<T>): Promise<T> {
	return await work().catch((error: unknown) => failBlanked(secrets, error));
}

function failBlanked(secrets: Secrets, error: unknown): never {
	const blank = (text: string | undefined) => (text === undefined ? undefined : secrets.blank(text));
	if (error instanceof NetworkFailure) throw new NetworkFailure(secrets.blank(error.code), error.sent, blank(error.reason));
	if (error instanceof CredentialFailure) throw new CredentialFailure(error.kind, blank(error.oauthError), blank(error.reason));
	throw error;
}

async function blankBody(secrets: Secrets, body: unknown): Promise<unknown> {
	if (typeof body === 'string') return await secrets.blankLong(body);
	if (Buffer.isBuffer(body)) await secrets.blankBytes(body);
	else if (isObject(body)) await blankObject(secrets, body);
	return body;
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

/** In place, and without recursion: what is nested too deeply is refused, since JSON.stringify would overflow the stack later. */
async function blankObject(secrets: Secrets, top: object): Promise<void> {
	const open: Array<{ object: object; depth: number }> = [{ object: top, depth: 1 }];
	// A list has the same names in each of its elements.
	const cleanNames = new Set<string>();
	const blankName = (name: string): string => {
		const blanked = secrets.blank(name);
		if (blanked === name) cleanNames.add(name);
		return blanked;
	};
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		const { object, depth } = next;
		if (depth > MOST_JSON_DEPTH) throw tooDeep();
		await giveWay();
		for (const [key, value] of Object.entries(object)) {
			const blankedKey = cleanNames.has(key) ? key : blankName(key);
			if (blankedKey !== key) Reflect.deleteProperty(object, key);
			const blanking: unknown = typeof value === 'string' ? secrets.blankLong(value) : value;
			const blankedValue: unknown = blanking instanceof Promise ? await blanking : blanking;
			if (blankedKey !== key || blankedValue !== value) Reflect.set(object, blankedKey, blankedValue);
			if (isObject(value)) open.push({ object: value, depth: depth + 1 });
		}
	}
}

function tooDeep(): NetworkFailure {
	const reason = `The answer is nested more than ${MOST_JSON_DEPTH} levels deep, which none of Fortnox’s is. Check the API Base URL of the credential and any proxy on the way.`;
	return new NetworkFailure('TOO_DEEP', true, reason);
}
