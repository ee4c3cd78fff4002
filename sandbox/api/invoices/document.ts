import type { CompanyState } from '../../company/company';
import { stockholmDate } from '../../company/clock';
import type { SandboxInvoice, SandboxPayment } from '../../company/types';
import { notFound, PlaceholderRefusal, toSek } from '../wire/answer';
import { cutPage, listAnswer } from '../wire/lists';
import { created, numberInPath, ok, PAGING, type Route, type RouteContext } from '../wire/route';
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
	paymentsOf: (company: CompanyState) => SandboxPayment[];
	/** Filters of its list besides the dates. */
	query: readonly string[];
	unsimulated: readonly string[];
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

/** The documented values of `filter` that an invoice can fit here; nothing is ever cancelled. */
const FILTERS = ['cancelled', 'fullypaid', 'unpaid', 'unpaidoverdue', 'unbooked'] as const;

function fitsFilter(invoice: SandboxInvoice, filter: string | undefined, kind: InvoiceKind, { company, now }: RouteContext): boolean {
	const isPaid = invoice.voucher !== null && balanceOf(invoice, kind.paymentsOf(company)) === 0;
	switch (filter) {
		case undefined:
			return true;
		case 'cancelled':
			return false;
		case 'fullypaid':
			return isPaid;
		case 'unbooked':
			return invoice.voucher === null;
		case 'unpaidoverdue':
			return !isPaid && invoice.dueDate < stockholmDate(now);
		default:
			return !isPaid;
	}
}

function wanted(invoice: SandboxInvoice, kind: InvoiceKind, context: RouteContext): boolean {
	const { fromdate = '', todate = '9999', customernumber, documentnumber, filter } = context.query;
	return (
		invoice.date >= fromdate &&
		invoice.date <= todate &&
		(customernumber === undefined || invoice.party.number === customernumber) &&
		(documentnumber === undefined || String(invoice.number) === documentnumber) &&
		fitsFilter(invoice, filter, kind, context)
	);
}

export function invoiceRoutes(kind: InvoiceKind): Route[] {
	const { path, scope, single, invoicesOf } = kind;
	const find = (context: RouteContext) => findInvoice(kind, context.company, numberInPath(context, 'number'));
	const answer = (invoice: SandboxInvoice, context: RouteContext) => ({ [single]: kind.toWire(invoice, context) });
	return [
		{
			method: 'GET',
			path: `/3/${path}`,
			scope,
			query: [...PAGING, 'fromdate', 'todate', ...kind.query],
			filters: FILTERS,
			unsimulated: kind.unsimulated,
			handle(context) {
				const { company, query, settings } = context;
				const invoices = invoicesOf(company).filter((invoice) => wanted(invoice, kind, context));
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
