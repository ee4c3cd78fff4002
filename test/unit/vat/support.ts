import { VatReturnCollector, type VatEntryInput, type VatReturn } from '../../../nodes/shared/ledger/vat/vatReturn';

export type Row = VatEntryInput['rows'][number];

/** A row as messages write it: account and öre, debit positive. */
export function row(account: number, amount: number): Row {
	return { account, amount };
}

/** An entry of March, `A-1` on the 5th unless it says otherwise. */
export function entry(rows: Row[], more: Partial<VatEntryInput> = {}): VatEntryInput {
	return { id: 'A-1', date: '2026-03-05', rows, ...more };
}

interface Books {
	/** Balances that the year opens with. */
	opening?: Row[];
	codes?: Record<number, string>;
}

/** The return of March 2026. */
export function returnOf(entries: VatEntryInput[], { opening = [], codes = {} }: Books = {}): VatReturn {
	const codeOf = (account: number): string => codes[account] ?? '';
	const collector = new VatReturnCollector({ from: '2026-03-01', to: '2026-03-31' });
	for (const { account, amount } of opening) collector.addOpening(account, amount, codeOf(account));
	for (const one of entries) collector.add(one, codeOf);
	return collector.finish();
}

/** The boxes that are not 0. */
export function filled({ boxes }: VatReturn): Record<string, number> {
	return Object.fromEntries([...boxes].filter(([, amount]) => amount !== 0));
}
