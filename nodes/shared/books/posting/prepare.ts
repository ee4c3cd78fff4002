import { randomUUID } from 'node:crypto';
import { isBankOrCash } from '../../ledger/accountTypes';
import type { Rate } from '../../ledger/currency';
import { keyOfNumber, keyOfOrigin, keyOfPlace, type Mark } from '../../ledger/mark';
import { LedgerError, type Problem } from '../../ledger/problems';
import { unlessNotAllowed } from '../../fortnox/tolerate';
import { buildVoucherInSteps, type BuildFacts } from '../../unified/buildVoucher';
import type { DraftAttachment, EntryDraft } from '../../unified/entryDraft';
import { digestOfDraft } from '../../unified/identity';
import { readEntryInSteps } from '../../unified/readEntry';
import { readAsVersion1, type EntryInput } from '../../unified/version1';
import { isAbsent, plainText } from '../../unified/readObject';
import type { Run } from '../../n8n/run';
import { yearOf } from '../year';
import { readEntryOptions, type EntryOptions } from './options';
import { readEffectiveRate } from './rates';
import { readProposal } from './sealed';
import type { PreparedEntry, ReadyEntry } from './types';
import { giveWay, inTurns, mapInTurns } from '../../turns';

/** An entry as it came in: a unified body, and the input items that it was made of. */
export interface GivenEntry extends EntryInput {
	items: number[];
	attachment?: DraftAttachment;
	/** The value by which input items were grouped to this entry. */
	group?: string;
	/** Key of an entry that another document identifies; a number of its own goes before it. */
	key?: string;
	/** The lines are whole input items, whose other columns are not the entry's business. */
	linesAreItems: boolean;
	/** Why no body could be made of it. */
	error?: unknown;
}

/**
 * Reads and builds the entries of a run: everything that can be found out without the ledger. All problems of an
 * entry come together, in one error.
 */
export async function prepareEntries(run: Run, kind: 'journal' | 'financial', given: readonly GivenEntry[]): Promise<PreparedEntry[]> {
	const prepared: PreparedEntry[] = [];
	for (const entry of given) {
		await giveWay();
		// What Fortnox fails to tell about one entry is that entry's error, and not the others'.
		prepared.push(await prepareEntry(run, kind, entry).catch((error: unknown) => ({ items: entry.items, error })));
	}
	return await refuseTwinsOfRefused(given, prepared);
}

/** Of two entries with the same number, nobody can say which is right, also where only one of them is in order. */
async function refuseTwinsOfRefused(given: readonly GivenEntry[], prepared: readonly PreparedEntry[]): Promise<PreparedEntry[]> {
	const numbers = await mapInTurns(given, ({ body }) =>
		isAbsent(body.number) ? undefined : plainText(body.number).trim().normalize('NFC'),
	);
	const refused = new Set<string | undefined>();
	for (const [index, number] of numbers.entries()) {
		await giveWay();
		if (number !== undefined && 'error' in (prepared[index] ?? {})) refused.add(number);
	}
	return await mapInTurns(prepared, (entry, index) => {
		const number = numbers[index];
		if ('error' in entry || !refused.has(number)) return entry;
		const problem: Problem = {
			code: 'ERROR_NUMBER_ALREADY_USED',
			field: 'number',
			message: `number: '${number ?? ''}' occurs more than once in this run, and another entry with it was refused. Give every entry a number of its own.`,
		};
		return { items: entry.items, error: new LedgerError(problem) };
	});
}

