import { stockholmDate } from '../../company/clock';
import type { CompanyState } from '../../company/company';
import type { SandboxAccount, SandboxVoucher } from '../../company/types';
import type { SandboxYear } from '../../company/year';
import type { Settings } from '../../settings';
import { amount, compact, COST_CENTER_DIMENSION, objects, PROJECT_DIMENSION, quoted } from './format';
import { budgetSums, periodSums, type PeriodSum } from './periods';

const FIRST_RESULT_ACCOUNT = 3000;

export interface SieRequest {
	type: 1 | 2 | 3 | 4;
	company: CompanyState;
	year: SandboxYear;
	settings: Settings;
	now: number;
	/** Inactive accounts that nothing was booked on too. */
	exportAll: boolean;
	/** Which vouchers of the year are in a file of type 4. */
	includes: (voucher: SandboxVoucher) => boolean;
}

/**
 * The lines of a file as Fortnox 3.60 wrote it in three exports of 2026: their order, with empty lines between the
 * parts, and figures of both years before the vouchers. Files of types 1–3 lack parts; nobody has published one.
 */
export function* sieLines(request: SieRequest): Generator<string> {
	const { type, year, company } = request;
	const before = yearBefore(company, year);
	const sums = type === 1 ? [] : periodSums(year, request.settings);
	const sumsBefore = type === 1 || !before ? [] : periodSums(before, request.settings);
	yield* header(request, before);
	yield '';
	yield* accounts(request);
	yield '';
	if (type >= 3) {
		yield* dimensions(request);
		yield '';
	}
	yield* balances(0, year, (account) => isUsed(year, account));
	yield* periods('#PSALDO 0', sums, false);
	yield* periods('#PSALDO -1', sumsBefore, false);
	yield* results(0, year);
	yield '';
	if (before) {
		yield* balances(-1, before, (account) => {
			// One that came and went is in the exports where the year itself has it too.
			const kept = isUsed(year, year.accounts.get(account.number) ?? account) && isUsed(before, account);
			return kept || account.broughtForward !== 0 || account.broughtForward + before.movement(account.number) !== 0;
		});
		yield* results(-1, before);
	}
	yield '';
	if (type < 3) return;
	yield* periods('#PSALDO 0', sums, true);
	yield '';
	yield* periods('#PSALDO -1', sumsBefore, true);
	yield* budgets(0, year, request);
	if (before) yield* budgets(-1, before, request);
	if (type < 4) return;
	yield* ['', '', ''];
	for (const voucher of year.vouchers()) if (request.includes(voucher)) yield* voucherLines(voucher, request);
}

function* header(request: SieRequest, before: SandboxYear | undefined): Generator<string> {
	const { type, company, year, now, settings } = request;
	const { profile } = company;
	const text = (value: string): string => quoted(value, settings);
	yield '#FLAGGA 0';
	yield '#FORMAT PC8';
	yield `#SIETYP ${type}`;
	yield '#PROGRAM "Fortnox" 3.60.16';
	yield `#GEN ${compact(stockholmDate(now))}`;
	yield `#FNR ${profile.tenantId}`;
	yield `#FNAMN ${text(profile.name)}`;
	const address = [profile.user.name, profile.address, `${profile.zipCode} ${profile.city}`, profile.phone];
	yield `#ADRESS ${address.map(text).join(' ')} `;
	yield `#RAR 0 ${compact(year.fromDate)} ${compact(year.toDate)}`;
	if (before) yield `#RAR -1 ${compact(before.fromDate)} ${compact(before.toDate)}`;
	yield `#ORGNR ${profile.organizationNumber}`;
	yield `#OMFATTN ${compact(year.toDate)}`;
	yield '#KPTYP EUBAS97';
}

/** The year that ends before this one begins, a gap between them or not. */
function yearBefore(company: CompanyState, year: SandboxYear): SandboxYear | undefined {
	return company.yearsNewestFirst().find((candidate) => candidate.toDate < year.fromDate);
}

