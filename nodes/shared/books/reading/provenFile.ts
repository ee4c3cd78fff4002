import { UnprovenFile } from '../../fortnox/errors';
import { passOn } from '../../fortnox/passOn';
import { unlessNotAllowed } from '../../fortnox/tolerate';
import type { FortnoxFinancialYear } from '../../fortnox/wire';
import { LedgerError } from '../../ledger/problems';
import type { SieHead, SieVoucher } from '../../ledger/sie';
import { hasOrganisationNumber, isOfTenant, SieProof, wrongFile } from '../../ledger/sieProof';
import type { Reader } from '../../n8n/run';
import { inTurns } from '../../turns';

/** A SIE file that Fortnox is asked for. */
export interface AskedSie {
	type: SieHead['type'];
	year: FortnoxFinancialYear;
}

interface SieFile {
	bytes: Promise<Buffer>;
	/** It was asked for because the first one could not be believed. */
	isSecond: boolean;
	isProven: boolean;
}

/** Files of each run by type and financial year id: input items of one run that ask for the same file share one request. */
const files = new WeakMap<Reader, Map<string, SieFile>>();

/** What is kept for a run. */
export function ofRun<Key, Value>(all: WeakMap<Reader, Map<Key, Value>>, run: Reader): Map<Key, Value> {
	const known = all.get(run) ?? new Map<Key, Value>();
	all.set(run, known);
	return known;
}

const keyOf = ({ type, year }: AskedSie): string => `${type} ${year.Id}`;

function fileOf(run: Reader, asked: AskedSie, after?: SieFile): SieFile {
	const known = ofRun(files, run);
	const file = known.get(keyOf(asked));
	if (file !== undefined && file !== after) return file;
	const next = { bytes: run.fortnox.sie(asked.type, asked.year.Id), isSecond: after !== undefined, isProven: false };
	known.set(keyOf(asked), next);
	return next;
}

/** The bytes of a file, whatever they say. */
export async function bytesOf(run: Reader, asked: AskedSie): Promise<Buffer> {
	return await fileOf(run, asked).bytes;
}

/** Reads a file in steps, and hands each of its vouchers to `prove`. */
type SieReading<Read> = (bytes: Buffer, prove: (voucher: SieVoucher) => void) => Iterator<unknown, Read>;

/**
 * Reads a SIE file that Fortnox made, and looks whether it is whole, and the one that was asked for: an answer that says
 * success may lack its end, and a cache may give another year's or company's. One that is not is asked for once more, since
 * an entry may have been booked while Fortnox wrote it.
 *
 * @throws {FortnoxError} where Fortnox does not give the file; {UnprovenFile} where it gives none that can be believed;
 * {LedgerError} where it can't be read
 */
export async function readProven<Read extends { head: SieHead }>(run: Reader, asked: AskedSie, reading: SieReading<Read>): Promise<Read> {
	let file = fileOf(run, asked);
	for (;;) {
		try {
			const proof = new SieProof();
			const prove = file.isProven ? () => undefined : (voucher: SieVoucher) => proof.add(voucher);
			const read = await inTurns(reading(await file.bytes, prove));
			if (!file.isProven) await refuseUnproven(run, asked, { file, proof, head: read.head });
			file.isProven = true;
			return read;
		} catch (error) {
			if (file.isSecond || !(error instanceof UnprovenFile || error instanceof LedgerError)) return passOn(error);
			file = fileOf(run, asked, file);
		}
	}
}

interface ReadFile {
	file: SieFile;
	proof: SieProof;
	head: SieHead;
}

/** @throws {UnprovenFile} */
async function refuseUnproven(run: Reader, { type, year }: AskedSie, { file, proof, head }: ReadFile): Promise<void> {
	// The cache may have the year as it was before somebody changed its last day.
	const known = file.isSecond ? await run.fortnox.financialYears({ fresh: true }) : [];
	const { FromDate: from, ToDate: to } = known.find(({ Id }) => Id === year.Id) ?? year;
	const objection =
		wrongFile(head, { type, from, to }) ??
		(await otherCompany(run, head)) ??
		(proof.mayLackVouchers(head) ? await lackOfVouchers(run, year) : undefined) ??
		(await doubtIn(run, year, { file, proof, head }));
	if (objection !== undefined) throw new UnprovenFile(year, objection);
}

/** A file whose own sums don't fit, twice, is whole nonetheless where it has as many entries as Fortnox's list. */
async function doubtIn(
	run: Reader,
	{ Id, FromDate, ToDate }: FortnoxFinancialYear,
	{ file, proof, head }: ReadFile,
): Promise<string | undefined> {
	const doubt = proof.doubt(head);
	if (doubt === undefined || !file.isSecond) return doubt;
	const name = `Fortnox’s SIE file of the financial year ${FromDate}–${ToDate}`;
	if (head.type === 2 || head.type === 3) run.hint(`${name} is perhaps not whole: ${doubt}. Compare it with one that Fortnox exports.`);
	else if (proof.mayLackVouchers(head))
		run.hint(`${name} has no entries, as the year has none, and its balances are perhaps not whole: ${doubt}. Compare them with Fortnox.`);
	else if (proof.hasAll(await run.fortnox.voucherCount(Id)))
		run.hint(
			`${name} has all entries of the year, but does not add up: ${doubt}. The figures were made of its entries. Compare the account in Fortnox.`,
		);
	else return doubt;
	return undefined;
}

/**
 * Fortnox writes the tenant ID as `#FNR` in every file that is known. No document says so, so a file with another number
 * is judged by its organisation number.
 */
async function otherCompany(run: Reader, head: SieHead): Promise<string | undefined> {
	if (isOfTenant(head, run.fortnox.tenantId)) return undefined;
	const own = await unlessNotAllowed(run.fortnox.company(), () => undefined);
	const isOwn = hasOrganisationNumber(head, own?.OrganizationNumber);
	if (isOwn === true) return undefined;
	const { name = 'no name', number = 'none', organisationNumber = 'none' } = head.company;
	const found = `${name}, organisation number ${organisationNumber}, Fortnox’s number ${number}`;
	if (isOwn === false) return `it is of another company (${found})`;
	run.hint(`Nothing shows whether the SIE file is of the company ${run.fortnox.tenantId}: it names ${found}. Compare it with the company.`);
	return undefined;
}

async function lackOfVouchers(run: Reader, { Id }: FortnoxFinancialYear): Promise<string | undefined> {
	const vouchers = await run.fortnox.vouchers({ financialYear: Id, limit: 1 });
	return vouchers.length === 0 ? undefined : 'it holds no entry, and the year has some';
}
