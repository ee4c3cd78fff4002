import { stockholmMinute } from '../../company/clock';
import type { SandboxInvoiceRow, SandboxRow, SandboxVoucherKey } from '../../company/types';
import { PlaceholderRefusal, Refusal, toSek } from '../wire/answer';
import type { RouteContext } from '../wire/route';
import { checkDate, usableAccount } from '../vouchers/rules';

/** What becomes a voucher: one of the four uses that have a predefined series each. */
export interface Bookable {
	use: 'INVOICE' | 'INVOICEPAYMENT' | 'SUPPLIERINVOICE' | 'SUPPLIERPAYMENT';
	/** Of the invoice or the payment: the voucher's ReferenceNumber. */
	number: number;
	date: string;
	description: string;
	rows: readonly SandboxInvoiceRow[];
}

/** Books an invoice or a payment as a voucher of its predefined series. Throws Fortnox's refusals. */
export function book({ company, now }: RouteContext, bookable: Bookable): SandboxVoucherKey {
	const { date, use, rows } = bookable;
	const year = company.yearOf(date);
	if (!year) throw new PlaceholderRefusal('dateOutsideYear', date);
	if (year.accountingMethod === 'CASH') throw new PlaceholderRefusal('cashMethodInvoices');
	checkDate(date, year, company);
	const code = company.predefinedVoucherSeries.find(({ name }) => name === use)?.series ?? '';
	const series = year.series.get(code);
	if (!series) throw new PlaceholderRefusal('invalidSeries', code);
	for (const { account } of rows) usableAccount(year, account);
	const difference = rows.reduce((sum, { amount }) => sum + amount, 0);
	if (difference !== 0) throw new PlaceholderRefusal('invoiceNotBalanced', toSek(difference));
	const voucher = year.book(
		{
			series: code,
			number: 0,
			yearId: year.id,
			date,
			description: bookable.description,
			comments: null,
			costCenter: '',
			project: '',
			referenceNumber: String(bookable.number),
			referenceType: use,
			approvalState: 0,
			rows: summed(rows).map(toVoucherRow),
			createdAt: now,
			modifiedMinute: stockholmMinute(now),
		},
		series,
	);
	return { series: code, number: voucher.number, yearId: year.id };
}

/** The account that Fortnox's settings name for a use. Throws 2001304 where they name none. */
export function predefinedAccount({ company }: RouteContext, name: string): number {
	const account = company.predefinedAccounts.find((predefined) => predefined.name === name)?.account ?? 0;
	if (account === 0) throw new Refusal(400, 2001304, 'Kunde inte hitta konto');
	return account;
}

/** A row that Fortnox makes by itself. */
export const ownRow = (account: number, amount: number, code: SandboxInvoiceRow['code'] = ''): SandboxInvoiceRow => ({
	account,
	amount,
	costCenter: '',
	project: '',
	text: '',
	code,
	vatRate: 0,
});

/** One row per account, cost center and project, in the order of their first one; what comes to nought is left out. */
function summed(rows: readonly SandboxInvoiceRow[]): SandboxInvoiceRow[] {
	const sums = new Map<string, SandboxInvoiceRow>();
	for (const row of rows) {
		const key = JSON.stringify([row.account, row.costCenter, row.project]);
		const sum = sums.get(key);
		if (sum) sum.amount += row.amount;
		else sums.set(key, { ...row });
	}
	return [...sums.values()].filter(({ amount }) => amount !== 0);
}

const toVoucherRow = ({ account, amount, costCenter, project }: SandboxInvoiceRow): SandboxRow => ({
	account,
	debit: Math.max(amount, 0),
	credit: Math.max(-amount, 0),
	costCenter,
	project,
	description: null,
	transactionInformation: '',
	quantity: null,
	removed: false,
	added: false,
	changedBy: null,
});

/** The fields that say where something was booked. */
export const bookedAt = (voucher: SandboxVoucherKey | null) => ({
	Booked: voucher !== null,
	VoucherNumber: voucher?.number ?? null,
	VoucherSeries: voucher?.series ?? null,
	VoucherYear: voucher?.yearId ?? null,
});
