import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { MOST_CANDIDATES } from '../../../shared/ledger/bounds';
import { addDays, readDate, type IsoDate } from '../../../shared/ledger/dates';
import { formatEntryId, readAccountNumber } from '../../../shared/ledger/formats';
import { readAmount, toSek } from '../../../shared/ledger/money';
import {
	daysOf,
	reconcile as reconcileRows,
	type LedgerRow,
	type Reconciled,
	type StatementRow,
} from '../../../shared/ledger/reports/reconcile';
import { refuseOtherCompany } from '../../../shared/books/otherCompany';
import { knownAccount } from '../../../shared/books/reading/registers';
import { readYearFile } from '../../../shared/books/reading/yearFile';
import { notRead } from '../../../shared/books/posting/sheet/head';
import { readStatementRow } from '../../../shared/books/posting/sheet/statementRow';
import { refuseUnclearSides, signedByBank, unreadOfStatement } from '../../../shared/books/posting/sheet/statementSides';
import { yearsWithDays } from '../../../shared/books/year';
import { LedgerError } from '../../../shared/ledger/problems';
import { errorItem, toNodeError } from '../../../shared/n8n/errors';
import { accountLocator, optionsField } from '../../../shared/n8n/fields';
import { refuseExecuteOnce } from '../../../shared/n8n/executeOnce';
import { fieldsOf } from '../../../shared/n8n/files';
import type { Operation } from '../../../shared/n8n/operation';
import { collectionParameter, required } from '../../../shared/n8n/parameters';
import type { Run } from '../../../shared/n8n/run';
import { addTo, append } from '../../../shared/lists';
import { giveWay, inTurns, mapInTurns, sortInTurns } from '../../../shared/turns';
import { Findings, isAbsent } from '../../../shared/unified/readObject';

const maxDaysApartOption: INodeProperties = {
	displayName: 'Maximum Days Apart',
	name: 'maxDaysApart',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 31, numberPrecision: 0 },
	default: 0,
	description: 'How many days may lie between the statement and the entry; 0 for the same day only',
};

/** A row of a statement, and the input item that it came in. */
interface GivenRow extends StatementRow {
	item: number;
}

export const reconcile: Operation = {
	value: 'reconcile',
	name: 'Reconcile Account',
	action: 'Reconcile account with statement',
	description:
		'Compare the rows of a statement (input items with date, amount and text) with the entries of an account; what is not clear is not guessed',
	fields: [
		accountLocator({
			displayName: 'Account',
			name: 'accountNumber',
			required: true,
			hint: 'Each input item is a row of the statement: date, amount (positive into the account) and text',
			description:
				'The account that the statement is of; each input item is a row of it, with the fields date, amount (positive into the account) and text',
		}),
		optionsField([maxDaysApartOption]),
	],
	async execute(run) {
		const output: INodeExecutionData[] = [];
		const byAccount = new Map<number, GivenRow[]>();
		for (const item of run.items.keys()) {
			await giveWay();
			try {
				const account = required(run, 'accountNumber', item, readAccountNumber, 'ERROR_DATA_VALIDATION');
				addTo(byAccount, account, readRow(run, item));
			} catch (error) {
				if (!run.context.continueOnFail()) throw toNodeError(run.context.getNode(), error, item);
				output.push(errorItem(run.context, error, [item]));
			}
		}
		for (const [account, rows] of byAccount) append(output, await reconcileAccount(run, account, rows));
		return output;
	},
};

/** @throws {LedgerError} where date or amount can't be read, or the row is of another company */
function readRow(run: Run, item: number): GivenRow {
	const given = run.items.get(item)?.json ?? {};
	refuseExecuteOnce(run, 'accountNumber', 'All rows of a statement are compared in one run.');
	refuseOtherCompany(run, item);
	const json = readStatementRow(given);
	const findings = new Findings();
	for (const field of ['date', 'amount'] as const) {
		if (!isAbsent(json[field])) continue;
		findings.add(
			'ERROR_DATA_VALIDATION',
			field,
			`${field}: item ${item} has none. ${fieldsOf('It', given)} A row of a statement has date, amount and text.`,
		);
	}
	findings.throwIfAny();
	const date = findings.take(readDate(json.date), 'date');
	const amount = findings.take(readAmount(json.amount), 'amount');
	const text = findings.text(json.text, 'text') ?? '';
	findings.throwIfAny();
	findings.hints.forEach((hint) => run.hint(hint));
	return { item, date: date ?? '', amount: signedByBank(item, given, amount ?? 0), text };
}

