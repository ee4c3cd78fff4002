import { unlessNotAllowed } from '../../../shared/fortnox/tolerate';
import type { FortnoxPredefinedVoucherSeries } from '../../../shared/fortnox/wire';
import type { Run } from '../../../shared/n8n/run';

/** The company's predefined series, from which journal types are derived; none where the credential is not allowed to read them. */
export async function predefinedSeries(run: Run): Promise<FortnoxPredefinedVoucherSeries[]> {
	const series = await unlessNotAllowed(run.fortnox.predefinedVoucherSeries(), () =>
		run.hint('The credential is not allowed to read the predefined voucher series (scope settings), so no journal has a type.'),
	);
	return series ?? [];
}