async function prepareEntry(run: Run, kind: 'journal' | 'financial', given: GivenEntry): Promise<PreparedEntry> {
	const refuse = (problems: Problem | readonly Problem[]): PreparedEntry => ({ items: given.items, error: new LedgerError(problems) });
	if (given.error !== undefined) return { items: given.items, error: given.error };
	const options = readEntryOptions(run, given.items[0] ?? 0);
	const reading = {
		kind,
		rateFromRegister: options.rateFromRegister,
		ignoreUnknownLineFields: given.linesAreItems,
		...(given.attachment && { attachment: given.attachment }),
	};
	const { draft, findings } = await inTurns(readEntryInSteps(given.body, reading));
	findings.hints.forEach((hint) => run.hint(hint, given.items[0]));
	if (draft === undefined) return refuse(findings.problems);

	const rateRead = await readEffectiveRate(run, draft, options);
	if (rateRead.problem !== undefined) return refuse(rateRead.problem);
	const { rate, objection } = rateRead.value;
	const digest = await inTurns(digestOfDraft(draft, options.rateFromRegister));
	const { key, ...knownAs } = identityOf(run, { draft, given, digest, options });
	const mark: Mark = { ...key, digest, ...factsInMark(draft, rate) };
	const facts = await factsToBuild(run, draft, { rate, mark, options });
	const built = await inTurns(buildVoucherInSteps(draft, facts));
	const atRate = async (other: Rate): Promise<ReadyEntry['voucher'] | undefined> =>
		(await inTurns(buildVoucherInSteps(draft, { ...facts, rate: other }))).voucher;
	const older = await olderForm(await inTurns(readAsVersion1(draft, given, reading)), facts, options);
	built.findings.hints.forEach((hint) => run.hint(hint, given.items[0]));
	if (built.voucher === undefined) return refuse(await withBankAccounts(run, built.findings.problems));
	return {
		items: given.items,
		voucher: built.voucher,
		mark,
		options,
		...knownAs,
		...askedIn(draft),
		acceptVatBase: options.acceptVatBase,
		...(older && { older }),
		...(objection && { objection: new LedgerError(objection) }),
		...(options.rateFromRegister && rate !== undefined && { atRate }),
	};
}

/** What the posting of an entry goes by, besides its voucher. */
function askedIn(draft: EntryDraft): Pick<ReadyEntry, 'dateDefaulted' | 'counterpart' | 'attachment' | 'accrualAccount' | 'reverseOn'> {
	return {
		...(draft.dateDefaulted && { dateDefaulted: true }),
		...(draft.counterpart !== undefined && { counterpart: draft.counterpart }),
		...(draft.attachment && { attachment: draft.attachment }),
		...(draft.accrualAccount !== undefined && { accrualAccount: draft.accrualAccount }),
		...(draft.reverseOn !== undefined && { reverseOn: draft.reverseOn }),
	};
}

async function factsToBuild(
	run: Run,
	draft: EntryDraft,
	{ rate, mark, options }: { rate: Rate | undefined; mark: Mark; options: EntryOptions },
): Promise<BuildFacts> {
	const accounts = await predefinedAccounts(run, draft, options);
	return {
		...(rate !== undefined && { rate }),
		...(accounts && { predefinedAccounts: accounts }),
		residual: options.residual,
		unsupportedCharacters: options.unsupportedCharacters,
		mark,
	};
}

/** What version 0.1 made of the input, and how it marked it. */
async function olderForm(draft: EntryDraft | undefined, facts: BuildFacts, options: EntryOptions): Promise<ReadyEntry['older']> {
	if (draft === undefined) return undefined;
	const { voucher } = await inTurns(buildVoucherInSteps(draft, facts));
	if (voucher === undefined) return undefined;
	return { digest: await inTurns(digestOfDraft(draft, options.rateFromRegister)), voucher, dateDefaulted: draft.dateDefaulted };
}

/** Names the accounts that would do, where the counterpart of a financial entry is not one of them. */
async function withBankAccounts(run: Run, problems: readonly Problem[]): Promise<Problem[]> {
	const wrongCounterpart = problems.find(({ code }) => code === 'ERROR_ACCOUNT_NUMBER_NOT_GOOD_SCOPE');
	if (wrongCounterpart === undefined) return [...problems];
	const year = await yearOf(run, undefined);
	const chart = await unlessNotAllowed(run.fortnox.chart(year.Id), () => undefined);
	const accounts = chart?.filter(({ Active, Number: number }) => Active && isBankOrCash(number)) ?? [];
	if (accounts.length === 0) return [...problems];
	const choice = accounts.map(({ Number: number, Description: name }) => `${number} ${name}`).join(', ');
	return problems.map((problem) =>
		problem === wrongCounterpart ? { ...problem, message: `${problem.message} Accounts that would do: ${choice}.` } : problem,
	);
}

