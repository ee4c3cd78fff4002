import { stockholmDate } from '../../company/clock';
import type { CompanyState } from '../../company/company';
import type { SandboxParty, SandboxPayment } from '../../company/types';
import { notFound, PlaceholderRefusal, toSek } from '../wire/answer';
import { readWrapped, someOf, type Fields } from '../wire/fields';
import { cutPage, integerParameter, listAnswer } from '../wire/lists';
import { created, noContent, numberInPath, ok, PAGING, type Route, type RouteContext } from '../wire/route';
import { book, bookedAt, ownRow, predefinedAccount, type Bookable } from './book';
import { CUSTOMER_INVOICES } from './customerInvoices';
import { findInvoice, nextNumber, type InvoiceKind } from './document';
import { SUPPLIER_INVOICES } from './supplierInvoices';

interface PaymentKind {
	path: 'invoicepayments' | 'supplierinvoicepayments';
	single: 'InvoicePayment' | 'SupplierInvoicePayment';
	use: Bookable['use'];
	/** 1 where money comes in, -1 where it goes out. */
	sign: 1 | -1;
	/** The predefined account of what is paid. */
	claim: 'CUSTCLAIM' | 'SUPDEBT';
	description: string;
	invoices: InvoiceKind;
	/** The list's filters: the document has one for incoming payments alone. */
	filters: readonly string[];
	paymentsOf: (company: CompanyState) => SandboxPayment[];
	/** Whose numbers are texts and whose are not differs. */
	numbers: (payment: SandboxPayment) => { InvoiceNumber: number | string; Number: number | string };
	/** The single answer's fields with names of their own. */
	ownFields: (payment: SandboxPayment, party: SandboxParty) => object;
}

const IN: PaymentKind = {
	path: 'invoicepayments',
	single: 'InvoicePayment',
	use: 'INVOICEPAYMENT',
	sign: 1,
	claim: 'CUSTCLAIM',
	description: 'Inbetalning kundfaktura',
	invoices: CUSTOMER_INVOICES,
	filters: ['invoicenumber'],
	paymentsOf: ({ invoicePayments }) => invoicePayments,
	numbers: ({ number, invoiceNumber }) => ({ InvoiceNumber: invoiceNumber, Number: String(number) }),
	ownFields: ({ account }, party) => ({
		InvoiceCustomerName: party.name,
		InvoiceCustomerNumber: party.number,
		ModeOfPaymentAccount: account,
	}),
};

const OUT: PaymentKind = {
	path: 'supplierinvoicepayments',
	single: 'SupplierInvoicePayment',
	use: 'SUPPLIERPAYMENT',
	sign: -1,
	claim: 'SUPDEBT',
	description: 'Utbetalning leverantörsfaktura',
	invoices: SUPPLIER_INVOICES,
	filters: [],
	paymentsOf: ({ supplierInvoicePayments }) => supplierInvoicePayments,
	numbers: ({ number, invoiceNumber }) => ({ InvoiceNumber: String(invoiceNumber), Number: number }),
	ownFields: (_payment, party) => ({ InvoiceSupplierName: party.name, InvoiceSupplierNumber: party.number }),
};

const SPECS = someOf({
	InvoiceNumber: { type: 'integer', required: true },
	Amount: { type: 'amount', required: true },
	PaymentDate: { type: 'date' },
	ModeOfPayment: { type: 'text' },
	ModeOfPaymentAccount: { type: 'integer', min: 1000, max: 9999 },
	Currency: { type: 'text', choices: ['SEK'] },
	Booked: { type: 'boolean', readOnly: true },
	Number: { type: 'integer', readOnly: true },
	VoucherNumber: { type: 'integer', readOnly: true },
	VoucherSeries: { type: 'text', readOnly: true },
	VoucherYear: { type: 'integer', readOnly: true },
});

/** The account that the money moves on: the one that is given, else that of the mode of payment, BG by default. */
function accountOf(fields: Fields, context: RouteContext): number {
	const given = fields.number('ModeOfPaymentAccount');
	if (given !== undefined) return given;
	const code = fields.text('ModeOfPayment');
	if (!code) return predefinedAccount(context, 'BG');
	const mode = context.company.modesOfPayments.find((each) => each.code === code);
	if (!mode) throw new PlaceholderRefusal('modeOfPaymentNotFound');
	return Number(mode.accountNumber);
}

