import { grouped } from '../../lists';
import { accountTypeOf, isBankOrCash } from '../accountTypes';
import { addDays, type IsoDate } from '../dates';
import { formatOre, type Ore } from '../money';
import type { OpeningDifference } from '../openings';
import { checkRates, rowsBesideSettlement, toVatRow, type CodeOf, type VatEntryRow } from '../vat';
import type { Days } from './years';

/** What can be looked for in a ledger before a period is closed. */
export const LEDGER_CHECKS = [
	'missingFiles',
	'negativeCash',
	'numberGaps',
	'openingBalances',
	'outsideYear',
	'subledgerAccounts',
	'unapproved',
	'vatMismatch',
] as const;
export type LedgerCheck = (typeof LEDGER_CHECKS)[number];

/** Something that may have to be put right. */
export interface LedgerFinding {
	check: LedgerCheck;
	severity: 'error' | 'warning';
	message: string;
	date?: IsoDate;
	/** Id of the entry. */
	entry?: string;
	account?: number;
	/** In öre, debit positive. */
	amount?: Ore;
}

/** An entry of a financial year, as its SIE file has it. Amounts in öre, debit positive. */
export interface CheckedVoucher {
	id: string;
	series: string;
	number: number;
	date: IsoDate;
	rows: ReadonlyArray<{ account: number; amount: Ore }>;
}

/** A financial year, and the days of it that are looked at. */
export interface CheckedYear extends Days {
	period: Days;
	vouchers: readonly CheckedVoucher[];
	/** Balances that the year opens with. In öre, debit positive. */
	opening: ReadonlyMap<number, Ore>;
}

const isIn = ({ from, to }: Days, date: IsoDate): boolean => from <= date && date <= to;

/** Numbers that a series lacks, told where a neighbour lies in the period: numbers follow each other in the whole year. */
export function numberGaps({ vouchers, period }: CheckedYear): LedgerFinding[] {
	return [...grouped(vouchers, ({ series }) => series)]
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.flatMap(([series, ofSeries]) => {
			const sorted = [...ofSeries].sort((one, other) => one.number - other.number);
			return sorted.flatMap((voucher, index): LedgerFinding[] => {
				const before = sorted[index - 1];
				const [first, last] = [(before?.number ?? 0) + 1, voucher.number - 1];
				const touches = isIn(period, voucher.date) || (before !== undefined && isIn(period, before.date));
				if (first > last || !touches) return [];
				const missing = first === last ? `number ${first} is` : `numbers ${first}–${last} are`;
				const message = `Series ${series}: ${missing} missing before ${voucher.id} of ${voucher.date}.`;
				return [{ check: 'numberGaps', severity: 'error', message, entry: voucher.id, date: voucher.date }];
			});
		});
}

/** Days at whose end a bank or cash account is below 0, one finding for each stretch of days. */
export function negativeCash({ vouchers, period, opening }: CheckedYear): LedgerFinding[] {
	const moves = new Map<number, Map<IsoDate, Ore>>(
		[...opening.keys()].filter(isBankOrCash).map((account) => [account, new Map<IsoDate, Ore>()]),
	);
	for (const { date, rows } of vouchers) {
		for (const { account, amount } of rows) {
			if (!isBankOrCash(account)) continue;
			const days = moves.get(account) ?? new Map<IsoDate, Ore>();
			moves.set(account, days.set(date, (days.get(date) ?? 0) + amount));
		}
	}
	return [...moves]
		.sort(([one], [other]) => one - other)
		.flatMap(([account, days]) => stretches(account, opening.get(account) ?? 0, days, period));
}

