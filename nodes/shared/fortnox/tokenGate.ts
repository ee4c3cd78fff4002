import type { Clock } from './clock';
import { pause } from './clock';
import { credentialBroken, FortnoxError, notConnected } from './errors';
import { passOn } from './passOn';
import { claimsOf, fingerprintOf } from './tenant';
import type { StoredCredential } from './transport';
import { CredentialFailure } from './transport';

/** A token that was never taken and is refused this soon after it was renewed is not refused for its age. */
const JUST_RENEWED_MS = 60_000;
/** A loser of a refresh race reads the store again after these waits: the winner needs about 0.7 s (measured 2026-10) and stores then. */
const LOOK_AGAIN_AFTER_MS = [1000, 2000, 4000];
/** The token server gave no usable answer: waits before the next tries. */
const REFRESH_AGAIN_AFTER_MS = [1000, 4000];
/**
 * A credential whose renewal was refused is not tried again for this long, unless it changes: what was wrong may be put
 * right at Fortnox.
 */
const REFUSED_FOR_MS = 5 * 60_000;

/** ms from a token's issue to its end; undefined where it does not say. */
function lifeOf(token: string): number | undefined {
	const { exp, iat } = claimsOf(token);
	return exp === undefined || iat === undefined ? undefined : (exp - iat) * 1000;
}

/** How long before its end a token is renewed, so that no request dies on its way; less for tokens that live shortly. */
function renewBefore(lifeMs: number): number {
	return Math.min(60_000, lifeMs / 10);
}

function asCredentialFailure(error: unknown): CredentialFailure {
	if (error instanceof FortnoxError) throw error;
	return error instanceof CredentialFailure ? error : new CredentialFailure('unreachable');
}

/** Leave to send one request with the credential. */
export interface Pass {
	/** The only request on its way: it tries the token out, and others wait for what becomes of it. */
	readonly isScout: boolean;
	/** Any answer but 401. */
	accepted(token: string): void;
	/** A 401. @returns whether to try again */
	refused(token: string): boolean;
	/** No answer, or not sent: says nothing about the token. */
	unused(): void;
}

/**
 * Sees to it that a credential is renewed by one request at a time, before its token ends. Fortnox's refresh tokens
 * can be used once; two at the same time both get an answer, and only one of the two new tokens works on (measured
 * 2026-10). n8n before 2.30 does not coordinate refreshes at all.
 */
class TokenGate {
	private fingerprint?: string;
	/** Monotonic; undefined while nothing is known about the token. */
	private goodUntil?: number;
	private refusedFingerprint?: string;
	private takenFingerprint?: string;
	/** A new token was refused and no other is stored: its next 401 is reported as it is. */
	private worthlessFingerprint?: string;
	/** The token that a renewal led to. `at` is monotonic. */
	private renewed?: { fingerprint: string; at: number };
	/** The last renewal that was refused after looking for a token of another process. `until` is monotonic. */
	private refusal?: { version: string; failure: CredentialFailure; until: number };
	/** Settles when the one that renews the token, or tries it out, is done. */
	private busy?: Promise<void>;

	constructor(private readonly clock: Clock) {}

	/** Whether requests can leave without asking. */
	get isOpen(): boolean {
		return this.busy === undefined && this.goodUntil !== undefined && this.clock.monotonic() < this.goodUntil;
	}

	/** Whether this token is the last one that this process knows of, nobody renews it, and it has not come to its end. */
	isOpenFor(token: string): boolean {
		return this.isOpen && fingerprintOf(token) === this.fingerprint;
	}

	/**
	 * Waits until the token is good, or makes the caller the one that finds out. Throws FortnoxError.
	 *
	 * @param inTime waits as long as the caller may, and throws then; a renewal goes on without it
	 */
	async enter(credential: StoredCredential, inTime: <T>(work: Promise<T>) => Promise<T>): Promise<Pass> {
		for (;;) {
			if (this.isOpen) return this.pass();
			if (this.busy !== undefined) {
				await inTime(this.busy);
				continue;
			}
			const finding = this.alone(this.learn(credential));
			const scout = await inTime(finding).catch((error: unknown) => {
				// Nobody waits for it any more; another one tries the token out.
				void finding.then((late) => late?.unused()).catch(() => undefined);
				return passOn(error);
			});
			if (scout !== undefined) return scout;
		}
	}

	/** A 401 that no request with a pass got. */
	distrust(token: string): void {
		if (fingerprintOf(token) !== this.fingerprint) return;
		this.goodUntil = undefined;
		this.refusedFingerprint = this.fingerprint;
	}

	/** Runs the one that finds out; those that wait for it get its error as well. */
	private async alone(work: Promise<Pass | undefined>): Promise<Pass | undefined> {
		let settle = () => {};
		const settled = new Promise<void>((resolve) => {
			settle = resolve;
		});
		this.busy = work
			.then(async (scout) => await (scout === undefined ? undefined : settled))
			.finally(() => {
				this.busy = undefined;
			});
		this.busy.catch(() => undefined);
		const scout = await work;
		if (scout === undefined) return undefined;
		return {
			isScout: true,
			accepted: (token) => {
				scout.accepted(token);
				settle();
			},
			refused: (token) => {
				const again = scout.refused(token);
				settle();
				return again;
			},
			unused: settle,
		};
	}

