import { accountTypeOf, whyNothingWaits } from '../../../shared/ledger/accountTypes';
import { formatEntryId, MAX_DESCRIPTION, readAccountNumber, readJournalCode } from '../../../shared/ledger/formats';
import { readAmount } from '../../../shared/ledger/money';
import { LedgerError } from '../../../shared/ledger/problems';
import { readDayOrMonth } from '../../../shared/ledger/reports/period';
import { cutText } from '../../../shared/ledger/text';
import type { EntryRow, LedgerEntry } from '../../../shared/unified/entryDraft';
import { Findings, locatorValue } from '../../../shared/unified/readObject';
import { TextFitter } from '../../../shared/unified/textFitter';
import { collectionParameter, parameter, textParameter } from '../../../shared/n8n/parameters';
import type { Run } from '../../../shared/n8n/run';
import { readEntryOptions } from '../../../shared/books/posting/options';
import { Reversals } from '../../../shared/books/posting/reversal';
import {
	followingEntry,
	monthlyEntries,
	rowsOf,
	tellWrongSide,
	type SpreadRow,
	type SpreadWish,
} from '../../../shared/books/posting/spreading';
import { TEXT_NAMES } from '../../../shared/books/posting/textFields';
import type { PreparedEntry, ReadyEntry } from '../../../shared/books/posting/types';
import { entryIdOf } from '../../../shared/books/entryId';
import { referenceOf, whyNotSpread } from './spreadBefore';

/** Accounts from here on are those of the income statement. */
const FIRST_RESULT_ACCOUNT = 3000;

/** A line of the ledger that is spread, and the entry that it belongs to. */
interface LedgerLine {
	entry: LedgerEntry;
	id: string;
	row: EntryRow;
	/** Counted from 1. */
	position: number;
}

/** The entries that an item asks for, posted all or none; or why there are none. */
export async function toSpreadEntries(run: Run, item: number): Promise<PreparedEntry[]> {
	try {
		const line = parameter(run, 'spreadSource', item) === 'entryLine' ? await readLine(run, item) : undefined;
		const findings = new Findings();
		const accounts = readAccounts(run, item, line, findings);
		const days = {
			from: findings.take(readDayOrMonth(parameter(run, 'firstMonth', item), 'first'), 'firstMonth') ?? '',
			to: findings.take(readDayOrMonth(parameter(run, 'lastMonth', item), 'last'), 'lastMonth') ?? '',
		};
		if (days.from !== '' && days.to !== '' && days.to < days.from) {
			findings.add('ERROR_DATA_VALIDATION', 'lastMonth', `lastMonth: ${days.to} lies before firstMonth (${days.from}). Swap them.`);
		}
		// What waits on the balance account comes to the result account with the same sign: a prepaid cost is in debit on both.
		const amount = line?.row.amount ?? readOwnAmount(run, item, accounts.resultAccount, findings);
		const head = readHead(run, item, line, findings);
		findings.throwIfAny();
		findings.hints.forEach((hint) => run.hint(hint, item));
		const row: SpreadRow = {
			...(line === undefined ? { field: 'amount', isOfForm: true } : { field: `line ${line.position} of ${line.id}` }),
			...accounts,
			...dimensions(run, item, line),
			amount,
			days,
		};
		const method = parameter(run, 'method', item) === 'days' ? 'days' : 'months';
		const wish: SpreadWish = { items: [item], rows: [row], method, ...head, ...(line && { reference: referenceOf(line) }) };
		const months = await monthlyEntries(run, wish);
		const booked = line?.row.account === accounts.resultAccount ? line : undefined;
		if (booked) tellWrongSide(run, { name: booked.id, date: booked.entry.date, field: 'Balance Account' }, [row]);
		const entries = booked ? [transfer(wish, row, booked), ...months] : months;
		const objection = line && (await whyNotSpread(run, { ...line, account: line.row.account }, entries));
		return entries.map((entry) => ({ ...entry, pair: `spread ${item} ${wish.number ?? ''}`, ...(objection && { objection }) }));
	} catch (error) {
		return [{ items: [item], error }];
	}
}

async function readLine(run: Run, item: number): Promise<LedgerLine> {
	const entryId = await entryIdOf(run, item, 'write');
	const id = formatEntryId(entryId);
	const entry = await new Reversals(run).original(entryId);
	const wanted = Number(parameter(run, 'lineNumber', item) ?? 0);
	const onResult = entry.rows.flatMap(({ account }, index) => (account >= FIRST_RESULT_ACCOUNT ? [index + 1] : []));
	const position = wanted > 0 ? wanted : onResult.length === 1 ? onResult[0] : undefined;
	const row = position === undefined ? undefined : entry.rows[position - 1];
	if (position !== undefined && row !== undefined) return { entry, id, row, position };
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'lineNumber',
		message: `lineNumber: ${wanted > 0 ? `${id} has no line ${wanted}` : `${id} has ${onResult.length} lines on result accounts`}. Its lines are ${linesOf(entry)}; give the number of one.`,
	});
}

