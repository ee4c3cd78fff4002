import { type LedgerYear, addMovement, createLedgerYear } from '../../../nodes/shared/ledger/balances';

export type Movement = [account: string, date: string, amount: number];

export function yearOf(from: string, to: string, opening: Record<string, number>, movements: Movement[]): LedgerYear {
	const year = createLedgerYear(from, to);
	year.opening = new Map(Object.entries(opening));
	for (const [account, date, amount] of movements) addMovement(year, account, date, amount);
	return year;
}
