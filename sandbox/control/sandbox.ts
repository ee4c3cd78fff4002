import type { FastifyRequest } from 'fastify';

import type { CompanyState } from '../company/company';
import type { Events } from '../events/server';
import type { Faults } from '../network/faults';
import type { RequestLogEntry } from '../network/log';
import type { OAuthTokenData, SandboxClient } from '../oauth/tokens';
import type { Settings } from '../settings';

export interface SandboxOptions {
	/** 0 takes any free port (default). */
	port?: number;
	/** Default 127.0.0.1. */
	host?: string;
	/** Companies and tokens are read from this file where it exists, and written to it every few seconds. */
	file?: string;
	settings?: Partial<Settings>;
	/** In place of the seeded companies. The first one is the default of `company()` and `issueTokens()`. */
	companies?: (now: () => number) => CompanyState[];
	/** Wall clock in ms; default `Date.now`. The limiter has a monotonic clock of its own. */
	now?: () => number;
}

export interface TokenRequest {
	/** Default: the first client. */
	clientId?: string;
	/** Default: the first company. */
	tenantId?: number | string;
	/** Default: every scope of the client that the company has a licence for. */
	scopes?: string[];
	expiresInSeconds?: number;
}

/** Which sandbox a request was sent to. */
export type SandboxOf = (request: FastifyRequest) => Sandbox;

/** A running Fortnox for one machine. */
export interface Sandbox {
	/** Base URL of the API; OAuth is at `url + '/oauth-v1'`. */
	readonly url: string;
	/** Live: a change takes effect with the next request. */
	readonly settings: Settings;
	readonly clients: SandboxClient[];
	/** By tenant id; the first company by default. Throws where there is none. */
	company(tenantId?: string | number): CompanyState;
	readonly companies: readonly CompanyState[];
	/** Every request in the order of arrival, control requests left out. */
	readonly log: RequestLogEntry[];
	readonly faults: Faults;
	/** The websocket, at `ws` in place of `http` of the URL, with the path `/topics-v1`. */
	readonly events: Events;
	/** Tokens without the consent page. */
	issueTokens(request?: TokenRequest): OAuthTokenData;
	/** Approves an app for a company without the consent page; client credentials need `serviceAccount`. */
	consent(request?: TokenRequest & { serviceAccount?: boolean }): void;
	/** Ends all access tokens now, as if their hour had passed; refresh tokens live on. */
	expireTokens(tenantId?: number): void;
	/** The company takes its consent back: access and refresh tokens of the app (or of all apps) are invalid. */
	revoke(tenantId: number, clientId?: string): void;
	close(): Promise<void>;
}
