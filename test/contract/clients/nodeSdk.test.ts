import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { startSandbox, type Sandbox } from '../../../sandbox';

/**
 * A client that other people wrote for Fortnox, unchanged, against the sandbox: anikghosh256/fortnox-node-sdk, whose sources
 * are looked for in `../clients/fortnox-node-sdk` beside the repository, or under FORTNOX_CLIENTS. No client on npm knows
 * the ledger, and none is part of the project.
 */
const CLIENTS = process.env.FORTNOX_CLIENTS ?? join(__dirname, '..', '..', '..', '..', 'clients');
const CLIENT = join(CLIENTS, 'fortnox-node-sdk', 'src', 'index.ts');

type Json = Record<string, unknown>;

interface Client {
	customers: { create(customer: Json): Promise<Json>; list(): Promise<Json>; get(number: string): Promise<Json> };
	invoices: { create(invoice: Json): Promise<Json>; bookkeep(number: string): Promise<Json>; get(number: string): Promise<Json> };
}

interface ClientModule {
	FortnoxClient: new (config: Json) => Client;
}

const isClientModule = (loaded: unknown): loaded is ClientModule =>
	typeof loaded === 'object' && loaded !== null && 'FortnoxClient' in loaded && typeof loaded.FortnoxClient === 'function';

const isThere = existsSync(CLIENT);
if (!isThere) console.info(`A client of other people: skipped, since there is none at ${CLIENT}`);

(isThere ? describe : describe.skip)('a client of other people', () => {
	const realFetch = globalThis.fetch;
	let sandbox: Sandbox;
	let client: Client;

	beforeEach(async () => {
		sandbox = await startSandbox({ settings: { refreshLatency: { successMs: 1, refusalMs: 1 } } });
		// The client knows Fortnox's OAuth by its address alone.
		globalThis.fetch = async (input, init) =>
			await realFetch(String(input).replace('https://apps.fortnox.se/oauth-v1', `${sandbox.url}/oauth-v1`), init);
		const loaded: unknown = await import(CLIENT);
		if (!isClientModule(loaded)) throw new Error(`${CLIENT} has no FortnoxClient`);
		const [app] = sandbox.clients;
		const tokens = sandbox.issueTokens();
		client = new loaded.FortnoxClient({
			clientId: app?.id,
			clientSecret: app?.secret,
			redirectUri: 'http://127.0.0.1/callback',
			baseUrl: `${sandbox.url}/3`,
			initialAccessToken: tokens.access_token,
			initialRefreshToken: tokens.refresh_token,
		});
	});
	afterEach(async () => {
		globalThis.fetch = realFetch;
		await sandbox.close();
	});

	const row = { Description: 'Varor', Price: 100, DeliveredQuantity: '1', VAT: 25 };
	const invoice = { CustomerNumber: 'K1', InvoiceDate: '2026-06-01', InvoiceRows: [row] };

	it('makes a customer and an invoice, and bookkeeps it into the ledger', async () => {
		await client.customers.create({ CustomerNumber: 'K1', Name: 'Kunden' });
		expect(await client.customers.list()).toMatchObject({ Customers: [{ CustomerNumber: 'K1', Name: 'Kunden' }] });
		const { DocumentNumber } = await client.invoices.create(invoice);
		await client.invoices.bookkeep(String(DocumentNumber));
		expect(await client.invoices.get(String(DocumentNumber))).toMatchObject({ Booked: true, VoucherSeries: 'B' });
		const voucher = sandbox.company().year(4).vouchersOf('B').at(-1);
		expect(voucher).toMatchObject({ referenceType: 'INVOICE', referenceNumber: String(DocumentNumber) });
		const amounts = voucher?.rows.map(({ account, debit, credit }) => [account, debit - credit]);
		expect(amounts).toEqual(
			expect.arrayContaining([
				[1510, 12_500],
				[2611, -2_500],
			]),
		);
	});

	it('renews a token that has ended', async () => {
		sandbox.expireTokens();
		expect(await client.customers.list()).toMatchObject({ Customers: [] });
		const log = sandbox.log.map(({ path, status }) => `${path} ${status}`);
		expect(log).toEqual(['/3/customers 401', '/oauth-v1/token 200', '/3/customers 200']);
	});

	it("reads Fortnox's refusals in both envelopes", async () => {
		const refusal = async (work: Promise<Json>) =>
			await work.then(
				() => 'nothing',
				(error: unknown) => String(error),
			);
		expect(await refusal(client.customers.get('K9'))).toMatch('Kan inte hitta kunden.');
		// It knows the envelope with capital keys alone, so that of this one it keeps the status.
		expect(await refusal(client.invoices.create({ ...invoice, CustomerNumber: 'K9' }))).toMatch('ValidationError');
		expect(sandbox.log.map(({ path, status }) => `${path} ${status}`)).toEqual(['/3/customers/K9 404', '/3/invoices 400']);
	});
});
