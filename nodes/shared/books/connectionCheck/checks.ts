import { daysBetween } from '../../ledger/dates';
import { formatOre } from '../../ledger/money';
import { fine, notReadable, wrong, type Check } from './check';
import type { Facts } from './facts';
import { scopeChecks } from './scopes';

/** From this many days before the end of a financial year on, entries of the next one are near. */
const NEXT_YEAR_DAYS = 62;

/** How many accounts a message names. */
const ACCOUNTS_NAMED = 10;

/** Predefined accounts that the node books VAT and öre to; without one it takes the account of the BAS chart. */
const BOOKED_TO = [
	'CONSTRUCTION_CRE',
	'CONSTRUCTION_DEB',
	'INVAT',
	'OUTVAT_MP1',
	'OUTVAT_MP2',
	'OUTVAT_MP3',
	'PRODUCT_CRE',
	'PRODUCT_DEB',
	'ROUNDOFF',
	'SERVICE_CRE',
	'SERVICE_DEB',
];

/** What would fail in a company before the first run, one check after the other. */
export function checksOf(facts: Facts): Check[] {
	return [
		company(facts),
		...scopeChecks(facts.scopes),
		currentYear(facts),
		nextYear(facts),
		lockedPeriod(facts),
		...(facts.year === undefined ? [] : [manualSeries(facts), approval(facts), predefinedAccounts(facts), openingBalances(facts)]),
	];
}

function company({ company: found }: Facts): Check {
	if (found === undefined) return notReadable('company', 'the company', 'companyinformation');
	return fine(
		'company',
		`${found.CompanyName}, organisation number ${found.OrganizationNumber ?? 'not given'}, tenant ID ${found.DatabaseNumber}.`,
	);
}

function currentYear({ today, years, year }: Facts): Check {
	const name = 'current_financial_year';
	if (years === undefined) return notReadable(name, 'the financial years', 'bookkeeping');
	if (year !== undefined) return fine(name, `${year.FromDate}–${year.ToDate} (id ${year.Id}).`);
	return wrong(
		name,
		`No financial year has today, ${today}.`,
		'Open it in Fortnox under Settings > Bookkeeping > Financial years, or with Financial Year > Create.',
	);
}

function nextYear({ today, years, year }: Facts): Check {
	const name = 'next_financial_year';
	if (years === undefined) return notReadable(name, 'the financial years', 'bookkeeping');
	if (year === undefined) return fine(name, 'Not looked at, since there is no current one.');
	const next = years.find(({ FromDate }) => FromDate > year.ToDate);
	if (next !== undefined) return fine(name, `${next.FromDate}–${next.ToDate} is open.`);
	const left = daysBetween(today, year.ToDate);
	if (left > NEXT_YEAR_DAYS) return fine(name, `Not open yet; the current one ends on ${year.ToDate}.`);
	return wrong(
		name,
		`The current year ends on ${year.ToDate}, and no later one is open.`,
		'Open the next financial year in Fortnox, or with Financial Year > Create, before entries of it come.',
	);
}

function lockedPeriod({ today, lockedUntil }: Facts): Check {
	const name = 'locked_period';
	if (lockedUntil === undefined) return notReadable(name, 'the locked period', 'settings');
	if (lockedUntil === '') return fine(name, 'Nothing is locked.');
	if (lockedUntil < today) return fine(name, `Locked up to and including ${lockedUntil}; entries must be dated later.`);
	return wrong(
		name,
		`The books are locked up to and including ${lockedUntil}, today among them.`,
		'Have the period unlocked in Fortnox under Settings > Bookkeeping, or date entries later.',
	);
}

function manualSeries({ series }: Facts): Check {
	const name = 'manual_series';
	if (series === undefined) return notReadable(name, 'the voucher series', 'bookkeeping');
	const manual = series.filter(({ Manual }) => Manual).map(({ Code, Description }) => `${Code} ${Description}`);
	if (manual.length > 0) return fine(name, `Entries can go to ${manual.join(', ')}.`);
	return wrong(
		name,
		'No voucher series is manual, and Fortnox accepts entries from outside into manual series only.',
		'Make a series manual in Fortnox under Settings > Bookkeeping > Voucher series, or create one with Journal > Create.',
	);
}

function approval({ series }: Facts): Check {
	const name = 'voucher_approval';
	if (series === undefined) return notReadable(name, 'the voucher series', 'bookkeeping');
	const approved = series.flatMap(({ Code, Manual, Approver }) =>
		Manual && Approver ? [`${Code} (${Approver.Name ?? 'approver not named'})`] : [],
	);
	if (approved.length === 0) return fine(name, 'No manual series wants its vouchers approved.');
	return wrong(
		name,
		`Vouchers of these series wait for approval after they are posted: ${approved.join(', ')}.`,
		'Tell the approver, use another series, or take the approval off the series in Fortnox.',
	);
}

function predefinedAccounts({ predefined, chart }: Facts): Check {
	const name = 'predefined_accounts';
	if (predefined === undefined) return notReadable(name, 'the predefined accounts', 'settings');
	if (chart === undefined) return notReadable(name, 'the chart of accounts', 'bookkeeping');
	const active = new Map(chart.map(({ Number: number, Active }) => [number, Active]));
	const chosen = new Map(predefined.map(({ Name, Account }) => [Name, Account]));
	const faults = BOOKED_TO.flatMap((role) => {
		const account = chosen.get(role);
		if (!account) return [`${role} is not set`];
		const isActive = active.get(account);
		if (isActive === undefined) return [`${role} is ${account}, which is not in the chart`];
		return isActive ? [] : [`${role} is ${account}, which is inactive`];
	});
	if (faults.length === 0) return fine(name, 'Those that VAT and rounding go to are set and active.');
	return wrong(
		name,
		`${faults.join('; ')}.`,
		'Set them in Fortnox under Settings > Bookkeeping > Predefined accounts, and activate the accounts (Account > Update).',
	);
}

function openingBalances({ openings }: Facts): Check {
	const name = 'opening_balances';
	if (openings === undefined) return notReadable(name, 'the SIE file of the year', 'bookkeeping');
	if (openings.length === 0) return fine(name, 'The year opens as the year before closed.');
	const named = openings
		.slice(0, ACCOUNTS_NAMED)
		.map(({ account, stored, closed }) => `${account} opens with ${formatOre(stored)} and closed with ${formatOre(closed)}`);
	const more = openings.length > ACCOUNTS_NAMED ? ` and ${openings.length - ACCOUNTS_NAMED} more` : '';
	return wrong(
		name,
		`The balances of the year before were not carried over, or it was changed afterwards: ${named.join('; ')}${more}.`,
		'Carry the balances over in Fortnox under Settings > Bookkeeping > Financial years.',
	);
}
