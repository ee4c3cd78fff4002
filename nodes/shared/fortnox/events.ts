import type { FortnoxApi } from './api';
import { socketBaseUrl } from './baseUrl';
import { createFortnoxApi } from './client';
import { systemClock } from './clock';
import { credentialFields, type Credential, type N8nContext } from './credential';
import { FortnoxError } from './errors';
import { provenConnection } from './n8nTransport';
import { Requests } from './requests';
import { fieldText } from './serviceAccountToken';
import { SocketHub } from './socket/hub';

/** The websockets of this n8n process. */
export const eventHub = new SocketHub(systemClock);

/** What it takes to listen to a company's events, and to look up what they are about. */
export interface CompanyEvents {
	fortnox: FortnoxApi;
	/** Where the app's websocket is, and what it is opened with. */
	app: { url: string; clientId: string; clientSecret: string };
	/** Whether a text that the websocket sent holds none of the connection's secrets, and may be kept. */
	isPlain(text: string): boolean;
	/** A token of the company that is good now. Throws FortnoxError. */
	token(): Promise<string>;
	/** Gets another token in place of one that Fortnox did not take. @returns false where there is no other. Throws FortnoxError. */
	renew(): Promise<boolean>;
}

/**
 * Connects to the company of a credential for listening.
 *
 * @throws {FortnoxError} where the credential can't be used, or leads to another company
 */
export async function connectToEvents(context: N8nContext, credential: Credential): Promise<CompanyEvents> {
	const connection = await provenConnection(context, credential);
	const fields = await credentialFields(context, credential.type, credential.item);
	const base = socketBaseUrl(credential.apiBaseUrl, fields.wsBaseUrl, fields.allowLocalHttp);
	if (base === undefined) {
		throw new FortnoxError({
			explanation:
				'The Websocket Base URL of the credential can’t be used: it must start with wss://, or with ws:// on a loopback address (with ‘Allow Local HTTP’ also on private names and addresses). Nothing was sent.',
			outcome: 'refused',
			withheldBy: 'credential',
		});
	}
	const requests = new Requests(connection);
	const { secrets } = connection;
	secrets.remember(fields);
	return {
		fortnox: createFortnoxApi(connection),
		app: { url: `${base}/topics-v1`, clientId: credential.clientId, clientSecret: fieldText(fields.clientSecret) },
		isPlain: (text) => secrets.blank(text) === text,
		token: async () => {
			const { token } = await requests.proving.proven();
			secrets.remember({ accessToken: token });
			return token;
		},
		renew: async () => {
			const { token } = await requests.proving.proven();
			connection.shared.gates.of(connection.credential.id).distrust(token);
			return (await requests.proving.proven()).token !== token;
		},
	};
}
