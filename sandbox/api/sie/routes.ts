import { Readable } from 'node:stream';

import { stockholmDate } from '../../company/clock';
import type { CompanyState } from '../../company/company';
import type { SandboxRow, SandboxVoucher } from '../../company/types';
import type { SandboxYear } from '../../company/year';
import { encodeCp437 } from './cp437';
import { dateParameter, integerParameter, invalidParameter } from '../wire/lists';
import type { Route, RouteContext } from '../wire/route';
import type { Settings } from '../../settings';
import { notFound } from '../wire/answer';

const CHUNK_CHARS = 64 * 1024;
const COST_CENTER_DIMENSION = 1;
const PROJECT_DIMENSION = 6;

/** Öre as SIE writes them: a point, and two decimals only where there are any. */
function amount(ore: number): string {
	const text = (ore / 100).toFixed(2);
	return text.endsWith('.00') ? text.slice(0, -3) : text;
}

const compact = (date: string): string => date.replaceAll('-', '');

/** SIE escapes the quotation mark, and not the backslash; control characters have no place in it and become spaces. */
const quoted = (text: string): string => `"${text.replace(/\p{Cc}/gu, ' ').replace(/"/g, '\\"')}"`;

function objects(row: Pick<SandboxRow, 'costCenter' | 'project'>): string {
	const parts: string[] = [];
	if (row.costCenter) parts.push(`${COST_CENTER_DIMENSION} ${quoted(row.costCenter)}`);
	if (row.project) parts.push(`${PROJECT_DIMENSION} ${quoted(row.project)}`);
	return `{${parts.join(' ')}}`;
}

interface SieRequest {
	type: 1 | 2 | 3 | 4;
	company: CompanyState;
	year: SandboxYear;
	settings: Settings;
	now: number;
	/** Bounds of the vouchers, for type 4. */
	from: string | undefined;
	to: string | undefined;
}

function* header({ type, company, year, now }: SieRequest): Generator<string> {
	yield '#FLAGGA 0';
	yield '#PROGRAM "Fortnox" 3.57.11';
	yield '#FORMAT PC8';
	yield `#GEN ${compact(stockholmDate(now))}`;
	yield `#SIETYP ${type}`;
	yield `#FNR ${company.profile.tenantId}`;
	yield `#ORGNR ${company.profile.organizationNumber}`;
	yield `#FNAMN ${quoted(company.profile.name)}`;
	yield `#RAR 0 ${compact(year.fromDate)} ${compact(year.toDate)}`;
	const before = yearBefore(company, year);
	if (before) yield `#RAR -1 ${compact(before.fromDate)} ${compact(before.toDate)}`;
	yield '#KPTYP EUBAS97';
}

/** The year that ends before this one begins, a gap between them or not. */
function yearBefore(company: CompanyState, year: SandboxYear): SandboxYear | undefined {
	return company.yearsNewestFirst().find((candidate) => candidate.toDate < year.fromDate);
}

function* registers({ type, company, year }: SieRequest): Generator<string> {
	for (const account of year.accountsByNumber()) {
		yield `#KONTO ${account.number} ${quoted(account.description)}`;
		if (account.sru !== 0) yield `#SRU ${account.number} ${account.sru}`;
	}
	if (type < 3) return;
	yield `#DIM ${COST_CENTER_DIMENSION} "Kostnadsställe"`;
	yield `#DIM ${PROJECT_DIMENSION} "Projekt"`;
	for (const center of company.costCenters)
		yield `#OBJEKT ${COST_CENTER_DIMENSION} ${quoted(center.code)} ${quoted(center.description)}`;
	for (const project of company.projects)
		yield `#OBJEKT ${PROJECT_DIMENSION} ${quoted(project.number)} ${quoted(project.description)}`;
}

