import { readBankgiro, readPlusgiro, readSwedishAccount } from '../../../shared/ledger/bankNumbers';
import type { Reading } from '../../../shared/ledger/problems';

/** Reads any of the numbers that a Swedish account goes by: clearing and account number, Bankgiro (`BG …`), Plusgiro (`PG …`). */
export function readBankNumber(given: unknown): Reading<string> {
	const text = String(given).trim();
	const [kind] = /^(?:bg|bankgiro|pg|plusgiro)[:\s]*/i.exec(text) ?? [];
	if (kind === undefined) return readSwedishAccount(text);
	const number = text.slice(kind.length);
	const isBankgiro = kind.toLowerCase().startsWith('b');
	const reading = isBankgiro ? readBankgiro(number) : readPlusgiro(number);
	return reading.problem !== undefined ? reading : { value: `${isBankgiro ? 'BG' : 'PG'} ${reading.value}` };
}
