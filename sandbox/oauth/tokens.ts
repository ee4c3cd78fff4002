import { createHmac, randomBytes, randomUUID } from 'node:crypto';

import type { Settings } from '../settings';

/** Fortnox's scopes, as its developer pages list them, and two that clients use without their being listed. */
export const SCOPES = [
	'archive',
	'article',
	'assets',
	'bookkeeping',
	'companyinformation',
	'connectfile',
	'costcenter',
	'currency',
	'customer',
	'deletevoucher',
	'inbox',
	'invoice',
	'noxfinansinvoice',
	'offer',
	'order',
	'payment',
	'price',
	'print',
	'profile',
	'project',
	'salary',
	'settings',
	'supplier',
	'supplierinvoice',
	'timereporting',
] as const;

/** An app in Fortnox's developer portal. */
export interface SandboxClient {
	id: string;
	secret: string;
	name: string;
	/** Scopes ticked for the app; a request may ask for these and no more. */
	scopes: string[];
	/** `any` takes every http(s) address, which a real app does not. */
	redirectUris: string[] | 'any';
	/** Whether the portal allows the app to be a service account. */
	serviceAccounts: boolean;
}

export const DEFAULT_CLIENTS: readonly SandboxClient[] = [
	{
		id: 'sandbox-client',
		secret: 'sandbox-secret',
		name: 'Sandbox app',
		scopes: [...SCOPES],
		redirectUris: 'any',
		serviceAccounts: true,
	},
	{
		id: 'sandbox-small-client',
		secret: 'sandbox-small-secret',
		name: 'Sandbox app with few scopes',
		scopes: ['bookkeeping', 'companyinformation'],
		redirectUris: ['http://localhost:5678/rest/oauth2-credential/callback', 'http://127.0.0.1:5678/rest/oauth2-credential/callback'],
		serviceAccounts: false,
	},
];

/** The token endpoint's answer, in Fortnox's order of keys. */
export interface OAuthTokenData {
	access_token: string;
	expires_in: number;
	token_type: 'bearer';
	scope: string;
	/** Absent with client credentials, and without offline access. */
	refresh_token?: string;
}

export interface Grant {
	clientId: string;
	tenantId: number;
	userId: string;
	scopes: string[];
}

interface AccessToken extends Grant {
	expiresAt: number;
	revoked: boolean;
}

interface RefreshToken extends Grant {
	expiresAt: number;
	spent: boolean;
	revoked: boolean;
	/** The pair that the last refresh with this token gave out: a simultaneous second refresh makes it invalid. */
	issued?: { access: string; refresh: string };
}

interface Code extends Grant {
	expiresAt: number;
	redirectUri: string | undefined;
	offline: boolean;
}

/** Makes a token about 3,000 characters long, whatever its scopes. */
const PADDING = 1_900;

export class Tokens {
	private readonly access = new Map<string, AccessToken>();
	private readonly refresh = new Map<string, RefreshToken>();
	private readonly codes = new Map<string, Code>();
	private readonly key = randomBytes(32);

	constructor(
		private readonly settings: Settings,
		private readonly now: () => number,
	) {}

	issue(grant: Grant, options: { refresh: boolean; expiresInSeconds?: number }): OAuthTokenData {
		const seconds = options.expiresInSeconds ?? this.settings.accessTokenSeconds;
		const access = this.jwt(grant, seconds);
		this.access.set(access, { ...grant, expiresAt: this.now() + seconds * 1000, revoked: false });
		const data: OAuthTokenData = {
			access_token: access,
			expires_in: seconds,
			token_type: 'bearer',
			scope: grant.scopes.join(' '),
		};
		if (options.refresh) {
			data.refresh_token = randomBytes(20).toString('hex');
			const lifeMs = this.settings.refreshTokenDays * 86_400_000;
			this.refresh.set(data.refresh_token, {
				...grant,
				expiresAt: this.now() + lifeMs,
				spent: false,
				revoked: false,
			});
		}
		return data;
	}

	/** What a bearer token stands for; undefined where it is none, or no longer one. */
	bearer(token: string): Grant | undefined {
		const found = this.access.get(token);
		return found && !found.revoked && found.expiresAt > this.now() ? found : undefined;
	}

