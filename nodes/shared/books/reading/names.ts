import { unlessNotAllowed } from '../../fortnox/tolerate';
import type { SieHead } from '../../ledger/sie';
import type { EntryNames } from '../../unified/entry';
import type { LedgerEntry } from '../../unified/entryDraft';
import type { Reader } from '../../n8n/run';
import { giveWay } from '../../turns';
import { DIMENSIONS, headInRun } from './yearFile';

type NameOf = (code: string) => string | undefined;

const NO_NAME: NameOf = () => undefined;

const NO_NAMES: EntryNames = { account: () => undefined, journal: NO_NAME, costCenter: NO_NAME, project: NO_NAME };

/**
 * Names of the accounts, journals, cost centers and projects of entries: from the cached registers, and only from those
 * that the entries need. SIE files have names too, but code page 437 lacks characters that BAS uses (`–`), so the file's
 * stand in only where the credential is not allowed to read a register; without a file they are left out.
 *
 * @returns the names by financial year id
 */
export async function namesFor(run: Reader, entries: readonly LedgerEntry[]): Promise<(year: number | undefined) => EntryNames> {
	const byYear = new Map<number, EntryNames>();
	for (const [year, needed] of await namesNeeded(entries)) {
		const head = headInRun(run, year);
		const [account, journal, costCenter, project] = await Promise.all([
			needed.account ? nameOfAccount(run, year, head) : NO_NAME,
			journalNames(run, year),
			needed.costCenter ? costCenterNames(run, head) : NO_NAME,
			needed.project ? projectNames(run, head) : NO_NAME,
		]);
		byYear.set(year, { account: (number) => account(String(number)), journal, costCenter, project });
	}
	return (year) => (year === undefined ? NO_NAMES : (byYear.get(year) ?? NO_NAMES));
}

/** Which registers the entries need, by financial year id. */
async function namesNeeded(
	entries: readonly LedgerEntry[],
): Promise<Map<number, { account: boolean; costCenter: boolean; project: boolean }>> {
	const byYear = new Map<number, { account: boolean; costCenter: boolean; project: boolean }>();
	for (const { year, rows } of entries) {
		await giveWay();
		if (year === undefined) continue;
		const needed = byYear.get(year) ?? { account: false, costCenter: false, project: false };
		byYear.set(year, needed);
		needed.account ||= rows.length > 0;
		needed.costCenter ||= rows.some((row) => row.costCenter !== undefined);
		needed.project ||= rows.some((row) => row.project !== undefined);
	}
	return byYear;
}

/**
 * The names of the accounts of financial years, by number; a later year's before an earlier one's. Accounts that only
 * the years' SIE files know have the name of the file.
 */
export async function accountNames(run: Reader, years: ReadonlyArray<{ id: number; head?: SieHead }>): Promise<Map<string, string>> {
	const names = new Map<string, string>();
	for (const { head } of years) for (const { number, name } of head?.accounts.values() ?? []) names.set(number, name);
	for (const { id } of years) {
		const chart = await unlessNotAllowed(run.fortnox.chart(id), () => undefined);
		for (const { Number: number, Description: name } of chart ?? []) names.set(String(number), name);
	}
	return names;
}

async function nameOfAccount(run: Reader, year: number, head: SieHead | undefined): Promise<NameOf> {
	const names = await accountNames(run, [{ id: year, ...(head && { head }) }]);
	return (number) => names.get(number);
}

async function costCenterNames(run: Reader, head: SieHead | undefined): Promise<NameOf> {
	const name = await namesOf(run.fortnox.costCenters(), ({ Code, Description }) => [Code, Description]);
	return name ?? objectNames(head, DIMENSIONS.costCenter);
}

async function projectNames(run: Reader, head: SieHead | undefined): Promise<NameOf> {
	const name = await namesOf(run.fortnox.projects(), ({ ProjectNumber, Description }) => [ProjectNumber, Description]);
	return name ?? objectNames(head, DIMENSIONS.project);
}

function objectNames(head: SieHead | undefined, dimension: number): NameOf {
	if (head === undefined) return NO_NAME;
	const objects = head.objects.filter((object) => object.dimension === dimension);
	const names = new Map(objects.map(({ object, name }) => [object, name]));
	return (code) => names.get(code);
}

async function journalNames(run: Reader, year: number): Promise<NameOf> {
	return (await namesOf(run.fortnox.voucherSeries(year), ({ Code, Description }) => [Code, Description])) ?? NO_NAME;
}

/** @returns undefined where the credential is not allowed to read the register */
async function namesOf<T>(
	register: Promise<T[]>,
	read: (item: T) => [code: string, name: string | null | undefined],
): Promise<NameOf | undefined> {
	const items = await unlessNotAllowed(register, () => undefined);
	if (items === undefined) return undefined;
	const names = new Map(items.map(read));
	return (code) => names.get(code) ?? undefined;
}
