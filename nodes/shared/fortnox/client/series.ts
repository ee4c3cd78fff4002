import type { FortnoxApi } from '../api';
import type { FortnoxVoucherSeries } from '../wire';
import { pathOf, type Calls } from './calls';
import { inYear, type Sought } from './sought';

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
			await calls.get<FortnoxVoucherSeries>(
				{ name: NAME, path: pathOf('voucherseries', code), query: { financialyear: financialYear } },
				soughtSeries(code, financialYear),
			),
		createVoucherSeries: async (series, financialYear) => {
			const place = { name: NAME, path: pathOf('voucherseries'), query: { financialyear: financialYear } };
			const written = { ...soughtSeries(series.Code, financialYear), sent: series };
			return await calls.changingYear(kept, financialYear, calls.post<FortnoxVoucherSeries>(place, series, written));
		},
		updateVoucherSeries: async (code, series, financialYear) => {
			const place = { name: NAME, path: pathOf('voucherseries', code), query: { financialyear: financialYear } };
			const written = { ...soughtSeries(code, financialYear), sent: series };
			return await calls.changingYear(kept, financialYear, calls.put<FortnoxVoucherSeries>(place, series, written));
		},
	};
}

function soughtSeries(code: string, financialYear: number | undefined): Sought {
	return { what: inYear(`voucher series ${code}`, financialYear), key: { Code: code } };
}