	/** What a token stands or stood for, for the log. */
	owner(token: string): Grant | undefined {
		return this.access.get(token);
	}

	kill(token: string): void {
		const found = this.access.get(token);
		if (found) found.revoked = true;
	}

	/** All access tokens end now (of one company, where given); refresh tokens live on. */
	expireAll(tenantId?: number): void {
		for (const token of this.access.values()) {
			if (tenantId === undefined || token.tenantId === tenantId) token.expiresAt = Math.min(token.expiresAt, this.now());
		}
	}

	/** Takes everything away that a company gave to an app (or to all). */
	revokeGrants(tenantId: number, clientId?: string): void {
		for (const token of [...this.access.values(), ...this.refresh.values()]) {
			if (token.tenantId === tenantId && (clientId === undefined || token.clientId === clientId)) token.revoked = true;
		}
	}

	revokeRefreshToken(token: string, clientId: string): boolean {
		const found = this.refresh.get(token);
		if (!found || found.clientId !== clientId) return false;
		found.revoked = true;
		return true;
	}

	addCode(code: Omit<Code, 'expiresAt'>): string {
		const id = randomUUID();
		this.codes.set(id, { ...code, expiresAt: this.now() + this.settings.authorizationCodeMinutes * 60_000 });
		return id;
	}

	/** Single use, and only by the app that it was made for. */
	redeemCode(id: string, clientId: string, redirectUri: string | undefined): Code | undefined {
		const code = this.codes.get(id);
		if (!code || code.clientId !== clientId) return undefined;
		this.codes.delete(id);
		const sameRedirect = code.redirectUri === undefined || code.redirectUri === redirectUri;
		return code.expiresAt > this.now() && sameRedirect ? code : undefined;
	}

	/**
	 * The refresh race as it was measured at Fortnox: `begin` refuses a spent token at once; two refreshes that began
	 * before either ended both get a pair, but only the pair given out last is valid.
	 */
	beginRefresh(token: string, clientId: string): RefreshToken | undefined {
		const found = this.refresh.get(token);
		const valid = found && found.clientId === clientId && !found.spent && !found.revoked && found.expiresAt > this.now();
		return valid ? found : undefined;
	}

	endRefresh(old: RefreshToken): OAuthTokenData {
		old.spent = true;
		if (old.issued) {
			this.kill(old.issued.access);
			const rival = this.refresh.get(old.issued.refresh);
			if (rival) rival.revoked = true;
		}
		if (!this.settings.accessTokenSurvivesRefresh) {
			for (const token of this.access.values()) {
				if (token.tenantId === old.tenantId && token.clientId === old.clientId) token.revoked = true;
			}
		}
		const { clientId, tenantId, userId, scopes } = old;
		const data = this.issue({ clientId, tenantId, userId, scopes }, { refresh: true });
		old.issued = { access: data.access_token, refresh: data.refresh_token ?? '' };
		return data;
	}

	/** For the state file. */
	dump(): unknown {
		return { access: [...this.access], refresh: [...this.refresh] };
	}

	restore(dumped: { access: Array<[string, AccessToken]>; refresh: Array<[string, RefreshToken]> }): void {
		for (const [id, token] of dumped.access) this.access.set(id, token);
		for (const [id, token] of dumped.refresh) this.refresh.set(id, token);
	}

	private jwt(grant: Grant, seconds: number): string {
		const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
		const issuedAt = Math.floor(this.now() / 1000);
		const claims = {
			sub: `${grant.userId}@${grant.tenantId}`,
			userId: Number(grant.userId),
			...(this.settings.tenantClaim === 'present' && { tenantId: grant.tenantId }),
			clientId: grant.clientId,
			// As text, as Fortnox has it, and as a list beside it.
			scope: grant.scopes.join(' '),
			scopes: grant.scopes,
			// Fortnox's tokens are some 3,000 characters long; what else is in them is not known.
			padding: 'x'.repeat(Math.max(0, PADDING - grant.scopes.join(' ').length * 2)),
			iat: issuedAt,
			exp: issuedAt + seconds,
			jti: randomUUID(),
		};
		const unsigned = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`;
		return `${unsigned}.${createHmac('sha256', this.key).update(unsigned).digest('base64url')}`;
	}
}
