/** What leaves for Fortnox: one attempt of one request. */
export interface Sending {
	method: 'GET' | 'POST' | 'PUT';
	url: string;
	/** JSON, or a form for a file. Made afresh for every attempt, because n8n writes into what it is given. */
	body?: object;
	/** `bytes`: the body of the answer is a Buffer, in an answer that refuses as well. */
	expects: 'json' | 'bytes';
	/** For the whole attempt, to the last byte of the answer. */
	timeoutMs: number;
	/** The access token that goes with it, proven to be the company's. */
	token: string;
	signal?: AbortSignal;
}

export interface Answer {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	body: unknown;
	/** Bytes of the body as it came, unpacked; absent where n8n had read it before. */
	size?: number;
}

/** The field of the credential that has the address of the server that was asked. */
export type AddressField = 'API Base URL' | 'OAuth Base URL';

/** No answer came. Plain data: never holds the request, its headers or the error of the HTTP library. */
export class NetworkFailure extends Error {
	/**
	 * @param code of Node or of the HTTP library, such as `ECONNRESET`
	 * @param sent false proves that the request never reached Fortnox
	 * @param reason a sentence for the user, where n8n refused to send or the answer can't be used; trying again would not help then
	 */
	constructor(
		readonly code: string,
		readonly sent: boolean,
		readonly reason?: string,
	) {
		super(`No answer (${code})`);
		this.name = 'NetworkFailure';
	}
}

/** The credential could not be renewed, so the request was not sent, or Fortnox answered it with 401. Plain data as well. */
export class CredentialFailure extends Error {
	/**
	 * @param kind `refused`: the token server said no; `unreachable`: it gave no usable answer, which may pass
	 * @param oauthError such as `invalid_grant`
	 * @param reason a sentence for the user, where the credential itself already wrote one
	 */
	constructor(
		readonly kind: 'refused' | 'unreachable',
		readonly oauthError?: string,
		readonly reason?: string,
	) {
		super(`The credential could not be renewed (${oauthError ?? kind})`);
		this.name = 'CredentialFailure';
	}
}

/** Sends one attempt. Resolves with any answer whatever its status; throws NetworkFailure or CredentialFailure. */
export interface Transport {
	send(sending: Sending): Promise<Answer>;
}

interface StoredToken {
	/** The access token; undefined where there is none. */
	token?: string;
	/** Differs after any change of the credential. Holds no secret. */
	version: string;
	/** ms from its issue to its end, where that does not stand in the token itself. */
	lifeMs?: number;
}

/** What the token gate needs of a stored credential. */
export interface StoredCredential {
	id: string;
	/** What is stored now; another process may have renewed the token, or a person have changed the credential. */
	read: () => Promise<StoredToken>;
	/** Renews the stored token now. Throws CredentialFailure, or FortnoxError where the new token is another company's. */
	refresh: () => Promise<void>;
	/** Only this process has the token, and it can get another one at any time (service account). */
	isOwn: boolean;
}
