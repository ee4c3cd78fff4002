import { unlessNotAllowed } from '../../fortnox/tolerate';
import type { SieHead } from '../../ledger/sie';
import type { EntryNames } from '../../unified/entry';
import type { LedgerEntry } from '../../unified/entryDraft';
import type { Reader } from '../../n8n/run';
import { DIMENSIONS, headInRun } from './yearFile';

type NameOf = (code: string) => string | undefined;

const NO_NAME: NameOf = () => undefined;

const NO_NAMES: EntryNames = { account: () => undefined, journal: NO_NAME, costCenter: NO_NAME, project: NO_NAME };

/**
 * Names of the accounts, journals, cost centres and projects of entries: from the SIE file where the run has read it,
 * else from the cached registers, and only from those that the entries need. Names are a courtesy: where the
 * credential may not read a register they are left out.
 *
 * @returns the names by financial year id
 */
export async function namesFor(
	run: Reader,
	entries: readonly LedgerEntry[],
): Promise<(year: number | undefined) => EntryNames> {
	const byYear = new Map<number, EntryNames>();
	for (const year of new Set(entries.flatMap((entry) => entry.year ?? []))) {
		const rows = entries.filter((entry) => entry.year === year).flatMap((entry) => entry.rows);
		const head = headInRun(run, year);
		const [account, journal, costCenter, project] = await Promise.all([
			rows.length > 0 ? accountNames(run, year, head) : NO_NAME,
			namesOf(run.fortnox.voucherSeries(year), ({ Code, Description }) => [Code, Description]),
			rows.some((row) => row.costCenter !== undefined) ? costCenterNames(run, head) : NO_NAME,
			rows.some((row) => row.project !== undefined) ? projectNames(run, head) : NO_NAME,
		]);
		byYear.set(year, { account: (number) => account(String(number)), journal, costCenter, project });
	}
	return (year) => (year === undefined ? NO_NAMES : (byYear.get(year) ?? NO_NAMES));
}

async function accountNames(run: Reader, year: number, head: SieHead | undefined): Promise<NameOf> {
	if (head) return (number) => head.accounts.get(number)?.name;
	return await namesOf(run.fortnox.chart(year), ({ Number: number, Description }) => [String(number), Description]);
}

async function costCenterNames(run: Reader, head: SieHead | undefined): Promise<NameOf> {
	return head
		? objectNames(head, DIMENSIONS.costCenter)
		: await namesOf(run.fortnox.costCenters(), ({ Code, Description }) => [Code, Description]);
}

async function projectNames(run: Reader, head: SieHead | undefined): Promise<NameOf> {
	return head
		? objectNames(head, DIMENSIONS.project)
		: await namesOf(run.fortnox.projects(), ({ ProjectNumber, Description }) => [ProjectNumber, Description]);
}

function objectNames(head: SieHead, dimension: number): NameOf {
	const objects = head.objects.filter((object) => object.dimension === dimension);
	const names = new Map(objects.map(({ object, name }) => [object, name]));
	return (code) => names.get(code);
}

async function namesOf<T>(
	register: Promise<T[]>,
	read: (item: T) => [code: string, name: string | null | undefined],
): Promise<NameOf> {
	const items = await unlessNotAllowed(register, () => undefined);
	const names = new Map(items?.map(read));
	return (code) => names.get(code) ?? undefined;
}
