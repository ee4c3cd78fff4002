import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { accountTypeOf } from '../../ledger/accountTypes';
import { formatEntryId } from '../../ledger/formats';
import { keyOfOrigin } from '../../ledger/mark';
import { VAT_TABLE, normalizedVatCode } from '../../ledger/vat';
import { LedgerError } from '../../ledger/problems';
import type { LedgerEntry, VoucherRow } from '../../unified/entryDraft';
import { markOfReversal, mirrored, textOfReversal } from '../../unified/reversal';
import type { Run } from '../../n8n/run';
import { toItems } from './output';
import { flatMapInTurns, giveWay } from '../../turns';
import { postEntries } from './postEntries';
import { monthlyEntries, tellWrongSide, type SpreadRow } from './spreading';
import { isReady, type Outcome, type PreparedEntry, type ReadyEntry } from './types';

/** Where amounts wait for their months if the user names no account: in BAS, what is prepaid or accrued and has no account of its own. */
const USUAL_ACCRUAL = { cost: 1790, income: 2990 };

/**
 * Posts entries, and with each the months that its lines are spread over, or its reversal: all or none of them, each
 * exactly once.
 *
 * @returns one item per entry, with what follows it in `spread_entries`, or in `reversal` and `reversal_id`
 */
export async function postWithFollowing(run: Run, prepared: readonly PreparedEntry[]): Promise<INodeExecutionData[]> {
	const groups: PreparedEntry[][] = [];
	for (const entry of prepared) {
		await giveWay();
		groups.push(await withFollowing(run, entry));
	}
	const outcomes = await postEntries(run, await flatMapInTurns(groups, (group) => group));
	const leading: Outcome[] = [];
	const following = new Map<Outcome, { entry: ReadyEntry; outcomes: Outcome[] }>();
	let next = 0;
	for (const [index, { length }] of groups.entries()) {
		await giveWay();
		const [first, ...rest] = outcomes.slice(next, next + length);
		next += length;
		const entry = prepared[index];
		if (first === undefined || entry === undefined) continue;
		const failed = 'error' in first ? undefined : rest.find((outcome) => 'error' in outcome);
		if (failed !== undefined)
			run.hint('An entry was posted, and not all that follows it was. Run again with the same number: what is there is not posted again.');
		leading.push(failed ?? first);
		if (isReady(entry) && rest.length > 0) following.set(first, { entry, outcomes: rest });
	}
	const shown = new Map<Outcome, IDataObject>();
	const shownOnes = new Set(leading);
	for (const [outcome, { entry, outcomes: rest }] of following) {
		if (!('error' in outcome) && shownOnes.has(outcome)) shown.set(outcome, await fieldsOf(run, entry, rest));
	}
	return await toItems(run, leading, (entry, posted) => ({ ...entry, ...shown.get(posted) }));
}

/** An entry, and the ones that belong to it. */
async function withFollowing(run: Run, entry: PreparedEntry): Promise<PreparedEntry[]> {
	if (!isReady(entry)) return [entry];
	try {
		const pair = entry.pair ?? `following ${entry.mark.key}`;
		if (entry.reverseOn !== undefined)
			return [
				{ ...entry, pair },
				{ ...(await reversalOf(run, entry, entry.reverseOn)), pair },
			];
		const rows = entry.voucher.rows.map((row) => spreadRow(entry, row));
		const spread = rows.flatMap((row) => row ?? []);
		if (spread.length === 0) {
			if (entry.accrualAccount !== undefined)
				run.hint(
					`Accrual Account ${entry.accrualAccount} was not used: no line has a period (start_date and end_date), so ${entry.name} was not spread.`,
				);
			return [entry];
		}
		tellUsualAccounts(run, entry, spread);
		const months = await monthlyEntries(run, {
			items: entry.items,
			rows: spread,
			method: 'months',
			origin: entry.mark.key,
			description: entry.voucher.description,
			options: entry.options,
			acceptVatBase: entry.acceptVatBase === true,
			...(entry.mark.number !== undefined && { number: entry.mark.number, reference: entry.mark.number }),
			...(entry.voucher.journalId !== undefined && { journalId: entry.voucher.journalId }),
		});
		const waiting = entry.voucher.rows.map((row, index) => onAccrualAccount(row, rows[index]));
		return [{ ...entry, voucher: { ...entry.voucher, rows: waiting }, pair }, ...months.map((month) => ({ ...month, pair }))];
	} catch (error) {
		return [{ items: entry.items, error }];
	}
}

