import { isAskersOwn } from './errors';
import { fingerprintOf, tenantIn } from './tenant';

/** Of companies and of tokens that the process remembers; the oldest goes. */
const MOST_REMEMBERED = 1000;

/** What the process knows about which access token belongs to which company. */
export class Proofs {
	/** The companies of tokens that don't say it themselves, by the token's fingerprint. */
	private readonly asked = new Map<string, number>();
	/** On their way, by the token's fingerprint. */
	private readonly questions = new Map<string, Promise<void>>();
	/** By the key of the company. */
	private readonly names = new Map<string, string>();

	/** The company that a token is proven to belong to; undefined where Fortnox has to be asked. */
	companyOf(token: string): number | undefined {
		return tenantIn(token) ?? this.asked.get(fingerprintOf(token));
	}

	/**
	 * Settles when another one has asked for the company of this token: also where that one was stopped, or waits no longer,
	 * and the company is still not known. Undefined where nobody asks.
	 */
	asking(token: string): Promise<void> | undefined {
		return this.questions.get(fingerprintOf(token))?.catch(unlessAskersOwn);
	}

	/** Asks to which company a token belongs. Others that want to know it at the same time wait for the answer. */
	async ask(token: string, ask: () => Promise<number>): Promise<void> {
		const print = fingerprintOf(token);
		const question = ask()
			.then((tenantId) => remember(this.asked, print, tenantId))
			.finally(() => this.questions.delete(print));
		this.questions.set(print, question);
		await question;
	}

	/** Notes a company's name where it was read anyway. */
	noteName(tenantKey: string, name: string): void {
		remember(this.names, tenantKey, name);
	}

	nameOf(tenantKey: string): string | undefined {
		return this.names.get(tenantKey);
	}
}

function unlessAskersOwn(error: unknown): void {
	if (!isAskersOwn(error)) throw error;
}

function remember<T>(known: Map<string, T>, key: string, value: T): void {
	known.delete(key);
	known.set(key, value);
	const [oldest] = known.keys();
	if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest);
}
