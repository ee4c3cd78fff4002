import { createEngine, ACCOUNTING_NODE } from '../../../engine';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { ENTRY, interleaved, meantFor, startFirm, type Firm } from '../support/firm';

const BY_PARAMETER = { ...ENTRY, tenantId: '={{ $json.tenant }}' };
const CONNECTED = { ...ENTRY, authentication: 'oAuth2' };

describe('the company is proven before anything is sent', () => {
	let firm: Firm;
	beforeEach(async () => {
		firm = await startFirm(2);
	});
	afterEach(async () => {
		await firm.close();
	});

	const requests = () => firm.sandbox.log.filter(({ path }) => path.startsWith('/3/'));
	const reconnect = (tenantId: number): void => {
		firm.stored.connected.data.oauthTokenData = { ...firm.sandbox.issueTokens({ tenantId }) };
	};

	it.each(['stopWorkflow', 'continueRegularOutput'] as const)(
		'an OAuth2 credential that is connected to another company in the middle of a run ends the run (%s)',
		async (onError) => {
			const items = interleaved([1001], 40);
			const stop = firm.sandbox.log;
			const push = stop.push.bind(stop);
			// As soon as a few entries are posted, somebody connects the credential anew.
			let isReconnected = false;
			stop.push = (...entries) => {
				if (!isReconnected && firm.ledger(1001).length >= 5) {
					isReconnected = true;
					reconnect(1002);
				}
				return push(...entries);
			};
			const result = await firm.run(CONNECTED, { input: items, onError });
			const posted = firm.ledger(1001).length;
			expect(posted).toBeGreaterThanOrEqual(5);
			expect(posted).toBeLessThan(10);
			expect(firm.ledger(1001)).toEqual(meantFor(1001, items.slice(0, posted)));
			expect(firm.ledger(1002)).toEqual([]);
			expect(requests().every(({ tenantId }) => tenantId === 1001)).toBe(true);
			if (onError === 'stopWorkflow') {
				expect(result.error).toMatchObject({ context: { error_code: 'ERROR_WRONG_COMPANY' } });
				expect(result.error?.message).toMatch(/1001.*1002.*Nothing was sent with it/);
			} else {
				const failed = result.json().filter(({ error_code }) => error_code === 'ERROR_WRONG_COMPANY');
				expect(failed).toHaveLength(40 - posted);
				expect(result.json().every(({ tenant_id }) => tenant_id === 1001)).toBe(true);
			}
		},
	);

	it('names both companies where their names were read', async () => {
		for (const tenant of [1001, 1002]) {
			const company = await firm.run({ resource: 'company', operation: 'get', tenantId: String(tenant) });
			expect(company.error).toBeUndefined();
		}
		firm.sandbox.settings.serviceAccountTokens = { tenantId: 1002 };
		firm.sandbox.expireTokens();
		const { error } = await firm.run({ resource: 'account', operation: 'get', accountNumber: '1930', tenantId: '1001' });
		expect(error?.message).toContain('Klient 1001 AB (1001)');
		expect(error?.message).toContain('Klient 1002 AB (1002)');
	});

	it('a wrong claim after renewal posts nothing, and heals with the server', async () => {
		const items = interleaved(firm.tenants, 1);
		firm.sandbox.settings.serviceAccountTokens = { tenantId: 1002 };
		const result = await firm.run(BY_PARAMETER, { input: items, onError: 'continueRegularOutput' });
		expect(result.json().map(({ error_code }) => error_code ?? null)).toEqual(['ERROR_WRONG_COMPANY', null]);
		expect(firm.ledger(1001)).toEqual([]);
		expect(requests().every(({ tenantId }) => tenantId === 1002)).toBe(true);
		firm.sandbox.settings.serviceAccountTokens = 'asked';
		expect((await firm.run(BY_PARAMETER, { input: items })).error).toBeUndefined();
		for (const tenantId of firm.tenants) expect(firm.ledger(tenantId)).toEqual(meantFor(tenantId, items));
	});

	it('a token without a claim is proven by one request, and then as good as any', async () => {
		firm.sandbox.settings.tenantClaim = 'absent';
		const items = interleaved(firm.tenants, 3);
		expect((await firm.run(BY_PARAMETER, { input: items })).error).toBeUndefined();
		for (const tenantId of firm.tenants) {
			expect(firm.ledger(tenantId)).toEqual(meantFor(tenantId, items));
			const own = requests().filter((request) => request.tenantId === tenantId);
			expect(own.map(({ path }) => path === '/3/companyinformation')).toEqual(own.map((_request, index) => index === 0));
		}
	});

	it('a token without a claim that belongs to another company posts nothing', async () => {
		firm.sandbox.settings.tenantClaim = 'absent';
		firm.sandbox.settings.serviceAccountTokens = { tenantId: 1002 };
		const { error } = await firm.run({ ...ENTRY, tenantId: '1001' }, { input: interleaved([1001], 1) });
		expect(error).toMatchObject({ context: { error_code: 'ERROR_WRONG_COMPANY' } });
		expect(error?.message).toContain('Klient 1002 AB (1002)');
		expect(requests().map(({ path }) => path)).toEqual(['/3/companyinformation']);
	});

	it('an OAuth2 token without a claim tells its company, too', async () => {
		firm.sandbox.settings.tenantClaim = 'absent';
		reconnect(1002);
		const items = interleaved([1002], 2);
		const result = await firm.run(CONNECTED, { input: items });
		expect(result.error).toBeUndefined();
		expect(result.json().map(({ tenant_id }) => tenant_id)).toEqual([1002, 1002]);
		expect(firm.ledger(1002)).toEqual(meantFor(1002, items));
	});

	it('says what is missing where nobody can say which company a token belongs to', async () => {
		firm.sandbox.settings.tenantClaim = 'absent';
		firm.sandbox.faults.add({ kind: 'scopeMissing', path: '^/3/companyinformation' });
		const { error } = await firm.run({ ...ENTRY, tenantId: '1001' }, { input: interleaved([1001], 1) });
		expect(error?.message).toMatch(/does not say to which company it belongs.*scope companyinformation/);
		expect(firm.ledger(1001)).toEqual([]);
	});

	it('two servers with the same client id and tenant have nothing in common', async () => {
		const other = await startFirm(1);
		try {
			const items = interleaved([1001], 1);
			for (const one of [firm, other]) {
				const result = await one.run({ ...ENTRY, tenantId: '1001' }, { input: items });
				expect(result.json()).toMatchObject([{ tenant_id: 1001 }]);
				expect(result.json()[0]).not.toHaveProperty('already_posted');
				expect(one.ledger(1001)).toEqual(meantFor(1001, items));
			}
		} finally {
			await other.close();
		}
	});

	it('two apps of one company share what is known of it: an entry of the one is not posted by the other', async () => {
		const [app] = firm.sandbox.clients;
		if (app) firm.sandbox.clients.push({ ...app, id: 'second-app' });
		firm.sandbox.consent({ clientId: 'second-app', tenantId: 1001, serviceAccount: true });
		const items = interleaved([1001], 1);
		const second = createEngine({
			nodeTypes: { [ACCOUNTING_NODE]: FortnoxAccounting },
			credentials: { second: { ...firm.stored.service, data: { ...firm.stored.service.data, clientId: 'second-app' } } },
		});
		const parameters = { ...ENTRY, authentication: 'serviceAccount', tenantId: '1001' };
		const results = await Promise.all([firm.run(parameters, { input: items }), second.runNode({ parameters, input: items })]);
		expect(results.map(({ error }) => error?.message)).toEqual([undefined, undefined]);
		expect(results.flatMap((result) => result.json()).filter(({ already_posted }) => already_posted === true)).toHaveLength(1);
		expect(firm.ledger(1001)).toEqual(meantFor(1001, items));
	});
});
