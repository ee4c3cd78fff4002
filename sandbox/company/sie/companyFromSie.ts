import { sandboxChart } from '../chart';
import { stockholmMinute } from '../clock';
import type { CompanyState } from '../company';
import { newCompany } from '../newCompany';
import { VOUCHER_SERIES } from '../predefined';
import type { CompanyProfile, SandboxAccount, SandboxRow, SandboxVoucher } from '../types';
import type { SandboxYear } from '../year';
import { budgetOf } from './budgetOf';
import { readSie, type SieFile, type SiePeriod, type SieRow, type SieVoucher, type SieYear } from './readSie';

/**
 * A company with the books of a SIE file as Fortnox exports it (`GET /3/sie/4` answers the same lines again). The file
 * has no vouchers of the year before; its figures per month (`#PSALDO -1`) become one voucher a month in series A. What
 * SIE does not have is as in the sandbox's other companies: VAT codes and series by their numbers and letters. Series that
 * Fortnox doesn't have by itself accept manual vouchers, as does A.
 */
export function companyFromSie(content: Buffer, now: () => number): CompanyState {
	const file = readSie(content);
	const company = newCompany(profileOf(file), now);
	company.costCenters = file.costCenters.map(({ code, name }) => ({ code, description: name, active: true, note: null }));
	company.projects = file.projects.map(({ code, name }) => ({
		number: code,
		description: name,
		status: 'ONGOING',
		startDate: null,
		endDate: null,
		projectLeader: null,
		contactPerson: null,
		comments: null,
	}));
	// Ids count from the oldest year on.
	for (const index of [...file.years.keys()].sort((a, b) => a - b)) {
		const figures = file.years.get(index);
		if (figures) checkFigures(addYear(company, file, index, figures), figures);
	}
	return company;
}

function profileOf(file: SieFile): CompanyProfile {
	const [contact = '', street = '', zipAndCity = '', phone = ''] = file.address;
	const [, zipCode = '', city = zipAndCity] = /^(\d{3} ?\d{2}) (.*)$/.exec(zipAndCity) ?? [];
	return {
		tenantId: file.tenantId ?? 1,
		name: file.name,
		organizationNumber: file.organizationNumber,
		address: street,
		city,
		zipCode,
		phone,
		user: { id: '1', name: contact, email: 'user@sie.example', systemAdministrator: true },
		unlicensedScopes: [],
		apiLicence: true,
	};
}

function addYear(company: CompanyState, file: SieFile, index: number, figures: SieYear): SandboxYear {
	const year = company.addYear(figures.fromDate, figures.toDate);
	for (const account of [...chartOf(file), ...retired(file, figures)]) {
		year.setAccount({ ...account, broughtForward: figures.opening.get(account.number) ?? 0 });
	}
	const vouchers = index === 0 && file.vouchers.length > 0 ? file.vouchers : monthlyVouchers(figures);
	const letters = new Set([...VOUCHER_SERIES.map(([code]) => code), ...file.vouchers.map(({ series }) => series)]);
	for (const code of letters) {
		const [, description = '', manual = true] = VOUCHER_SERIES.find(([known]) => known === code) ?? [];
		year.series.set(code, { code, description, manual, nextNumber: 1 });
	}
	for (const voucher of [...vouchers].sort((a, b) => a.number - b.number)) book(year, voucher);
	year.budgets = budgetOf(figures.budgets);
	return year;
}

/** Throws where the books don't end where the file says: a part of the vouchers, or a file that is made to be imported. */
function checkFigures(year: SandboxYear, { closing, result }: SieYear): void {
	for (const [account, ore] of [...closing, ...result]) {
		const reached = (year.accounts.get(account)?.broughtForward ?? 0) + year.movement(account);
		if (reached === ore) continue;
		const label = closing.has(account) ? '#UB' : '#RES';
		const where = `account ${account} ends the year ${year.fromDate}–${year.toDate}`;
		const figures = `at ${reached / 100} by the vouchers, and at ${ore / 100} by ${label}`;
		throw new Error(`SIE: ${where} ${figures}. Export all series and the whole year.`);
	}
}

const VAT_CODES = new Map(sandboxChart().map(({ number, vatCode }) => [number, vatCode]));

const newAccount = (number: number, description: string, sru: number, active: boolean): SandboxAccount => ({
	number,
	description,
	active,
	sru,
	vatCode: VAT_CODES.get(number) ?? null,
	costCenter: null,
	costCenterSettings: 'ALLOWED',
	project: null,
	projectSettings: 'ALLOWED',
	transactionInformation: null,
	transactionInformationSettings: 'ALLOWED',
	broughtForward: 0,
	modifiedMinute: 0,
});

