import { unlessNotAllowed } from '../../fortnox/tolerate';
import type { FortnoxApi } from '../../fortnox/api';
import type { FortnoxAccount, FortnoxCostCenter, FortnoxFinancialYear, FortnoxProject, FortnoxVoucherSeries } from '../../fortnox/wire';
import type { IsoDate } from '../../ledger/dates';
import type { Ore } from '../../ledger/money';
import type { Problem } from '../../ledger/problems';
import { baseAloneHint, checkVatBase, vatAccountHint, type ChartAccount } from '../../ledger/vat';
import type { RowPart, VoucherDraft, VoucherRow } from '../../unified/entryDraft';
import type { Run } from '../../n8n/run';
import { filterInTurns, groupedInTurns, someInTurns } from '../../turns';
import type { PlacedSlip } from './slip';
import type { AbsentEntry, CheckedEntry, ReadyEntry } from './types';

/** What the company's registers say about one financial year. A register that the credential is not allowed to read is absent. */
interface Registers {
	lockedUntil?: string;
	accounts?: Map<number, FortnoxAccount>;
	series?: FortnoxVoucherSeries[];
	costCenters?: Map<string, FortnoxCostCenter>;
	projects?: Map<string, FortnoxProject>;
}

/**
 * The entries that the ledger's checks object to, each with its problems. They are found anew each time the entries are gone
 * through: kept for 100,000 entries, they take half as much memory as the entries themselves.
 */
export interface Refused extends Iterable<CheckedEntry> {
	readonly slips: readonly PlacedSlip[];
}

/**
 * Checks entries against the company's ledger: accounts, dimensions, series, locked period, each in the entry's own
 * financial year. A few requests whatever the number of entries, none where the registers are cached; what a cached
 * register objects to is looked at once more in a fresh one.
 */
export async function checkEntries(run: Run, slips: readonly PlacedSlip[]): Promise<Refused> {
	const registers = new Map<number, Registers>();
	const checked = ({ state: { entry, year } }: PlacedSlip): CheckedEntry => {
		return { entry, year, problems: problemsOf(run, { entry, year }, registers.get(year.Id) ?? {}) };
	};
	let refused = slips;
	for (const fresh of [false, true]) {
		for (const [year, ofYear] of await groupedInTurns(refused, ({ state }) => state.year.Id)) {
			registers.set(year, await readRegisters(run, year, ofYear, fresh));
		}
		refused = await filterInTurns(refused, (slip) => checked(slip).problems.length > 0);
	}
	return {
		slips: refused,
		*[Symbol.iterator]() {
			for (const slip of refused) yield checked(slip);
		},
	};
}

async function readRegisters(run: Run, year: number, slips: readonly PlacedSlip[], fresh: boolean): Promise<Registers> {
	const hasCostCenters = await someRow(slips, ({ costCenter }) => costCenter !== undefined);
	const hasProjects = await someRow(slips, ({ project }) => project !== undefined);
	const use = { fresh };
	const api: FortnoxApi = run.fortnox;
	const skip = (what: string) => (): void => run.hint(`The credential is not allowed to read ${what}, so that check was left to Fortnox.`);
	const [locked, chart, series, costCenters, projects] = await Promise.all([
		unlessNotAllowed(api.lockedPeriod(use), skip('the locked period (scope settings)')),
		unlessNotAllowed(api.chart(year, use), skip('the chart of accounts (scope bookkeeping)')),
		unlessNotAllowed(api.voucherSeries(year, use), skip('the voucher series (scope bookkeeping)')),
		hasCostCenters ? unlessNotAllowed(api.costCenters(use), skip('the cost centers (scope costcenter)')) : undefined,
		hasProjects ? unlessNotAllowed(api.projects(use), skip('the projects (scope project)')) : undefined,
	]);
	return {
		...(locked?.EndDate && { lockedUntil: locked.EndDate }),
		...(chart && { accounts: new Map(chart.map((account) => [account.Number, account])) }),
		...(series && { series }),
		...(costCenters && { costCenters: new Map(costCenters.map((center) => [center.Code, center])) }),
		...(projects && { projects: new Map(projects.map((project) => [project.ProjectNumber, project])) }),
	};
}

async function someRow(slips: readonly PlacedSlip[], has: (row: VoucherRow) => boolean): Promise<boolean> {
	return await someInTurns(slips, ({ state }) => state.entry.voucher.rows.some(has));
}

