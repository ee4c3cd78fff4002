import { unlessNotAllowed, unlessNotFound } from '../../../shared/fortnox/tolerate';
import type { FortnoxFinancialYear } from '../../../shared/fortnox/wire';
import { MAX_DESCRIPTION } from '../../../shared/ledger/formats';
import type { Problem } from '../../../shared/ledger/problems';
import { cutText } from '../../../shared/ledger/text';
import { allowedText } from '../../../shared/n8n/allowedText';
import { createOnce } from '../../../shared/books/createOnce';
import type { AbsentEntry, CheckedEntry, PostHooks, ReadyEntry } from '../../../shared/books/posting/types';
import type { Run } from '../../../shared/n8n/run';
import { inVoucher, isSieEntry, type SieEntry } from './importSieVoucher';

const JOURNAL_CODES = ['ERROR_JOURNAL_NOT_FOUND', 'ERROR_JOURNAL_NOT_GOOD_SCOPE'];

/** An account that a financial year lacks; its name as the file gives it, where it does. */
interface MissingAccount {
	number: number;
	name: string;
	item: number;
	/** The user wants it created, which takes a name. */
	isWanted: boolean;
}

/** What the entries of a run lack in one financial year. */
interface Lacking {
	year: FortnoxFinancialYear;
	accounts: Map<number, MissingAccount>;
	/** Series of the file that were taken for journals and are none. */
	series: Set<string>;
}

/**
 * Tells what an import lacks in the ledger in one message per financial year, not in one per row; and creates
 * missing accounts where the user wants that.
 */
export class SieReview {
	/** Accounts to create, by financial year id. */
	private readonly toCreate = new Map<number, Lacking>();

	constructor(private readonly run: Run) {}

	hooks(): PostHooks {
		return {
			review: async (refused) => await this.review(refused),
			beforePosting: async (entries) => await this.createAccounts(entries),
		};
	}

	private async review(refused: readonly CheckedEntry[]): Promise<ReadonlyMap<ReadyEntry, Problem[]>> {
		const byYear = new Map<number, Lacking>();
		for (const { entry, year, problems } of refused) {
			if (!isSieEntry(entry)) continue;
			const lacking = lackingOf(byYear, year);
			this.missingAccounts(entry, problems).forEach((account) => lacking.accounts.set(account.number, account));
			if (lacksJournal(entry, problems)) lacking.series.add(entry.source.series);
		}
		const remaining = new Map<ReadyEntry, Problem[]>();
		const previewed = new Map<number, Lacking>();
		for (const { entry, year, problems } of refused) {
			if (!isSieEntry(entry)) continue;
			const lacking = lackingOf(byYear, year);
			const missing = this.missingAccounts(entry, problems);
			const refusedAccounts = missing.filter((account) => !canCreate(account));
			const ownProblems = problems.filter((problem) => !isMissingAccount(problem) && !isJournalOfFile(entry, problem));
			const rest: Problem[] = [
				...inVoucher(entry.name, ownProblems),
				...(refusedAccounts.length > 0 ? [this.accountsProblem(lacking)] : []),
				...(lacksJournal(entry, problems) ? [await this.journalProblem(lacking)] : []),
			];
			remaining.set(entry, rest);
			if (rest.length > 0) continue;
			const { accounts } = lackingOf(entry.options.dryRun ? previewed : this.toCreate, year);
			missing.forEach((account) => accounts.set(account.number, account));
		}
		this.tellAccounts('These accounts would be created', previewed.values());
		return remaining;
	}

	private missingAccounts({ voucher, file, items, options }: SieEntry, problems: readonly Problem[]): MissingAccount[] {
		const fields = new Set(problems.filter(isMissingAccount).map(({ field }) => field));
		return voucher.rows
			.filter(({ field }) => fields.has(`${field}.account`))
			.map(({ account: number }) => ({
				number,
				name: file.accounts.get(String(number))?.name.trim() ?? '',
				item: items[0] ?? 0,
				isWanted: options.createMissingAccounts,
			}));
	}

