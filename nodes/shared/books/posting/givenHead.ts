import { MOST_DEPTH } from '../../ledger/bounds';
import { LedgerError } from '../../ledger/problems';
import type { DraftAttachment } from '../../unified/entryDraft';
import { isAbsent } from '../../unified/readObject';
import { fileIfThere, fileOf, readBinary } from '../../n8n/files';
import { collectionParameter, parameter } from '../../n8n/parameters';
import type { Run } from '../../n8n/run';
import { filterInTurns, giveWay } from '../../turns';
import { TEXT_NAMES } from './textFields';

/** The header's parameters and the unified fields that they fill; of two for the same field the latter wins. */
const HEADER: ReadonlyArray<[parameter: string, field: string]> = [
	['journalId', 'journal_id'],
	['date', 'date'],
	['number', 'number'],
	['currency', 'currency'],
	['currencyExchangeRate', 'currency_exchange_rate'],
	...[...TEXT_NAMES].reverse().map((name): [string, string] => [name, 'description']),
	['financialCounterpartAccount', 'financial_counterpart_account'],
];

/** Additional fields, likewise. */
const ADDITIONAL: ReadonlyArray<[parameter: string, field: string]> = [
	['accrualAccount', 'accrual_account'],
	['balancingAccount', 'balancing_account'],
	['comments', 'comments'],
	['reference', 'reference'],
	['reverseOn', 'reverse_on'],
];

/** What the form says for the whole entry, as a unified body has it. */
export function headerOf(run: Run, item: number): Record<string, unknown> {
	const body: Record<string, unknown> = {};
	for (const [name, field] of HEADER) {
		const value = parameter(run, name, item);
		if (!isAbsent(value)) body[field] = value;
	}
	const more = collectionParameter(run, 'additionalFields', item);
	for (const [name, field] of ADDITIONAL) {
		if (!isAbsent(more[name])) body[field] = more[name];
	}
	return body;
}

/** Whether an account of the form takes what the lines leave over, so that a single line is enough. */
export function isBalanced(form: Readonly<Record<string, unknown>>): boolean {
	return !isAbsent(form.financial_counterpart_account) || !isAbsent(form.balancing_account);
}

/** The unified model requires a date; only the form's own empty field means today. */
export function noDate(what: string): LedgerError {
	return new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'date',
		message: `date: ${what} Give the accounting date in 'date', or in the field Date of the node.`,
	});
}

/** Of fields that are nested more deeply than anything that is written out may be. */
export function tooDeep(what: string): LedgerError {
	const message = `lines: ${what} is nested more than ${MOST_DEPTH} levels deep. Take out the fields that no line needs.`;
	return new LedgerError({ code: 'ERROR_DATA_VALIDATION', field: 'lines', message });
}

/**
 * The file that the form names, for one item.
 *
 * @throws {LedgerError} where the field is there and names none
 */
export async function binaryOf(run: Run, item: number): Promise<DraftAttachment | undefined> {
	const name = collectionParameter(run, 'additionalFields', item).binaryPropertyName;
	if (name === undefined) return undefined;
	if (!isAbsent(name)) return await readBinary(run, item, name);
	const message = `binaryPropertyName: the field is there and empty, so no file would be attached. Name the binary field with the file, or remove the field.`;
	throw new LedgerError({ code: 'ERROR_DATA_VALIDATION', field: 'binaryPropertyName', message });
}

/**
 * The file of an entry whose lines are several items: any of them may have it, and those that were copied from one have the same.
 *
 * @throws {LedgerError} where two of them have different ones, or none has the one that the form names
 */
export async function binaryOfItems(run: Run, items: readonly number[]): Promise<DraftAttachment | undefined> {
	const nameOf = (item: number): unknown => collectionParameter(run, 'additionalFields', item).binaryPropertyName;
	const withFile = await filterInTurns(items, (item) => !isAbsent(nameOf(item)) && fileIfThere(run, item, nameOf(item)) !== undefined);
	const [first = items[0] ?? 0, ...others] = withFile;
	const attachment = await binaryOf(run, first);
	const { id, data } = withFile.length === 0 ? {} : fileOf(run, first, nameOf(first));
	for (const item of others) {
		await giveWay();
		const file = fileOf(run, item, nameOf(item));
		// n8n keeps a file's content under an id, or else in the item.
		if (id === undefined ? file.data === data : file.id === id) continue;
		const other = await binaryOf(run, item);
		if (attachment === undefined || other === undefined || other.content.equals(attachment.content)) continue;
		throw new LedgerError({
			code: 'ERROR_DATA_VALIDATION',
			field: 'binaryPropertyName',
			message: `binaryPropertyName: the items of one entry have different files: item ${first} has '${attachment.name}', item ${item} has '${other.name}'. An entry takes one here. Leave the field out, and attach each file with Journal Entry > Add Attachment.`,
		});
	}
	return attachment;
}
