import { cutText } from '../../../shared/ledger/text';
import { MAX_DESCRIPTION, readJournalCode } from '../../../shared/ledger/formats';
import type { Problem } from '../../../shared/ledger/problems';
import type { SieHead } from '../../../shared/ledger/sie';
import { isVat } from '../../../shared/ledger/accountTypes';
import { vatCodeOfBasNumber } from '../../../shared/ledger/vat';
import { unlessNotAllowed, unlessNotFound } from '../../../shared/fortnox/tolerate';
import type { FortnoxAccountWrite, FortnoxFinancialYear } from '../../../shared/fortnox/wire';
import { allowedText } from '../../../shared/n8n/allowedText';
import { createOnce } from '../../../shared/books/createOnce';
import { DIMENSIONS } from '../../../shared/books/reading/yearFile';
import type { Run } from '../../../shared/n8n/run';
import type { SieEntry } from './importSieVoucher';

/** What can be missing in the ledger and be created by an import. */
export const MISSING_KINDS = ['account', 'costCenter', 'project', 'journal'] as const;
type MissingKind = (typeof MISSING_KINDS)[number];

/** An account, cost center, project or series that the ledger lacks; its name as the file gives it, where it does. */
export interface Missing {
	kind: MissingKind;
	code: string;
	name: string;
	item: number;
	/** The user wants it created, and Fortnox can accept it. */
	canCreate: boolean;
	isWanted: boolean;
	/** SRU code, where the file gives the account one. */
	sru?: number;
}

interface KindFacts {
	plural: string;
	/** Name of the option. */
	option: string;
	problemCode: Problem['code'];
	/** End of the field that a check names. */
	field: string;
}

export const KINDS: Record<MissingKind, KindFacts> = {
	account: { plural: 'accounts', option: 'Create Missing Accounts', problemCode: 'ERROR_ACCOUNT_NUMBER_NOT_FOUND', field: '.account' },
	costCenter: {
		plural: 'cost centers',
		option: 'Create Missing Cost Centers',
		problemCode: 'ERROR_ANALYTIC_ACCOUNT_NOT_FOUND',
		field: '.cost_center',
	},
	project: { plural: 'projects', option: 'Create Missing Projects', problemCode: 'ERROR_ANALYTIC_ACCOUNT_NOT_FOUND', field: '.project' },
	journal: { plural: 'journals', option: 'Create Missing Journals', problemCode: 'ERROR_JOURNAL_NOT_FOUND', field: 'journal_id' },
};

/** Longest code of a cost center, and longest number and name of a project, that Fortnox takes. */
const MAX_COST_CENTER = 6;
const MAX_PROJECT = 20;
const MAX_PROJECT_NAME = 50;

/** What the checks of an entry found missing that an import can create, by the problem that says so. */
export function missingIn(entry: SieEntry, problems: readonly Problem[]): Map<Problem, Missing> {
	const rows = new Map(entry.voucher.rows.map((row) => [row.field, row]));
	const missing = new Map<Problem, Missing>();
	for (const problem of problems) {
		const kind = kindOf(entry, problem);
		if (kind === undefined) continue;
		const row = rows.get(problem.field?.slice(0, -KINDS[kind].field.length) ?? '');
		const code = {
			account: row && String(row.account),
			costCenter: row?.costCenter,
			project: row?.project,
			journal: entry.voucher.journalId,
		}[kind];
		if (code !== undefined) missing.set(problem, describe(entry, kind, code));
	}
	return missing;
}

/** The kind of thing that a problem says is missing; undefined where it says something else. */
export function kindOf({ journalGiven }: SieEntry, { code, field = '' }: Problem): MissingKind | undefined {
	return MISSING_KINDS.find(
		(kind) => KINDS[kind].problemCode === code && field.endsWith(KINDS[kind].field) && !(kind === 'journal' && journalGiven),
	);
}

const namesOfFiles = new WeakMap<SieHead, ReadonlyMap<string, string>>();

/** The names of a file's cost centers, projects and other objects by dimension and code; the first of each. */
function objectNames(file: SieHead): ReadonlyMap<string, string> {
	const names =
		namesOfFiles.get(file) ??
		new Map(file.objects.toReversed().map(({ dimension, object, name }) => [`${dimension} ${object.trim()}`, name.trim()]));
	namesOfFiles.set(file, names);
	return names;
}

