import type { INodeProperties } from 'n8n-workflow';
import type { FortnoxFinancialYear } from '../../fortnox/wire';
import { readInstant, type IsoDate } from '../../ledger/dates';
import type { ErrorCode } from '../../ledger/errorCodes';
import { readAccountNumber, readJournalCode } from '../../ledger/formats';
import type { Reading } from '../../ledger/problems';
import { partnerFits } from '../../ledger/transactionInformation';
import { Findings, locatorValue } from '../../unified/readObject';
import { accountLocator, costCenterLocator, dateField, filtersField, journalLocator, projectLocator } from '../../n8n/fields';
import { collectionParameter, limitParameter } from '../../n8n/parameters';
import type { Run } from '../../n8n/run';
import { tellOfDaysWithoutYear, yearOf, yearsWithDays } from '../year';
import { changedSince } from './changedSince';
import { readDateRange } from './dateRange';
import type { EntryQuery } from './readEntries';
import { knownAccount, knownCostCenter, knownJournal, knownProject } from './registers';

/** Where a date is left open. */
const FIRST_DAY: IsoDate = '0001-01-01';
const LAST_DAY: IsoDate = '9999-12-31';

export const accountFilter = accountLocator({
	displayName: 'Account',
	name: 'accountNumber',
	description: 'Only entries with a row on this account; they come with all their rows',
});

export const journalFilter = journalLocator({
	displayName: 'Journal',
	name: 'journalId',
	description: 'Only entries of this journal (voucher series)',
});

const commonFilters: INodeProperties[] = [
	costCenterLocator({
		displayName: 'Cost Center',
		name: 'costCenter',
		description: 'Only entries with a row of this cost center',
	}),
	dateField({
		displayName: 'Date From',
		name: 'dateFrom',
		description:
			'First day of the entries; with Date To alone, from the first financial year on. Without any date the current financial year is read, or, with Updated After, all years.',
	}),
	dateField({
		displayName: 'Date To',
		name: 'dateTo',
		description: 'Last day of the entries; with Date From alone, up to the last financial year',
	}),
	journalFilter,
	{
		displayName: 'Partner ID',
		name: 'partnerId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1001',
		description:
			'Only entries with a line of this customer, supplier or employee. Fortnox links no partners to rows, so these are entries that this node posted.',
	},
	projectLocator({ displayName: 'Project', name: 'project', description: 'Only entries with a row of this project' }),
	dateField({
		displayName: 'Updated After',
		name: 'updatedAfter',
		description: 'Only entries created or changed after this time; without a time zone it is UTC',
	}),
];

export const standingFilter: INodeProperties = {
	displayName: 'Standing',
	name: 'standing',
	type: 'boolean',
	default: false,
	description: 'Whether to leave out entries that were reversed, and what reversed them',
};

export const entryFilters: INodeProperties = filtersField(
	[accountFilter, ...commonFilters, standingFilter].sort((one, other) => (one.displayName < other.displayName ? -1 : 1)),
);

/** For lists whose account is a field of its own. */
export const entryFiltersWithoutAccount: INodeProperties = filtersField(commonFilters);

export const includeItemsOption: INodeProperties = {
	displayName: 'Include Items',
	name: 'includeItems',
	type: 'boolean',
	default: true,
	description: 'Whether to return the rows of the entries; without them reading takes less time and no SIE file',
};

export const readOneByOneOption: INodeProperties = {
	displayName: 'Read One by One',
	name: 'readOneByOne',
	type: 'boolean',
	default: false,
	description:
		"Whether to ask for every entry by itself, which takes a request each. Otherwise the rows of many entries come from Fortnox's SIE file, which may lack their transaction information and has only the characters of code page 437.",
};

