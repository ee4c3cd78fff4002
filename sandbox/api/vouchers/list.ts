import type { SandboxVoucher } from '../../company/types';
import type { SandboxYear } from '../../company/year';
import { effectOf } from '../../network/faults';
import type { Answer } from '../wire/answer';
import { cutPage, dateParameter, datesWithin, lastModifiedParameter, listAnswer, sorted } from '../wire/lists';
import type { RouteContext } from '../wire/route';
import { listItem } from './wire';

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
	const candidates = since !== undefined ? year.changedSince(since) : series !== undefined ? year.vouchersOf(series) : [...year.vouchers()];
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

export function list(context: RouteContext, year: SandboxYear, series: string | undefined): Answer {
	const { faults, now, query, settings } = context;
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
		const item = listItem(voucher, context);
		if (omitted) return { ...item, Comments: undefined };
		if (lateComments && voucher.createdAt > now - lateComments.ms) return { ...item, Comments: null };
		return cut && item.Comments !== null ? { ...item, Comments: item.Comments.slice(0, cut.length) } : item;
	});
}
