import { readBankgiro, readPlusgiro, readSwedishAccount } from '../../../shared/ledger/bankNumbers';
import type { Reading } from '../../../shared/ledger/problems';

/** Reads any of the numbers that a Swedish account goes by: clearing and account number, Bankgiro (`BG …`), Plusgiro (`PG …`). */
export function readBankNumber(given: unknown): Reading<string> {
	const text = String(given).trim();
	const giro = /^(bg|bankgiro|pg|plusgiro)[:\s]*(.+)$/i.exec(text);
	if (giro === null) return readSwedishAccount(text);
	const isBankgiro = giro[1]?.toLowerCase().startsWith('b') === true;
	const reading = isBankgiro ? readBankgiro(giro[2]) : readPlusgiro(giro[2]);
	return 'problem' in reading ? reading : { value: `${isBankgiro ? 'BG' : 'PG'} ${reading.value}` };
}
