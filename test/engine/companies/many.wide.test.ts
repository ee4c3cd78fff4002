import { ENTRY, interleaved, meantFor, startFirm, type Firm } from '../support/firm';

const BY_PARAMETER = { ...ENTRY, tenantId: '={{ $json.tenant }}' };

jest.setTimeout(300_000);

let firm: Firm;
afterEach(async () => {
	await firm.close();
});

const tokenRequests = () => firm.sandbox.log.filter(({ path }) => path.endsWith('/token'));

function countBy<T>(values: readonly T[]): Map<T, number> {
	const counts = new Map<T, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return counts;
}

/** Calls `act` with every request that the sandbox has taken up. */
function onEachRequest(act: () => void): void {
	const { log } = firm.sandbox;
	const push = log.push.bind(log);
	log.push = (...entries) => {
		act();
		return push(...entries);
	};
}

describe('two hundred companies in one run', () => {
	/** Short for a run of this length, and renewed a tenth of it before the end. */
	const TOKEN_SECONDS = 60;

	it('get their own entries, each with tokens that are renewed before they end and kept in memory only', async () => {
		firm = await startFirm(200, { accessTokenSeconds: TOKEN_SECONDS, latencyMs: 300 });
		const stored = JSON.stringify(firm.stored.service);
		const items = interleaved(firm.tenants, 2);
		const result = await firm.run(BY_PARAMETER, { input: items });
		expect(result.error).toBeUndefined();
		for (const tenantId of firm.tenants) expect(firm.ledger(tenantId)).toEqual(meantFor(tenantId, items));
		expect(result.json().map(({ number, tenant_id }) => [number, tenant_id])).toEqual(items.map(({ number, tenant }) => [number, tenant]));

		const renewed = [...countBy(tokenRequests().map(({ tenantId }) => tenantId)).values()];
		expect(renewed).toHaveLength(200);
		// The tokens of the first check were over before the last entry was posted.
		expect(Math.min(...renewed)).toBeGreaterThanOrEqual(1);
		expect(renewed.filter((times) => times > 1).length).toBeGreaterThan(100);
		expect(firm.sandbox.log.filter(({ status }) => status !== 200 && status !== 201)).toEqual([]);
		expect(JSON.stringify(firm.stored.service)).toBe(stored);
		expect(JSON.stringify([result.json(), result.hints()])).not.toMatch(/eyJ/);
	});
});

describe('tokens that end in the middle of a run', () => {
	const EACH = 12;

	it('are renewed for the company that they belong to, again and again', async () => {
		firm = await startFirm(3);
		const ended = new Set<string>();
		onEachRequest(() => {
			for (const tenantId of firm.tenants) {
				const posted = firm.ledger(tenantId).length;
				if (posted % 3 !== 2 || ended.has(`${tenantId} ${posted}`)) continue;
				ended.add(`${tenantId} ${posted}`);
				firm.sandbox.expireTokens(tenantId);
			}
		});
		const items = interleaved(firm.tenants, EACH);
		const result = await firm.run(BY_PARAMETER, { input: items });
		expect(result.error).toBeUndefined();
		for (const tenantId of firm.tenants) expect(firm.ledger(tenantId)).toEqual(meantFor(tenantId, items));
		expect([...countBy(tokenRequests().map(({ tenantId }) => tenantId)).values()]).toEqual([5, 5, 5]);
	});

	it.each(['continueRegularOutput', 'stopWorkflow'] as const)(
		'post nothing more where a new token is of another company (%s)',
		async (onError) => {
			firm = await startFirm(3);
			let isBroken = false;
			onEachRequest(() => {
				if (isBroken || firm.ledger(1001).length < 4) return;
				isBroken = true;
				firm.sandbox.settings.serviceAccountTokens = { tenantId: 1002 };
				firm.sandbox.expireTokens();
			});
			const items = interleaved(firm.tenants, EACH);
			const result = await firm.run(BY_PARAMETER, { input: items, onError });
			expect(isBroken).toBe(true);
			const posted = firm.tenants.map((tenantId) => firm.ledger(tenantId).length);
			for (const [index, tenantId] of firm.tenants.entries()) {
				expect(firm.ledger(tenantId)).toEqual(meantFor(tenantId, items).slice(0, posted[index]));
			}
			expect(posted[0]).toBeGreaterThanOrEqual(4);
			expect(posted[0]).toBeLessThan(EACH);
			if (onError === 'stopWorkflow') {
				expect(result.error).toMatchObject({ context: { error_code: 'ERROR_WRONG_COMPANY' } });
				for (const [index, tenantId] of firm.tenants.entries()) {
					expect(result.error?.message).toContain(`Company ${tenantId}: ${posted[index]} of the run's ${EACH} entries are in the ledger`);
				}
			} else {
				expect(posted[1]).toBe(EACH);
				const failed = result.json().filter(({ error_code }) => error_code === 'ERROR_WRONG_COMPANY');
				const missing = new Map([
					[1001, EACH - (posted[0] ?? 0)],
					[1003, EACH - (posted[2] ?? 0)],
				]);
				expect(countBy(failed.map(({ tenant_id }) => tenant_id))).toEqual(missing);
			}
			// Run again once the server is in order: what is missing is posted, and nothing twice.
			firm.sandbox.settings.serviceAccountTokens = 'asked';
			expect((await firm.run(BY_PARAMETER, { input: items })).error).toBeUndefined();
			for (const tenantId of firm.tenants) expect(firm.ledger(tenantId)).toEqual(meantFor(tenantId, items));
		},
	);
});
