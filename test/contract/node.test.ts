import type { INodeParameters } from 'n8n-workflow';

import { startWorld } from '../engine/support/world';
import { describeContract, validateExchange } from './openapi';

// Some 60 requests, at Fortnox's limit of 25 per 5 seconds.
jest.setTimeout(90_000);

const LINES = '[{"account":"1930","debit":100},{"account":"3001","credit":80,"tax_info":{"tax_code":"MP1","tax_amount":20},"cost_center":"BUTIK","project":"1"}]';
const entry: INodeParameters = { resource: 'journalEntry', journalId: 'A', date: '2026-06-01', linesSource: 'json', linesJson: LINES };

const OPERATIONS: INodeParameters[] = [
	{ resource: 'account', operation: 'getAll', returnAll: true },
	{ resource: 'account', operation: 'getAll', limit: 5, filters: { updatedAfter: '2026-01-01T00:00:00Z' } },
	{ resource: 'account', operation: 'get', accountNumber: '1930' },
	{ resource: 'account', operation: 'create', number: '1585', name: 'Avtal', additionalFields: { sru: 7261, vatCode: 'MF' } },
	{ resource: 'account', operation: 'update', accountNumber: '1585', updateFields: { name: 'Avtal, nya', active: false } },
	{ resource: 'account', operation: 'getBalances', accounts: '1,2', end: '2026-06' },
	{ resource: 'account', operation: 'getLedger', accounts: '1930' },
	{ resource: 'bankAccount', operation: 'create', number: '1953', bankName: 'SEB', currency: 'EUR', additionalFields: { iban: 'SE4550000000058398257466' } },
	{ resource: 'journal', operation: 'getAll', returnAll: true, options: { includeNextNumber: true } },
	{ resource: 'journal', operation: 'create', code: 'AVT', name: 'Avtal' },
	{ resource: 'journal', operation: 'update', journalId: 'AVT', updateFields: { name: 'Avtal, nya' } },
	{ ...entry, operation: 'create', number: 'CONTRACT-1' },
	{ ...entry, operation: 'create', currency: 'EUR', currencyExchangeRate: 11, additionalFields: { binaryPropertyName: 'data' } },
	{ ...entry, resource: 'financialEntry', operation: 'create', financialCounterpartAccount: '1930', linesJson: '[{"account":"3004","amount":5}]' },
	{ resource: 'journalEntry', operation: 'get', journalEntryId: 'A-2-4' },
	{ resource: 'journalEntry', operation: 'getAll', filters: { dateFrom: '2026-01-01', dateTo: '2026-12-31', journalId: 'A' } },
	{ resource: 'journalEntry', operation: 'reverse', journalEntryId: 'A-2-4' },
	{ resource: 'journalEntry', operation: 'getAttachments', journalEntryId: 'A-2-4' },
	{ resource: 'analyticAccount', operation: 'getAll', returnAll: true },
	{ resource: 'financialYear', operation: 'getAll', returnAll: true },
	{ resource: 'financialYear', operation: 'exportSie', sieType: '4', date: '2026-06-01' },
	{ resource: 'company', operation: 'get' },
	{ resource: 'company', operation: 'checkConnection' },
	{ resource: 'report', operation: 'trialBalance', period: '2026' },
	{ resource: 'report', operation: 'balanceSheet', period: '2026' },
	{ resource: 'report', operation: 'incomeStatement', period: '2026' },
	{ resource: 'vatReturn', operation: 'get', period: '2026-01' },
	{ resource: 'journalEntry', operation: 'addAttachment', journalEntryId: 'A-1-4' },
	{ ...entry, operation: 'correct', journalEntryId: 'A-1-4', linesJson: '[{"account":"6110","debit":1},{"account":"1930","credit":1}]' },
];

describeContract("every request that the node makes fits Fortnox's OpenAPI document", () => {
	it('in all its operations', async () => {
		const world = await startWorld();
		const file = { data: Buffer.from('%PDF-1').toString('base64'), mimeType: 'application/pdf', fileName: 'avtal.pdf' };
		try {
			for (const parameters of OPERATIONS) {
				const { error } = await world.run(parameters, { input: [{ json: {}, binary: { data: file } }] });
				expect(error?.message).toBeUndefined();
			}
			expect(world.sandbox.log.flatMap((exchange) => validateExchange(exchange))).toEqual([]);
			expect(new Set(world.sandbox.log.map(({ path }) => path.split('/')[2])).size).toBeGreaterThan(12);
		} finally {
			await world.close();
		}
	});
});
