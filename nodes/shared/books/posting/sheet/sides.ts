import { toSek, type Ore } from '../../../ledger/money';
import { LedgerError } from '../../../ledger/problems';
import { isAbsent, plainText } from '../../../unified/readObject';
import { filterInTurns, flatMapInTurns, mapInTurns, someInTurns } from '../../../turns';
import { amountOf } from './gross';
import { plain, SIDE } from './headings';

type Row = Readonly<Record<string, unknown>>;

const DEBIT = ['d', 'db', 'dbit', 'deb', 'debet', 'debit', 'dr'];
const CREDIT = ['c', 'cr', 'crdt', 'cre', 'cred', 'credit', 'k', 'kre', 'kred', 'kredit'];

/** The fields of a row's one amount. */
const AMOUNTS = ['amount', 'gross_amount'] as const;

/** +1 for a word for debit, −1 for one for credit; undefined for any other. */
export function sideOf(value: unknown): 1 | -1 | undefined {
	const word = plain(plainText(value));
	if (DEBIT.includes(word)) return 1;
	return CREDIT.includes(word) ? -1 : undefined;
}

/** What is said of a row's side. */
interface Sided {
	index: number;
	row: Row;
	/** + debit, − credit; undefined where the row has debit and credit in columns of their own, or no amount. */
	side?: 1 | -1;
}

/**
 * Reads a column that says debit or credit in a word (`D/K`): a credit's amount gets its sign. Amounts that have their
 * signs already, the same that the column says, stay as they are.
 *
 * @param column the heading of that column; undefined where there is none
 * @param isFromBank the amounts are from the bank's side, where debit and credit have two meanings
 * @throws {LedgerError} where a word is neither, is missing beside an amount, or contradicts the amount
 */
export async function withSides(rows: readonly Row[], column: string | undefined, isFromBank: boolean): Promise<readonly Row[]> {
	if (column === undefined || !(await someInTurns(rows, (row) => !isAbsent(row[SIDE])))) return rows;
	const sided = await mapInTurns(rows, (row, index): Sided => ({ index, row, ...readSide(row, index, column) }));
	const amounts = await flatMapInTurns(sided, ({ row, side, index }) => {
		const amount = side === undefined ? 0 : amountIn(row);
		return side === undefined || amount === 0 ? [] : [{ index, side, amount }];
	});
	const negative = amounts.find(({ amount }) => amount < 0);
	// Of signed amounts the word is that of the sign, on all rows.
	const senses = new Set(amounts.map(({ side, amount }) => Math.sign(amount) * side));
	if (isFromBank) {
		if (negative !== undefined && senses.size === 1) return rows;
		throw refusal(
			amounts[0]?.index ?? 0,
			`'${column}' says debit or credit, and the amounts of a financial entry are from the bank's side: + into the bank, - out of it. Give the amounts with their sign, and take the column out of the items.`,
		);
	}
	if (!senses.has(-1)) return rows;
	if (negative !== undefined) {
		throw refusal(
			negative.index,
			`the amount is negative, and '${column}' says '${plainText(rows[negative.index]?.[SIDE])}' besides. Give amounts without a sign, or take the column out of the items.`,
		);
	}
	return await mapInTurns(sided, ({ row, side }) => (side === -1 ? negated(row) : row));
}

function readSide(row: Row, index: number, column: string): { side?: 1 | -1 } {
	const [debit, credit] = [amountOf(row.debit), amountOf(row.credit)];
	const isTwoSided = debit !== 0 || credit !== 0;
	const given = row[SIDE];
	if (isAbsent(given)) {
		if (!isTwoSided && amountIn(row) !== 0)
			throw refusal(index, `the row has an amount and nothing in its column '${column}'. Say debit (D) or credit (K) there.`);
		return {};
	}
	const side = sideOf(given);
	if (side === undefined)
		throw refusal(
			index,
			`'${plainText(given)}' in the column '${column}' is neither debit (D, Debet, Debit) nor credit (K, C, Kredit, Credit).`,
		);
	if (!isTwoSided) return { side };
	if ((debit !== 0 && side === -1) || (credit !== 0 && side === 1)) {
		throw refusal(
			index,
			`the amount stands in ${debit !== 0 ? 'debit' : 'credit'}, and the column '${column}' says '${plainText(given)}'. Correct one of them.`,
		);
	}
	return {};
}

/**
 * A column under another heading in which every row says debit or credit: where no amount has a sign, they would all be
 * booked on one side.
 *
 * @param columns those that were not read otherwise
 * @throws {LedgerError} that names the column
 */
export async function refuseUnreadSides(rows: readonly Row[], columns: readonly string[]): Promise<void> {
	const isOfOneAmount = (row: Row): boolean => amountOf(row.debit) === 0 && amountOf(row.credit) === 0 && amountIn(row) !== 0;
	const ofOneAmount = await filterInTurns(rows, isOfOneAmount);
	if (ofOneAmount.length === 0 || (await someInTurns(ofOneAmount, (row) => amountIn(row) < 0))) return;
	for (const column of columns) {
		if (await someInTurns(ofOneAmount, (row) => sideOf(row[column]) === undefined)) continue;
		throw refusal(
			rows.indexOf(ofOneAmount[0] ?? {}),
			`the column '${column}' says '${plainText(ofOneAmount[0]?.[column])}', and no amount has a sign. Call the column D/K if it says debit or credit, or take it out of the items.`,
		);
	}
}

function amountIn(row: Row): Ore {
	return AMOUNTS.map((field) => amountOf(row[field])).find((amount) => amount !== 0) ?? 0;
}

function negated(row: Row): Row {
	const turned = AMOUNTS.filter((field) => amountOf(row[field]) !== 0);
	return { ...row, ...Object.fromEntries(turned.map((field) => [field, toSek(-amountOf(row[field]))] as const)) };
}

function refusal(index: number, message: string): LedgerError {
	const field = `lines[${index}].${SIDE}`;
	return new LedgerError({ code: 'ERROR_DEBIT_CREDIT_VALUE', field, message: `${field}: ${message}` });
}
