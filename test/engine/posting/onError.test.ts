import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { CompanyState } from '../../../sandbox';
import { itemWith, preSystemFile } from '../sie/files';
import { countVouchers, startWorld, type World } from '../support/world';

/** Operations of a month-end on a good and a bad input item, in each form of On Error. */
interface Case {
	parameters: INodeParameters;
	/** The bad one is the second. */
	input: Array<IDataObject | INodeExecutionData>;
	code: string;
	/** What counts as done, in the company. */
	count(company: CompanyState, world: World): number;
	/** How much the good item does. */
	does: number;
}

const vouchers: Case['count'] = (_company, world) => countVouchers(world.sandbox);
const voucher = (number: number, amount: string): string =>
	`#VER L ${number} 20261015 "Lön"\n{\n#TRANS 7210 {} 100.00\n#TRANS 1930 {} ${amount}\n}\n`;
const lines = JSON.stringify([
	{ account: '6310', debit: 100 },
	{ account: '1930', credit: 100 },
]);
const entry: INodeParameters = {
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'API',
	date: '={{ $json.date }}',
	number: '={{ $json.number }}',
	linesSource: 'json',
	linesJson: lines,
};

const CASES: Record<string, Case> = {
	'importing SIE files': {
		parameters: { resource: 'journalEntry', operation: 'importSie', binaryPropertyName: 'data', journalId: 'A' },
		input: [itemWith(preSystemFile(voucher(1, '-100.00'))), itemWith(preSystemFile(voucher(2, '-90.00')))],
		code: 'ERROR_ENTRY_NOT_BALANCED',
		count: vouchers,
		does: 1,
	},
	'entries for an approver': {
		parameters: { ...entry, options: { proposal: '={{ $json.proposal }}' } },
		input: [
			{ date: '2026-10-05', number: 'OE-1' },
			{ date: '2026-10-05', number: 'OE-2' },
		],
		code: 'ERROR_PROPOSAL_CHANGED',
		count: vouchers,
		does: 1,
	},
	'entries that are reversed on a day': {
		parameters: { ...entry, additionalFields: { reverseOn: '={{ $json.reverseOn }}' } },
		input: [
			{ date: '2026-10-31', number: 'OE-3', reverseOn: '2026-11-01' },
			{ date: '2026-10-31', number: 'OE-4', reverseOn: '2026-10-01' },
		],
		code: 'ERROR_DATA_VALIDATION',
		count: vouchers,
		does: 2,
	},
	'opening financial years': {
		parameters: { resource: 'financialYear', operation: 'create', dateFrom: '={{ $json.from }}', dateTo: '={{ $json.to }}' },
		input: [
			{ from: '2027-01-01', to: '2027-12-31' },
			{ from: '2026-07-01', to: '2027-06-30' },
		],
		code: 'ERROR_DATA_VALIDATION',
		count: ({ years }) => years.size,
		does: 1,
	},
	'accounts of a year of one’s choice': {
		parameters: {
			resource: 'account',
			operation: 'create',
			number: '={{ $json.number }}',
			name: 'Konto',
			options: { financialYearId: '={{ $json.year }}' },
		},
		input: [
			{ number: '6995', year: '3' },
			{ number: '6996', year: '99' },
		],
		code: 'ERROR_BOOKYEAR_NOT_FOUND',
		count: ({ years }) => [...years.values()].reduce((sum, year) => sum + year.accounts.size, 0),
		does: 1,
	},
};

describe.each(Object.entries(CASES))('%s, with On Error', (name, { parameters, input, code, count, does }) => {
	let world: World;
	beforeEach(async () => {
		world = await startWorld();
		world.sandbox.company().setApprover(4, 'API', 'Åsa Öberg');
	});
	afterEach(async () => await world.close());

	/** The proposal of the second entry is that of another one. */
	async function withProposals(): Promise<Case['input']> {
		if (name !== 'entries for an approver') return input;
		const proposals = (await world.run({ ...parameters, options: { dryRun: true } }, { input })).json().map(({ proposal }) => proposal);
		return input.map((item) => ({ ...item, proposal: proposals[0] }));
	}

	it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)('%s', async (onError) => {
		const given = await withProposals();
		const before = count(world.sandbox.company(), world);
		const result = await world.run(parameters, { input: given, onError });
		const done = count(world.sandbox.company(), world) - before;
		if (onError === 'stopWorkflow') {
			expect(result.error?.context).toMatchObject({ error_code: code, itemIndex: 1 });
			expect(done).toBe(0);
			return;
		}
		const errors = onError === 'continueRegularOutput' ? result.items().slice(1) : result.items(undefined, 1);
		expect(errors).toMatchObject([{ json: { error_code: code } }]);
		expect([errors[0]?.pairedItem].flat()).toEqual([{ item: 1 }]);
		expect(result.json()[0]).not.toHaveProperty('error_code');
		expect(done).toBe(does);
	});
});