function spreadRow({ accrualAccount }: ReadyEntry, row: VoucherRow): SpreadRow | undefined {
	if (row.period === undefined) return undefined;
	const { field, account, amount, costCenter, project, period } = row;
	return {
		field,
		resultAccount: account,
		balanceAccount: accrualAccount ?? (accountTypeOf(account) === 'income' ? USUAL_ACCRUAL.income : USUAL_ACCRUAL.cost),
		amount,
		days: period,
		...(costCenter !== undefined && { costCenter }),
		...(project !== undefined && { project }),
	};
}

function tellUsualAccounts(run: Run, { accrualAccount, name, voucher }: ReadyEntry, rows: readonly SpreadRow[]): void {
	if (accrualAccount !== undefined) return;
	tellWrongSide(run, { name, date: voucher.date, field: 'Accrual Account' }, rows);
	const accounts = [...new Set(rows.map(({ balanceAccount }) => balanceAccount))].join(' and ');
	run.hint(`Lines with a period wait on account ${accounts} for their months. Another account can be chosen under 'Accrual Account'.`);
}

/** @throws {LedgerError} where the row's VAT code wants its base on the row's own account */
function onAccrualAccount(row: VoucherRow, spread: SpreadRow | undefined): VoucherRow {
	if (spread === undefined) return row;
	const { vatBase, ...rest } = row;
	const box = vatBase === undefined ? undefined : VAT_TABLE.get(normalizedVatCode(vatBase.code))?.base;
	if (box !== undefined) {
		const message = `${row.field}: with the VAT code ${vatBase?.code ?? ''} its amount is the base of box ${box} in the VAT return, and must stand on ${row.account} in the month of its VAT. Book it without a period, and spread it from an account without a VAT code.`;
		throw new LedgerError({ code: 'ERROR_VAT_BASE_ACCOUNT', field: row.field, message });
	}
	return { ...rest, account: spread.balanceAccount };
}

/** The reversal of an entry that need not be in the ledger yet; its mark and its text are made once that is there. */
async function reversalOf(run: Run, entry: ReadyEntry, date: string): Promise<ReadyEntry> {
	const { key } = entry.mark;
	const { journalId, description, rows } = entry.voucher;
	const years = await run.fortnox.financialYears();
	return {
		items: entry.items,
		voucher: { date, description, rows: rows.map(mirrored), ...(journalId !== undefined && { journalId }) },
		mark: { key: keyOfOrigin('reversal', key), digest: entry.mark.digest, purpose: 'planned' },
		name: `the reversal of ${entry.name}`,
		options: { ...entry.options, sideBySide: false },
		lasting: entry.lasting,
		alsoIn: years.filter(({ ToDate }) => ToDate >= entry.voucher.date).map(({ Id }) => Id),
		after: {
			key,
			finish: (inLedger) => ({
				voucher: { journalId: inLedger.series, date, description: textOfReversal(inLedger), rows: inLedger.rows.map(mirrored) },
				mark: markOfReversal(idOf(inLedger), inLedger, 'planned'),
				proposedText: textOfReversal(inLedger, '…'),
			}),
		},
	};
}

function idOf({ series, number, year }: LedgerEntry): string {
	return formatEntryId({ series, number: number ?? 0, yearId: year ?? 0 });
}

/** What follows an entry, as the output shows it. */
async function fieldsOf(run: Run, { reverseOn, name }: ReadyEntry, outcomes: readonly Outcome[]): Promise<IDataObject> {
	const entries = (await toItems(run, outcomes)).map(({ json }) => json);
	if (reverseOn === undefined) return { spread_entries: entries };
	const reversal = entries[0] ?? {};
	for (const outcome of outcomes) {
		if ('error' in outcome || outcome.inLedger.date === reverseOn) continue;
		run.hint(`${name} was reversed already, on ${outcome.inLedger.date}; no other reversal was posted on ${reverseOn}.`);
	}
	return { reversal, reversal_id: reversal.id ?? null };
}