function describe({ file, items, options }: SieEntry, kind: MissingKind, code: string): Missing {
	const nameIn = (dimension: number): string => objectNames(file).get(`${dimension} ${code}`) ?? '';
	const common = { kind, code, item: items[0] ?? 0 };
	const account = file.accounts.get(code);
	const sru = Number(account?.sru.find((written) => /^-?\d{1,9}$/.test(written)));
	switch (kind) {
		case 'account': {
			const name = account?.name.trim() ?? '';
			const isWanted = options.createMissingAccounts;
			return { ...common, name, isWanted, canCreate: isWanted && name !== '', ...(Number.isInteger(sru) && { sru }) };
		}
		case 'costCenter':
			return {
				...common,
				name: nameIn(DIMENSIONS.costCenter) || code,
				isWanted: options.createMissingCostCenters,
				canCreate: options.createMissingCostCenters && code.length <= MAX_COST_CENTER,
			};
		case 'project':
			return {
				...common,
				name: nameIn(DIMENSIONS.project) || code,
				isWanted: options.createMissingProjects,
				canCreate: options.createMissingProjects && code.length <= MAX_PROJECT,
			};
		case 'journal':
			return {
				...common,
				name: `SIE ${code}`,
				isWanted: options.createMissingJournals,
				canCreate: options.createMissingJournals && readJournalCode(code).problem === undefined,
			};
	}
}

/**
 * Creates what is missing, once.
 *
 * @returns whether it was not there before, and what a person should look at
 * @throws {FortnoxError} where Fortnox refuses it
 */
export async function createMissing(
	run: Run,
	missing: Missing,
	year: FortnoxFinancialYear,
): Promise<{ created: boolean; withoutVatCode: boolean }> {
	const { fortnox } = run;
	const { kind, code, item } = missing;
	const max = kind === 'project' ? MAX_PROJECT_NAME : MAX_DESCRIPTION;
	const name = cutText(allowedText(run, item, `${kind} ${code}`, missing.name), max);
	switch (kind) {
		case 'account': {
			const account = { Number: Number(code), Description: name, ...(await taxFacts(run, missing, year)) };
			const { existed } = await createOnce(
				async () => await unlessNotFound(fortnox.account(account.Number, year.Id)),
				async () => await fortnox.createAccount(account, year.Id),
			);
			return { created: !existed, withoutVatCode: !existed && account.VATCode === undefined && wantsVatCode(account.Number) };
		}
		case 'costCenter': {
			const find = async () => (await fortnox.costCenters({ fresh: true })).find(({ Code }) => Code === code);
			const { existed } = await createOnce(find, async () => await fortnox.createCostCenter({ Code: code, Description: name }));
			return { created: !existed, withoutVatCode: false };
		}
		case 'project': {
			const find = async () => (await fortnox.projects({ fresh: true })).find(({ ProjectNumber }) => ProjectNumber === code);
			const { existed } = await createOnce(
				find,
				async () => await fortnox.createProject({ ProjectNumber: code, Description: name, Status: 'ONGOING' }),
			);
			return { created: !existed, withoutVatCode: false };
		}
		case 'journal': {
			const { existed } = await createOnce(
				async () => await unlessNotFound(fortnox.oneVoucherSeries(code, year.Id)),
				async () => await fortnox.createVoucherSeries({ Code: code, Description: name, Manual: true }, year.Id),
			);
			return { created: !existed, withoutVatCode: false };
		}
	}
}

/** Sales and VAT are reported by the account's code; without one they are in no box of the VAT return. */
function wantsVatCode(account: number): boolean {
	return isVat(account) || (account >= 3000 && account <= 3999);
}

/** SRU and VAT code of a new account: the file's SRU, else what another year's chart says; the VAT code of that chart, else BAS's. */
async function taxFacts(
	run: Run,
	{ code, sru }: Missing,
	year: FortnoxFinancialYear,
): Promise<Pick<FortnoxAccountWrite, 'SRU' | 'VATCode'>> {
	const number = Number(code);
	const others = (await run.fortnox.financialYears()).filter(({ Id }) => Id !== year.Id).reverse();
	for (const { Id } of others) {
		const chart = await unlessNotAllowed(run.fortnox.chart(Id), () => undefined);
		const known = chart?.find((account) => account.Number === number);
		if (known === undefined) continue;
		const vatCode = known.VATCode || undefined;
		const knownSru = sru ?? (known.SRU || undefined);
		return { ...(knownSru !== undefined && { SRU: knownSru }), ...(vatCode !== undefined && { VATCode: vatCode }) };
	}
	const vatCode = vatCodeOfBasNumber(number);
	return { ...(sru !== undefined && { SRU: sru }), ...(vatCode !== undefined && { VATCode: vatCode }) };
}
