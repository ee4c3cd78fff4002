import { fingerprintOf, tenantIn } from './tenant';

/** Of companies and of tokens that the process remembers; the oldest goes. */
const MOST_REMEMBERED = 1000;

/** What the process knows about which access token belongs to which company. */
export class Proofs {
	/** The companies of tokens that don't say it themselves, by the token's fingerprint. */
	private readonly asked = new Map<string, number>();
	private readonly asking = new Map<string, Promise<number | undefined>>();
	/** By the key of the company. */
	private readonly names = new Map<string, string>();

	/** The company that a token is proven to belong to; undefined where Fortnox has to be asked. */
	companyOf(token: string): number | undefined {
		return tenantIn(token) ?? this.asked.get(fingerprintOf(token));
	}

	/**
	 * Asks to which company a token belongs, once for all that want to know at the same time.
	 *
	 * @param ask undefined where the answer says only that the token is worth nothing any more
	 */
	async ask(token: string, ask: () => Promise<number | undefined>): Promise<void> {
		const print = fingerprintOf(token);
		const asking = this.asking.get(print) ?? ask().finally(() => this.asking.delete(print));
		this.asking.set(print, asking);
		const tenantId = await asking;
		if (tenantId !== undefined) remember(this.asked, print, tenantId);
	}

	/** Notes a company's name where it was read anyway. */
	noteName(tenantKey: string, name: string): void {
		remember(this.names, tenantKey, name);
	}

	nameOf(tenantKey: string): string | undefined {
		return this.names.get(tenantKey);
	}
}

function remember<T>(known: Map<string, T>, key: string, value: T): void {
	known.delete(key);
	known.set(key, value);
	const [oldest] = known.keys();
	if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest);
}
