import { FortnoxError } from '../../fortnox/errors';
import type { FortnoxAccount } from '../../fortnox/wire';
import type { CodeOf } from '../../ledger/vat';

/** Whether a chart has VAT codes at all: lists of accounts that were recorded in 2014 and 2015 have no such field. */
export const saysVatCodes = (chart: readonly FortnoxAccount[]): boolean =>
	chart.length === 0 || chart.some(({ VATCode }) => VATCode !== undefined);

/**
 * The VAT code of each account of a chart, "" where an account has none.
 *
 * @throws {FortnoxError} where the chart does not say: taken for none, every box would be empty
 */
export function codesOfChart(chart: readonly FortnoxAccount[]): CodeOf {
	if (!saysVatCodes(chart)) {
		throw new FortnoxError({
			explanation:
				'Fortnox’s list of accounts came without VAT codes, and without them every box of the VAT return would be a guess. ' +
				'Check the API Base URL of the credential and any proxy on the way, which may leave fields out.',
			outcome: 'refused',
		});
	}
	const codes = new Map(chart.map(({ Number: number, VATCode }) => [number, VATCode?.trim() ?? '']));
	return (account) => codes.get(account) ?? '';
}
