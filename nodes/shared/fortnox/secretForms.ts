/** A shorter secret would blank ordinary words; Fortnox's client secrets have 10 characters. */
export const SHORTEST_SECRET = 8;

/** The secrets among the fields of a credential; what n8n stores for OAuth2 is one object. */
export function secretsIn(fields: Readonly<Record<string, unknown>>): string[] {
	const { clientId, clientSecret, accessToken, oauthTokenData } = fields;
	const stored: Record<string, unknown> = typeof oauthTokenData === 'object' && oauthTokenData !== null ? { ...oauthTokenData } : {};
	// The Basic header, before and after it is encoded: a server may encode once more what it got.
	const login = typeof clientId === 'string' && typeof clientSecret === 'string' ? `${clientId}:${clientSecret}` : '';
	const found = [clientSecret, accessToken, stored.access_token, stored.refresh_token, login, Buffer.from(login).toString('base64')];
	return found.filter((secret): secret is string => typeof secret === 'string' && secret.length >= SHORTEST_SECRET);
}

/** A secret as it is and in base64. What is escaped, for a URL, JSON or HTML, is read as what it stands for (`unescaped.ts`). */
export function formsOf(secret: string): string[] {
	return [...new Set([secret, ...base64Of(secret)])];
}

/**
 * Base64 of a text that holds the secret depends on how many bytes stand before it, modulo three; what its neighbours
 * share is left out.
 */
function base64Of(secret: string): string[] {
	return [0, 1, 2].flatMap((before) => {
		const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
		const inside = (text: string) => text.slice(before === 0 ? 0 : before + 1, Math.floor((bytes.length * 8) / 6));
		return [inside(bytes.toString('base64')), inside(bytes.toString('base64url'))];
	});
}
