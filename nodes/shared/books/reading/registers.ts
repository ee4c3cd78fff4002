import { unlessNotAllowed } from '../../fortnox/tolerate';
import type { FortnoxFinancialYear } from '../../fortnox/wire';
import type { CacheUse } from '../../fortnox/api';
import type { ErrorCode } from '../../ledger/errorCodes';
import { LedgerError } from '../../ledger/problems';
import { normalizedVatCode, VAT_CODES, VAT_TABLE } from '../../ledger/vat';
import type { Reader } from '../../n8n/run';

/**
 * Filters name things of the company's registers. One that is not there would give nothing, and look like a ledger that
 * has no such entries, so it is refused. The registers are cached, and what a cached one lacks is looked for in a fresh one.
 */

/** Something that a register has, and its name for headings. */
export interface Registered {
	code: string;
	title: string;
}

/** A register, and how its things are called in messages. */
interface Register {
	what: string;
	code: ErrorCode;
	/** Where it was looked for, to follow the code; empty for the whole company. */
	where: string;
	/** What to do where the codes are too many to list. */
	advice?: string;
	read(use: CacheUse): Promise<Registered[]>;
}

const LIST_ACCOUNTS = 'Correct the number; Account > Get Many lists those that there are.';

/** How many codes an error lists. */
const MOST_LISTED = 20;

/**
 * The cost center that a field names.
 *
 * @throws {LedgerError} ERROR_ANALYTIC_ACCOUNT_NOT_FOUND with the codes that there are
 */
export async function knownCostCenter(reader: Reader, field: string, code: string): Promise<Registered> {
	return await known(
		reader,
		{ field, code },
		{
			what: 'cost center',
			code: 'ERROR_ANALYTIC_ACCOUNT_NOT_FOUND',
			where: '',
			read: async (use) => (await reader.fortnox.costCenters(use)).map(({ Code, Description }) => registered(Code, Description)),
		},
	);
}

/**
 * The project that a field names.
 *
 * @throws {LedgerError} ERROR_ANALYTIC_ACCOUNT_NOT_FOUND with the numbers that there are
 */
export async function knownProject(reader: Reader, field: string, code: string): Promise<Registered> {
	return await known(
		reader,
		{ field, code },
		{
			what: 'project',
			code: 'ERROR_ANALYTIC_ACCOUNT_NOT_FOUND',
			where: '',
			read: async (use) =>
				(await reader.fortnox.projects(use)).map(({ ProjectNumber, Description }) => registered(ProjectNumber, Description)),
		},
	);
}

/**
 * The journal that a field names, in any of the financial years. Where there is no year, there is nothing to look in.
 *
 * @throws {LedgerError} ERROR_JOURNAL_NOT_FOUND with the series that there are
 */
export async function knownJournal(
	reader: Reader,
	field: string,
	code: string,
	years: readonly FortnoxFinancialYear[],
): Promise<Registered> {
	if (years.length === 0) return registered(code, undefined);
	return await known(
		reader,
		{ field, code },
		{
			what: 'journal (voucher series)',
			code: 'ERROR_JOURNAL_NOT_FOUND',
			where: inYears(years),
			read: async (use) =>
				await inAny(years, code, async ({ Id }) =>
					(await reader.fortnox.voucherSeries(Id, use)).map(({ Code, Description }) => registered(Code, Description)),
				),
		},
	);
}

/**
 * The account that a field names, in the chart of any of the financial years. Where there is no year, there is nothing to look in.
 *
 * @throws {LedgerError} ERROR_ACCOUNT_NUMBER_NOT_FOUND
 */
export async function knownAccount(
	reader: Reader,
	field: string,
	number: number,
	years: readonly FortnoxFinancialYear[],
): Promise<Registered> {
	const code = String(number);
	if (years.length === 0) return registered(code, undefined);
	return await known(
		reader,
		{ field, code },
		{
			what: 'account',
			code: 'ERROR_ACCOUNT_NUMBER_NOT_FOUND',
			where: inYears(years),
			advice: LIST_ACCOUNTS,
			read: async (use) =>
				await inAny(years, code, async ({ Id }) => {
					const accounts = await reader.fortnox.chart(Id, use);
					return accounts.map((account) => registered(String(account.Number), account.Description));
				}),
		},
	);
}

