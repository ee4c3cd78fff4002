import type { IDataObject } from 'n8n-workflow';
import { toSek } from '../../ledger/money';
import { checkVatReturn, namedBoxes, type VatAccount, type VatFinding } from '../../ledger/vat';
import type { VatPeriod, VatReturnInBooks } from './readVatReturn';

/** A VAT return as an output object: boxes in whole kronor, other amounts in SEK. */
export function toVatReturnItem({ days }: VatPeriod, { figures, nameOf }: VatReturnInBooks): IDataObject {
	const toAccount = ({ account, code, amount, entries }: VatAccount): IDataObject => ({
		account_number: String(account),
		account_name: nameOf(account),
		vat_code: code === '' ? null : code,
		amount: toSek(amount),
		entries,
	});
	return {
		date_from: days.from,
		date_to: days.to,
		boxes: Object.fromEntries(figures.boxes),
		// JavaScript moves keys that are whole numbers, such as 10, before others, such as 05: here the order is the form's.
		form: Object.fromEntries(namedBoxes(figures.boxes)),
		to_pay: figures.boxes.get('49') ?? 0,
		accounts: figures.accounts.map((account) => ({ box: account.box, ...toAccount(account) })),
		checks: checkVatReturn(figures).map(toCheck),
		unmapped: figures.unmapped.map(toAccount),
		left_out: figures.leftOut.map(({ id, date, because }) => ({ entry_id: id, date, reason: because })),
	};
}

function toCheck({ check, severity, message, box, account, amount, entries }: VatFinding): IDataObject {
	return {
		check,
		severity,
		message,
		box: box ?? null,
		account_number: account === undefined ? null : String(account),
		amount: toSek(amount),
		entries,
	};
}