const chartOf = (file: SieFile): SandboxAccount[] =>
	[...file.accounts].map(([number, { name, sru }]) => newAccount(number, name, sru, true));

/** Accounts with figures that the file's list lacks: inactive by now. Nobody knows their names. */
function retired(file: SieFile, figures: SieYear): SandboxAccount[] {
	const used = new Set([...figures.opening.keys(), ...figures.closing.keys(), ...figures.result.keys()]);
	for (const { account } of figures.periods) used.add(account);
	return [...used].filter((number) => !file.accounts.has(number)).map((number) => newAccount(number, `Konto ${number}`, 0, false));
}

function book(year: SandboxYear, voucher: SieVoucher): SandboxVoucher {
	const series = year.series.get(voucher.series);
	if (!series) throw new Error(`SIE: there is no series ${voucher.series}`);
	const createdAt = Date.parse(`${voucher.bookedOn}T08:30:00Z`);
	return year.book(
		{
			series: voucher.series,
			number: voucher.number,
			yearId: year.id,
			date: voucher.date,
			description: voucher.text,
			comments: null,
			costCenter: '',
			project: '',
			referenceNumber: '',
			referenceType: 'MANUAL',
			approvalState: 0,
			rows: voucher.rows.map(toRow),
			createdAt,
			modifiedMinute: stockholmMinute(createdAt),
		},
		series,
	);
}

const toRow = (row: SieRow): SandboxRow => ({
	account: row.account,
	debit: Math.max(row.ore, 0),
	credit: Math.max(-row.ore, 0),
	costCenter: row.costCenter,
	project: row.project,
	description: null,
	transactionInformation: row.text,
	quantity: row.quantity,
	removed: row.kind === 'removed',
	added: row.kind === 'added',
	changedBy: row.by,
});

/**
 * One voucher per month that leads to a year's figures. A month that moved an account to and fro gets rows that do so,
 * since Fortnox lists the account for it.
 */
function monthlyVouchers(figures: SieYear): SieVoucher[] {
	const rowsOfMonth = new Map<string, SieRow[]>();
	const add = (month: string, account: number, amount: number, objects = { costCenter: '', project: '' }): void => {
		let rows = rowsOfMonth.get(month);
		if (!rows) rowsOfMonth.set(month, (rows = []));
		const { costCenter, project } = objects;
		rows.push({ kind: 'plain', account, costCenter, project, ore: amount, text: '', quantity: null, by: null });
	};
	for (const period of figures.periods) {
		const ofObjects = figures.periods.filter((other) => hasObject(other) && sameMonthOfAccount(other, period));
		// The account's whole month holds that of its objects.
		const rest = hasObject(period) ? period.ore : period.ore - ofObjects.reduce((sum, { ore }) => sum + ore, 0);
		if (rest !== 0) add(period.month, period.account, rest, period);
		else if (hasObject(period) || ofObjects.length === 0) {
			add(period.month, period.account, 100, period);
			add(period.month, period.account, -100, period);
		}
	}
	const lastMonth = figures.toDate.replaceAll('-', '').slice(0, 6);
	for (const [account, unexplained] of withoutPeriod(figures)) add(lastMonth, account, unexplained);
	return [...rowsOfMonth.keys()].sort().map((month, index) => {
		const date = lastDay(month) < figures.toDate ? lastDay(month) : figures.toDate;
		return {
			series: 'A',
			number: index + 1,
			date,
			text: `Sammandrag ${month.slice(0, 4)}-${month.slice(4)} ur SIE-fil`,
			bookedOn: date,
			rows: rowsOfMonth.get(month) ?? [],
		};
	});
}

const hasObject = ({ costCenter, project }: SiePeriod): boolean => costCenter !== '' || project !== '';
const sameMonthOfAccount = (a: SiePeriod, b: SiePeriod): boolean => a.month === b.month && a.account === b.account;

/** What a year's balances and results moved beyond its months: all of it in files of type 1, which have none. */
function withoutPeriod(figures: SieYear): Map<number, number> {
	const moved = new Map<number, number>(figures.result);
	for (const [account, closing] of figures.closing) moved.set(account, closing - (figures.opening.get(account) ?? 0));
	for (const period of figures.periods) {
		if (!hasObject(period)) moved.set(period.account, (moved.get(period.account) ?? 0) - period.ore);
	}
	for (const [account, amount] of moved) if (amount === 0) moved.delete(account);
	return moved;
}

function lastDay(month: string): string {
	const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(4))];
	return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
