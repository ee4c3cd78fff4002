import { startSandbox, type Sandbox } from '../../sandbox';
import { clientOf, type Call, type Reply } from './client';

let sandbox: Sandbox;
let call: (path: string, call?: Call) => Promise<Reply>;

beforeEach(async () => {
	sandbox = await startSandbox({ settings: { limit: 'off' } });
	call = clientOf(sandbox);
	await call('/3/customers', { body: { Customer: { CustomerNumber: 'K1', Name: 'Kunden AB' } } });
	await call('/3/suppliers', { body: { Supplier: { SupplierNumber: 'L1', Name: 'Grossisten AB' } } });
});
afterEach(() => sandbox.close());

const invoice = (fields: Record<string, unknown> = {}) => ({
	Invoice: {
		CustomerNumber: 'K1',
		InvoiceDate: '2026-06-01',
		InvoiceRows: [
			{ Description: 'Konsult', DeliveredQuantity: '8', Price: 1000, AccountNumber: 3001, VAT: 25 },
			{ Description: 'Bok', DeliveredQuantity: '2', Price: 150.5, VAT: 6, CostCenter: 'BUTIK' },
		],
		...fields,
	},
});
const supplierInvoice = (fields: Record<string, unknown> = {}) => ({
	SupplierInvoice: {
		SupplierNumber: 'L1',
		InvoiceNumber: 'F-77',
		InvoiceDate: '2026-06-02',
		Total: 1250,
		VAT: 250,
		SupplierInvoiceRows: [{ Account: 6110, Debit: 1000 }],
		...fields,
	},
});
const put = (path: string) => call(path, { method: 'PUT' });

/** Account → öre of a voucher, debit positive. */
function amounts(series: string, number: number): Record<number, number> {
	const rows = sandbox.company().voucher(series, number, 4)?.rows ?? [];
	return Object.fromEntries(rows.map(({ account, debit, credit }) => [account, debit - credit]));
}
const nextOf = (series: string): number => sandbox.company().year(4).series.get(series)?.nextNumber ?? 0;

