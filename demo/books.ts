import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import {
	ACCOUNTING_NODE,
	createEngine,
	fortnoxCredential,
	type Engine,
	type EngineError,
	type EngineResult,
	type EngineWorkflow,
	type NodeTypeClass,
} from '../engine';
import { toOre, type Ore } from '../nodes/shared/ledger/money';
import { startSandbox, type Sandbox, type Settings } from '../sandbox';
import { demoCompany } from './company';
import { FileError, type CsvRow } from './csv';

const WORKFLOW_FILE = join(__dirname, '../examples/bookkeeping-from-csv.json');
const POST_ENTRIES = 'Post Entries';
const READ_ENTRIES = 'Read Entries';

/** A company's books in a sandbox, and an engine that is connected to them. */
export interface Books {
	sandbox: Sandbox;
	engine: Engine;
}

export interface BookedRow {
	/** Number and name. */
	account: string;
	text: string;
	debit: Ore;
	credit: Ore;
}

/** An entry as the workflow read it back. */
export interface BookedEntry {
	name: string;
	date: string;
	text: string;
	rows: BookedRow[];
}

export interface Booking {
	/** How many entries were posted by this run, and how many were there before. */
	posted: number;
	alreadyPosted: number;
	/** Everything in the journal on the days of the file, by date. */
	entries: BookedEntry[];
	hints: string[];
}

/** Opens empty books for the calendar year of the file. */
export async function openBooks(rows: readonly CsvRow[], node: NodeTypeClass, settings: Partial<Settings> = {}): Promise<Books> {
	const sandbox = await startSandbox({ settings, companies: (now) => [demoCompany(yearOf(rows), now)] });
	const engine = createEngine({
		nodeTypes: { [ACCOUNTING_NODE]: node },
		credentials: {
			fortnox: fortnoxCredential({
				url: sandbox.url,
				clientId: sandbox.clients[0]?.id ?? '',
				clientSecret: sandbox.clients[0]?.secret ?? '',
				oauthTokenData: sandbox.issueTokens(),
			}),
		},
	});
	return { sandbox, engine };
}

function yearOf(rows: readonly CsvRow[]): number {
	const years = rows.flatMap(({ fields }) => /^\d{4}/.exec(fields.date ?? '') ?? []);
	return Number(years[0] ?? new Date().getFullYear());
}

/**
 * Runs the example workflow on the rows of a file: creates its accounts and its journal, posts the entries and reads
 * them back.
 *
 * @throws {FileError} where the node refuses a row, with the row's number and the reason
 */
export async function book({ engine }: Books, rows: readonly CsvRow[]): Promise<Booking> {
	const workflow = JSON.parse(readFileSync(WORKFLOW_FILE, 'utf8')) as EngineWorkflow;
	const nodes = workflow.nodes.map(({ credentials: _none, ...node }) => engine.node(node));
	const result = await engine.run({ ...workflow, nodes }, { input: rows.map(({ fields }) => fields) });
	if (result.error !== undefined) throw refusal(result, result.error, rows);
	const outcomes = result.json(POST_ENTRIES);
	const alreadyPosted = outcomes.filter(({ already_posted }) => already_posted === true).length;
	return {
		posted: outcomes.length - alreadyPosted,
		alreadyPosted,
		entries: result.json(READ_ENTRIES).map(toBookedEntry),
		hints: workflow.nodes.flatMap(({ name }) => result.hints(name)),
	};
}

function toBookedEntry({ name, date, description, items }: IDataObject): BookedEntry {
	const rows = Array.isArray(items) ? (items as IDataObject[]) : [];
	return {
		name: text(name),
		date: text(date),
		text: text(description),
		rows: rows.map((row) => ({
			account: `${text(row.account_number)} ${text(row.account_name)}`,
			text: text(row.description),
			debit: toOre(Number(row.debit)),
			credit: toOre(Number(row.credit)),
		})),
	};
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** The node counts items and the lines of an entry; a person looks for rows of the file. */
function refusal(result: EngineResult, error: EngineError, rows: readonly CsvRow[]): Error {
	const first = rows[Number(error.context?.itemIndex)];
	if (result.execution.data.resultData.lastNodeExecuted !== POST_ENTRIES || first === undefined) {
		// Of what the node itself refuses, the description is the message once more, in the words of the form.
		const more = Array.isArray(error.context?.problems) ? undefined : error.description;
		return new Error([error.message, more].filter(Boolean).join('\n'));
	}
	const lines = rows.filter(({ fields }) => fields.number === first.fields.number);
	const problems = error.context?.problems;
	const texts = Array.isArray(problems) ? (problems as IDataObject[]).map(({ message }) => text(message)) : [error.message];
	const reasons = texts.map((problem) =>
		withRow(problem, lines).replace(/\bitem (\d+)\b/g, (item, index) => {
			const named = rows[Number(index)];
			return named === undefined ? item : `row ${named.row}`;
		}),
	);
	const [outcome] = /Nothing was posted\..*|\d+ of the run's entries were posted.*/s.exec(error.message) ?? [];
	return new FileError(reasons.join('\n'), outcome);
}

function withRow(problem: string, entry: readonly CsvRow[]): string {
	const [, line, reason] = /^lines\[(\d+)\](?:\.|: )(.*)$/s.exec(problem) ?? [];
	const at = entry[Number(line)];
	return at === undefined ? `${rowsOf(entry)}: ${problem}` : `Row ${at.row}: ${reason}`;
}

function rowsOf(entry: readonly CsvRow[]): string {
	const numbers = entry.map(({ row }) => row).join(', ');
	const name = entry[0]?.fields.number;
	return `${entry.length === 1 ? 'Row' : 'Rows'} ${numbers}${name ? ` (entry ${name})` : ''}`;
}
