import type { Sandbox } from '../../sandbox';

export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	json: unknown;
}

export interface Call {
	method?: string;
	body?: unknown;
	headers?: Record<string, string>;
	/** Default: one token for every scope of the first company. */
	token?: string;
}

/** A plain HTTP client, so that what is tested is what goes over the wire. */
export function clientOf(sandbox: Sandbox): (path: string, call?: Call) => Promise<Reply> {
	const token = sandbox.issueTokens().access_token;
	return async (path, call = {}) => {
		const { body } = call;
		const response = await fetch(sandbox.url + path, {
			method: call.method ?? (body === undefined ? 'GET' : 'POST'),
			redirect: 'manual',
			headers: {
				authorization: `Bearer ${call.token ?? token}`,
				accept: 'application/json',
				...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
				...call.headers,
			},
			body: body === undefined ? null : body instanceof FormData || typeof body === 'string' ? body : JSON.stringify(body),
		});
		const text = await response.text();
		return { status: response.status, headers: response.headers, text, json: parse(text) };
	};
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** A voucher as a client posts it: balanced, on open accounts. */
export function voucher(overrides: Record<string, unknown> = {}): { Voucher: Record<string, unknown> } {
	return {
		Voucher: {
			VoucherSeries: 'A',
			TransactionDate: '2026-05-05',
			Description: 'Test',
			VoucherRows: [
				{ Account: 6110, Debit: 100.5 },
				{ Account: 1930, Credit: 100.5 },
			],
			...overrides,
		},
	};
}
