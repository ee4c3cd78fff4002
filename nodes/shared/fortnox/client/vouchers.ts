import type { FortnoxApi } from '../api';
import { readTotal } from '../pages';
import { TIMEOUT_MS } from '../timeouts';
import type { FortnoxVoucher, FortnoxVoucherListItem } from '../wire';
import { pathOf, type Calls } from './calls';
import { inYear } from './sought';

type Vouchers = Pick<FortnoxApi, 'postVoucher' | 'sie' | 'voucher' | 'voucherCount' | 'vouchers'>;

export function voucherCalls(calls: Calls): Vouchers {
	return {
		vouchers: async (query) =>
			await calls.list<FortnoxVoucherListItem>({
				path: pathOf('vouchers'),
				query: {
					financialyear: query.financialYear,
					fromdate: query.fromDate,
					todate: query.toDate,
					voucherseries: query.series,
					costcenter: query.costCenter,
					lastmodified: query.lastModified,
				},
				names: ['Vouchers'],
				keyOf: (voucher) => `${voucher.VoucherSeries} ${voucher.VoucherNumber} ${voucher.Year}`,
				exact: (one, next) =>
					one.VoucherSeries === next.VoucherSeries && one.Year === next.Year && next.VoucherNumber === one.VoucherNumber + 1,
				limit: query.limit,
			}),
		voucherCount: async (financialYear) =>
			await readTotal(calls.requests, { path: pathOf('vouchers'), query: { financialyear: financialYear }, names: ['Vouchers'] }),
		voucher: async (series, number, financialYear) =>
			await calls.get<FortnoxVoucher>(
				{ name: 'Voucher', path: pathOf('vouchers', series, number), query: { financialyear: financialYear } },
				{
					what: inYear(`entry ${series} ${number}`, financialYear),
					key: { VoucherSeries: series, VoucherNumber: number, Year: financialYear },
				},
			),
		postVoucher: async (voucher, financialYear) =>
			await calls.post<FortnoxVoucher>({ name: 'Voucher', path: pathOf('vouchers'), query: { financialyear: financialYear } }, voucher),
		sie: async (type, financialYear) => (await calls.bytes(pathOf('sie', type), { financialyear: financialYear }, TIMEOUT_MS.sie)).content,
	};
}