function problemsOf(run: Run, { entry, year }: AbsentEntry, registers: Registers): Problem[] {
	const { voucher } = entry;
	const problems: Problem[] = [];
	if (registers.lockedUntil !== undefined && voucher.date <= registers.lockedUntil) {
		problems.push({
			code: 'ERROR_PERIOD_CLOSED',
			field: 'date',
			message: `date: the books are locked up to and including ${registers.lockedUntil}, and the entry is dated ${voucher.date}. Use a later date, or have the period unlocked in Fortnox.`,
		});
	}
	checkSeries(voucher, year, registers.series, problems);
	for (const row of voucher.rows) {
		if (registers.accounts) checkAccount(row, year, registers.accounts, problems);
		checkDimensions(row, voucher.date, registers, problems);
	}
	if (registers.accounts) {
		checkVat(entry, registers.accounts, run, problems);
		tellOfBaseAlone(entry, registers.accounts, run);
	}
	return problems;
}

function checkSeries(
	voucher: VoucherDraft,
	year: FortnoxFinancialYear,
	series: FortnoxVoucherSeries[] | undefined,
	problems: Problem[],
): void {
	const manual = series?.filter(({ Manual }) => Manual).map(({ Code }) => Code);
	const choice = manual === undefined || manual.length === 0 ? '' : ` Manual series of that year: ${manual.join(', ')}.`;
	if (series === undefined) return;
	const found = series.find(({ Code }) => Code === voucher.journalId);
	if (found === undefined) {
		problems.push({
			code: 'ERROR_JOURNAL_NOT_FOUND',
			field: 'journal_id',
			message: `journal_id: there is no voucher series ${voucher.journalId} in the financial year ${year.FromDate}–${year.ToDate}.${choice}`,
		});
	} else if (!found.Manual) {
		problems.push({
			code: 'ERROR_JOURNAL_NOT_GOOD_SCOPE',
			field: 'journal_id',
			message: `journal_id: series ${voucher.journalId} (${found.Description}) is not manual, and Fortnox accepts entries from outside only into manual series.${choice}`,
		});
	}
}

/** Of rows that the node adds: they have no fields of their own. */
const ADDED_ROW = /(?:\.tax_info|^balancing_account|^financial_counterpart_account)$/;
const AS_LINE = 'Book the row as a line of its own that names it, with Journal Entry > Create.';

function fieldOf({ field, fields }: VoucherRow, part: RowPart): string {
	return fields?.[part] ?? `${field}.${part}`;
}

function checkAccount(row: VoucherRow, year: FortnoxFinancialYear, accounts: Map<number, FortnoxAccount>, problems: Problem[]): void {
	const account = accounts.get(row.account);
	const field = fieldOf(row, 'account');
	if (account === undefined) {
		problems.push({
			code: 'ERROR_ACCOUNT_NUMBER_NOT_FOUND',
			field,
			message: `${field}: account ${row.account} is not in the chart of the financial year ${year.FromDate}–${year.ToDate}. Add it with Account > Create (its option Financial Year names that year, where it is not the current one), or use another account.`,
		});
		return;
	}
	if (!account.Active) {
		problems.push({
			code: 'ERROR_ACCOUNT_NUMBER_NOT_ACTIVE',
			field,
			message: `${field}: account ${row.account} (${account.Description}) is not active in the financial year ${year.FromDate}–${year.ToDate}. Activate it with Account > Update.`,
		});
	}
	for (const dimension of [
		{ name: 'cost_center', title: 'cost center', given: row.costCenter, setting: account.CostCenterSettings, own: account.CostCenter },
		{ name: 'project', title: 'project', given: row.project, setting: account.ProjectSettings, own: account.Project },
	] as const) {
		const at = fieldOf(row, dimension.name);
		if (dimension.setting === 'MANDATORY' && dimension.given === undefined && !dimension.own) {
			const code = 'ERROR_ANALYTIC_ACCOUNT_REQUIRED';
			const must = `account ${row.account} must have a ${dimension.title}`;
			problems.push(
				ADDED_ROW.test(row.field)
					? { code, field: row.field, message: `${row.field}: ${must}, and the row that is added here has none. ${AS_LINE}` }
					: { code, field: at, message: `${at}: ${must}. Give one.` },
			);
		}
		if (dimension.setting === 'NOTALLOWED' && dimension.given !== undefined) {
			problems.push({
				code: 'ERROR_ANALYTIC_ACCOUNT_NOT_ALLOWED',
				field: at,
				message: `${at}: account ${row.account} allows no ${dimension.title}. Remove it, or use another account.`,
			});
		}
	}
}

function toChartAccount({ Number: number, VATCode: vatCode, Active: active }: FortnoxAccount): ChartAccount {
	return { number, vatCode, active };
}

