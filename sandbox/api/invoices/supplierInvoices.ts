import { stockholmDate } from '../../company/clock';
import type { SandboxInvoice, SandboxInvoiceRow } from '../../company/types';
import { PlaceholderRefusal, Refusal, toSek } from '../wire/answer';
import { isRecord, readFields, readWrapped, someOf } from '../wire/fields';
import type { RouteContext } from '../wire/route';
import { bookedAt, ownRow, predefinedAccount } from './book';
import { amountText, balanceOf, finalPayDate, nextNumber, sharedFields, type InvoiceKind } from './document';
import { findParty, SUPPLIERS } from './parties';

const SPECS = someOf({
	SupplierNumber: { type: 'text', required: true },
	InvoiceNumber: { type: 'text' },
	InvoiceDate: { type: 'date' },
	DueDate: { type: 'date' },
	Total: { type: 'amount' },
	VAT: { type: 'amount' },
	SupplierInvoiceRows: { type: 'rows' },
	Currency: { type: 'text', choices: ['SEK'] },
	GivenNumber: { type: 'text', readOnly: true },
	Booked: { type: 'boolean', readOnly: true },
});

const ROW_SPECS = someOf({
	Account: { type: 'integer', min: 1000, max: 9999 },
	Code: { type: 'text' },
	Debit: { type: 'amount' },
	Credit: { type: 'amount' },
	CostCenter: { type: 'text' },
	Project: { type: 'text' },
	ItemDescription: { type: 'text' },
});

/** A row as given. TOT and VAT need no account: that is the predefined one. Other codes are not simulated. */
function readRow(input: unknown, context: RouteContext): SandboxInvoiceRow {
	if (!isRecord(input)) throw new Refusal(400, 2001392, 'Ingen eller felaktig typ av data.');
	const fields = readFields(input, ROW_SPECS, 'create', context.settings);
	const given = fields.text('Code') ?? '';
	if (given !== '' && given !== 'TOT' && given !== 'VAT') throw new PlaceholderRefusal('invalidChoice', given);
	const predefined = { TOT: 'SUPDEBT', VAT: 'INVAT', '': 'PURCASE' }[given];
	const amount = (fields.number('Debit') ?? 0) - (fields.number('Credit') ?? 0);
	return {
		...ownRow(fields.number('Account') ?? predefinedAccount(context, predefined), amount),
		code: given,
		costCenter: fields.text('CostCenter') ?? '',
		project: fields.text('Project') ?? '',
		text: fields.text('ItemDescription') ?? '',
	};
}

/** The debt and the VAT come from `Total` and `VAT` where no row has them, and what is left of the total is a purchase. */
function completed(rows: SandboxInvoiceRow[], total: number, vat: number, context: RouteContext): SandboxInvoiceRow[] {
	const all = [...rows];
	if (!all.some(({ code }) => code === 'TOT')) all.unshift(ownRow(predefinedAccount(context, 'SUPDEBT'), -total, 'TOT'));
	if (vat !== 0 && !all.some(({ code }) => code === 'VAT')) all.push(ownRow(predefinedAccount(context, 'INVAT'), vat, 'VAT'));
	if (rows.every(({ code }) => code !== '')) {
		const rest = all.reduce((sum, { amount }) => sum + amount, 0);
		all.push(ownRow(predefinedAccount(context, 'PURCASE'), -rest));
	}
	return all;
}

function create(context: RouteContext): SandboxInvoice {
	const { company, now } = context;
	const fields = readWrapped(context, 'SupplierInvoice', SPECS, 'create');
	const date = fields.text('InvoiceDate') ?? stockholmDate(now);
	const given = fields.rows('SupplierInvoiceRows').map((input) => readRow(input, context));
	const rows = completed(given, fields.number('Total') ?? 0, fields.number('VAT') ?? 0, context);
	const sumOf = (wanted: string) => rows.filter(({ code }) => code === wanted).reduce((sum, { amount }) => sum + amount, 0);
	const difference = rows.reduce((sum, { amount }) => sum + amount, 0);
	if (difference !== 0) throw new PlaceholderRefusal('invoiceNotBalanced', toSek(difference));
	return {
		number: nextNumber(company.supplierInvoices),
		party: findParty(SUPPLIERS, company, fields.text('SupplierNumber') ?? ''),
		externalNumber: fields.text('InvoiceNumber') ?? '',
		date,
		dueDate: fields.text('DueDate') ?? stockholmDate(Date.parse(date) + 30 * 86_400_000),
		total: -sumOf('TOT'),
		vat: sumOf('VAT'),
		rows,
		voucher: null,
	};
}

function listItem(invoice: SandboxInvoice, { company, baseUrl }: RouteContext) {
	const { Cancelled, ...shared } = sharedFields(invoice);
	return {
		'@url': `${baseUrl}/3/supplierinvoices/${invoice.number}`,
		...shared,
		Cancel: Cancelled,
		Balance: amountText(balanceOf(invoice, company.supplierInvoicePayments)),
		Booked: invoice.voucher !== null,
		Credit: invoice.total < 0,
		CurrencyRate: '1',
		FinalPayDate: finalPayDate(invoice, company.supplierInvoicePayments),
		GivenNumber: String(invoice.number),
		InvoiceNumber: invoice.externalNumber,
		SupplierName: invoice.party.name,
		SupplierNumber: invoice.party.number,
		Total: amountText(invoice.total),
		Vouchers: invoice.voucher
			? [{ Number: invoice.voucher.number, ReferenceType: 'SUPPLIERINVOICE', Series: invoice.voucher.series, Year: invoice.voucher.yearId }]
			: [],
	};
}

export const SUPPLIER_INVOICES: InvoiceKind = {
	path: 'supplierinvoices',
	scope: 'supplierinvoice',
	single: 'SupplierInvoice',
	use: 'SUPPLIERINVOICE',
	describe: ({ number, party }) => `Leverantörsfaktura ${number} ${party.name}`,
	invoicesOf: ({ supplierInvoices }) => supplierInvoices,
	paymentsOf: ({ supplierInvoicePayments }) => supplierInvoicePayments,
	query: [],
	unsimulated: [],
	create,
	toListWire: listItem,
	toWire(invoice, context) {
		const { Cancel, ...item } = listItem(invoice, context);
		const year = context.company.yearOf(invoice.date);
		return {
			...item,
			...bookedAt(invoice.voucher),
			Cancelled: Cancel,
			SupplierInvoiceRows: invoice.rows.map((row) => ({
				Account: row.account,
				AccountDescription: year?.accounts.get(row.account)?.description ?? '',
				Code: row.code === '' ? null : row.code,
				CostCenter: row.costCenter,
				Credit: toSek(Math.max(-row.amount, 0)),
				Debit: toSek(Math.max(row.amount, 0)),
				ItemDescription: row.text,
				Project: row.project,
				Total: toSek(row.amount),
			})),
			VAT: amountText(invoice.vat),
		};
	},
};
