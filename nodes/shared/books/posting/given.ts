import type { IExecuteFunctions } from 'n8n-workflow';
import type { Problem } from '../../ledger/problems';
import type { DraftAttachment } from '../../unified/entryDraft';
import { isAbsent, isObject, locatorValue, plainText } from '../../unified/readObject';
import { collectionParameter, parameter, textParameter } from '../../n8n/parameters';
import type { Run } from '../../n8n/run';
import type { GivenEntry } from './prepare';

/** The header's parameters and the unified fields that they fill. */
const HEADER: ReadonlyArray<[parameter: string, field: string]> = [
	['journalId', 'journal_id'],
	['date', 'date'],
	['number', 'number'],
	['currency', 'currency'],
	['currencyExchangeRate', 'currency_exchange_rate'],
	['description', 'description'],
	['financialCounterpartAccount', 'financial_counterpart_account'],
];

/** What all items of a group must agree about. */
const MUST_AGREE = ['journal_id', 'date', 'number', 'currency', 'currency_exchange_rate', 'financial_counterpart_account'];

/** Collects the entries of a run from the node's parameters, as unified bodies: one per item, or one per group of items. */
export async function collectEntries(run: Run): Promise<GivenEntry[]> {
	const { context } = run;
	if (run.items.length === 0) return [];
	if (textParameter(context, 'linesSource', 0) === 'inputItems') return await collectGroups(run);
	const given: GivenEntry[] = [];
	for (const item of run.items.keys()) given.push(await collectOne(run, item));
	return given;
}

async function collectOne(run: Run, item: number): Promise<GivenEntry> {
	const { context } = run;
	const body = headerOf(context, item);
	const base = { items: [item], linesAreItems: false };
	const attachment = await binaryOf(run, item);
	const more = attachment && !('code' in attachment) ? { attachment } : {};
	if (attachment && 'code' in attachment) return { ...base, body, problem: attachment };
	if (textParameter(context, 'linesSource', item) !== 'json') {
		return { ...base, ...more, body: { ...body, items: linesOfForm(context, item) } };
	}
	const lines = parseLines(parameter(context, 'linesJson', item));
	if ('problem' in lines) return { ...base, body, problem: lines.problem };
	const named = Object.entries(lines.body).filter(([field, value]) => !isAbsent(value) || !(field in body));
	return { ...base, ...more, body: { ...body, ...Object.fromEntries(named) } };
}

async function collectGroups(run: Run): Promise<GivenEntry[]> {
	const { context } = run;
	const groups = new Map<string, number[]>();
	const given: GivenEntry[] = [];
	for (const item of run.items.keys()) {
		const field = textParameter(context, 'groupBy', item);
		const value = field === undefined ? '' : run.items[item]?.json[field];
		if (isAbsent(value) && field !== undefined) {
			given.push({
				items: [item],
				body: {},
				linesAreItems: true,
				problem: {
					code: 'ERROR_DATA_VALIDATION',
					field: 'groupBy',
					message: `groupBy: item ${item} has no value in the field '${field}', so it can't be told which entry it belongs to. ${fieldsOf(run, item)}`,
				},
			});
			continue;
		}
		const group = typeof value === 'string' ? value : plainText(value);
		groups.set(group, [...(groups.get(group) ?? []), item]);
	}
	for (const [group, items] of groups) given.push(await collectGroup(run, group, items));
	return given.sort((one, other) => (one.items[0] ?? 0) - (other.items[0] ?? 0));
}

/** The names of an item's fields, an invisible byte order mark (a file's first column may start with one) made visible. */
function fieldsOf(run: Run, item: number): string {
	const names = Object.keys(run.items[item]?.json ?? {}).map((name) => `'${name.replace('\uFEFF', '\\uFEFF')}'`);
	return names.length === 0 ? 'It has no fields.' : `It has the fields ${names.join(', ')}.`;
}

async function collectGroup(run: Run, group: string, items: number[]): Promise<GivenEntry> {
	const { context } = run;
	const first = items[0] ?? 0;
	const header = headerOf(context, first);
	const base = { items, group, linesAreItems: true };
	for (const item of items.slice(1)) {
		const other = headerOf(context, item);
		const field = MUST_AGREE.find((name) => plainText(header[name]) !== plainText(other[name]));
		if (field !== undefined) {
			return {
				...base,
				body: header,
				problem: {
					code: 'ERROR_DATA_VALIDATION',
					field,
					message: `${field}: the items of the group '${group}' disagree: item ${first} has '${plainText(header[field])}', item ${item} has '${plainText(other[field])}'. The lines of one entry share it.`,
				},
			};
		}
	}
	const attachment = await binaryOf(run, first);
	if (attachment && 'code' in attachment) return { ...base, body: header, problem: attachment };
	const lines = items.map((item) => run.items[item]?.json ?? {});
	return { ...base, ...(attachment && { attachment }), body: { ...header, items: lines } };
}

function headerOf(context: IExecuteFunctions, item: number): Record<string, unknown> {
	const body: Record<string, unknown> = {};
	for (const [name, field] of HEADER) {
		const value = locatorValue(parameter(context, name, item));
		if (!isAbsent(value)) body[field] = value;
	}
	const more = collectionParameter(context, 'additionalFields', item);
	for (const field of ['reference', 'comments']) {
		if (!isAbsent(more[field])) body[field] = more[field];
	}
	return body;
}

function linesOfForm(context: IExecuteFunctions, item: number): unknown[] {
	const lines = parameter(context, 'lines', item);
	return isObject(lines) && Array.isArray(lines.line) ? lines.line : [];
}

/** JSON lines: an array of lines, or a whole unified body, as text or as a value. */
function parseLines(given: unknown): { body: Record<string, unknown> } | { problem: Problem } {
	const refuse = (message: string): { problem: Problem } => ({
		problem: { code: 'ERROR_DATA_VALIDATION', field: 'linesJson', message: `linesJson: ${message}` },
	});
	let value = given;
	if (typeof value === 'string') {
		try {
			value = JSON.parse(value);
		} catch (error) {
			return refuse(`this is not valid JSON (${error instanceof Error ? error.message : 'no reason given'}).`);
		}
	}
	if (Array.isArray(value)) return { body: { items: value } };
	if (!isObject(value)) return refuse('give an array of lines, or a whole entry with its lines in ‘items’.');
	return { body: value };
}

async function binaryOf(run: Run, item: number): Promise<DraftAttachment | Problem | undefined> {
	const name = collectionParameter(run.context, 'additionalFields', item).binaryPropertyName;
	return isAbsent(name) ? undefined : await readBinary(run.context, item, plainText(name));
}

/** A file of an input item, or what is wrong with it. */
export async function readBinary(context: IExecuteFunctions, item: number, name: string): Promise<DraftAttachment | Problem> {
	const binary = context.getInputData()[item]?.binary?.[name];
	if (binary === undefined) {
		return {
			code: 'ERROR_DATA_VALIDATION',
			field: 'binaryPropertyName',
			message: `binaryPropertyName: item ${item} has no binary field '${name}'.`,
		};
	}
	return {
		name: binary.fileName ?? `attachment.${binary.fileExtension ?? 'bin'}`,
		mimeType: binary.mimeType,
		content: await context.helpers.getBinaryDataBuffer(item, name),
	};
}