/** The return is made of accounts: whether the base of a line's VAT, and the VAT, go where its code wants them. */
function checkVat(
	{ items: [item], voucher: { rows }, acceptVatBase }: ReadyEntry,
	accounts: Map<number, FortnoxAccount>,
	run: Run,
	problems: Problem[],
): void {
	let chart: ChartAccount[] | undefined;
	for (const row of rows) {
		const account = accounts.get(row.account);
		if (account === undefined) continue;
		const hint = row.vatBox && vatAccountHint(toChartAccount(account), row.vatBox);
		if (hint) run.hint(`${row.field}: ${hint}`, item);
		if (row.vatBase === undefined) continue;
		const { code, vatAccount } = row.vatBase;
		const field = `${row.field}.${row.vatBase.field}`;
		if (account.VATCode === undefined) {
			run.hint(
				`${field}: Fortnox's chart does not say which VAT codes accounts have, so the code was not compared with that of ${row.account}.`,
				item,
			);
			continue;
		}
		chart ??= [...accounts.values()].map(toChartAccount);
		const finding = checkVatBase({ code, account: toChartAccount(account), ...(vatAccount !== undefined && { vatAccount }) }, chart);
		if (finding === undefined) continue;
		const message = `${field}: ${finding.problem.message}`;
		if (finding.weight === 'tell' || (finding.weight === 'refuseUnlessAccepted' && acceptVatBase)) run.hint(message, item);
		else problems.push({ ...finding.problem, field, message });
	}
}

/** Of lines that name a VAT code, other hints speak; what is taken back, or follows from the ledger, is as it was there. */
function tellOfBaseAlone(
	{ items: [item], voucher: { rows }, undoing, computed }: ReadyEntry,
	accounts: Map<number, FortnoxAccount>,
	run: Run,
): void {
	if (undoing !== undefined || computed === true || rows.some(({ vatBase }) => vatBase !== undefined)) return;
	// An entry may have 10,000 rows on a few accounts.
	const sums = new Map<number, Ore>();
	for (const { account, amount } of rows) sums.set(account, (sums.get(account) ?? 0) + amount);
	const hint = baseAloneHint([...sums].map(([account, amount]) => ({ account, amount, code: accounts.get(account)?.VATCode ?? '' })));
	if (hint !== undefined) run.hint(hint, item);
}

function checkDimensions(row: VoucherRow, date: IsoDate, { costCenters, projects }: Registers, problems: Problem[]): void {
	if (costCenters && row.costCenter !== undefined && costCenters.get(row.costCenter)?.Active !== true) {
		const closed = costCenters.has(row.costCenter);
		const open = [...costCenters.values()].filter(({ Active }) => Active).map(({ Code }) => Code);
		const field = fieldOf(row, 'cost_center');
		problems.push({
			code: closed ? 'ERROR_ANALYTIC_ACCOUNT_CLOSED' : 'ERROR_ANALYTIC_ACCOUNT_NOT_FOUND',
			field,
			message: `${field}: ${closed ? `cost center ${row.costCenter} is not active` : `there is no cost center ${row.costCenter}`}. Active ones: ${listed(open)}.`,
		});
	}
	const problem = projects && row.project !== undefined && problemOfProject(fieldOf(row, 'project'), row.project, date, projects);
	if (problem) problems.push(problem);
}

/** Fortnox refuses a date outside the project's own with "Projektredovisningsperioden är inte aktiv för projekt". */
function problemOfProject(field: string, number: string, date: IsoDate, projects: Map<string, FortnoxProject>): Problem | undefined {
	const project = projects.get(number);
	const open = [...projects.values()].filter((candidate) => candidate.Status !== 'COMPLETED' && isWithin(date, candidate));
	const choice = `Open ones: ${listed(open.map(({ ProjectNumber }) => ProjectNumber))}.`;
	if (project === undefined) {
		const message = `${field}: there is no project ${number}. ${choice}`;
		return { code: 'ERROR_ANALYTIC_ACCOUNT_NOT_FOUND', field, message };
	}
	const code = 'ERROR_ANALYTIC_ACCOUNT_CLOSED';
	if (project.Status === 'COMPLETED') return { code, field, message: `${field}: project ${number} is completed. ${choice}` };
	if (isWithin(date, project)) return undefined;
	const { StartDate: start, EndDate: end } = project;
	return {
		code,
		field,
		message: `${field}: project ${number} accepts entries ${start ? `from ${start} ` : ''}${end ? `until ${end}` : 'on'}, and the entry is dated ${date}. Change the date, the project, or the project's dates in Fortnox. ${choice}`,
	};
}

function isWithin(date: IsoDate, { StartDate: start, EndDate: end }: FortnoxProject): boolean {
	return (!start || start <= date) && (!end || date <= end);
}

function listed(names: readonly string[]): string {
	if (names.length === 0) return 'none';
	return names.length <= 10 ? names.join(', ') : `${names.slice(0, 10).join(', ')} and ${names.length - 10} more`;
}
