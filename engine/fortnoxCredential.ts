import type { StoredCredential } from './credentials';

interface ConnectedApp {
	/** Base URL of the API; OAuth is at `url + '/oauth-v1'`, as in the sandbox. */
	url: string;
	clientId: string;
	clientSecret: string;
	/** What the token endpoint answered. */
	oauthTokenData: object;
}

/** An OAuth2 credential of the package, connected to a sandbox. */
export function fortnoxCredential({ url, clientId, clientSecret, oauthTokenData }: ConnectedApp): StoredCredential {
	return {
		type: 'fortnoxOAuth2Api',
		data: {
			clientId,
			clientSecret,
			apiBaseUrl: url,
			oauthBaseUrl: `${url}/oauth-v1`,
			oauthTokenData: { ...oauthTokenData },
		},
	};
}
