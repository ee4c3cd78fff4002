import { unlessNotAllowed } from '../../../shared/fortnox/tolerate';
import type { FortnoxFinancialYear } from '../../../shared/fortnox/wire';
import type { Problem } from '../../../shared/ledger/problems';
import type { AbsentEntry, CheckedEntry, PostHooks, ReadyEntry } from '../../../shared/books/posting/types';
import type { Run } from '../../../shared/n8n/run';
import { createMissing, kindOf, KINDS, missingIn, MISSING_KINDS, type Missing } from './importSieMissing';
import { filterInTurns, giveWay } from '../../../shared/turns';
import { inVoucher, isSieEntry, type SieEntry } from './importSieVoucher';

/** What the entries of a run lack in one financial year. */
interface Lacking {
	year: FortnoxFinancialYear;
	/** By kind and code. */
	missing: Map<string, Missing>;
	/** Series of the file that were taken for journals and are no manual ones. */
	series: Set<string>;
	/** The messages about all of them, which many entries have. */
	ofAccounts?: Problem;
	ofJournals?: Problem;
}

/** An entry, what the checks object to, and what of that an import can create. */
interface Refused {
	entry: SieEntry;
	problems: readonly Problem[];
	missing: ReadonlyMap<Problem, Missing>;
}

/** How many accounts, cost centers, projects or series a message names. */
const MOST_NAMED = 100;

function listed(names: readonly string[]): string {
	const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
	return `${names.slice(0, MOST_NAMED).join(', ')}${more}`;
}

/**
 * Tells what an import lacks in the ledger in one message per financial year, not in one per row; and creates what is
 * missing where the user wants that.
 */
export class SieReview {
	/** What to create, by financial year id. */
	private readonly toCreate = new Map<number, Lacking>();

	constructor(private readonly run: Run) {}

	hooks(): PostHooks {
		return {
			review: (refused) => this.review(refused),
			beforePosting: async (entries) => await this.create(entries),
		};
	}

	private async *review(refused: Iterable<CheckedEntry>): AsyncGenerator<readonly Problem[], void> {
		const byYear = new Map<number, Lacking>();
		for (const { entry, year, problems } of refused) {
			if (!isSieEntry(entry)) continue;
			const lacking = lackingOf(byYear, year);
			for (const missing of missingIn(entry, problems).values()) if (isToldOnce(missing)) lacking.missing.set(keyOf(missing), missing);
			await giveWay();
			if (problems.some((problem) => isJournalOfFile(entry, problem))) lacking.series.add(entry.source.series);
		}
		const previewed = new Map<number, Lacking>();
		for (const { entry, year, problems } of refused) {
			await giveWay();
			if (!isSieEntry(entry)) {
				yield problems;
				continue;
			}
			const missing = missingIn(entry, problems);
			const rest = await this.restOf({ entry, problems, missing }, lackingOf(byYear, year));
			yield rest;
			if (rest.length > 0) continue;
			const { missing: wanted } = lackingOf(entry.options.dryRun ? previewed : this.toCreate, year);
			for (const one of missing.values()) wanted.set(keyOf(one), one);
		}
		this.tell('would be created', previewed.values());
	}

	/** What remains against an entry once everything is created that can be. */
	private async restOf({ entry, problems, missing }: Refused, lacking: Lacking): Promise<Problem[]> {
		const isCreated = (problem: Problem): boolean => missing.get(problem)?.canCreate === true;
		const own = problems.filter(
			(problem) => kindOf(entry, problem) !== 'account' && !isJournalOfFile(entry, problem) && !isCreated(problem),
		);
		return [
			...inVoucher(
				entry.name,
				own.map((problem) => withOption(entry, problem, missing.get(problem))),
			),
			...([...missing.values()].some(({ kind, canCreate }) => kind === 'account' && !canCreate)
				? [(lacking.ofAccounts ??= accountsProblem(lacking))]
				: []),
			...(problems.some((problem) => isJournalOfFile(entry, problem) && !isCreated(problem))
				? [(lacking.ofJournals ??= await this.journalProblem(lacking))]
				: []),
		];
	}

	private async journalProblem({ year, series, missing }: Lacking): Promise<Problem> {
		const journals = await unlessNotAllowed(this.run.fortnox.voucherSeries(year.Id), () => undefined);
		const manual = journals?.filter(({ Manual }) => Manual).map(({ Code, Description }) => `${Code} ${Description}`) ?? [];
		const ofFile = listed([...series].map((code) => (code === '' ? '(no series)' : code)));
		const canBeCreated = [...missing.values()].some(({ kind, isWanted }) => kind === 'journal' && !isWanted);
		return {
			code: 'ERROR_JOURNAL_NOT_FOUND',
			field: 'journalId',
			message: `journalId: these series of the SIE file have no manual journal of the same code in the financial year ${year.FromDate}–${year.ToDate}: ${ofFile}. Manual journals: ${manual.join(', ') || 'none'}. Choose one under Journal for the whole file, or one per series under Journals by Series${canBeCreated ? `; or turn on '${KINDS.journal.option}'` : ''}.`,
		};
	}

