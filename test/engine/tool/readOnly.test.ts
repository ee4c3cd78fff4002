import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { operationsOfNode, validFor } from '../input/parameters';
import { startWorld, type World } from '../support/world';

const ENTRY = { journalId: 'A', date: '2026-06-01', linesSource: 'json' };
const LINES = '[{"account":"6110","debit":100},{"account":"1930","credit":100}]';
/** What each operation that writes is given, so that it does write. */
const WRITING: Record<string, INodeParameters> = {
	'account.create': { number: '5898', name: 'Konto' },
	'account.update': { accountNumber: '1930', updateFields: { name: 'Bank' } },
	'bankAccount.create': { number: '1939', bankName: 'SEB', currency: 'SEK', additionalFields: { iban: 'SE45 5000 0000 0583 9825 7466' } },
	'financialEntry.create': {
		...ENTRY,
		number: 'RO-1',
		financialCounterpartAccount: '1930',
		linesJson: '[{"account":"3004","amount":100}]',
	},
	'financialYear.create': { dateFrom: '2027-01-01', dateTo: '2027-12-31' },
	'journal.create': { code: 'RO', name: 'Serie' },
	'journal.update': { journalId: 'A', updateFields: { name: 'Serie' } },
	'journalEntry.addAttachment': { journalEntryId: 'A-1-4', binaryPropertyName: 'data' },
	'journalEntry.correct': { ...ENTRY, number: 'RO-2', journalEntryId: 'A-1-4', linesJson: LINES },
	'journalEntry.create': { ...ENTRY, number: 'RO-3', linesJson: LINES },
	'journalEntry.importSie': { journalId: 'A', binaryPropertyName: 'data' },
	'journalEntry.reverse': { journalEntryId: 'A-2-4', journalId: 'A' },
	'journalEntry.spread': {
		number: 'RO-4',
		journalId: 'A',
		amount: '100',
		resultAccount: '5010',
		balanceAccount: '1790',
		firstMonth: '2026-05',
		lastMonth: '2026-06',
	},
	'vatReturn.settle': { period: '2026', options: { acceptChecks: true } },
};

/** A model has no files to hand over, so as an agent's tool these write nothing anyway. */
const OF_FILES = ['journalEntry.addAttachment', 'journalEntry.importSie'];

describe("Read Only of an agent's tool", () => {
	let world: World;
	beforeEach(async () => {
		world = await startWorld();
	});
	afterEach(async () => {
		await world.close();
	});

	const writes = (): string[] =>
		['POST', 'PUT'].flatMap((method) => world.requests(method, /^\/3\//)).map(({ method, path }) => `${method} ${path}`);
	const call = async (name: string, parameters: INodeParameters, args: IDataObject = {}) => {
		const [resource = '', operation = ''] = name.split('.');
		return await world.engine.runTool({ parameters: { resource, operation, ...parameters }, args: [args] });
	};

	it.each(Object.entries(WRITING).filter(([name]) => !OF_FILES.includes(name)))(
		'keeps %s from writing, which writes without it',
		async (name, parameters) => {
			const kept = await call(name, { ...parameters, readOnly: true });
			expect(kept.error?.message ?? String(kept.json()[0]?.response)).toMatch(/Read Only is turned on for this tool|"dry_run":true/);
			expect(writes()).toEqual([]);
			world.reconnect();
			const written = await call(name, parameters);
			expect(written.error?.message).toBeUndefined();
			expect(writes()).not.toEqual([]);
		},
	);

	it('is heeded by every operation', async () => {
		for (const { resource, operation, fields } of operationsOfNode()) {
			await call(`${resource}.${operation}`, { ...validFor(fields), ...WRITING[`${resource}.${operation}`], readOnly: true });
			expect([`${resource}.${operation}`, ...writes()]).toEqual([`${resource}.${operation}`]);
			world.reconnect();
		}
	});

	it('is not the model’s to change, nor is Validate Only under it', async () => {
		const parameters = { ...WRITING['journalEntry.create'], options: { dryRun: "={{ $fromAI('validateOnly', '', 'boolean') }}" } };
		const [answer] = (await call('journalEntry.create', { ...parameters, readOnly: true }, { validateOnly: false })).json();
		expect(String(answer?.response)).toMatch(/"dry_run":true/);
		expect(writes()).toEqual([]);
		await call('journalEntry.create', parameters, { validateOnly: false });
		expect(writes()).toEqual(['POST /3/vouchers']);
	});
});
