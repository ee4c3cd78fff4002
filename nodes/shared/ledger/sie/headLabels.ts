import type { SieLineReader } from './line';
import type { SieAccount, SieBalance, SieHead, SiePeriodBalance } from './types';
import { MOST_SIE_NAMES, MOST_SIE_YEARS } from '../bounds';
import { quoted } from './sieError';
import { parseSieMonth } from './values';

type ReadLabel = (lines: SieLineReader, head: SieHead) => void;

/** Labels whose figures balances are computed from: dropping one of their lines would make a balance wrong in silence. */
export const BALANCE_LABELS: ReadonlySet<string> = new Set(['#IB', '#UB', '#RES', '#OIB', '#OUB', '#PSALDO']);

/** Labels of the standard that nothing here uses. */
const PASSED_OVER = ['#ADRESS', '#BKOD', '#ENHET', '#FORMAT', '#FTYP', '#KPTYP', '#KTYP', '#OMFATTN', '#PROSA', '#TAXAR'];

/** What each label of the head says. Labels that are not here belong to vouchers, or are unknown. */
export const HEAD_LABELS: ReadonlyMap<string, ReadLabel> = new Map<string, ReadLabel>([
	...PASSED_OVER.map((label): [string, ReadLabel] => [label, () => undefined]),
	['#FLAGGA', (lines, head) => (head.imported = lines.string() === '1')],
	['#PROGRAM', (lines, head) => (head.program = { name: lines.string(), version: lines.optionalString() })],
	['#GEN', (lines, head) => (head.generated = { date: lines.informativeDate(), sign: lines.optionalString() })],
	['#FNR', (lines, head) => (head.company.number = lines.optionalString())],
	['#ORGNR', (lines, head) => (head.company.organisationNumber = lines.optionalString())],
	['#FNAMN', (lines, head) => (head.company.name = lines.optionalString())],
	['#RAR', readYear],
	['#VALUTA', (lines, head) => (head.currency = lines.optionalString())],
	['#KONTO', (lines, head) => (accountOf(lines, head).name = lines.string())],
	['#SRU', (lines, head) => accountOf(lines, head).sru.push(lines.string())],
	['#DIM', (lines, head) => named(lines, head.dimensions).push(dimension(lines))],
	[
		'#UNDERDIM',
		(lines, head) => named(lines, head.dimensions).push({ ...dimension(lines), parent: lines.integer('the parent dimension') }),
	],
	[
		'#OBJEKT',
		(lines, head) =>
			named(lines, head.objects).push({ dimension: lines.integer('the dimension'), object: lines.string(), name: lines.string() }),
	],
	['#IB', (lines, head) => head.openingBalances.push(balance(lines))],
	['#UB', (lines, head) => head.closingBalances.push(balance(lines))],
	['#RES', (lines, head) => head.results.push(balance(lines))],
	['#OIB', (lines, head) => head.openingObjectBalances.push(balance(lines))],
	['#OUB', (lines, head) => head.closingObjectBalances.push(balance(lines))],
	['#PSALDO', (lines, head) => head.periodBalances.push(periodBalance(lines))],
	['#PBUDGET', (lines, head) => head.periodBudgets.push(periodBalance(lines))],
]);

function dimension(lines: SieLineReader): { number: number; name: string } {
	return { number: lines.integer('the dimension'), name: lines.string() };
}

/** The list, where one more fits into it. */
function named<T>(lines: SieLineReader, list: T[]): T[] {
	if (list.length === MOST_SIE_NAMES) throw lines.error('too_many', `the file names more than ${MOST_SIE_NAMES} dimensions or objects.`);
	return list;
}

function readYear(lines: SieLineReader, head: SieHead): void {
	const index = lines.integer('the year');
	const from = lines.optionalDate();
	const to = lines.optionalDate();
	// Pre-systems that know no financial year leave both days out.
	if (from === undefined && to === undefined) return;
	if (from === undefined || to === undefined || from > to) {
		throw lines.error('bad_date', 'the financial year does not have a first day and a later last day.');
	}
	if (head.years.length === MOST_SIE_YEARS) throw lines.error('bad_date', `the file names more than ${MOST_SIE_YEARS} financial years.`);
	head.years.push({ index, from, to });
}

/** The account that the line is about; made where the file has not named it before. */
function accountOf(lines: SieLineReader, head: SieHead): SieAccount {
	const number = lines.account();
	const known = head.accounts.get(number);
	if (known) return known;
	const account: SieAccount = { number, name: '', sru: [] };
	head.accounts.set(number, account);
	return account;
}

function balance(lines: SieLineReader): SieBalance {
	const year = lines.integer('the year');
	return { line: lines.line, year, ...balanceOfAccount(lines) };
}

function periodBalance(lines: SieLineReader): SiePeriodBalance {
	const year = lines.integer('the year');
	const written = lines.string();
	const month = parseSieMonth(written);
	if (month === undefined) throw lines.error('bad_date', `${quoted(written)} is not a month; SIE writes months as YYYYMM.`);
	return { line: lines.line, year, month, ...balanceOfAccount(lines) };
}

function balanceOfAccount(lines: SieLineReader): Pick<SieBalance, 'account' | 'objects' | 'amount' | 'quantity'> {
	const account = lines.account();
	const objects = lines.objects();
	const amount = lines.amount();
	const quantity = lines.quantity();
	return quantity === undefined ? { account, objects, amount } : { account, objects, amount, quantity };
}