function* balances({ company, year }: SieRequest): Generator<string> {
	const before = yearBefore(company, year);
	const years: Array<[number, SandboxYear]> = before
		? [
				[0, year],
				[-1, before],
			]
		: [[0, year]];
	for (const [index, each] of years) {
		for (const { number, broughtForward } of each.accountsByNumber()) {
			const closing = broughtForward + each.movement(number);
			if (number >= 3000) {
				if (closing !== 0) yield `#RES ${index} ${number} ${amount(closing)}`;
				continue;
			}
			if (broughtForward !== 0) yield `#IB ${index} ${number} ${amount(broughtForward)}`;
			if (closing !== 0 || each.hasMovements(number)) yield `#UB ${index} ${number} ${amount(closing)}`;
		}
	}
}

/** Movements per month and account, and from type 3 on per cost centre and project too. */
function* periodBalances({ type, year }: SieRequest): Generator<string> {
	const sums = new Map<string, number>();
	const add = (key: string, ore: number) => sums.set(key, (sums.get(key) ?? 0) + ore);
	for (const voucher of year.vouchers()) {
		const month = compact(voucher.date).slice(0, 6);
		for (const row of voucher.rows) {
			if (row.removed) continue;
			const ore = row.debit - row.credit;
			add(`${month} ${row.account} {}`, ore);
			if (type < 3) continue;
			if (row.costCenter) add(`${month} ${row.account} ${objects({ costCenter: row.costCenter, project: '' })}`, ore);
			if (row.project) add(`${month} ${row.account} ${objects({ costCenter: '', project: row.project })}`, ore);
		}
	}
	for (const key of [...sums.keys()].sort()) yield `#PSALDO 0 ${key} ${amount(sums.get(key) ?? 0)} 0`;
}

function* vouchers({ year, settings, from, to }: SieRequest): Generator<string> {
	for (const voucher of year.vouchers()) {
		if ((from === undefined || voucher.date >= from) && (to === undefined || voucher.date <= to))
			yield voucherText(voucher, settings);
	}
}

function voucherText(voucher: SandboxVoucher, settings: Settings): string {
	const booked = compact(stockholmDate(voucher.createdAt));
	const lines = [
		`#VER ${voucher.series} ${voucher.number} ${compact(voucher.date)} ${quoted(voucher.description)} ${booked}`,
		'{',
	];
	for (const row of voucher.rows) {
		if (row.removed && settings.sieRemovedRows === 'omit') continue;
		const text =
			settings.sieRowText === 'transactionInformation' ? row.transactionInformation : (row.description ?? '');
		const label = row.removed ? '#BTRANS' : '#TRANS';
		lines.push(
			`${label} ${row.account} ${objects(row)} ${amount(row.debit - row.credit)} "" ${quoted(text)} ${row.quantity ?? 0}`,
		);
	}
	lines.push('}');
	return lines.join('\r\n');
}

function* content(request: SieRequest): Generator<string> {
	yield* header(request);
	yield* registers(request);
	yield* balances(request);
	const { type, settings } = request;
	if (type === 2 || type === 3 || (type === 4 && settings.siePeriodBalancesInType4)) yield* periodBalances(request);
	if (type === 4) yield* vouchers(request);
}

function* encoded(request: SieRequest): Generator<Buffer> {
	let text = '';
	for (const line of content(request)) {
		text += `${line}\r\n`;
		if (text.length < CHUNK_CHARS) continue;
		yield encodeCp437(text);
		text = '';
	}
	yield encodeCp437(text);
}

const SIE_TYPES = [1, 2, 3, 4] as const;

export const sieRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/3/sie/:type',
		scope: 'bookkeeping',
		query: ['financialyear', 'fromdate', 'todate', 'exportall', 'selection'],
		handle(context: RouteContext) {
			const { company, params, query, settings, now } = context;
			const type = SIE_TYPES.find((known) => String(known) === params.type);
			if (!type) throw invalidParameter();
			const id = integerParameter(query, 'financialyear');
			const year = id === undefined ? company.currentYear() : company.years.get(id);
			if (!year) throw notFound('yearNotFound');
			const request = {
				type,
				company,
				year,
				settings,
				now,
				from: dateParameter(query, 'fromdate'),
				to: dateParameter(query, 'todate'),
			};
			return {
				status: 200,
				body: Readable.from(encoded(request), { objectMode: false }),
				contentType: settings.sieContentType,
			};
		},
	},
];
