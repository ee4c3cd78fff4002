import type { CompanyState } from '../../company/company';
import type { SandboxInvoice } from '../../company/types';
import { notFound, PlaceholderRefusal, toSek } from '../wire/answer';
import { cutPage, listAnswer, type Query } from '../wire/lists';
import { created, ok, PAGING, type Route, type RouteContext } from '../wire/route';
import { book, type Bookable } from './book';

/** One of the two kinds of invoices: what a customer owes, and what is owed to a supplier. */
export interface InvoiceKind {
	path: 'invoices' | 'supplierinvoices';
	scope: 'invoice' | 'supplierinvoice';
	single: 'Invoice' | 'SupplierInvoice';
	use: Bookable['use'];
	/** The text of its voucher. Not known: Fortnox's is the invoice's number with the name, as its exports let guess. */
	describe: (invoice: SandboxInvoice) => string;
	invoicesOf: (company: CompanyState) => SandboxInvoice[];
	create: (context: RouteContext) => SandboxInvoice;
	toWire: (invoice: SandboxInvoice, context: RouteContext) => object;
	toListWire: (invoice: SandboxInvoice, context: RouteContext) => object;
}

export function findInvoice({ invoicesOf }: InvoiceKind, company: CompanyState, number: number): SandboxInvoice {
	const invoice = invoicesOf(company).find((each) => each.number === number);
	if (!invoice) throw notFound('invoiceNotFound');
	return invoice;
}

/** What is left to pay, in öre: bookkept payments count. */
export function balanceOf(invoice: SandboxInvoice, payments: CompanyState['invoicePayments']): number {
	const paid = payments.filter(({ invoiceNumber, voucher }) => invoiceNumber === invoice.number && voucher !== null);
	return invoice.total - paid.reduce((sum, { amount }) => sum + amount, 0);
}

/** Where a payment has been bookkept that leaves nothing: its day. */
export function finalPayDate(invoice: SandboxInvoice, payments: CompanyState['invoicePayments']): string | null {
	if (invoice.voucher === null || balanceOf(invoice, payments) !== 0) return null;
	const days = payments.filter(({ invoiceNumber }) => invoiceNumber === invoice.number).map(({ date }) => date);
	return days.sort().at(-1) ?? null;
}

export const nextNumber = (documents: ReadonlyArray<{ number: number }>): number =>
	1 + Math.max(0, ...documents.map(({ number }) => number));

const between = ({ date }: SandboxInvoice, { fromdate = '', todate = '9999' }: Query): boolean => date >= fromdate && date <= todate;

export function invoiceRoutes(kind: InvoiceKind): Route[] {
	const { path, scope, single, invoicesOf } = kind;
	const find = (context: RouteContext) => findInvoice(kind, context.company, Number(context.params.number));
	const answer = (invoice: SandboxInvoice, context: RouteContext) => ({ [single]: kind.toWire(invoice, context) });
	return [
		{
			method: 'GET',
			path: `/3/${path}`,
			scope,
			query: [...PAGING, 'fromdate', 'todate'],
			handle(context) {
				const { company, query, settings } = context;
				const invoices = invoicesOf(company).filter((invoice) => between(invoice, query));
				return listAnswer(`${single}s`, cutPage(invoices, query, settings), (invoice) => kind.toListWire(invoice, context));
			},
		},
		{ method: 'GET', path: `/3/${path}/:number`, scope, handle: (context) => ok(answer(find(context), context)) },
		{
			method: 'POST',
			path: `/3/${path}`,
			scope,
			handle(context) {
				const invoice = kind.create(context);
				invoicesOf(context.company).push(invoice);
				return created(path, answer(invoice, context));
			},
		},
		{
			method: 'PUT',
			path: `/3/${path}/:number/bookkeep`,
			scope,
			action: true,
			handle(context) {
				const invoice = find(context);
				const { number, date, rows } = invoice;
				if (invoice.voucher) throw new PlaceholderRefusal('alreadyBooked', number);
				invoice.voucher = book(context, { use: kind.use, number, date, description: kind.describe(invoice), rows });
				return ok(answer(invoice, context));
			},
		},
	];
}

/** What both kinds have on the wire in the same form. */
export const sharedFields = (invoice: SandboxInvoice) => ({
	Cancelled: false,
	CostCenter: '',
	Currency: 'SEK',
	CurrencyUnit: 1,
	DueDate: invoice.dueDate,
	InvoiceDate: invoice.date,
	Project: '',
});

/** An amount as a text, as supplier invoices have theirs (the OpenAPI document). */
export const amountText = (ore: number): string => String(toSek(ore));