function stretches(account: number, opening: Ore, days: ReadonlyMap<IsoDate, Ore>, period: Days): LedgerFinding[] {
	const found: LedgerFinding[] = [];
	const dates = [...days.keys()].filter((date) => date <= period.to).sort();
	let balance = opening;
	for (const date of dates.filter((each) => each < period.from)) balance += days.get(date) ?? 0;
	let since: { from: IsoDate; lowest: Ore } | undefined = balance < 0 ? { from: period.from, lowest: balance } : undefined;
	const close = (until: IsoDate): void => {
		// What stood below 0 when the period began, and was made good on its first day, ended before it.
		if (since === undefined || until < since.from) {
			since = undefined;
			return;
		}
		const message = `${account} is below 0 from ${since.from} to ${until}, at the lowest ${formatOre(since.lowest)}.`;
		const severity = accountTypeOf(account) === 'cash' ? 'error' : 'warning';
		found.push({ check: 'negativeCash', severity, message, account, amount: since.lowest, date: since.from });
		since = undefined;
	};
	for (const date of dates.filter((each) => each >= period.from)) {
		balance += days.get(date) ?? 0;
		if (balance >= 0) close(addDays(date, -1));
		else since = { from: since?.from ?? date, lowest: Math.min(since?.lowest ?? balance, balance) };
	}
	close(period.to);
	return found;
}

/** Entries whose VAT does not fit what it is VAT on, by the codes of their accounts. Settlements are left out. */
export function vatMismatch({ vouchers, period }: CheckedYear, codeOf: CodeOf): LedgerFinding[] {
	return vouchers
		.filter(({ date }) => isIn(period, date))
		.flatMap(({ id, date, rows }) => {
			const ofVat = rows.flatMap((row) => toVatRow(row, codeOf) ?? []);
			if (ofVat.some(({ place }) => place.kind === 'settlement')) return mixedSettlement({ id, date, rows }, ofVat);
			if (rows.some(({ account }) => account >= 8990 && account <= 8999)) return [];
			return checkRates(ofVat).map(({ message, amount }): LedgerFinding => ({
				check: 'vatMismatch',
				severity: 'error',
				message: `${id}: ${message}`,
				entry: id,
				date,
				amount,
			}));
		});
}

/** A purchase or a sale that was booked over the account of the settlement, which keeps it out of the VAT return. */
function mixedSettlement({ id, date, rows }: Pick<CheckedVoucher, 'id' | 'date' | 'rows'>, ofVat: readonly VatEntryRow[]): LedgerFinding[] {
	const beside = rowsBesideSettlement(ofVat, rows);
	if (beside.length === 0) return [];
	const accounts = [...new Set(beside.map(({ account }) => account))].join(', ');
	const amount = beside.reduce((sum, row) => sum + row.amount, 0);
	const rest = 'which keeps them and their VAT out of the VAT return.';
	const message = `${id} has rows on ${accounts} beside the account of the VAT settlement, ${rest}`;
	return [{ check: 'vatMismatch', severity: 'error', message, entry: id, date, amount }];
}

/** Entries that stand in a year's books and lie outside its days. */
export function outsideYear({ vouchers, from, to }: CheckedYear): LedgerFinding[] {
	return vouchers
		.filter(({ date }) => date < from || date > to)
		.map(({ id, date }): LedgerFinding => ({
			check: 'outsideYear',
			severity: 'error',
			message: `${id} is dated ${date}, outside the financial year ${from}–${to} that it is booked in.`,
			entry: id,
			date,
		}));
}

/** Accounts that open the year otherwise than they closed the one before. */
export function differingOpenings(differences: readonly OpeningDifference[], { from }: Days): LedgerFinding[] {
	return differences.map(({ account, stored, closed }): LedgerFinding => ({
		check: 'openingBalances',
		severity: 'error',
		message: `${account} opens ${from} with ${formatOre(stored)}, and the year before closed with ${formatOre(closed)}. Transfer the balances in Fortnox.`,
		account: Number(account),
		amount: stored - closed,
		date: from,
	}));
}

/** Entries by hand on accounts that a sub-ledger is compared with. */
export function subledgerAccounts(
	{ vouchers, period }: CheckedYear,
	accounts: readonly number[],
	isManual: (id: string) => boolean,
): LedgerFinding[] {
	return vouchers
		.filter(({ id, date }) => isIn(period, date) && isManual(id))
		.flatMap(({ id, date, rows }) =>
			accounts.flatMap((account): LedgerFinding[] => {
				const own = rows.filter((row) => row.account === account);
				const amount = own.reduce((sum, row) => sum + row.amount, 0);
				const message = `${id} was booked by hand on ${account} (${formatOre(amount)}), so that the account and its sub-ledger differ.`;
				return own.length === 0 ? [] : [{ check: 'subledgerAccounts', severity: 'warning', message, entry: id, date, account, amount }];
			}),
		);
}