/**
 * Active accounts, and inactive ones with figures: the exports hold about as many as a company has active ones, and lack
 * some that only the year before had figures on. What `exportall` adds is inferred from its name: the inactive ones.
 */
function* accounts({ year, settings, exportAll }: SieRequest): Generator<string> {
	for (const account of year.accountsByNumber()) {
		if (!exportAll && !account.active && !isUsed(year, account)) continue;
		yield `#KONTO ${account.number} ${quoted(account.description, settings)}`;
		if (account.sru !== 0) yield `#SRU ${account.number} ${account.sru}`;
	}
}

function* dimensions({ company, settings }: SieRequest): Generator<string> {
	const object = (dimension: number, code: string, name: string): string =>
		`#OBJEKT ${dimension} ${quoted(code, settings)} ${quoted(name, settings)}`;
	const inOrder = (codes: string[]): string[] => codes.sort((a, b) => (a < b ? -1 : 1));
	yield `#DIM ${COST_CENTER_DIMENSION} "Kostnadsställe"`;
	yield `#DIM ${PROJECT_DIMENSION} "Projekt"`;
	yield* inOrder(company.costCenters.map(({ code, description }) => object(COST_CENTER_DIMENSION, code, description)));
	yield* inOrder(company.projects.map(({ number, description }) => object(PROJECT_DIMENSION, number, description)));
}

const isUsed = (year: SandboxYear, { number, broughtForward }: SandboxAccount): boolean =>
	broughtForward !== 0 || year.hasMovements(number);

function* balances(index: number, year: SandboxYear, isListed: (account: SandboxAccount) => boolean): Generator<string> {
	for (const account of year.accountsByNumber()) {
		const { number, broughtForward } = account;
		if (number >= FIRST_RESULT_ACCOUNT || !isListed(account)) continue;
		yield `#IB ${index} ${number} ${amount(broughtForward)} 0`;
		yield `#UB ${index} ${number} ${amount(broughtForward + year.movement(number))} 0`;
	}
}

function* results(index: number, year: SandboxYear): Generator<string> {
	for (const { number, broughtForward } of year.accountsByNumber()) {
		const result = broughtForward + year.movement(number);
		if (number >= FIRST_RESULT_ACCOUNT && result !== 0) yield `#RES ${index} ${number} ${amount(result)} 0`;
	}
}

/** `label` is the line's name and the year's index. */
function* periods(label: string, sums: readonly PeriodSum[], ofObjects: boolean): Generator<string> {
	for (const { month, account, objects: on, ore } of sums) {
		if ((on !== '{}') === ofObjects) yield `${label} ${month} ${account} ${on} ${amount(ore)} 0`;
	}
}

/**
 * Budgets of result accounts, also per cost center: Fortnox's help says so of files of types 3 and 4. No export of a company
 * with a budget is public; place and form are those of the other figures by month.
 */
function* budgets(index: number, year: SandboxYear, { settings }: SieRequest): Generator<string> {
	if (!settings.sieBudgets) return;
	const sums = budgetSums(year.budgets, settings);
	yield* periods(`#PBUDGET ${index}`, sums, false);
	yield* periods(`#PBUDGET ${index}`, sums, true);
}

function* voucherLines(voucher: SandboxVoucher, { settings, company }: SieRequest): Generator<string> {
	const booked = compact(stockholmDate(voucher.createdAt));
	const { series, number, date, description } = voucher;
	yield `#VER ${series} ${number} ${compact(date)} ${quoted(description, settings)} ${booked}`;
	yield '{';
	for (const row of voucher.rows) {
		const text = quoted(settings.sieRowText === 'description' ? (row.description ?? '') : row.transactionInformation, settings);
		const on = objects(row, settings);
		const values = `${row.account} ${on} ${amount(row.debit - row.credit)} "" ${text} ${row.quantity ?? 0}`;
		const by = quoted(row.changedBy ?? company.profile.user.name, settings);
		if (row.removed) yield `#BTRANS ${values} ${by}`;
		if (row.removed) continue;
		if (row.added) yield `#RTRANS ${values} ${by}`;
		yield `#TRANS ${values}`;
	}
	yield '}';
}
