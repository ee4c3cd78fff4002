import { stockholmMinute } from '../company/clock';
import type { CompanyState } from '../company/company';
import type { SandboxAccount, SandboxRow, SandboxSeries, SandboxVoucher } from '../company/types';
import type { SandboxYear } from '../company/year';
import { effectOf } from '../network/faults';
import { isRecord, readFields, readWrapped, type FieldSpecs } from './wire/fields';
import { cutPage, dateParameter, datesWithin, lastModifiedParameter, listAnswer, sorted } from './wire/lists';
import { created, noContent, ok, PAGING, requestedYear, type Route, type RouteContext } from './wire/route';
import type { Settings } from '../settings';
import { notFound, PlaceholderRefusal, Refusal, toSek, type Answer } from './wire/answer';

const VOUCHER_SPECS: FieldSpecs = {
	VoucherSeries: { type: 'text', required: true, max: 10 },
	TransactionDate: { type: 'date', required: true },
	Description: { type: 'text', required: true, max: 200 },
	Comments: { type: 'text', max: 1000 },
	CostCenter: { type: 'text' },
	Project: { type: 'text' },
	VoucherRows: { type: 'rows', required: true },
	ReferenceNumber: { type: 'text', readOnly: true },
	ReferenceType: { type: 'text', readOnly: true },
	VoucherNumber: { type: 'integer', readOnly: true },
	Year: { type: 'integer', readOnly: true },
	ApprovalState: { type: 'integer', readOnly: true },
};

const ROW_SPECS: FieldSpecs = {
	Account: { type: 'integer', required: true, min: 1000, max: 9999 },
	Debit: { type: 'amount' },
	Credit: { type: 'amount' },
	CostCenter: { type: 'text' },
	Project: { type: 'text' },
	Description: { type: 'text', max: 200 },
	TransactionInformation: { type: 'text', max: 100 },
	Quantity: { type: 'number' },
	Removed: { type: 'boolean', readOnly: true },
};

const url = (voucher: SandboxVoucher, baseUrl: string): string =>
	`${baseUrl}/3/vouchers/${encodeURIComponent(voucher.series)}/${voucher.number}?financialyear=${voucher.yearId}`;

function listItem(voucher: SandboxVoucher, baseUrl: string) {
	return {
		'@url': url(voucher, baseUrl),
		Comments: voucher.comments,
		Description: voucher.description,
		ReferenceNumber: voucher.referenceNumber,
		ReferenceType: voucher.referenceType,
		TransactionDate: voucher.date,
		VoucherNumber: voucher.number,
		VoucherSeries: voucher.series,
		Year: voucher.yearId,
		ApprovalState: voucher.approvalState,
	};
}

function single(voucher: SandboxVoucher, year: SandboxYear, baseUrl: string) {
	return {
		Voucher: {
			'@url': url(voucher, baseUrl),
			Comments: voucher.comments,
			CostCenter: voucher.costCenter,
			Description: voucher.description,
			Project: voucher.project,
			ReferenceNumber: voucher.referenceNumber,
			ReferenceType: voucher.referenceType,
			TransactionDate: voucher.date,
			VoucherNumber: voucher.number,
			VoucherRows: voucher.rows.map((row) => ({
				Account: row.account,
				CostCenter: row.costCenter,
				Credit: toSek(row.credit),
				Description: row.description ?? year.accounts.get(row.account)?.description ?? '',
				Debit: toSek(row.debit),
				Project: row.project,
				Removed: row.removed,
				TransactionInformation: row.transactionInformation,
				Quantity: row.quantity,
			})),
			VoucherSeries: voucher.series,
			Year: voucher.yearId,
			ApprovalState: voucher.approvalState,
		},
	};
}

/** The last filtered list of each year, so that its pages don't filter it again. */
const lastLists = new WeakMap<SandboxYear, { key: string; version: number; vouchers: readonly SandboxVoucher[] }>();

function filtered(year: SandboxYear, context: RouteContext, series: string | undefined): readonly SandboxVoucher[] {
	const { query, settings } = context;
	datesWithin(year, query, settings);
	const since = lastModifiedParameter(query);
	const from = dateParameter(query, 'fromdate');
	const to = dateParameter(query, 'todate');
	const { costcenter = '', sortby = '', sortorder = '' } = query;
	const key = JSON.stringify([since, from, to, series, costcenter, sortby, sortorder]);
	const last = lastLists.get(year);
	if (last?.key === key && last.version === year.version) return last.vouchers;
	const candidates =
		since !== undefined
			? year.changedSince(since)
			: series !== undefined
				? year.vouchersOf(series)
				: [...year.vouchers()];
	const kept = candidates.filter(
		(voucher) =>
			(series === undefined || voucher.series === series) &&
			(from === undefined || voucher.date >= from) &&
			(to === undefined || voucher.date <= to) &&
			(costcenter === '' || voucher.rows.some((row) => row.costCenter === costcenter)),
	);
	const vouchers = sorted(kept, query, {
		referencenumber: (voucher) => voucher.referenceNumber,
		referencetype: (voucher) => voucher.referenceType,
		vouchernumber: (voucher) => voucher.number,
		voucherseries: (voucher) => voucher.series,
	});
	lastLists.set(year, { key, version: year.version, vouchers });
	return vouchers;
}

