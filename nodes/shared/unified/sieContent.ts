import { toSek } from '../ledger/money';
import type { SieBalance, SieFile } from '../ledger/sie';

/** What a SIE file says, as JSON with amounts in SEK (debit positive). */
export function toSieContent(file: SieFile): object {
	return {
		sie_type: file.type,
		program: file.program ?? null,
		generated: file.generated?.date ?? null,
		company: { name: file.company.name ?? null, company_number: file.company.organisationNumber ?? null },
		years: file.years,
		accounts: [...file.accounts.values()].map(({ number, name, sru }) => ({ number, name, scheme_ids: sru })),
		dimensions: file.dimensions,
		objects: file.objects,
		opening_balances: file.openingBalances.map(toBalance),
		closing_balances: file.closingBalances.map(toBalance),
		results: file.results.map(toBalance),
		period_balances: file.periodBalances.map((balance) => ({ month: balance.month, ...toBalance(balance) })),
		entries: file.vouchers.map(({ series, number, date, text, rows }) => ({
			voucher_series: series,
			voucher_number: number,
			date,
			description: text ?? null,
			items: rows.map((row) => ({
				account_number: row.account,
				amount: toSek(row.amount),
				objects: row.objects,
				description: row.text ?? null,
			})),
		})),
	};
}

function toBalance({ year, account, objects, amount }: SieBalance): object {
	return { year, account_number: account, ...(objects.length > 0 && { objects }), amount: toSek(amount) };
}
