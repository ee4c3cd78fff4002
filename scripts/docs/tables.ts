import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { FortnoxOAuth2Api } from '../../credentials/FortnoxOAuth2Api.credentials';
import type { Operation, Resource } from '../../nodes/shared/n8n/operation';
import { resources } from '../../nodes/FortnoxAccounting/resources';
import { FortnoxAccountingTrigger } from '../../nodes/FortnoxAccountingTrigger/FortnoxAccountingTrigger.node.ts';
import { accountTypeOf, FILTERABLE_ACCOUNT_TYPES } from '../../nodes/shared/ledger/accountTypes';
import { ERROR_CODES } from '../../nodes/shared/ledger/errorCodes';
import { REPLACEMENTS } from '../../nodes/shared/ledger/text';
import { VAT_RATES, VAT_TABLE, vatRows } from '../../nodes/shared/ledger/vat';
import { anchorOf, readableJson, table } from './markdown';
import type { RunSample } from './runSamples';

export const ROOT = join(__dirname, '../..');

export function errorTable(): string {
	const rows = Object.entries(ERROR_CODES).map(([code, { cause, remedy, example }]) => [`\`${code}\``, cause, remedy, example]);
	return table(['code', 'cause', 'what to do', 'example'], rows);
}

/** Codes in the catalogue that no shipped code gives, and codes that shipped code gives without being in it. */
export function errorCodeDifferences(): { unused: string[]; unknown: string[] } {
	const used = new Set(sourcesUnder(join(ROOT, 'nodes')).flatMap(codesIn));
	const known = Object.keys(ERROR_CODES);
	return {
		unused: known.filter((code) => !used.has(code)),
		unknown: [...used].filter((code) => !known.includes(code)),
	};
}

function codesIn(file: string): string[] {
	return [...readFileSync(file, 'utf8').matchAll(/'((?:ERROR|UNEXPECTED)_[A-Z0-9_]+)'/g)].map(([, code]) => code ?? '');
}

function sourcesUnder(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return sourcesUnder(path);
		return entry.name.endsWith('.ts') ? [path] : [];
	});
}

/** BAS numbers from 1000 to 9999 in ranges of one type. */
export function accountTypeTable(): string {
	const ranges: Array<{ from: number; to: number; type: string }> = [];
	for (let number = 1000; number <= 9999; number++) {
		const type = accountTypeOf(number);
		const last = ranges.at(-1);
		if (last?.type === type) last.to = number;
		else ranges.push({ from: number, to: number, type });
	}
	const filterable: readonly string[] = FILTERABLE_ACCOUNT_TYPES;
	return table(
		['numbers', 'type', 'filter of Get Many'],
		ranges.map(({ from, to, type }) => [`${from}–${to}`, `\`${type}\``, filterable.includes(type) ? 'yes' : 'no']),
	);
}

/** What each VAT code makes of a line of 100 in debit, asked of the code itself. */
export function vatTable(): string {
	return table(
		['code', 'for', 'box of the base', 'VAT rows, and the box of each'],
		[...VAT_TABLE].map(([code, facts]) => {
			const rates = VAT_RATES.filter((rate) => facts.owed?.[rate] !== undefined);
			const rows = rates.length === 0 && facts.deducted !== undefined ? [vatRowsOf(code, 25)] : rates.map((rate) => vatRowsOf(code, rate));
			const shown = rows.map((row, index) => (rates.length > 1 ? `${rates[index] ?? 0} %: ${row}` : row)).join('<br>');
			return [`\`${code}\``, facts.meaning, facts.base ?? '', shown || 'none; the VAT amount must be 0'];
		}),
	);
}

function vatRowsOf(code: string, rate: number): string {
	const predefined = new Map<number, string>();
	const next: string[] = [];
	const result = vatRows({
		code,
		amount: rate * 100,
		lineAmount: 10_000,
		predefinedAccount: (name) => {
			next.push(name);
			return undefined;
		},
	});
	if (result.problem !== undefined) throw new Error(result.problem.message);
	const { rows, hints } = result.value;
	// A predefined account is asked for where there is one, in the order of the rows.
	for (const { account } of rows) {
		const name = hints.some((hint) => hint.startsWith('The company has chosen no') && hint.includes(`; ${account} was`))
			? next.shift()
			: undefined;
		if (name !== undefined) predefined.set(account, name);
	}
	return rows
		.map(({ account, amount, box }) => {
			const name = predefined.get(account);
			const side = rows.length === 1 ? '' : amount > 0 ? 'line’s side ' : 'other side ';
			return `${side}${name === undefined ? '' : `\`${name}\`, else `}${account} (${box ?? ''})`;
		})
		.join('; ');
}

export function replacementTable(): string {
	const byReplacement = new Map<string, string[]>();
	for (const [from, to] of Object.entries(REPLACEMENTS)) {
		byReplacement.set(to, [...(byReplacement.get(to) ?? []), shownCharacter(from)]);
	}
	return table(
		['written', 'becomes'],
		[...byReplacement].map(([to, characters]) => [characters.join(' '), shownCharacter(to)]),
	);
}

const NAMED: Readonly<Record<string, string>> = { ' ': 'a space', '\n': 'a line break', '\t': 'tab' };

function shownCharacter(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	const isInvisible = /^[\s\p{C}]$/u.test(character);
	return NAMED[character] ?? (isInvisible ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}` : `\`${character}\``);
}

