import { formatOre, readAmount } from '../../../ledger/money';
import { LedgerError } from '../../../ledger/problems';
import { isAbsent } from '../../../unified/readObject';
import { findInTurns, giveWay } from '../../../turns';
import { columnsIn } from './columnsIn';
import { amountOf } from './gross';
import { HEADINGS, plain } from './headings';

type Row = Readonly<Record<string, unknown>>;

/**
 * Debit and credit of 0 are no empty fields: an amount beside them, such as a running total, is none of the row's.
 *
 * @throws {LedgerError} that names both
 */
export async function refuseAmountBesideZero(rows: readonly Row[], columnOf: (field: string, index: number) => string): Promise<void> {
	const isMeant = ([, row]: [number, Row]): boolean => isZero(row.debit) && isZero(row.credit) && amountOf(row.amount) !== 0;
	const [index, row] = (await findInTurns(rows.entries(), isMeant)) ?? [];
	if (index === undefined || row === undefined) return;
	const [debit, credit, column] = ['debit', 'credit', 'amount'].map((field) => `'${columnOf(field, index)}'`);
	const amount = formatOre(amountOf(row.amount));
	throw refusal(
		`lines[${index}]`,
		`${debit} and ${credit} are 0, and ${column} is ${amount}. Take the row out of the items if nothing is to be booked, or take the column out that does not belong there.`,
	);
}

/**
 * A row of a financial entry has one amount, from the bank's side: debit on the row's account is money out of the bank,
 * and so is a debit on a bank statement.
 *
 * @throws {LedgerError} where debit or credit stands beside another amount
 */
export async function refuseOtherSide(rows: readonly Row[]): Promise<void> {
	const columns = await columnsIn(rows);
	const columnsOf = (field: string): string[] => columns.filter((name) => name === field || HEADINGS[field]?.includes(plain(name)));
	const [debits, credits] = [columnsOf('debit'), columnsOf('credit')];
	const sum = (row: Row, names: readonly string[]): number => names.reduce((all, name) => all + amountOf(row[name]), 0);
	for (const [index, row] of rows.entries()) {
		await giveWay();
		const side = sum(row, credits) - sum(row, debits);
		const amount = amountOf(isAbsent(row.amount) ? row.gross_amount : row.amount);
		const isSame = isAbsent(row.gross_amount) ? side === amount : Math.sign(side) === Math.sign(amount);
		if (side === 0 || amount === 0 || isSame) continue;
		const named = [...debits, ...credits]
			.filter((name) => amountOf(row[name]) !== 0)
			.map((name) => `'${name}'`)
			.join(' and ');
		throw refusal(
			`lines[${index}].amount`,
			`the amount is ${formatOre(amount)}, + into the bank, and ${named} says ${formatOre(side)}. Correct one of them, or take the column out of the items.`,
		);
	}
}

function isZero(given: unknown): boolean {
	return !isAbsent(given) && readAmount(given).value === 0;
}

function refusal(field: string, message: string): LedgerError {
	return new LedgerError({ code: 'ERROR_DEBIT_CREDIT_VALUE', field, message: `${field}: ${message}` });
}
