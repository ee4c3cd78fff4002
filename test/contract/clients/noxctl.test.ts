import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startSandbox, type Sandbox } from '../../../sandbox';
import type { Outcome, Step } from './runSteps';

/**
 * Magnus-Gille/noxctl: a command line and MCP server for Fortnox, with the ledger, which its authors run against Fortnox. Its
 * sources are looked for in `../clients/noxctl` beside the repository, or under FORTNOX_CLIENTS; they need no packages for this.
 */
const CLIENT = join(process.env.FORTNOX_CLIENTS ?? join(__dirname, '..', '..', '..', '..', 'clients'), 'noxctl');

const isThere = existsSync(join(CLIENT, 'src', 'operations', 'vouchers.ts'));
if (!isThere) console.info(`noxctl: skipped, since it is not at ${CLIENT}`);

/** Of its reports. */
interface Section {
	lines: Array<{ account: number; balance: number }>;
}

const step = (module: string, name: string, ...args: unknown[]): Step => ({ module: `src/operations/${module}`, name, args });

(isThere ? describe : describe.skip)('noxctl', () => {
	let sandbox: Sandbox;
	let home: string;

	beforeEach(async () => {
		sandbox = await startSandbox();
		const { access_token, refresh_token } = sandbox.issueTokens();
		home = mkdtempSync(join(tmpdir(), 'noxctl-'));
		mkdirSync(join(home, '.fortnox-mcp'));
		const credentials = { client_id: 'sandbox-client', client_secret: 'sandbox-secret', access_token, refresh_token, expires_at: 8e12 };
		writeFileSync(join(home, '.fortnox-mcp', 'credentials.json'), JSON.stringify(credentials));
	});
	afterEach(async () => {
		await sandbox.close();
		rmSync(home, { recursive: true });
	});

	/** What the functions answered, in their order. Throws where one of them threw. */
	async function outcomes(...steps: Step[]): Promise<Outcome[]> {
		const [preload, driver] = [require.resolve('tsx'), join(__dirname, 'runSteps.ts')];
		const output = await new Promise<string>((resolve, reject) => {
			const child = execFile(
				process.execPath,
				['--import', preload, driver, CLIENT, sandbox.url],
				{ env: { PATH: process.env.PATH, HOME: home } },
				(error, stdout, stderr) => (error ? reject(new Error(`${error.message}\n${stderr}`)) : resolve(stdout)),
			);
			child.stdin?.end(JSON.stringify(steps));
		});
		return JSON.parse(output) as Outcome[];
	}

	async function answers(...steps: Step[]): Promise<unknown[]> {
		return (await outcomes(...steps)).map((outcome) => {
			if ('error' in outcome) throw new Error(outcome.error);
			return outcome.answer;
		});
	}

	const rows = [
		{ Account: 6110, Debit: 100.5, CostCenter: 'BUTIK' },
		{ Account: 1930, Credit: 100.5 },
	];

	it('posts to the ledger and reads it back', async () => {
		const year = sandbox.company().year(4);
		const before = year.count;
		const [posted, all, ofSeries, single, accounts] = await answers(
			step('vouchers', 'createVoucher', { TransactionDate: '2026-05-05', Description: 'Pennor', VoucherRows: rows }),
			step('vouchers', 'listVouchers', { financialYear: 4, all: true }),
			step('vouchers', 'listVouchers', { financialYear: 4, series: 'A', fromDate: '2026-05-01', toDate: '2026-05-31' }),
			step('vouchers', 'getVoucher', 'A', '5', 4),
			step('accounts', 'listAccounts', { financialYear: 4, all: true }),
		);
		expect(posted).toMatchObject({ VoucherSeries: 'A', VoucherNumber: 5, Year: 4 });
		expect(sandbox.company().voucher('A', 5, 4)?.rows).toMatchObject([
			{ account: 6110, debit: 10_050, costCenter: 'BUTIK' },
			{ account: 1930, credit: 10_050 },
		]);
		expect(all).toMatchObject({ MetaInformation: { '@TotalResources': before + 1 } });
		expect(ofSeries).toMatchObject({ Vouchers: expect.arrayContaining([expect.objectContaining({ VoucherNumber: 5 })]) });
		expect(single).toMatchObject({
			Description: 'Pennor',
			VoucherRows: [
				{ Debit: 100.5, Credit: 0 },
				{ Debit: 0, Credit: 100.5 },
			],
		});
		expect(accounts).toMatchObject({ MetaInformation: { '@TotalResources': year.accounts.size } });
	});

	it('makes a balance sheet that ends where the ledger does', async () => {
		const [sheet] = await answers(step('financial-reports', 'getBalanceSheet', { financialYear: 2 }));
		const { assets, liabilitiesAndEquity } = sheet as Record<'assets' | 'liabilitiesAndEquity', Section[]>;
		const lines = [...assets, ...liabilitiesAndEquity].flatMap((section) => section.lines);
		const shown = lines.map(({ account, balance }) => [account, Math.round(balance * 100)]);
		// It has no group for 1000-1099 and the like that is empty here, and none for results.
		expect(shown.sort()).toEqual([...sandbox.company().trialBalance(2)].filter(([account]) => account < 3000).sort());
		expect(shown.length).toBeGreaterThan(1);
	});

	it('takes an invoice, a supplier invoice and their payments into the ledger', async () => {
		const row = { Description: 'Varor', Price: 100, DeliveredQuantity: '1', VAT: 25 };
		const supplierRows = { SupplierNumber: 'L1', InvoiceDate: '2026-06-01', Total: '125', VAT: '25' };
		const given = await answers(
			step('customers', 'createCustomer', { CustomerNumber: 'K1', Name: 'Kunden' }),
			step('suppliers', 'createSupplier', { SupplierNumber: 'L1', Name: 'Grossisten' }),
			step('invoices', 'createInvoice', { CustomerNumber: 'K1', InvoiceDate: '2026-06-01', InvoiceRows: [row] }),
			step('invoices', 'bookkeepInvoice', '1'),
			step('invoice-payments', 'createInvoicePayment', { InvoiceNumber: 1, Amount: 125, PaymentDate: '2026-06-10' }),
			step('invoice-payments', 'bookkeepInvoicePayment', '1'),
			step('supplier-invoices', 'createSupplierInvoice', supplierRows),
			step('supplier-invoices', 'bookkeepSupplierInvoice', '1'),
			step('invoices', 'listInvoices', { filter: 'fullypaid' }),
			step('supplier-invoices', 'listSupplierInvoices', { filter: 'unpaid' }),
		);
		const year = sandbox.company().year(4);
		for (const [series, type] of [
			['B', 'INVOICE'],
			['C', 'INVOICEPAYMENT'],
			['D', 'SUPPLIERINVOICE'],
		] as const) {
			expect(year.vouchersOf(series).at(-1)).toMatchObject({ referenceType: type, referenceNumber: '1' });
		}
		expect(given.slice(-2)).toMatchObject([
			{ Invoices: [{ DocumentNumber: '1', Balance: 0 }] },
			{ SupplierInvoices: [{ GivenNumber: '1' }] },
		]);
	});

	it("reads Fortnox's refusals", async () => {
		const refused = await outcomes(
			step('vouchers', 'createVoucher', { VoucherSeries: 'B', TransactionDate: '2026-05-05', Description: 'x', VoucherRows: rows }),
			step('vouchers', 'createVoucher', { TransactionDate: '2025-05-05', Description: 'x', VoucherRows: rows }),
			step('invoices', 'listInvoices', { filter: 'everything' }),
		);
		expect(refused).toMatchObject([
			{ error: expect.stringContaining('Verifikationsserien är inte manuell') },
			{ error: expect.stringContaining('har låst perioden t.o.m. 2025-12-31') },
			{ error: expect.stringContaining('Ett ogiltigt filter har använts.') },
		]);
	});
});