async function reconcileAccount(run: Run, account: number, rows: readonly GivenRow[]): Promise<INodeExecutionData[]> {
	const items = rows.map(({ item }) => item);
	try {
		const apart = daysApart(run, account, items);
		const sides = await mapInTurns(rows, ({ item, amount }) => ({ item, amount, json: run.items.get(item)?.json ?? {} }));
		await refuseUnclearSides(sides);
		for (const hint of notRead(await unreadOfStatement(sides))) run.hint(hint, items[0]);
		const { from, to } = daysOf(rows);
		const ledger = await readRows(run, account, addDays(from, -apart), addDays(to, apart));
		const reconciled = await inTurns(reconcileRows(rows, ledger, apart));
		if (reconciled.some((each) => each.status === 'ambiguous' && each.isCut)) {
			run.hint(
				`candidates: some rows of account ${account} may stand for more than ${MOST_CANDIDATES} entries; ${MOST_CANDIDATES} are named.`,
			);
		}
		return await mapInTurns(reconciled, (each) => toItem(account, each, { rows, ledger }));
	} catch (error) {
		const [first = 0] = items;
		if (!run.context.continueOnFail()) throw toNodeError(run.context.getNode(), error, first);
		return [errorItem(run.context, error, items)];
	}
}

/** @throws {LedgerError} where the rows of an account's statement disagree */
function daysApart(run: Run, account: number, items: readonly number[]): number {
	const [apart = 0, other] = new Set(items.map((item) => Number(collectionParameter(run, 'options', item).maxDaysApart ?? 0)));
	if (other === undefined) return apart;
	const message = `maxDaysApart: the rows of account ${account} disagree: ${apart} and ${other}. The rows of one statement share it.`;
	throw new LedgerError({ code: 'ERROR_DATA_VALIDATION', field: 'maxDaysApart', message });
}

/** What entries of some days booked on an account: one row for each entry's row. */
async function readRows(run: Run, account: number, from: IsoDate, to: IsoDate): Promise<LedgerRow[]> {
	const years = await yearsWithDays(run, { from, to, field: 'date' });
	const found: LedgerRow[] = [];
	for (const year of years) {
		const { collected } = await readYearFile(
			run,
			year,
			(): LedgerRow[] => [],
			(ofYear, { series, number, date, text = '', rows }) => {
				if (date < from || date > to) return;
				const entry = formatEntryId({ series, number: Number(number), yearId: year.Id });
				for (const { account: booked, amount } of rows) if (Number(booked) === account) ofYear.push({ entry, date, amount, text });
			},
		);
		append(found, collected);
	}
	if (found.length === 0) await knownAccount(run, 'accountNumber', account, years);
	return await sortInTurns(found, (one, other) => (one.date < other.date ? -1 : Number(one.date > other.date)));
}

function toItem(
	account: number,
	each: Reconciled,
	{ rows, ledger }: { rows: readonly GivenRow[]; ledger: readonly LedgerRow[] },
): INodeExecutionData {
	const row = 'statement' in each ? rows[each.statement] : undefined;
	const booked = 'ledger' in each ? ledger[each.ledger] : undefined;
	const shown = row ?? booked;
	const json: IDataObject = {
		status: each.status,
		account_number: String(account),
		date: shown?.date ?? null,
		amount: toSek(shown?.amount ?? 0),
		text: shown?.text ?? '',
		entry_id: booked?.entry ?? null,
		entry_date: booked?.date ?? null,
		entry_text: booked?.text ?? null,
		candidates: each.status === 'ambiguous' ? [...new Set(each.candidates.flatMap((place) => ledger[place]?.entry ?? []))] : [],
	};
	// What only the ledger has came from the whole statement, and the first row stands for it: rows times rows would be too many pairs.
	return { json, pairedItem: { item: (row ?? rows[0])?.item ?? 0 } };
}