export const sortOption: INodeProperties = {
	displayName: 'Sort',
	name: 'sort',
	type: 'options',
	options: [
		{ name: 'Newest First', value: 'newestFirst', description: 'The latest accounting date first; the limit keeps the newest' },
		{ name: 'Oldest First', value: 'oldestFirst', description: 'The earliest accounting date first; the limit keeps the oldest' },
	],
	default: 'oldestFirst',
	description: 'The order, by date, journal and number',
};

/**
 * The query of a list of entries: filters, limit and options of an item.
 *
 * @throws {LedgerError} where a filter can't be read, or the dates are the wrong way round
 */
export async function readEntryQuery(run: Run, item: number): Promise<EntryQuery> {
	const filters = collectionParameter(run, 'filters', item);
	const options = collectionParameter(run, 'options', item);
	const findings = new Findings();
	const optional = <T>(name: string, read: (value: unknown) => Reading<T>, code?: ErrorCode): T | undefined =>
		findings.optional(locatorValue(filters[name]), read, name, code);
	const text = (name: string): string | undefined => findings.text(locatorValue(filters[name]), name);
	const { from, to } = readDateRange(findings, filters.dateFrom, filters.dateTo);
	const after = optional('updatedAfter', readInstant);
	const series = optional('journalId', readJournalCode, 'ERROR_INVALID_FIELD_FORMAT_JOURNAL_ID');
	const account = optional('accountNumber', readAccountNumber);
	const costCenter = text('costCenter');
	const project = text('project');
	const partner = findings.name(filters.partnerId, 'partnerId');
	if (partner !== undefined && !partnerFits(partner)) {
		findings.add(
			'ERROR_DATA_VALIDATION',
			'partnerId',
			"partnerId: this is longer than what a row can carry, so no entry has it. Give the partner's ID alone.",
		);
	}
	findings.throwIfAny();
	for (const hint of findings.hints) run.hint(hint);
	const days = await readDays(run, from, to, after !== undefined);
	await refuseUnknown(run, { series, account, costCenter, project }, days.years);
	return {
		...days,
		...(after && { lastModified: changedSince(after) }),
		...(series !== undefined && { series }),
		...(account !== undefined && { account }),
		...(costCenter !== undefined && { costCenter }),
		...(project !== undefined && { project }),
		...(partner !== undefined && { partner }),
		limit: limitParameter(run, item),
		withRows: options.includeItems !== false,
		singly: options.readOneByOne === true,
		newestFirst: options.sort === 'newestFirst',
	};
}

/** @throws {LedgerError} where a filter names what the company's registers don't have */
async function refuseUnknown(
	run: Run,
	{ series, account, costCenter, project }: Pick<EntryQuery, 'series' | 'account' | 'costCenter' | 'project'>,
	years: readonly FortnoxFinancialYear[],
): Promise<void> {
	if (series !== undefined) await knownJournal(run, 'journalId', series, years);
	if (account !== undefined) await knownAccount(run, 'accountNumber', account, years);
	if (costCenter !== undefined) await knownCostCenter(run, 'costCenter', costCenter);
	if (project !== undefined) await knownProject(run, 'project', project);
}

/** The days that are asked for, and the financial years that they touch. */
async function readDays(
	run: Run,
	from: IsoDate | undefined,
	to: IsoDate | undefined,
	allYears: boolean,
): Promise<Pick<EntryQuery, 'from' | 'to' | 'years'>> {
	if (from === undefined && to === undefined && !allYears) {
		const year = await yearOf(run, undefined);
		run.hint(`No dates were given, so the entries of the current financial year were read (${year.FromDate} to ${year.ToDate}).`);
		return { from: year.FromDate, to: year.ToDate, years: [year] };
	}
	const years = await yearsWithDays(run, { from, to, field: from === undefined ? 'dateTo' : 'dateFrom' });
	tellOfDaysWithoutYear(run, years, from ?? years[0]?.FromDate ?? FIRST_DAY, to ?? years.at(-1)?.ToDate ?? LAST_DAY);
	return { from: from ?? FIRST_DAY, to: to ?? LAST_DAY, years };
}
