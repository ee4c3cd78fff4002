import { seededRandom } from '../company/random';

/** Which requests a fault strikes. Everything that is given must hold. */
export interface FaultMatch {
	method?: string;
	/** Regular expression on the path, such as `^/3/vouchers$`. Each kind has a default. */
	path?: string | RegExp;
	/** How often it strikes before it is used up; default: always. */
	times?: number;
	/** Requests that match but are let through first. */
	skip?: number;
	/** Only every nth matching request. */
	every?: number;
	/** 0…1, drawn from a generator with `seed`. */
	probability?: number;
	seed?: number;
}

export type FaultEffect =
	/** Answers later. */
	| { kind: 'latency'; ms: number }
	/** Closes the connection; nothing was done. */
	| { kind: 'dropBeforeCommit' }
	/** Does the work, then closes the connection without an answer. */
	| { kind: 'dropAfterCommit' }
	/** The same with a TCP reset. */
	| { kind: 'resetAfterCommit' }
	/** Does the work and never answers. */
	| { kind: 'hangAfterCommit' }
	/** Never answers, and does nothing. */
	| { kind: 'hangBeforeCommit' }
	/** Never answers, and does the work later, when the client has given up. */
	| { kind: 'commitLate'; ms: number }
	/** A gateway's HTML page in place of an answer. Default: 502, after the work was done. */
	| { kind: 'gateway5xx'; status?: 502 | 503 | 504; when?: 'before' | 'after' }
	/** Does the work and answers with HTML. Default status: 200. */
	| { kind: 'htmlBody'; status?: number }
	/** Sends this in place of an answer: JSON, or a text as HTML. Default: status 201, after the work was done. */
	| { kind: 'otherAnswer'; body: object | string; status?: number; when?: 'before' | 'after' }
	/** Does the work and sends the answer a byte at a time, one every `ms`. */
	| { kind: 'drip'; everyMs: number }
	/** 429, whatever the window says. `retryAfter` in seconds; not counted in the window by default. */
	| { kind: 'tooMany'; retryAfter?: number; counted?: boolean }
	/** The request's access token is invalid from now on. */
	| { kind: 'tokenDies' }
	/** An error without ErrorInformation; nothing was done. Default status: 500. */
	| { kind: 'noEnvelope'; status?: number }
	/** Error answers get the keys of the other envelope. */
	| { kind: 'envelopeCasing'; casing: 'capital' | 'lower' }
	/** 200 with an error envelope, as file endpoints are reported to do; nothing was done. */
	| { kind: 'errorEnvelopeOn200' }
	/** The voucher list lacks the comments field. */
	| { kind: 'omitComments' }
	/** The voucher list cuts comments off. */
	| { kind: 'cutComments'; length: number }
	/** The voucher list shows no comments on vouchers younger than this. */
	| { kind: 'delayComments'; ms: number }
	/** The voucher list lacks vouchers younger than this. */
	| { kind: 'delayListing'; ms: number }
	/** The voucher list answers with the page before the one asked for. */
	| { kind: 'repeatPage' }
	/** 2000663. */
	| { kind: 'scopeMissing' }
	/** 2001101. */
	| { kind: 'licenceMissing' };

export type FaultKind = FaultEffect['kind'];
export type FaultRule = FaultMatch & FaultEffect;

export interface FaultHandle {
	readonly id: number;
	readonly rule: FaultRule;
	/** How often it has struck. */
	readonly struck: number;
	remove(): void;
}

const VOUCHER_LIST = '^/3/vouchers(/sublist(/[^/]+)?)?$';

const DEFAULT_MATCH: Partial<Record<FaultKind, { method?: string; path?: string }>> = {
	omitComments: { method: 'GET', path: VOUCHER_LIST },
	cutComments: { method: 'GET', path: VOUCHER_LIST },
	delayComments: { method: 'GET', path: VOUCHER_LIST },
	delayListing: { method: 'GET', path: VOUCHER_LIST },
	repeatPage: { method: 'GET', path: VOUCHER_LIST },
	errorEnvelopeOn200: { path: '^/3/(inbox|archive|voucherfileconnections)' },
};

export class Faults {
	private readonly active: ActiveFault[] = [];
	private lastId = 0;

	add(rule: FaultRule): FaultHandle {
		const fault = new ActiveFault(++this.lastId, rule, () => this.remove(fault));
		this.active.push(fault);
		return fault;
	}

	clear(): void {
		this.active.length = 0;
	}

	get handles(): readonly FaultHandle[] {
		return this.active;
	}

	/** The faults that strike a request; each is counted as having struck. */
	strike(method: string, path: string): FaultEffect[] {
		return this.active.filter((fault) => fault.strikes(method, path)).map((fault) => fault.rule);
	}

	private remove(fault: ActiveFault): void {
		const index = this.active.indexOf(fault);
		if (index !== -1) this.active.splice(index, 1);
	}
}

class ActiveFault implements FaultHandle {
	private readonly method: string | undefined;
	private readonly path: RegExp;
	private readonly random: () => number;
	private matched = 0;
	struck = 0;

	constructor(
		readonly id: number,
		readonly rule: FaultRule,
		readonly remove: () => void,
	) {
		const byDefault = DEFAULT_MATCH[rule.kind];
		this.method = (rule.method ?? byDefault?.method)?.toUpperCase();
		this.path = new RegExp(rule.path ?? byDefault?.path ?? '^/(3|api|oauth-v1)/');
		this.random = seededRandom(rule.seed ?? 1);
	}

	strikes(method: string, path: string): boolean {
		const { times, skip = 0, every = 1, probability = 1 } = this.rule;
		if (this.method !== undefined && this.method !== method) return false;
		if (!this.path.test(path)) return false;
		if (times !== undefined && this.struck >= times) return false;
		this.matched++;
		if (this.matched <= skip || (this.matched - skip) % every !== 0) return false;
		if (probability < 1 && this.random() >= probability) return false;
		this.struck++;
		return true;
	}
}

/** The effect of a kind among those that struck, with its own fields. */
export function effectOf<K extends FaultKind>(effects: readonly FaultEffect[], kind: K): Extract<FaultEffect, { kind: K }> | undefined {
	return effects.find((effect): effect is Extract<FaultEffect, { kind: K }> => effect.kind === kind);
}