	private accountsProblem({ year, accounts }: Lacking): Problem {
		const missing = [...accounts.values()].filter((account) => !canCreate(account)).sort(byNumber);
		const remedy = missing.every(({ isWanted }) => isWanted)
			? 'Create them with Account > Create; the file gives them no names that they could be created with here.'
			: "Create them with Account > Create, or turn on 'Create Missing Accounts'.";
		return {
			code: 'ERROR_ACCOUNT_NUMBER_NOT_FOUND',
			field: 'account',
			message: `The chart of the financial year ${year.FromDate}–${year.ToDate} lacks accounts that the SIE file uses: ${missing.map(shown).join(', ')}. ${remedy}`,
		};
	}

	private async journalProblem({ year, series }: Lacking): Promise<Problem> {
		const journals = await unlessNotAllowed(this.run.fortnox.voucherSeries(year.Id), () => undefined);
		const manual = journals?.filter(({ Manual }) => Manual).map(({ Code, Description }) => `${Code} ${Description}`) ?? [];
		const ofFile = [...series].map((code) => (code === '' ? '(no series)' : code)).join(', ');
		return {
			code: 'ERROR_JOURNAL_NOT_FOUND',
			field: 'journalId',
			message: `journalId: these series of the SIE file have no manual journal of the same code in the financial year ${year.FromDate}–${year.ToDate}: ${ofFile}. Manual journals: ${manual.join(', ') || 'none'}. Choose one under Journal for the whole file, or one per series under Journals by Series.`,
		};
	}

	/** Creates what {@link review} let pass. The entries whose accounts can't be created get the reason. */
	private async createAccounts(entries: readonly AbsentEntry[]): Promise<ReadonlyMap<ReadyEntry, unknown>> {
		const errors = new Map<ReadyEntry, unknown>();
		const created = new Map<number, Lacking>();
		for (const { year, accounts } of this.toCreate.values()) {
			for (const account of accounts.values()) {
				try {
					if (await this.create(account, year)) lackingOf(created, year).accounts.set(account.number, account);
				} catch (error) {
					for (const { entry } of usersOf(account, year, entries)) errors.set(entry, error);
				}
			}
		}
		this.tellAccounts('These accounts were created', created.values());
		return errors;
	}

	/** @returns whether the account was not there before */
	private async create({ number, name, item }: MissingAccount, { Id }: FortnoxFinancialYear): Promise<boolean> {
		const { fortnox } = this.run;
		const description = cutText(allowedText(this.run, item, `account ${number}`, name), MAX_DESCRIPTION);
		const { existed } = await createOnce(
			async () => await unlessNotFound(fortnox.account(number, Id)),
			async () => await fortnox.createAccount({ Number: number, Description: description }, Id),
		);
		return !existed;
	}

	private tellAccounts(what: string, lacking: Iterable<Lacking>): void {
		for (const { year, accounts } of lacking) {
			const list = [...accounts.values()].sort(byNumber).map(shown).join(', ');
			this.run.hint(`${what} in the financial year ${year.FromDate}–${year.ToDate}: ${list}.`);
		}
	}
}

function lackingOf(byYear: Map<number, Lacking>, year: FortnoxFinancialYear): Lacking {
	const known = byYear.get(year.Id) ?? { year, accounts: new Map(), series: new Set() };
	byYear.set(year.Id, known);
	return known;
}

function canCreate({ isWanted, name }: MissingAccount): boolean {
	return isWanted && name !== '';
}

function isMissingAccount({ code }: Problem): boolean {
	return code === 'ERROR_ACCOUNT_NUMBER_NOT_FOUND';
}

function isJournalOfFile({ journalGiven }: SieEntry, { code }: Problem): boolean {
	return !journalGiven && JOURNAL_CODES.includes(code);
}

function lacksJournal(entry: SieEntry, problems: readonly Problem[]): boolean {
	return problems.some((problem) => isJournalOfFile(entry, problem));
}

function usersOf({ number }: MissingAccount, { Id }: FortnoxFinancialYear, entries: readonly AbsentEntry[]): AbsentEntry[] {
	return entries.filter(({ entry, year }) => year.Id === Id && entry.voucher.rows.some(({ account }) => account === number));
}

function byNumber(one: MissingAccount, other: MissingAccount): number {
	return one.number - other.number;
}

function shown({ number, name }: MissingAccount): string {
	return name === '' ? `${number} (without a name in the file)` : `${number} ${name}`;
}
