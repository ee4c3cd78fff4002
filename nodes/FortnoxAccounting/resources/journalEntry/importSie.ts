import type { INodeProperties } from 'n8n-workflow';
import { isNumbered } from '../../../shared/ledger/sie';
import type { UnifiedEntry } from '../../../shared/unified/types';
import { inputFileField, journalLocator, optionsField } from '../../../shared/n8n/fields';
import type { Operation } from '../../../shared/n8n/operation';
import type { Run } from '../../../shared/n8n/run';
import { dryRunOption, maxWaitOption, rawResponseOption, unsupportedCharactersOption } from '../../../shared/n8n/options';
import { outcomeTimeoutOption, postsNotice, postSideBySideOption, proposalOption } from '../../../shared/books/posting/options';
import { drainedToItems } from '../../../shared/books/posting/output';
import { postEntries } from '../../../shared/books/posting/postEntries';
import type { Posted, PreparedEntry } from '../../../shared/books/posting/types';
import { drained } from '../../../shared/lists';
import { readSieFiles } from './importSieFile';
import { recognise } from './importSieKnown';
import { SieReview } from './importSieReview';
import { isSieEntry, toEntries } from './importSieVoucher';

const importOptions: INodeProperties[] = [
	dryRunOption,
	{
		displayName: 'Accept Other Company',
		name: 'acceptOtherCompany',
		type: 'boolean',
		default: false,
		description: 'Whether to import a file whose organisation number is not that of the company',
	},
	{
		displayName: 'Accept Other Currency',
		name: 'acceptOtherCurrency',
		type: 'boolean',
		default: false,
		description: 'Whether to import a file that names another currency than SEK; its amounts are booked as SEK, unchanged',
	},
	{
		displayName: 'Accept Other SIE Type',
		name: 'acceptOtherType',
		type: 'boolean',
		default: false,
		description: 'Whether to import the vouchers of a file that says that it is of another type than 4',
	},
	{
		displayName: 'Create Missing Accounts',
		name: 'createMissingAccounts',
		type: 'boolean',
		default: false,
		description:
			'Whether to create accounts that the chart lacks, with the names and SRU codes that the file gives them, once everything else is checked',
	},
	{
		displayName: 'Create Missing Cost Centers',
		name: 'createMissingCostCenters',
		type: 'boolean',
		default: false,
		description: 'Whether to create cost centers of the file that the company lacks, once everything else is checked',
	},
	{
		displayName: 'Create Missing Journals',
		name: 'createMissingJournals',
		type: 'boolean',
		default: false,
		description:
			'Whether to create a manual voucher series for each series of the file that the company lacks, once everything else is checked',
	},
	{
		displayName: 'Create Missing Projects',
		name: 'createMissingProjects',
		type: 'boolean',
		default: false,
		description: 'Whether to create projects of the file that the company lacks, once everything else is checked',
	},
	rawResponseOption,
	maxWaitOption,
	outcomeTimeoutOption,
	postSideBySideOption,
	proposalOption,
	{
		displayName: 'Row Dates',
		name: 'rowDates',
		type: 'options',
		options: [
			{ name: 'Refuse', value: 'refuse', description: 'Refuse vouchers with rows of another month or year than the voucher' },
			{ name: 'Voucher Date', value: 'voucherDate', description: 'Book all rows on the day of their voucher, and say so' },
		],
		default: 'refuse',
		description: 'What to do with rows that have a day of their own in another month or year; Fortnox has one day per voucher',
	},
	unsupportedCharactersOption,
	{
		displayName: 'Voucher Numbers',
		name: 'voucherNumbers',
		type: 'options',
		options: [
			{ name: 'As Numbered', value: 'asNumbered', description: 'Numbers go on from file to file: the same number is the same voucher' },
			{
				name: 'Restart',
				value: 'restart',
				description: 'Numbers begin anew in every file: the same number on another day is another voucher',
			},
		],
		default: 'asNumbered',
		description: 'How the program that exported the file numbers its vouchers',
	},
];

export const importSie: Operation = {
	value: 'importSie',
	name: 'Import SIE',
	action: 'Import journal entries from SIE file',
	description: 'Post the vouchers of a SIE 4 file, as payroll, point-of-sale and invoicing systems export it, exactly once',
	fields: [
		inputFileField('The name of the input binary field with the SIE file'),
		journalLocator({
			displayName: 'Journal',
			name: 'journalId',
			hint: 'Empty: by the series of the file',
			description:
				'The manual voucher series that all vouchers of the file go to. Where empty, each goes to the journal that is given for its series below, else to the journal of the same code; one without a series to the first manual journal.',
		}),
		{
			displayName: 'Journals by Series',
			name: 'seriesMap',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Series',
			default: {},
			description: 'Which journal the vouchers of a series of the file go to',
			options: [
				{
					displayName: 'Series',
					name: 'map',
					values: [
						{
							displayName: 'Series in File',
							name: 'series',
							type: 'string',
							default: '',
							placeholder: 'e.g. L',
							description: 'Series as the file names it; empty for vouchers without one',
						},
						journalLocator({
							displayName: 'Journal',
							name: 'journalId',
							description: 'The manual voucher series that they go to',
						}),
					],
				},
			],
		},
		optionsField(importOptions),
		postsNotice('The same file again posts nothing twice.'),
	],
	async execute(run) {
		const { entries, outcomesOf } = await recognise(run, await entriesByFile(run));
		return await drainedToItems(run, await outcomesOf(await postEntries(run, drained(entries), new SieReview(run).hooks())), withSource);
	},
};

async function entriesByFile(run: Run): Promise<PreparedEntry[][]> {
	const files: PreparedEntry[][] = [];
	for await (const read of readSieFiles(run)) files.push('error' in read ? [read] : await toEntries(run, read));
	return files;
}

/** Says which voucher of the file an entry is. */
function withSource(entry: UnifiedEntry, { entry: ready }: Posted): object {
	if (!isSieEntry(ready)) return entry;
	const { series, number, line } = ready.source;
	return { ...entry, source: { series: series || null, number: isNumbered(ready.source) ? number : null, line } };
}
