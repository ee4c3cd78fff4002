import type { Ore } from '../../../ledger/money';
import { LedgerError } from '../../../ledger/problems';
import { isAbsent, plainText } from '../../../unified/readObject';
import { filterInTurns, flatMapInTurns, someInTurns } from '../../../turns';
import { columnsIn } from './columnsIn';
import { HARMLESS, HEADINGS, plain, SIDE } from './headings';
import { sideOf } from './sides';
import { isOfStatement } from './statementRow';

/** A row of a statement as it came, and its amount: + into the account. */
export interface StatementSide {
	item: number;
	json: Readonly<Record<string, unknown>>;
	amount: Ore;
}

/** Headings of camt (ISO 20022), where a debit is money out of the account. Elsewhere the word has two meanings. */
const OF_THE_BANK = ['cdtdbtind', 'creditdebitindicator'];

/** Headings of columns that say what kind of card was used. */
const OF_CARDS = /kort|card/;

/**
 * The amount with the sign that the row's own debit or credit indicator of camt gives it.
 *
 * @throws {LedgerError} where the two contradict each other, or the word is neither
 */
export function signedByBank(item: number, json: StatementSide['json'], amount: Ore): Ore {
	const column = Object.keys(json).find((name) => OF_THE_BANK.includes(plain(name)) && !isAbsent(json[name]));
	if (column === undefined) return amount;
	const side = sideOf(json[column]);
	if (side !== undefined && !(side === -1 && amount < 0)) return side === 1 ? -Math.abs(amount) : amount;
	throw refusal(
		`item ${item} has '${plainText(json[column])}' in its column '${column}'${side === undefined ? ', which is neither DBIT nor CRDT' : ' and an amount below 0'}. Correct one of them, or take the column out of the items.`,
	);
}

/**
 * Amounts without a sign beside a word for debit or credit: a withdrawal would be matched with a deposit. The word alone does
 * not give the sign, since a debit of the bank is a credit of the ledger.
 *
 * @throws {LedgerError} that names the column
 */
export async function refuseUnclearSides(rows: readonly StatementSide[]): Promise<void> {
	const withAmount = await filterInTurns(rows, ({ amount }) => amount !== 0);
	const isSigned = await someInTurns(withAmount, ({ amount }) => amount < 0);
	for (const column of await columnsIn(rows.map(({ json }) => json))) {
		if (OF_THE_BANK.includes(plain(column)) || isOfStatement(column)) continue;
		const senses = await flatMapInTurns(withAmount, ({ json, amount }) => {
			const side = sideOf(json[column]);
			return side === undefined ? [] : [Math.sign(amount) * side];
		});
		const isNamedSo = column === SIDE || (HEADINGS[SIDE] ?? []).includes(plain(column));
		if (senses.length === 0 || (!isNamedSo && (isSigned || senses.length < withAmount.length || OF_CARDS.test(plain(column))))) continue;
		// Deposits alone, each a credit of the bank's, are as clear as amounts with signs that fit their words.
		if (new Set(senses).size === 1 && (isSigned || senses[0] === -1)) continue;
		const first = withAmount.find(({ json }) => sideOf(json[column]) !== undefined);
		throw refusal(
			`item ${first?.item ?? 0} has '${plainText(first?.json[column])}' in its column '${column}', and the amounts of a statement are from the account's side: + into it, - out of it. Give the amounts with their sign, and take the column out of the items.`,
		);
	}
}

/** Columns of a statement that nothing was read from, though somebody may expect it. */
export async function unreadOfStatement(rows: readonly StatementSide[]): Promise<string[]> {
	const isRead = (name: string): boolean =>
		isOfStatement(name) || [...OF_THE_BANK, ...HARMLESS].includes(plain(name)) || name === 'tenant_id';
	return (await columnsIn(rows.map(({ json }) => json))).filter((name) => !isRead(name));
}

function refusal(message: string): LedgerError {
	return new LedgerError({ code: 'ERROR_DEBIT_CREDIT_VALUE', field: 'amount', message: `amount: ${message}` });
}