describe('Invoices and payments over the API', () => {
	it('book an invoice to a customer in series B: claim, sales, VAT by rate', async () => {
		const number = nextOf('B');
		const made = await call('/3/invoices', { body: invoice() });
		expect(made.json).toMatchObject({
			Invoice: { DocumentNumber: '1', Booked: false, VoucherNumber: null, Total: 10319.06, TotalVAT: 2018.06, Balance: 10319.06 },
		});
		expect(nextOf('B')).toBe(number);

		const booked = await put('/3/invoices/1/bookkeep');
		expect(booked.json).toMatchObject({ Invoice: { Booked: true, VoucherSeries: 'B', VoucherNumber: number, VoucherYear: 4 } });
		expect(amounts('B', number)).toEqual({ 1510: 1_031_906, 3001: -800_000, 3003: -30_100, 2611: -200_000, 2631: -1_806 });
		expect((await call(`/3/vouchers/B/${number}?financialyear=4`)).json).toMatchObject({
			Voucher: { ReferenceType: 'INVOICE', ReferenceNumber: '1', TransactionDate: '2026-06-01' },
		});
		expect((await put('/3/invoices/1/bookkeep')).status).toBe(400);
	});

	it('book its payment in series C, on the account of the mode of payment, and lower the balance', async () => {
		await call('/3/invoices', { body: invoice() });
		const payment = { InvoicePayment: { InvoiceNumber: 1, Amount: 10319.06, PaymentDate: '2026-06-20', ModeOfPayment: 'PG' } };
		expect((await call('/3/invoicepayments', { body: payment })).status).toBe(400);
		await put('/3/invoices/1/bookkeep');
		const number = nextOf('C');
		await call('/3/invoicepayments', { body: payment });
		expect((await call('/3/invoices/1')).json).toMatchObject({ Invoice: { Balance: 10319.06, FinalPayDate: null } });
		expect((await put('/3/invoicepayments/1/bookkeep')).json).toMatchObject({
			InvoicePayment: { Number: '1', InvoiceNumber: 1, Booked: true, VoucherSeries: 'C', VoucherNumber: number },
		});
		expect(amounts('C', number)).toEqual({ 1920: 1_031_906, 1510: -1_031_906 });
		expect(sandbox.company().voucher('C', number, 4)).toMatchObject({ referenceType: 'INVOICEPAYMENT', referenceNumber: '1' });
		expect((await call('/3/invoices/1')).json).toMatchObject({ Invoice: { Balance: 0, FinalPayDate: '2026-06-20' } });
	});

	it("book a supplier's invoice in series D and its payment in series E, by the predefined accounts and series", async () => {
		const [d, e] = [nextOf('D'), nextOf('E')];
		await call('/3/supplierinvoices', { body: supplierInvoice() });
		expect((await put('/3/supplierinvoices/1/bookkeep')).json).toMatchObject({
			SupplierInvoice: {
				Booked: true,
				Total: '1250',
				VAT: '250',
				VoucherSeries: 'D',
				Vouchers: [{ Series: 'D', Number: d, Year: 4, ReferenceType: 'SUPPLIERINVOICE' }],
			},
		});
		expect(amounts('D', d)).toEqual({ 2440: -125_000, 2641: 25_000, 6110: 100_000 });
		await call('/3/supplierinvoicepayments', {
			body: { SupplierInvoicePayment: { InvoiceNumber: '1', Amount: 1250, PaymentDate: '2026-06-30' } },
		});
		await put('/3/supplierinvoicepayments/1/bookkeep');
		expect(amounts('E', e)).toEqual({ 1930: -125_000, 2440: 125_000 });
		expect(sandbox.company().voucher('E', e, 4)).toMatchObject({ referenceType: 'SUPPLIERPAYMENT', referenceNumber: '1' });
		expect((await call('/3/supplierinvoices/1')).json).toMatchObject({ SupplierInvoice: { Balance: '0' } });
	});

	it('follow the settings: another debt account, another series', async () => {
		await call('/3/predefinedaccounts/SUPDEBT', { method: 'PUT', body: { PreDefinedAccount: { Account: 2890 } } });
		await call('/3/predefinedvoucherseries/SUPPLIERINVOICE', { method: 'PUT', body: { PreDefinedVoucherSeries: { VoucherSeries: 'J' } } });
		await call('/3/supplierinvoices', { body: supplierInvoice() });
		await put('/3/supplierinvoices/1/bookkeep');
		expect(amounts('J', 1)).toEqual({ 2890: -125_000, 2641: 25_000, 6110: 100_000 });
	});

	it('take VAT out of prices that include it', async () => {
		await call('/3/invoices', { body: invoice({ VATIncluded: true, InvoiceRows: [{ Price: 125, DeliveredQuantity: 1, VAT: 25 }] }) });
		expect((await call('/3/invoices/1')).json).toMatchObject({ Invoice: { Total: 125, Net: 100, TotalVAT: 25 } });
	});

	it.each([
		['a customer that is not there', '/3/invoices', invoice({ CustomerNumber: 'X' }), 2000204],
		['an invoice in another currency', '/3/invoices', invoice({ Currency: 'EUR' }), 2999020],
		['a supplier invoice that does not balance', '/3/supplierinvoices', supplierInvoice({ Total: 1200 }), 2000755],
		['a payment of an invoice that is not there', '/3/invoicepayments', { InvoicePayment: { InvoiceNumber: 9, Amount: 1 } }, 2000434],
	])('refuse %s', async (_name, path, body, code) => {
		const reply = await call(path, { body });
		expect(JSON.stringify(reply.json)).toContain(`ode":${code}`);
		expect((await call(path)).json).toMatchObject({ MetaInformation: { '@TotalResources': 0 } });
	});

	it('book nothing in a locked period, nor in a year with the cash method', async () => {
		await call('/3/invoices', { body: invoice({ InvoiceDate: '2025-12-30' }) });
		expect((await put('/3/invoices/1/bookkeep')).text).toContain('2000401');
		sandbox.company().addYear('2023-01-01', '2023-12-31', { like: sandbox.company().year(4), method: 'CASH' });
		sandbox.company().setLocked(null);
		await call('/3/invoices', { body: invoice({ InvoiceDate: '2023-05-05' }) });
		expect((await put('/3/invoices/2/bookkeep')).text).toContain('2999044');
	});

	it('stand in the list, by page and date', async () => {
		await call('/3/invoices', { body: invoice() });
		await call('/3/invoices', { body: invoice({ InvoiceDate: '2026-07-01' }) });
		expect((await call('/3/invoices?fromdate=2026-06-15')).json).toMatchObject({ Invoices: [{ DocumentNumber: '2' }] });
		expect((await call('/3/invoices?limit=1&page=2')).json).toMatchObject({ Invoices: [{ DocumentNumber: '2' }] });
	});
});
