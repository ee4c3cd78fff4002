import { accountTypeOf, FILTERABLE_ACCOUNT_TYPES } from '../../../shared/ledger/accountTypes';
import { readPrefixes } from '../../../shared/ledger/formats';
import { readInstant } from '../../../shared/ledger/dates';
import { LedgerError } from '../../../shared/ledger/problems';
import { toUnifiedAccount } from '../../../shared/unified/account';
import type { FortnoxAccount } from '../../../shared/fortnox/wire';
import { Findings, isAbsent, plainText } from '../../../shared/unified/readObject';
import { dateField, filtersField, financialYearLocator, optionsField, returnAllFields } from '../../../shared/n8n/fields';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { collectionParameter, limitParameter } from '../../../shared/n8n/parameters';
import { rawResponseOption } from '../../../shared/n8n/options';
import { changedSince } from '../../../shared/books/reading/changedSince';
import { withRaw } from '../../../shared/n8n/withRaw';
import { yearOf } from '../../../shared/books/year';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many accounts',
	description: 'List the chart of accounts',
	fields: [
		...returnAllFields,
		filtersField([
			{
				displayName: 'Active',
				name: 'active',
				type: 'boolean',
				default: true,
				description: 'Whether to return accounts that can be posted to, or those that can not',
			},
			{
				displayName: 'Classes',
				name: 'classes',
				type: 'string',
				default: '',
				placeholder: 'e.g. 6,7',
				description: 'First digits of the account numbers, separated by commas',
			},
			financialYearLocator('The year whose chart is listed; the current one where empty'),
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. bank',
				description: 'Part of the number or the name, in capitals or not',
			},
			{
				displayName: 'Type',
				name: 'type',
				type: 'options',
				options: [
					{ name: 'Bank', value: 'bank' },
					{ name: 'Cash', value: 'cash' },
					{ name: 'Expense', value: 'expense' },
					{ name: 'Income', value: 'income' },
					{ name: 'Other Expense', value: 'other_expense' },
					{ name: 'VAT', value: 'vat' },
				],
				default: 'bank',
				description: 'Account type, derived from the BAS range of the number',
			},
			dateField({
				displayName: 'Updated After',
				name: 'updatedAfter',
				description: 'Only accounts created or changed after this time; without a time zone it is UTC',
			}),
		]),
		optionsField([
			financialYearLocator('The year whose chart is listed, as under Filters; the current one where both are empty'),
			rawResponseOption,
		]),
	],
	execute: readEachItem(async (run, item) => {
		const { keep, lastModified, year } = readFilters(collectionParameter(run, 'filters', item));
		const limit = limitParameter(run, item);
		const { Id: financialYear } = await yearOf(run, oneYear(year, collectionParameter(run, 'options', item).financialYearId));
		const accounts =
			lastModified === undefined && limit === Infinity
				? (await run.fortnox.chart(financialYear, { ofThisRun: true })).filter(keep)
				: await run.fortnox.accounts({
						financialYear,
						keep,
						...(lastModified !== undefined && { lastModified }),
						...(limit !== Infinity && { limit }),
					});
		return accounts.slice(0, limit).map((account) => withRaw(run, item, toUnifiedAccount(account), account));
	}),
};

/**
 * The financial year of the filters, which is that of the options, too.
 *
 * @throws {LedgerError} where the two are not the same
 */
function oneYear(ofFilters: unknown, ofOptions: unknown): unknown {
	const [one, other] = [plainText(ofFilters), plainText(ofOptions)];
	if (one === '' || other === '' || one === other) return one || other;
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'financialYearId',
		message: `financialYearId: the filters name the financial year ${one} and the options ${other}. Take one of the two out.`,
	});
}

interface AccountFilters {
	keep: (account: FortnoxAccount) => boolean;
	lastModified?: string;
	year: unknown;
}

function readFilters(filters: Record<string, unknown>): AccountFilters {
	const findings = new Findings();
	const prefixes = findings.optional(filters.classes, readPrefixes, 'classes');
	const type = FILTERABLE_ACCOUNT_TYPES.find((candidate) => candidate === filters.type);
	if (!isAbsent(filters.type) && type === undefined) {
		findings.add(
			'ERROR_DATA_VALIDATION',
			'type',
			`type: accounts can be filtered by ${FILTERABLE_ACCOUNT_TYPES.join(', ')}, not by '${String(filters.type)}'.`,
		);
	}
	const after = findings.optional(filters.updatedAfter, readInstant, 'updatedAfter');
	const search = findings.text(filters.search, 'search');
	const soughtText = search === undefined ? undefined : plainForm(search);
	findings.throwIfAny();
	const active = typeof filters.active === 'boolean' ? filters.active : undefined;
	return {
		keep: ({ Number: number, Description: name, Active }) =>
			(prefixes === undefined || prefixes.some((prefix) => String(number).startsWith(prefix))) &&
			(type === undefined || accountTypeOf(number) === type) &&
			(active === undefined || Active === active) &&
			(soughtText === undefined || plainForm(`${number} ${name}`).includes(soughtText)),
		year: filters.financialYearId,
		...(after && { lastModified: changedSince(after) }),
	};
}

/** Small letters, each accent composed with its letter: some programs write `å` as two characters. */
function plainForm(text: string): string {
	return text.normalize('NFC').toLocaleLowerCase('sv');
}