/**
 * Of the account numbers and first digits that the field `accounts` names: a number that no account has would give
 * nothing, and look like an account without movements. First digits that none
 * begins with only get a hint: whoever asks for 1 to 9 wants those that there are.
 *
 * @throws {LedgerError} ERROR_ACCOUNT_NUMBER_NOT_FOUND
 */
export function refuseUnknownAccounts(reader: Pick<Reader, 'hint'>, wanted: readonly string[], known: readonly string[]): void {
	const unknown = wanted.filter((prefix) => !known.some((account) => account.startsWith(prefix)));
	const numbers = unknown.filter((prefix) => prefix.length === 4);
	const digits = unknown.filter((prefix) => prefix.length < 4);
	if (digits.length > 0) reader.hint(`accounts: no account of the financial years that were read begins with ${digits.join(', ')}.`);
	if (numbers.length === 0) return;
	throw new LedgerError({
		code: 'ERROR_ACCOUNT_NUMBER_NOT_FOUND',
		field: 'accounts',
		message: `accounts: the financial years that were read have no account ${numbers.join(', ')}. ${LIST_ACCOUNTS}`,
	});
}

/**
 * A VAT code that an account may get: one that Fortnox ships, or one of the company's own, which an account of the chart
 * has already (Fortnox has no register of codes).
 *
 * @param yearId the financial year whose chart it is
 * @returns the code as Fortnox, or the chart, writes it
 * @throws {LedgerError} ERROR_TAX_CODE_NOT_FOUND
 */
export async function knownVatCode(reader: Reader, code: string, yearId: number): Promise<string> {
	const normalized = normalizedVatCode(code);
	if (VAT_TABLE.has(normalized)) return normalized;
	const field = 'vatCode';
	const found = await known(
		reader,
		{ field, code: normalized },
		{
			what: 'VAT code',
			code: 'ERROR_TAX_CODE_NOT_FOUND',
			where: '',
			advice: `Use one that Fortnox ships (${VAT_CODES.join(', ')}), or one that an account of the chart has already; a new code of your own is given to its first account in Fortnox.`,
			read: async (use) => {
				const codes = (await reader.fortnox.chart(yearId, use)).flatMap(({ VATCode }) => (VATCode ? [VATCode] : []));
				return codes.map((own) => ({ code: normalizedVatCode(own), title: own }));
			},
		},
	);
	return found.title;
}

async function known(
	reader: Pick<Reader, 'hint'>,
	{ field, code }: { field: string; code: string },
	register: Register,
): Promise<Registered> {
	const look = async (use: CacheUse): Promise<{ found?: Registered; all: Registered[] }> => {
		const all = await register.read(use);
		const found = all.find((each) => each.code === code);
		return { all, ...(found && { found }) };
	};
	const looked = await unlessNotAllowed(
		look({}).then(async (first) => (first.found ? first : await look({ fresh: true }))),
		() =>
			reader.hint(
				`${field}: the register can't be read with this credential, so it was not checked whether there is a ${register.what} ${code}.`,
			),
	);
	if (looked === undefined) return { code, title: code };
	if (looked.found) return looked.found;
	throw new LedgerError({
		code: register.code,
		field,
		message: `${field}: the company has no ${register.what} ${code}${register.where}. ${register.advice ?? choice(looked.all.map((each) => each.code))}`,
	});
}

function registered(code: string, description: string | null | undefined): Registered {
	return { code, title: `${code} ${description ?? ''}`.trim() };
}

/** The register of the newest year that has the code; of the newest one where none has it. */
async function inAny(
	years: readonly FortnoxFinancialYear[],
	code: string,
	read: (year: FortnoxFinancialYear) => Promise<Registered[]>,
): Promise<Registered[]> {
	let newest: Registered[] | undefined;
	for (const year of [...years].reverse()) {
		const all = await read(year);
		if (all.some((each) => each.code === code)) return all;
		newest ??= all;
	}
	return newest ?? [];
}

function inYears(years: readonly FortnoxFinancialYear[]): string {
	const days = years.map(({ FromDate, ToDate }) => `${FromDate}–${ToDate}`);
	return ` in the financial year${days.length === 1 ? '' : 's'} ${days.join(', ')}`;
}

function choice(codes: readonly string[]): string {
	if (codes.length === 0) return 'It has none.';
	return `Use one of ${codes.slice(0, MOST_LISTED).join(', ')}${codes.length > MOST_LISTED ? ', …' : ''}.`;
}