	/** Creates what {@link review} found no fault with. The entries that lack what can't be created get the reason. */
	private async create(entries: readonly AbsentEntry[]): Promise<ReadonlyMap<ReadyEntry, unknown>> {
		const errors = new Map<ReadyEntry, unknown>();
		const done = new Map<number, Lacking>();
		const withoutVatCode: Missing[] = [];
		const wanted = [...this.toCreate.values()].flatMap(({ year, missing }) => [...missing.values()].map((one) => ({ year, one })));
		for (const { year, one } of wanted) {
			try {
				const made = await createMissing(this.run, one, year);
				if (made.created) lackingOf(done, year).missing.set(keyOf(one), one);
				if (made.withoutVatCode) withoutVatCode.push(one);
			} catch (error) {
				for (const { entry } of await usersOf(one, year, entries)) errors.set(entry, error);
			}
		}
		this.tell('were created', done.values());
		if (withoutVatCode.length > 0) {
			this.run.hint(
				`New accounts without a VAT code: ${listed(withoutVatCode.map(shown))}. What is booked on them is in no box of Fortnox's VAT return; give them their code with Account > Update.`,
			);
		}
		return errors;
	}

	private tell(what: string, lacking: Iterable<Lacking>): void {
		for (const { year, missing } of lacking) {
			for (const kind of MISSING_KINDS) {
				const list = listed(
					[...missing.values()]
						.filter((one) => one.kind === kind)
						.sort(byCode)
						.map(shown),
				);
				if (list !== '')
					this.run.hint(`These ${KINDS[kind].plural} ${what} in the financial year ${year.FromDate}–${year.ToDate}: ${list}.`);
			}
		}
	}
}

function accountsProblem({ year, missing }: Lacking): Problem {
	const accounts = [...missing.values()].filter(({ kind, canCreate }) => kind === 'account' && !canCreate).sort(byCode);
	const remedy = accounts.every(({ isWanted }) => isWanted)
		? 'Create them with Account > Create; the file gives them no names that they could be created with here.'
		: `Create them with Account > Create, or turn on '${KINDS.account.option}'.`;
	return {
		code: 'ERROR_ACCOUNT_NUMBER_NOT_FOUND',
		field: 'account',
		message: `The chart of the financial year ${year.FromDate}–${year.ToDate} lacks accounts that the SIE file uses: ${listed(accounts.map(shown))}. ${remedy}`,
	};
}

function withOption(entry: SieEntry, problem: Problem, missing: Missing | undefined): Problem {
	const kind = kindOf(entry, problem);
	if (kind === undefined) return problem;
	return missing?.isWanted ? problem : { ...problem, message: `${problem.message} Or turn on '${KINDS[kind].option}'.` };
}

function lackingOf(byYear: Map<number, Lacking>, year: FortnoxFinancialYear): Lacking {
	const known = byYear.get(year.Id) ?? { year, missing: new Map(), series: new Set() };
	byYear.set(year.Id, known);
	return known;
}

/** Whether one message tells of all that are missing. Cost centers and projects stand in the messages of their vouchers. */
function isToldOnce({ kind }: Missing): boolean {
	return kind === 'account' || kind === 'journal';
}

function keyOf({ kind, code }: Missing): string {
	return `${kind} ${code}`;
}

const JOURNAL_CODES = ['ERROR_JOURNAL_NOT_FOUND', 'ERROR_JOURNAL_NOT_GOOD_SCOPE'];

function isJournalOfFile({ journalGiven }: SieEntry, { code }: Problem): boolean {
	return !journalGiven && JOURNAL_CODES.includes(code);
}

async function usersOf({ kind, code }: Missing, { Id }: FortnoxFinancialYear, entries: readonly AbsentEntry[]): Promise<AbsentEntry[]> {
	return await filterInTurns(entries, ({ entry, year }) => {
		if (year.Id !== Id) return false;
		const { journalId, rows } = entry.voucher;
		if (kind === 'journal') return journalId === code;
		return rows.some((row) => ({ account: String(row.account), costCenter: row.costCenter, project: row.project })[kind] === code);
	});
}

function byCode(one: Missing, other: Missing): number {
	return one.code.localeCompare(other.code, 'sv', { numeric: true });
}

function shown({ code, name }: Missing): string {
	return name === '' ? `${code} (without a name in the file)` : `${code} ${name}`;
}