function list(context: RouteContext, year: SandboxYear, series: string | undefined): Answer {
	const { faults, now, query, settings, baseUrl } = context;
	let vouchers = filtered(year, context, series);
	const lateListing = effectOf(faults, 'delayListing');
	if (lateListing) {
		const unlisted = year.bookedSince(now - lateListing.ms);
		vouchers = vouchers.filter((voucher) => !unlisted.has(voucher));
	}
	const page = cutPage(vouchers, query, settings, effectOf(faults, 'repeatPage') !== undefined);
	const omitted = effectOf(faults, 'omitComments') !== undefined;
	const cut = effectOf(faults, 'cutComments');
	const lateComments = effectOf(faults, 'delayComments');
	return listAnswer('Vouchers', page, (voucher) => {
		const item = listItem(voucher, baseUrl);
		if (omitted) return { ...item, Comments: undefined };
		if (lateComments && voucher.createdAt > now - lateComments.ms) return { ...item, Comments: null };
		return cut && item.Comments !== null ? { ...item, Comments: item.Comments.slice(0, cut.length) } : item;
	});
}

function find(context: RouteContext): { year: SandboxYear; voucher: SandboxVoucher } {
	const year = requestedYear(context);
	const voucher = year.voucher(context.params.series ?? '', Number(context.params.number));
	if (!voucher) throw notFound('voucherNotFound');
	return { year, voucher };
}

/** Everything that Fortnox checks about one row, except the sums. */
function readRow(
	input: unknown,
	date: string,
	year: SandboxYear,
	company: CompanyState,
	settings: Settings,
): SandboxRow {
	if (!isRecord(input)) throw new Refusal(400, 2001392, 'Ingen eller felaktig typ av data.');
	const fields = readFields(input, ROW_SPECS, 'create', settings);
	const account = year.accounts.get(fields.number('Account') ?? 0);
	if (!account) throw new Refusal(400, 2001304, 'Kunde inte hitta konto');
	if (!account.active) throw new PlaceholderRefusal('accountInactive', account.number);
	const debit = fields.number('Debit') ?? 0;
	const credit = fields.number('Credit') ?? 0;
	if (debit !== 0 && credit !== 0) throw new PlaceholderRefusal('debitAndCredit');
	if (debit === 0 && credit === 0 && settings.zeroRows === 'refuse') throw new PlaceholderRefusal('invalidAmount', 0);
	if (Math.min(debit, credit) < 0 && settings.negativeAmounts === 'refuse') {
		throw new PlaceholderRefusal('invalidAmount', toSek(Math.min(debit, credit)));
	}
	const costCenter = fields.text('CostCenter') ?? account.costCenter ?? '';
	const project = fields.text('Project') ?? account.project ?? '';
	checkDimensions(account, costCenter, project, date, company);
	return {
		account: account.number,
		debit,
		credit,
		costCenter,
		project,
		description: fields.text('Description') ?? null,
		transactionInformation: fields.text('TransactionInformation') ?? '',
		quantity: fields.number('Quantity') ?? null,
		removed: false,
		added: false,
		changedBy: null,
	};
}

function checkDimensions(
	account: SandboxAccount,
	costCenter: string,
	project: string,
	date: string,
	company: CompanyState,
): void {
	if (costCenter === '' && account.costCenterSettings === 'MANDATORY')
		throw new PlaceholderRefusal('costCenterMandatory', account.number);
	if (costCenter !== '') {
		if (account.costCenterSettings === 'NOTALLOWED')
			throw new PlaceholderRefusal('costCenterNotAllowed', account.number);
		const known = company.costCenters.find(({ code }) => code === costCenter);
		if (!known) throw new PlaceholderRefusal('invalidCostCenter', costCenter);
		if (!known.active) throw new PlaceholderRefusal('costCenterInactive', costCenter);
	}
	if (project === '' && account.projectSettings === 'MANDATORY')
		throw new PlaceholderRefusal('projectMandatory', account.number);
	if (project !== '') {
		if (account.projectSettings === 'NOTALLOWED') throw new PlaceholderRefusal('projectNotAllowed', account.number);
		const known = company.projects.find(({ number }) => number === project);
		if (!known) throw new PlaceholderRefusal('invalidProject', project);
		const begun = known.startDate === null || known.startDate <= date;
		const ended = known.endDate !== null && known.endDate < date;
		if (known.status === 'COMPLETED' || !begun || ended) throw new PlaceholderRefusal('projectClosed', project);
	}
}

