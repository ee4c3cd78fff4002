import { type LedgerYear, readSieYear } from '../../shared/ledger/balances';
import type { SieHead } from '../../shared/ledger/sie';
import type { Run } from '../run';
import { FILE_OPTIONS, yearFile } from './yearFile';

export interface YearFigures {
	year: LedgerYear;
	head: SieHead;
}

const figures = new WeakMap<Run, Map<number, Promise<YearFigures>>>();

/**
 * The figures of a financial year by account and month, from its SIE 4 file. Input items of one run that ask for the
 * same year share one request and one reading.
 *
 * @param year financial year id
 * @throws {FortnoxError} where Fortnox does not give the file; {SieError} where it can't be read
 */
export async function ledgerYear(run: Run, year: number): Promise<YearFigures> {
	const ofRun = figures.get(run) ?? new Map<number, Promise<YearFigures>>();
	figures.set(run, ofRun);
	const reading = ofRun.get(year) ?? yearFile(run, year).then((bytes) => readSieYear(bytes, FILE_OPTIONS));
	ofRun.set(year, reading);
	return await reading;
}