	/** Reads the stored token and renews it if need be. @returns a pass where a request has to try the token out */
	private async learn(credential: StoredCredential): Promise<Pass | undefined> {
		const { token, version } = await credential.read();
		this.fingerprint = token === undefined ? undefined : fingerprintOf(token);
		if (token === undefined) {
			if (!credential.isOwn) throw notConnected();
			await this.renew(credential, version);
			return undefined;
		}
		if (this.fingerprint !== this.refusedFingerprint) {
			const left = this.timeLeft(token);
			if (left === undefined) return this.scout();
			const spare = left - renewBefore(lifeOf(token) ?? Number.POSITIVE_INFINITY);
			if (spare > 0) {
				this.goodUntil = this.clock.monotonic() + spare;
				return undefined;
			}
		}
		if (this.isRefusedThoughNew()) {
			// Of two processes that renew a token in the same moment, one gets a token that is worth nothing.
			const isStillStored = this.fingerprint === this.worthlessFingerprint;
			if (!credential.isOwn && !isStillStored && (await this.wasRenewedElsewhere(credential, this.fingerprint))) return undefined;
			this.worthlessFingerprint = this.fingerprint;
			return this.scout();
		}
		await this.renew(credential, version);
		return undefined;
	}

	/** Renewing it once more would not help then. */
	private isRefusedThoughNew(): boolean {
		const { renewed, fingerprint } = this;
		if (renewed === undefined || renewed.fingerprint !== fingerprint) return false;
		const isNew = this.clock.monotonic() - renewed.at < JUST_RENEWED_MS;
		return isNew && fingerprint === this.refusedFingerprint && fingerprint !== this.takenFingerprint;
	}

	/** ms that a stored token has left by this machine's clock; undefined where it does not say. */
	private timeLeft(token: string): number | undefined {
		const { exp } = claimsOf(token);
		return exp === undefined ? undefined : exp * 1000 - this.clock.wall();
	}

	/** Counts a new token's life from now and not by the time of day: a clock that is ahead would have every token renewed at once. */
	private trustNew(token: string, lifeMs?: number): void {
		const at = this.clock.monotonic();
		this.fingerprint = fingerprintOf(token);
		this.renewed = { fingerprint: this.fingerprint, at };
		const life = lifeOf(token) ?? this.timeLeft(token) ?? lifeMs;
		const isKnown = life !== undefined && life > 0;
		this.goodUntil = isKnown ? at + life - renewBefore(life) : Number.POSITIVE_INFINITY;
	}

	/** @param version of the credential whose token is to be renewed */
	private async renew(credential: StoredCredential, version: string): Promise<void> {
		if (this.refusal?.version === version && this.clock.monotonic() < this.refusal.until) {
			throw credentialBroken(this.refusal.failure);
		}
		const stale = this.fingerprint;
		for (let attempt = 0; ; attempt++) {
			const failure = await credential.refresh().then(() => undefined, asCredentialFailure);
			if (failure === undefined) break;
			if (failure.kind === 'refused' && credential.isOwn) throw credentialBroken(failure);
			if (failure.kind === 'refused') {
				// Another process may have used the refresh token first, and stored what it got for it.
				if (await this.wasRenewedElsewhere(credential, stale)) break;
				this.refusal = { version, failure, until: this.clock.monotonic() + REFUSED_FOR_MS };
				throw credentialBroken(failure);
			}
			// Where there is a reason, such as a certificate that n8n refuses, another try would fare no better.
			const wait = failure.reason === undefined ? REFRESH_AGAIN_AFTER_MS[attempt] : undefined;
			if (wait === undefined) throw credentialBroken(failure);
			await pause(this.clock, wait * (0.5 + this.clock.random()));
		}
		const { token, lifeMs } = await credential.read();
		if (token === undefined) throw notConnected();
		this.trustNew(token, lifeMs);
	}

	private async wasRenewedElsewhere(credential: StoredCredential, stale?: string): Promise<boolean> {
		for (const wait of LOOK_AGAIN_AFTER_MS) {
			await pause(this.clock, wait * (0.75 + this.clock.random() / 2));
			const { token } = await credential.read();
			if (token !== undefined && fingerprintOf(token) !== stale) return true;
		}
		return false;
	}

	private scout(): Pass {
		const pass = this.pass();
		return {
			...pass,
			accepted: (token) => {
				pass.accepted(token);
				this.goodUntil = Number.POSITIVE_INFINITY;
			},
		};
	}

	private pass(): Pass {
		const { fingerprint } = this;
		return {
			isScout: false,
			accepted: (token) => {
				this.takenFingerprint = fingerprintOf(token);
			},
			refused: (token) => {
				const sent = fingerprintOf(token);
				// The token was renewed while the request was on its way.
				if (sent === fingerprint && sent !== this.fingerprint) return true;
				this.goodUntil = undefined;
				this.refusedFingerprint = sent;
				// Another process stored it after this one had looked.
				if (sent !== this.fingerprint) return true;
				return !(this.isRefusedThoughNew() && sent === this.worthlessFingerprint);
			},
			unused: () => {},
		};
	}
}

const MOST_GATES = 1000;

/** The gates of the credentials that this process used last. */
export class TokenGates {
	private readonly gates = new Map<string, TokenGate>();

	constructor(private readonly clock: Clock) {}

	of(credentialId: string): TokenGate {
		const gate = this.gates.get(credentialId) ?? new TokenGate(this.clock);
		this.gates.delete(credentialId);
		this.gates.set(credentialId, gate);
		const [oldest] = this.gates.keys();
		if (this.gates.size > MOST_GATES && oldest !== undefined) this.gates.delete(oldest);
		return gate;
	}
}