/** What a mark keeps that Fortnox's voucher has no field for. */
function factsInMark(draft: EntryDraft, rate: Rate | undefined): Omit<Mark, 'key' | 'digest'> {
	return {
		...(draft.number !== undefined && { number: draft.number }),
		...(draft.reference !== undefined && { reference: draft.reference }),
		...(rate !== undefined && { currency: draft.currency, rate }),
		...(draft.reverseOn !== undefined && { reversedOn: draft.reverseOn }),
		...(draft.lines.some(({ partnerId }) => partnerId !== undefined) && { hasPartners: true }),
		...(draft.lines.some(({ description, tax }) => (description ?? tax?.description) !== undefined) && { hasTexts: true }),
	};
}

/** What only one execution has: its signal. Its id may come again, in a restored database or in a fresh container. */
const executions = new WeakMap<AbortSignal, string>();

/** By what an entry is known again, and what its user knows it by. */
interface Identity extends Pick<ReadyEntry, 'name' | 'lasting' | 'advice'> {
	key: Pick<Mark, 'key' | 'place'>;
}

/** An entry is known by its number; without one by the document that it comes from, the proposal, or its place in this execution. */
function identityOf(
	run: Run,
	{ draft, given, digest, options }: { draft: EntryDraft; given: GivenEntry; digest: string; options: EntryOptions },
): Identity {
	if (draft.number !== undefined) return { key: { key: keyOfNumber(draft.number) }, name: `number '${draft.number}'`, lasting: true };
	const name = `the entry of item ${given.items[0] ?? 0}`;
	if (given.key !== undefined) return { key: { key: given.key }, name, lasting: true };
	const approved = keyOfApproved(options);
	if (approved === undefined) return { key: keyInExecution(run, placeOf(run, given, digest)), name, lasting: false };
	const advice = 'Under one proposal one entry is posted. Run with Validate Only again, and have the new proposal approved.';
	return { key: { key: approved }, name, lasting: true, advice };
}

function keyInExecution(run: Run, place: ReadonlyArray<string | number>): Pick<Mark, 'key' | 'place'> {
	if (run.signal === undefined) return { key: keyOfPlace(place) };
	const execution = executions.get(run.signal) ?? randomUUID();
	executions.set(run.signal, execution);
	return { key: keyOfPlace([...place, execution]), place: keyOfPlace(place).slice(0, 12) };
}

/** The key of an entry without a number that was approved; undefined where it was not, and of proposals that earlier versions made. */
function keyOfApproved({ proposal }: EntryOptions): string | undefined {
	const { i } = (proposal === undefined ? undefined : readProposal(proposal)) ?? {};
	return i === undefined ? undefined : keyOfOrigin('proposal', i);
}

/**
 * Where in which execution an entry was made. n8n's Retry On Fail repeats a node within its execution and finds the
 * same place; a loop's next turn has another run index. Of an agent's calls the content is the place: older versions of
 * n8n have them share a run index, newer ones give one to each, and a model that repeats a call means the same entry.
 */
function placeOf(run: Run, given: GivenEntry, digest: string): Array<string | number> {
	const { context } = run;
	run.hint(
		'Entries without a number are kept from being posted twice within this execution only: the next one books them again. Give each entry a number of its own, such as the id of the payment.',
	);
	const runIndex: unknown = context.getWorkflowDataProxy(0).$runIndex;
	const node = context.getNode();
	return [
		context.getInstanceId(),
		context.getExecutionId(),
		node.id,
		...(run.isTool ? [digest] : [typeof runIndex === 'number' ? runIndex : 0, given.items[0] ?? 0, given.group ?? '']),
	];
}

/** The company's predefined accounts, where the entry may need one of them; undefined where the credential is not allowed to read them. */
async function predefinedAccounts(run: Run, draft: EntryDraft, options: EntryOptions): Promise<Map<string, number | null> | undefined> {
	const hasVat = draft.lines.some(({ tax }) => tax !== undefined);
	if (!hasVat && options.residual !== 'roundingAccount') return new Map();
	const accounts = await unlessNotAllowed(run.fortnox.predefinedAccounts(), () => {
		if (!hasVat) return;
		run.hint(
			'The credential is not allowed to read the predefined accounts (scope settings), so VAT goes to the accounts of the BAS chart.',
		);
	});
	return accounts && new Map(accounts.map(({ Name, Account }) => [Name, Account]));
}