export function scopeTable(): string {
	const field = new FortnoxOAuth2Api().properties.find(({ name }) => name === 'scopes');
	const needed: unknown = field?.default;
	const scopes = choicesOf(field);
	return table(
		['scope', 'for', 'asked for where none is selected'],
		scopes.map(({ value, description }) => [
			`\`${String(value)}\``,
			description ?? '',
			Array.isArray(needed) && needed.includes(value) ? 'yes' : '',
		]),
	);
}

/** Resources and operations in a few words, for the README. */
export function operationTable(): string {
	return table(
		['resource', 'operation', 'what it does'],
		eachOperation().map(({ resource, operation }, index, all) => [
			all[index - 1]?.resource === resource ? '' : `**${resource.name}**`,
			`[${operation.name}](docs/operations.md#${anchorOf(headingOf(resource, operation))})`,
			operation.description,
		]),
	);
}

export function triggerTable(): string {
	const field = new FortnoxAccountingTrigger().description.properties.find(({ name }) => name === 'triggerOn');
	return table(
		['Trigger On', 'value', 'fires'],
		choicesOf(field).map(({ name, value, description }) => [name, `\`${String(value)}\``, description ?? '']),
	);
}

function choicesOf(field: INodeProperties | undefined): INodePropertyOptions[] {
	return (field?.options ?? []).filter((option): option is INodePropertyOptions => 'value' in option);
}

/** Every operation with its parameters and what a run gave. */
export function operationReference(samples: readonly RunSample[]): string {
	return eachOperation()
		.map(({ resource, operation }) => {
			const own = samples.filter((sample) => sample.operation === nameOf(resource, operation));
			if (own.length === 0)
				throw new Error(`${nameOf(resource, operation)} has no sample. Add one to scripts/docs/samples.ts, then run npm run docs.`);
			return [
				`## ${headingOf(resource, operation)}`,
				`${operation.description}. \`resource: ${resource.value}\`, \`operation: ${operation.value}\`.`,
				table(['parameter', 'shown as', ''], parametersOf(operation)),
				...own.map(sampleText),
			].join('\n\n');
		})
		.join('\n\n');
}

/** A row for each parameter. One that is declared twice, with another hint where another field has another value, is one. */
function parametersOf({ fields }: Operation): string[][] {
	const rows = fields.flatMap((field) => parameterRows(field, '', ''));
	return [...new Map(rows.map((row) => [row.join('|'), row])).values()];
}

function eachOperation(): Array<{ resource: Resource; operation: Operation }> {
	return resources.flatMap((resource) => resource.operations.map((operation) => ({ resource, operation })));
}

function nameOf(resource: Resource, operation: Operation): string {
	return `${resource.value}.${operation.value}`;
}

function headingOf(resource: Resource, operation: Operation): string {
	return `${resource.name}: ${operation.name}`;
}

function parameterRows(field: INodeProperties, path: string, shownPath: string): string[][] {
	if (field.type === 'hidden' || field.type === 'notice') return [];
	const name = `${path}${field.name}`;
	const shown = `${shownPath}${field.displayName}`;
	const nested = (field.options ?? []).flatMap((option): string[][] => {
		if ('values' in option) return option.values.flatMap((value) => parameterRows(value, `${name}.${option.name}[].`, `${shown} › `));
		return 'displayName' in option && 'type' in option ? parameterRows(option, `${name}.`, `${shown} › `) : [];
	});
	if (nested.length > 0) return nested;
	const choices = field.type === 'options' ? choicesOf(field).map(({ value }) => `\`${String(value)}\``) : [];
	const values = choices.length > 0 ? ` (${choices.filter((choice) => choice !== '``').join(', ')})` : '';
	return [[`\`${name}\``, shown, `${field.description ?? ''}${values}`]];
}

/** The sandbox gives files random ids. */
const FILE_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

function sampleText({ about, parameters, input, file, output, binary, hints, whole }: RunSample): string {
	const parts = [about, block('json', readableJson(parameters))];
	if (input !== undefined) parts.push('Input items:', block('json', readableJson(input)));
	if (file !== undefined) {
		const isText = !file.content.startsWith('%');
		parts.push(`Input file \`${file.fileName}\` in the binary field \`data\`${isText ? ':' : '.'}`);
		if (isText) parts.push(block('', file.content.trim()));
	}
	const withFile = binary.length > 0 ? `, with the file in the binary field \`${binary.join('`, `')}\`` : '';
	parts.push(`Output${withFile}:`, block('json', readableJson(whole ? output : output.map(brief)).replace(FILE_ID, 'FILE-ID')));
	if (hints.length > 0) parts.push(...hints.map((hint) => `Hint: ${hint}`));
	return parts.filter((part) => part !== undefined).join('\n\n');
}

function block(language: string, text: string): string {
	return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** Without what is null or empty. */
function brief(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(brief);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, field]) => field !== null && !(Array.isArray(field) && field.length === 0))
			.map(([name, field]) => [name, brief(field)]),
	);
}
