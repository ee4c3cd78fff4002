import { unlessNotAllowed } from '../../fortnox/tolerate';
import type { FortnoxFinancialYear } from '../../fortnox/wire';
import { readSieYearInSteps, type SieYear } from '../../ledger/balances';
import { readSieInSteps, type SieHead, type SieReadOptions, type SieRow, type SieVoucher } from '../../ledger/sie';
import type { EntryRow } from '../../unified/entryDraft';
import type { Reader } from '../../n8n/run';
import { bytesOf, ofRun, readProven, type AskedSie } from './provenFile';

/** The SIE dimensions that Fortnox has, as the SIE standard numbers them. */
export const DIMENSIONS = { costCenter: 1, project: 6 };

/** Fortnox writes CP437. Vouchers that don't balance are read as well: the ledger is shown as it is. */
export const FILE_OPTIONS: SieReadOptions = { encoding: 'cp437', allowUnbalanced: true, strictBalances: true };

/** What the files of this run say besides their vouchers, by financial year id. */
const heads = new WeakMap<Reader, Map<number, SieHead>>();

const figures = new WeakMap<Reader, Map<number, Promise<SieYear>>>();

const asked = (year: FortnoxFinancialYear): AskedSie => ({ type: 4, year });

/** What was collected from a year's file, and what the file says besides its vouchers. */
interface YearReading<Collected> {
	head: SieHead;
	collected: Collected;
}

/**
 * Reads the SIE 4 file of a financial year, voucher by voucher. Input items of one run that ask for the same year share
 * one request.
 *
 * @param start makes what vouchers are added to: anew where the file has to be read once more
 * @throws {FortnoxError} where Fortnox does not give the file, or none that proves itself; {SieError} where it can't be read
 */
export async function readYearFile<Collected>(
	run: Reader,
	year: FortnoxFinancialYear,
	start: () => Collected,
	add: (collected: Collected, voucher: SieVoucher) => void,
): Promise<YearReading<Collected>> {
	const reading = await readProven(run, asked(year), function* (bytes, prove) {
		const collected = start();
		const onVoucher = (voucher: SieVoucher): void => {
			prove(voucher);
			add(collected, voucher);
		};
		return { head: yield* readSieInSteps(bytes, onVoucher, FILE_OPTIONS), collected };
	});
	ofRun(heads, run).set(year.Id, reading.head);
	return reading;
}

/**
 * Whether Fortnox gives the year's file to this credential. Where scope, licence or right are missing the user is
 * told what that costs.
 */
export async function hasYearFile(run: Reader, year: FortnoxFinancialYear): Promise<boolean> {
	const bytes = await unlessNotAllowed(bytesOf(run, asked(year)), () =>
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
 * @throws {FortnoxError} where Fortnox does not give the file, or none that proves itself; {SieError} where it can't be read
 */
export async function ledgerYear(run: Reader, year: FortnoxFinancialYear): Promise<SieYear> {
	const known = ofRun(figures, run);
	const reading = known.get(year.Id) ?? readProven(run, asked(year), (bytes, prove) => readSieYearInSteps(bytes, FILE_OPTIONS, prove));
	known.set(year.Id, reading);
	return await reading;
}

/** What the year's file says besides its vouchers, where it was read in this run. */
export function headInRun(run: Reader, yearId: number): SieHead | undefined {
	return heads.get(run)?.get(yearId);
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
