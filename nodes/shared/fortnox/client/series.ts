import type { FortnoxApi } from '../api';
import type { FortnoxVoucherSeries } from '../wire';
import { pathOf, type Calls } from './calls';

type Series = Pick<FortnoxApi, 'createVoucherSeries' | 'oneVoucherSeries' | 'updateVoucherSeries' | 'voucherSeries'>;

const NAME = 'VoucherSeries';

export function seriesCalls(calls: Calls): Series {
	const { series: kept } = calls.registers;
	return {
		voucherSeries: async (financialYear, use = {}) =>
			await calls.keptOfYear(
				kept,
				financialYear,
				use,
				async () =>
					await calls.list<FortnoxVoucherSeries>({
						path: pathOf('voucherseries'),
						query: { financialyear: financialYear },
						names: ['VoucherSeriesCollection'],
						keyOf: (series) => series.Code,
					}),
			),
		oneVoucherSeries: async (code, financialYear) =>
			await calls.get<FortnoxVoucherSeries>(NAME, pathOf('voucherseries', code), { financialyear: financialYear }),
		createVoucherSeries: async (series, financialYear) => {
			const place = { name: NAME, path: pathOf('voucherseries'), query: { financialyear: financialYear } };
			return await calls.changingYear(kept, financialYear, calls.post<FortnoxVoucherSeries>(place, series));
		},
		updateVoucherSeries: async (code, series, financialYear) => {
			const place = { name: NAME, path: pathOf('voucherseries', code), query: { financialyear: financialYear } };
			return await calls.changingYear(kept, financialYear, calls.put<FortnoxVoucherSeries>(place, series));
		},
	};
}
