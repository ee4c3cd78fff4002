import type { FortnoxApi } from '../api';
import type { ProvenConnection } from '../connection';
import { scopesIn } from '../tenant';
import { accountCalls } from './accounts';
import { Calls } from './calls';
import { companyCalls } from './company';
import { fileCalls, fileConnectionCalls } from './files';
import { registerCalls } from './registers';
import { seriesCalls } from './series';
import { voucherCalls } from './vouchers';

/** The client for one run on one company. Every method throws `FortnoxError`. */
export function createFortnoxApi(connection: ProvenConnection): FortnoxApi {
	const calls = new Calls(connection);
	return {
		tenantId: connection.tenantId,
		tenantKey: calls.tenantKey,
		counts: calls.requests.tally,
		serverTime: () => calls.requests.serverTime(),
		scopes: async () => scopesIn((await connection.credential.read()).token ?? ''),
		...companyCalls(calls),
		...accountCalls(calls),
		...seriesCalls(calls),
		...voucherCalls(calls),
		...registerCalls(calls),
		...fileCalls(calls),
		...fileConnectionCalls(calls),
	};
}
