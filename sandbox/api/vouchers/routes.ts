import type { SandboxVoucher } from '../../company/types';
import type { SandboxYear } from '../../company/year';
import { notFound, PlaceholderRefusal } from '../wire/answer';
import { noContent, numberInPath, ok, PAGING, requestedYear, type Route, type RouteContext } from '../wire/route';
import { create } from './create';
import { list } from './list';
import { checkDate } from './rules';
import { single } from './wire';

function find(context: RouteContext): { year: SandboxYear; voucher: SandboxVoucher } {
	const year = requestedYear(context);
	const voucher = year.voucher(context.params.series ?? '', numberInPath(context, 'number'));
	if (!voucher) throw notFound('voucherNotFound');
	return { year, voucher };
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
			return ok(single(voucher, year, context));
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