function create(kind: PaymentKind, context: RouteContext): SandboxPayment {
	const { company, now } = context;
	const fields = readWrapped(context, kind.single, SPECS, 'create');
	const invoice = findInvoice(kind.invoices, company, fields.number('InvoiceNumber') ?? 0);
	if (!invoice.voucher) throw new PlaceholderRefusal('notBooked', invoice.number);
	return {
		number: nextNumber(kind.paymentsOf(company)),
		invoiceNumber: invoice.number,
		date: fields.text('PaymentDate') ?? stockholmDate(now),
		amount: fields.number('Amount') ?? 0,
		modeOfPayment: fields.text('ModeOfPayment') ?? 'BG',
		account: accountOf(fields, context),
		voucher: null,
	};
}

function bookkeep(kind: PaymentKind, payment: SandboxPayment, context: RouteContext): void {
	if (payment.voucher) throw new PlaceholderRefusal('alreadyBooked', payment.number);
	const amount = kind.sign * payment.amount;
	payment.voucher = book(context, {
		use: kind.use,
		number: payment.number,
		date: payment.date,
		description: `${kind.description} ${payment.invoiceNumber}`,
		rows: [ownRow(payment.account, amount), ownRow(predefinedAccount(context, kind.claim), -amount)],
	});
}

const listItem = (kind: PaymentKind, payment: SandboxPayment, { baseUrl }: RouteContext) => ({
	'@url': `${baseUrl}/3/${kind.path}/${payment.number}`,
	Amount: toSek(payment.amount),
	Booked: payment.voucher !== null,
	Currency: 'SEK',
	CurrencyRate: 1,
	CurrencyUnit: 1,
	...kind.numbers(payment),
	PaymentDate: payment.date,
	Source: 'manual',
});

function toWire(kind: PaymentKind, payment: SandboxPayment, context: RouteContext) {
	const invoice = findInvoice(kind.invoices, context.company, payment.invoiceNumber);
	return {
		[kind.single]: {
			...listItem(kind, payment, context),
			...bookedAt(payment.voucher),
			...kind.ownFields(payment, invoice.party),
			InvoiceDueDate: invoice.dueDate,
			InvoiceTotal: String(toSek(invoice.total)),
			ModeOfPayment: payment.modeOfPayment,
			WriteOffs: [],
		},
	};
}

function paymentRoutes(kind: PaymentKind): Route[] {
	const { path, single, paymentsOf } = kind;
	const scope = 'payment';
	const find = (context: RouteContext): SandboxPayment => {
		const wanted = numberInPath(context, 'number');
		const payment = paymentsOf(context.company).find(({ number }) => number === wanted);
		if (!payment) throw notFound('paymentNotFound');
		return payment;
	};
	return [
		{
			method: 'GET',
			path: `/3/${path}`,
			scope,
			query: [...PAGING, ...kind.filters],
			unsimulated: ['lastmodified', 'sortby'],
			handle(context) {
				const wanted = kind.filters.includes('invoicenumber') ? integerParameter(context.query, 'invoicenumber') : undefined;
				const payments = paymentsOf(context.company).filter(({ invoiceNumber }) => wanted === undefined || invoiceNumber === wanted);
				return listAnswer(`${single}s`, cutPage(payments, context.query, context.settings), (payment) => listItem(kind, payment, context));
			},
		},
		{ method: 'GET', path: `/3/${path}/:number`, scope, handle: (context) => ok(toWire(kind, find(context), context)) },
		{
			method: 'POST',
			path: `/3/${path}`,
			scope,
			handle(context) {
				const payment = create(kind, context);
				paymentsOf(context.company).push(payment);
				return created(path, toWire(kind, payment, context));
			},
		},
		{
			method: 'PUT',
			path: `/3/${path}/:number/bookkeep`,
			scope,
			action: true,
			handle(context) {
				const payment = find(context);
				bookkeep(kind, payment, context);
				return ok(toWire(kind, payment, context));
			},
		},
		{
			method: 'DELETE',
			path: `/3/${path}/:number`,
			scope,
			handle(context) {
				const payment = find(context);
				if (payment.voucher) throw new PlaceholderRefusal('alreadyBooked', payment.number);
				const payments = paymentsOf(context.company);
				payments.splice(payments.indexOf(payment), 1);
				return noContent();
			},
		},
	];
}

export const allPaymentRoutes: readonly Route[] = [...paymentRoutes(IN), ...paymentRoutes(OUT)];
