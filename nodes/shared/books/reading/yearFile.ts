import { unlessNotAllowed } from '../../fortnox/tolerate';
import { readSieYearInSteps, type SieYear } from '../../ledger/balances';
import { readSieInSteps, type SieHead, type SieReadOptions, type SieRow, type SieVoucher } from '../../ledger/sie';
import type { EntryRow } from '../../unified/entryDraft';
import type { Reader } from '../../n8n/run';
import { inTurns } from '../../turns';

/** The SIE dimensions that Fortnox has, as the SIE standard numbers them. */
export const DIMENSIONS = { costCenter: 1, project: 6 };

/** Fortnox writes CP437. Vouchers that don't balance are read as well: the ledger is shown as it is. */
export const FILE_OPTIONS: SieReadOptions = { encoding: 'cp437', allowUnbalanced: true, strictBalances: true };

interface YearFile {
	bytes: Promise<Buffer>;
	/** What the file says besides its vouchers; there once it has been read. */
	head?: SieHead;
	figures?: Promise<SieYear>;
}

const files = new WeakMap<Reader, Map<number, YearFile>>();

/** The SIE 4 file of a financial year. Input items of one run that ask for the same year share one request. */
function fileOf(run: Reader, year: number): YearFile {
	const ofRun = files.get(run) ?? new Map<number, YearFile>();
	files.set(run, ofRun);
	const file = ofRun.get(year) ?? { bytes: run.fortnox.sie(4, year) };
	ofRun.set(year, file);
	return file;
}

/**
 * Reads the SIE 4 file of a financial year, voucher by voucher.
 *
 * @throws {FortnoxError} where Fortnox does not give the file; {SieError} where it can't be read
 */
export async function readYearFile(run: Reader, year: number, onVoucher: (voucher: SieVoucher) => void): Promise<SieHead> {
	const file = fileOf(run, year);
	file.head = await inTurns(readSieInSteps(await file.bytes, onVoucher, FILE_OPTIONS));
	return file.head;
}

/**
 * Whether Fortnox gives the year's file to this credential. Where scope, licence or right are missing the user is
 * told what that costs.
 */
export async function hasYearFile(run: Reader, year: number): Promise<boolean> {
	const bytes = await unlessNotAllowed(fileOf(run, year).bytes, () =>
		run.hint(
			'Fortnox does not give this credential SIE files, so entries are read one by one: a request for each, at 25 requests per 5 seconds. Give the credential the scope bookkeeping, and its user the right to export SIE.',
		),
	);
	return bytes !== undefined;
}

/**
 * The figures of a financial year by account and month, from its SIE 4 file. Input items of one run that ask for the
 * same year share one reading.
 *
 * @throws {FortnoxError} where Fortnox does not give the file; {SieError} where it can't be read
 */
export async function ledgerYear(run: Reader, year: number): Promise<SieYear> {
	const file = fileOf(run, year);
	file.figures ??= file.bytes.then(async (bytes) => await inTurns(readSieYearInSteps(bytes, FILE_OPTIONS)));
	return await file.figures;
}

/** What the year's file says besides its vouchers, where it was read in this run. */
export function headInRun(run: Reader, year: number): SieHead | undefined {
	return files.get(run)?.get(year)?.head;
}

/** A row of a file as the ledger has it. In Fortnox's files its text is the row's transaction information. */
export function fromSieRow({ account, amount, objects, text, quantity }: SieRow): EntryRow {
	const costCenter = objects.find(({ dimension }) => dimension === DIMENSIONS.costCenter)?.object;
	const project = objects.find(({ dimension }) => dimension === DIMENSIONS.project)?.object;
	return {
		account: Number(account),
		amount,
		...(costCenter !== undefined && { costCenter }),
		...(project !== undefined && { project }),
		...(text !== undefined && { information: text }),
		...(quantity !== undefined && quantity !== 0 && { quantity }),
	};
}
