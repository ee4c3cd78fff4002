import { stockholmDate } from '../../company/clock';
import type { SandboxInvoice, SandboxInvoiceRow } from '../../company/types';
import { PlaceholderRefusal, Refusal, toSek } from '../wire/answer';
import { isRecord, readFields, readWrapped, someOf } from '../wire/fields';
import type { RouteContext } from '../wire/route';
import { bookedAt, ownRow, predefinedAccount } from './book';
import { balanceOf, finalPayDate, nextNumber, sharedFields, type InvoiceKind } from './document';
import { CUSTOMERS, findParty } from './parties';

const SPECS = someOf({
	CustomerNumber: { type: 'text', required: true },
	InvoiceDate: { type: 'date' },
	DueDate: { type: 'date' },
	InvoiceRows: { type: 'rows' },
	VATIncluded: { type: 'boolean' },
	Currency: { type: 'text', choices: ['SEK'] },
	Booked: { type: 'boolean', readOnly: true },
	VoucherNumber: { type: 'integer', readOnly: true },
	VoucherSeries: { type: 'text', readOnly: true },
	VoucherYear: { type: 'integer', readOnly: true },
	Total: { type: 'amount', readOnly: true },
});

const ROW_SPECS = someOf({
	Description: { type: 'text', max: 255 },
	DeliveredQuantity: { type: 'number' },
	Price: { type: 'amount' },
	VAT: { type: 'integer', min: 0, max: 100 },
	AccountNumber: { type: 'integer', min: 1000, max: 9999 },
	CostCenter: { type: 'text' },
	Project: { type: 'text' },
});

const UNSIMULATED = [
	...['costcenter', 'customername', 'label', 'fromfinalpaydate', 'tofinalpaydate', 'lastmodified', 'notcompleted', 'ocr', 'ourreference'],
	...['project', 'sent', 'externalinvoicereference1', 'externalinvoicereference2', 'yourreference', 'invoicetype', 'articlenumber'],
	...['articledescription', 'currency', 'accountnumberfrom', 'accountnumberto', 'yourordernumber', 'credit', 'sortby', 'sortorder'],
];

/** Rate in percent → the predefined accounts of its sales and of its VAT. */
const RATES: ReadonlyMap<number, readonly [sales: string, vat: string | null]> = new Map([
	[25, ['SALES_25_SE', 'OUTVAT_MP1']],
	[12, ['SALES_12_SE', 'OUTVAT_MP2']],
	[6, ['SALES_6_SE', 'OUTVAT_MP3']],
	[0, ['SALES_0_SE', null]],
]);

/** A row, and the VAT on it in öre. Without a rate it has the ordinary one of 25 percent. */
function readRow(input: unknown, context: RouteContext, vatIncluded: boolean): { row: SandboxInvoiceRow; vat: number } {
	if (!isRecord(input)) throw new Refusal(400, 2001392, 'Ingen eller felaktig typ av data.');
	const fields = readFields(input, ROW_SPECS, 'create', context.settings);
	const rate = fields.number('VAT') ?? 25;
	const accounts = RATES.get(rate);
	if (!accounts) throw new PlaceholderRefusal('invalidChoice', rate);
	const given = Math.round((fields.number('Price') ?? 0) * (fields.number('DeliveredQuantity') ?? 1));
	const net = vatIncluded ? Math.round((given * 100) / (100 + rate)) : given;
	const row = {
		...ownRow(fields.number('AccountNumber') ?? predefinedAccount(context, accounts[0]), -net),
		costCenter: fields.text('CostCenter') ?? '',
		project: fields.text('Project') ?? '',
		text: fields.text('Description') ?? '',
		vatRate: rate,
	};
	return { row, vat: vatIncluded ? given - net : Math.round((net * rate) / 100) };
}

function create(context: RouteContext): SandboxInvoice {
	const { company, now } = context;
	const fields = readWrapped(context, 'Invoice', SPECS, 'create');
	const date = fields.text('InvoiceDate') ?? stockholmDate(now);
	const read = fields.rows('InvoiceRows').map((input) => readRow(input, context, fields.boolean('VATIncluded') ?? false));
	const taxes = read.flatMap(({ row, vat }) => {
		const name = RATES.get(row.vatRate)?.[1];
		return name ? [ownRow(predefinedAccount(context, name), -vat, 'VAT')] : [];
	});
	const rows = [...read.map(({ row }) => row), ...taxes];
	const total = -rows.reduce((sum, { amount }) => sum + amount, 0);
	return {
		number: nextNumber(company.invoices),
		party: findParty(CUSTOMERS, company, fields.text('CustomerNumber') ?? ''),
		externalNumber: '',
		date,
		dueDate: fields.text('DueDate') ?? stockholmDate(Date.parse(date) + 30 * 86_400_000),
		total,
		vat: read.reduce((sum, { vat }) => sum + vat, 0),
		rows: [ownRow(predefinedAccount(context, 'CUSTCLAIM'), total, 'TOT'), ...rows],
		voucher: null,
	};
}

const listItem = (invoice: SandboxInvoice, { company, baseUrl }: RouteContext) => ({
	'@url': `${baseUrl}/3/invoices/${invoice.number}`,
	...sharedFields(invoice),
	...bookedAt(invoice.voucher),
	Balance: toSek(balanceOf(invoice, company.invoicePayments)),
	CurrencyRate: 1,
	CustomerName: invoice.party.name,
	CustomerNumber: invoice.party.number,
	DocumentNumber: String(invoice.number),
	FinalPayDate: finalPayDate(invoice, company.invoicePayments),
	InvoiceType: 'INVOICE',
	Sent: false,
	Total: toSek(invoice.total),
});

export const CUSTOMER_INVOICES: InvoiceKind = {
	path: 'invoices',
	scope: 'invoice',
	single: 'Invoice',
	use: 'INVOICE',
	describe: ({ number, party }) => `Kundfaktura ${number} ${party.name}`,
	invoicesOf: ({ invoices }) => invoices,
	paymentsOf: ({ invoicePayments }) => invoicePayments,
	query: ['customernumber', 'documentnumber'],
	unsimulated: UNSIMULATED,
	create,
	toListWire: listItem,
	toWire: (invoice, context) => ({
		...listItem(invoice, context),
		Credit: String(invoice.total < 0),
		InvoiceRows: invoice.rows
			.filter(({ code }) => code === '')
			.map(({ account, amount, costCenter, project, text, vatRate }) => ({
				AccountNumber: account,
				CostCenter: costCenter,
				Description: text,
				PriceExcludingVAT: toSek(-amount),
				Project: project,
				TotalExcludingVAT: toSek(-amount),
				VAT: vatRate,
			})),
		Net: toSek(invoice.total - invoice.vat),
		TotalToPay: toSek(invoice.total),
		TotalVAT: toSek(invoice.vat),
	}),
};