function linesOf({ rows }: LedgerEntry): string {
	return rows.map(({ account }, index) => `${index + 1}: ${account}`).join(', ');
}

type Accounts = Pick<SpreadRow, 'resultAccount' | 'balanceAccount'>;

function readAccounts(run: Run, item: number, line: LedgerLine | undefined, findings: Findings): Accounts {
	const own = line?.row.account ?? 0;
	if (line !== undefined && whyNoResult(own) !== undefined && whyNothingWaits(own) !== undefined) {
		findings.add(
			'ERROR_DATA_VALIDATION',
			'lineNumber',
			`lineNumber: line ${line.position} of ${line.id} is on ${own}: it is no cost or income, and nothing there waits for its month. Give the number of the line to spread. Its lines are ${linesOf(line.entry)}.`,
		);
	}
	const read = (name: keyof Accounts, whyWrong: (account: number) => string | undefined): number => {
		const given = locatorValue(parameter(run, name, item));
		const isOwn = own > 0 && whyWrong(own) === undefined;
		const account = (given === null || given === '') && isOwn ? own : (findings.take(readAccountNumber(given), name) ?? 0);
		const wrong = account > 0 ? whyWrong(account) : undefined;
		if (wrong !== undefined) findings.add('ERROR_ACCOUNT_NUMBER_NOT_GOOD_SCOPE', name, `${name}: ${wrong}`);
		if (line !== undefined && isOwn && account !== own) {
			findings.add(
				'ERROR_DATA_VALIDATION',
				name,
				`${name}: line ${line.position} of ${line.id} is on ${own}. Leave the field empty, or name that account.`,
			);
		}
		return account;
	};
	return {
		resultAccount: read('resultAccount', whyNoResult),
		balanceAccount: read('balanceAccount', whyNothingWaits),
	};
}

function whyNoResult(account: number): string | undefined {
	if (account >= FIRST_RESULT_ACCOUNT && account < 9000) return undefined;
	return `${account} is not an account of the income statement (3000–8999).`;
}

/** A cost is in debit, an income in credit. */
function readOwnAmount(run: Run, item: number, resultAccount: number, findings: Findings): number {
	const amount = findings.take(readAmount(parameter(run, 'amount', item)), 'amount') ?? 0;
	if (amount === 0 && findings.problems.length === 0)
		findings.add('ERROR_DATA_VALIDATION', 'amount', "amount: 0.00 can't be spread. Give the amount.");
	return accountTypeOf(resultAccount) === 'income' ? -amount : amount;
}

function dimensions(run: Run, item: number, line: LedgerLine | undefined): Pick<SpreadRow, 'costCenter' | 'project' | 'information'> {
	const more = collectionParameter(run, 'additionalFields', item);
	const chosen = (name: 'costCenter' | 'project'): string | undefined => {
		const given = locatorValue(more[name]);
		return typeof given === 'string' && given.trim() !== '' ? given.trim() : typeof given === 'number' ? String(given) : line?.row[name];
	};
	const [costCenter, project] = [chosen('costCenter'), chosen('project')];
	return { ...(costCenter !== undefined && { costCenter }), ...(project !== undefined && { project }) };
}

type Head = Pick<SpreadWish, 'number' | 'description' | 'journalId' | 'options' | 'acceptVatBase'>;

function readHead(run: Run, item: number, line: LedgerLine | undefined, findings: Findings): Head {
	const options = readEntryOptions(run, item);
	const number = findings.name(parameter(run, 'number', item), 'number') ?? (line && `SPREAD-${line.id}/${line.position}`);
	if (number === undefined) {
		findings.add(
			'ERROR_DATA_VALIDATION',
			'number',
			'number: give a number of your own, such as that of the invoice; by it the months are known again.',
		);
	}
	const journalId = findings.optional(
		textParameter(run, 'journalId', item),
		readJournalCode,
		'journalId',
		'ERROR_INVALID_FIELD_FORMAT_JOURNAL_ID',
	);
	const [given] = TEXT_NAMES.flatMap((name) => findings.text(parameter(run, name, item), 'description', MAX_DESCRIPTION) ?? []);
	const text = given ?? (line === undefined ? number : `Part of ${line.id} ${line.entry.description}`.trim());
	return {
		description: new TextFitter(options.unsupportedCharacters, findings).fit(text ?? '', 'description', MAX_DESCRIPTION),
		options,
		acceptVatBase: options.acceptVatBase,
		...(number !== undefined && { number }),
		...(journalId !== undefined && { journalId }),
	};
}

/** Takes the whole line from its result account, on its own day; the months give it back. */
function transfer(wish: SpreadWish, row: SpreadRow, { entry }: LedgerLine): ReadyEntry {
	const description = cutText(wish.description, MAX_DESCRIPTION);
	return followingEntry(wish, { name: '0', date: entry.date, description, rows: rowsOf(row, -row.amount) });
}
