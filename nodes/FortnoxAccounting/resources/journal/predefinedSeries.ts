import { unlessNotAllowed } from '../../../shared/fortnox/tolerate';
import type { FortnoxPredefinedVoucherSeries } from '../../../shared/fortnox/wire';
import type { Run } from '../../../shared/n8n/run';

/** The company's predefined series, from which journal types are derived; none where the credential may not read them. */
export async function predefinedSeries(run: Run): Promise<FortnoxPredefinedVoucherSeries[]> {
	const series = await unlessNotAllowed(run.fortnox.predefinedVoucherSeries(), () =>
		run.hint('The credential may not read the predefined voucher series (scope settings), so journal types could not be told.'),
	);
	return series ?? [];
}
