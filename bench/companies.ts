import { ENTRY, interleaved, startFirm, type Firm } from '../test/engine/support/firm';

const COMPANIES = 50;
const ENTRIES = 20;
/** How many companies the node works on at once. */
const AT_ONCE = 8;
/** Alone in a run, one after the other: what a loop over the companies would take, from a few of them. */
const ALONE = 3;

const LIMIT = { requests: 25, windowMs: 5000, countRefused: false, retryAfter: false };
const LATENCY_MS = 100;

/** What requests that go one after the other take at least, for one company. */
const optimumOfOne = (requests: number): number =>
	Math.max(Math.floor((requests - 1) / LIMIT.requests) * LIMIT.windowMs, requests * LATENCY_MS);

async function post(firm: Firm, tenants: readonly number[]): Promise<{ ms: number; requests: number; throttled: number }> {
	const seen = firm.sandbox.log.length;
	const started = performance.now();
	const result = await firm.run({ ...ENTRY, tenantId: '={{ $json.tenant }}' }, { input: interleaved(tenants, ENTRIES) });
	if (result.status !== 'success') throw new Error(result.error?.message ?? result.status);
	for (const tenantId of tenants) {
		if (firm.ledger(tenantId).length !== ENTRIES) throw new Error(`${tenantId} has ${firm.ledger(tenantId).length} entries`);
	}
	const log = firm.sandbox.log.slice(seen).filter(({ path }) => path.startsWith('/3/'));
	return {
		ms: performance.now() - started,
		requests: log.length,
		throttled: log.filter(({ status }) => status === 429).length,
	};
}

/** A firm's run over all its companies, against one company after the other, and against what the limit allows at best. */
export async function run(print: (figure: object) => void): Promise<void> {
	const firm = await startFirm(COMPANIES + ALONE, { limit: LIMIT, latencyMs: LATENCY_MS });
	try {
		let aloneMs = 0;
		for (const tenantId of firm.tenants.slice(COMPANIES)) aloneMs += (await post(firm, [tenantId])).ms / ALONE;
		const all = await post(firm, firm.tenants.slice(0, COMPANIES));
		const optimumMs = Math.ceil(COMPANIES / AT_ONCE) * optimumOfOne(Math.ceil(all.requests / COMPANIES));
		print({
			bench: 'companies',
			companies: COMPANIES,
			entriesEach: ENTRIES,
			requests: all.requests,
			throttled: all.throttled,
			ms: Math.round(all.ms),
			optimumMs,
			timesOptimum: Number((all.ms / optimumMs).toFixed(2)),
			timesOptimumAtMost: 1.2,
			oneCompanyMs: Math.round(aloneMs),
			timesOneCompany: Number((all.ms / aloneMs).toFixed(2)),
			fasterThanOneAfterTheOther: Number(((aloneMs * COMPANIES) / all.ms).toFixed(1)),
			fasterAtLeast: 6,
		});
	} finally {
		await firm.close();
	}
}
