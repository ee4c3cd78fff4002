import { createHash } from 'node:crypto';

import { jsonObjectOf } from './refusal';

/** A tenant id (database number) has some seven digits; more than fifteen would not fit into a number. */
const TENANT_ID = /^0{0,99}([1-9]\d{0,14})$/;

/** A tenant id as Fortnox counts it: `01001` is 1001. Undefined for what is no tenant id. */
export function tenantOf(written: string): number | undefined {
	const digits = TENANT_ID.exec(written.trim())?.[1];
	return digits === undefined ? undefined : Number(digits);
}

interface Claims {
	readonly tenantId?: string;
	/** Seconds since 1970. */
	readonly exp?: number;
	readonly iat?: number;
	readonly scope?: unknown;
}

/** The claims of the tokens in use; every request asks for its token's company. */
const inUse = new Map<string, Claims>();
/** More than the companies that one execution works on at once. */
const MOST_IN_USE = 16;

/** Reads the claims of a JWT without checking its signature, which is Fortnox's business. Anything else has no claims. */
export function claimsOf(token: string): Claims {
	const known = inUse.get(token);
	if (known !== undefined) return known;
	const claims = readClaims(token);
	const [oldest] = inUse.keys();
	if (inUse.size >= MOST_IN_USE && oldest !== undefined) inUse.delete(oldest);
	inUse.set(token, claims);
	return claims;
}

function readClaims(token: string): Claims {
	const claims: Record<string, unknown> = jsonObjectOf(Buffer.from(token.split('.')[1] ?? '', 'base64url')) ?? {};
	const { tenantId, exp, iat, scope } = claims;
	return {
		tenantId: typeof tenantId === 'string' || typeof tenantId === 'number' ? String(tenantId) : undefined,
		exp: typeof exp === 'number' ? exp : undefined,
		iat: typeof iat === 'number' ? iat : undefined,
		scope,
	};
}

/** The company that an access token says it belongs to; undefined where it doesn't say. */
export function tenantIn(token: string): number | undefined {
	const { tenantId } = claimsOf(token);
	return tenantId === undefined ? undefined : tenantOf(tenantId);
}

/** The scopes that an access token says it has, as one text or as a list; undefined where it doesn't say. */
export function scopesIn(token: string): string[] | undefined {
	const { scope } = claimsOf(token);
	if (typeof scope === 'string') return scope.split(' ').filter((name) => name !== '');
	return Array.isArray(scope) ? scope.map(String) : undefined;
}

/** Tells secrets apart without keeping them. */
export function fingerprintOf(secret: string): string {
	return createHash('sha256').update(secret).digest('base64');
}

/** What registers, mark index and claims belong to: API base URL and company, whichever app or credential asks. */
export function tenantKeyOf(baseUrl: string, tenantId: number): string {
	return `${baseUrl} ${tenantId}`;
}