function manualSeries(year: SandboxYear, code: string): SandboxSeries {
	const series = year.series.get(code);
	if (!series) throw new PlaceholderRefusal('invalidSeries', code);
	if (!series.manual) throw new PlaceholderRefusal('seriesNotManual', code);
	return series;
}

function checkDate(date: string, year: SandboxYear, company: CompanyState): void {
	if (!year.contains(date)) throw new PlaceholderRefusal('dateOutsideYear', date);
	const locked = company.lockedPeriod;
	if (locked !== null && date <= locked) {
		const who = company.profile.user.name;
		throw new Refusal(400, 2000401, `${who} har låst perioden t.o.m. ${locked}. Lås upp perioden för att fortsätta.`);
	}
}

function create(context: RouteContext): Answer {
	const { company, settings, now, query } = context;
	const fields = readWrapped(context.body, 'Voucher', VOUCHER_SPECS, 'create', settings);
	const date = fields.text('TransactionDate') ?? '';
	// Without a year in the query the date decides, also where it lies in an older year (a library's live tests).
	const isYearGiven = query.financialyear !== undefined || query.financialyeardate !== undefined;
	const year = isYearGiven ? requestedYear(context) : company.yearOf(date);
	if (!year) throw new PlaceholderRefusal('dateOutsideYear', date);
	const series = manualSeries(year, fields.text('VoucherSeries') ?? '');
	checkDate(date, year, company);
	const inputs = fields.rows('VoucherRows');
	if (inputs.length < 2) throw new PlaceholderRefusal('tooFewRows');
	if (settings.maxVoucherRows !== null && inputs.length > settings.maxVoucherRows) {
		throw new PlaceholderRefusal('tooManyRows', inputs.length);
	}
	const rows = inputs.map((input) => readRow(input, date, year, company, settings));
	const difference = rows.reduce((sum, row) => sum + row.debit - row.credit, 0);
	if (difference !== 0) throw new PlaceholderRefusal('notBalanced', toSek(difference));
	const voucher = year.book(
		{
			series: series.code,
			number: 0,
			yearId: year.id,
			date,
			description: fields.text('Description') ?? '',
			comments: fields.text('Comments') ?? null,
			costCenter: fields.text('CostCenter') ?? '',
			project: fields.text('Project') ?? '',
			referenceNumber: '',
			referenceType: settings.manualReferenceType,
			approvalState: 0,
			rows,
			createdAt: now,
			modifiedMinute: stockholmMinute(now),
		},
		series,
	);
	return created('vouchers', single(voucher, year, context.baseUrl));
}

const LIST_QUERY = [
	...PAGING,
	'financialyear',
	'financialyeardate',
	'fromdate',
	'todate',
	'voucherseries',
	'costcenter',
	'lastmodified',
] as const;
const KEY_QUERY = ['financialyear', 'financialyeardate'] as const;

export const voucherRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/3/vouchers',
		scope: 'bookkeeping',
		query: LIST_QUERY,
		handle: (context) => list(context, requestedYear(context), context.query.voucherseries),
	},
	{
		method: 'GET',
		path: '/3/vouchers/sublist',
		scope: 'bookkeeping',
		query: LIST_QUERY,
		handle: (context) => list(context, requestedYear(context), context.query.voucherseries),
	},
	{
		method: 'GET',
		path: '/3/vouchers/sublist/:series',
		scope: 'bookkeeping',
		query: LIST_QUERY,
		handle: (context) => list(context, requestedYear(context), context.params.series),
	},
	{
		method: 'GET',
		path: '/3/vouchers/:series/:number',
		scope: 'bookkeeping',
		query: KEY_QUERY,
		handle(context) {
			const { year, voucher } = find(context);
			return ok(single(voucher, year, context.baseUrl));
		},
	},
	{ method: 'POST', path: '/3/vouchers', scope: 'bookkeeping', query: KEY_QUERY, handle: create },
	{
		method: 'DELETE',
		path: '/3/vouchers/:series/:number',
		scope: (settings) => settings.openScopes.deleteVoucher,
		query: KEY_QUERY,
		handle(context) {
			const { year, voucher } = find(context);
			checkDate(voucher.date, year, context.company);
			if (year.vouchersOf(voucher.series).at(-1) !== voucher) throw new PlaceholderRefusal('notNewestVoucher');
			year.unbook(voucher);
			return noContent();
		},
	},
];
