import type { INodeParameters } from 'n8n-workflow';

import { FortnoxAccounting } from '../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import type { World } from '../engine/support/world';

const LINES = JSON.stringify([
	{ account: '1930', debit: 100 },
	{ account: '3001', credit: 80, tax_info: { tax_code: 'MP1', tax_amount: 20 }, cost_center: 'BUTIK', project: '1' },
]);
const entry: INodeParameters = { resource: 'journalEntry', journalId: 'A', date: '2026-06-01', linesSource: 'json', linesJson: LINES };
const correction = '[{"account":"6110","debit":1},{"account":"1930","credit":1}]';

/** Every operation of the node, with as many of the parameters that change a request as fit. In an order that works in one company. */
export const OPERATIONS: readonly INodeParameters[] = [
	{ resource: 'account', operation: 'getAll', returnAll: true },
	{ resource: 'account', operation: 'getAll', limit: 5, filters: { updatedAfter: '2026-01-01T00:00:00Z' } },
	{ resource: 'account', operation: 'get', accountNumber: '1930' },
	{ resource: 'account', operation: 'create', number: '1585', name: 'Avtal', additionalFields: { sru: 7261, vatCode: 'MF' } },
	{ resource: 'account', operation: 'update', accountNumber: '1585', updateFields: { name: 'Avtal, nya', active: false } },
	{ resource: 'account', operation: 'getBalances', accounts: '1,2', end: '2026-06' },
	{ resource: 'account', operation: 'getLedger', accounts: '1930' },
	{ resource: 'bankAccount', operation: 'getAll', returnAll: true },
	{
		resource: 'bankAccount',
		operation: 'create',
		number: '1953',
		bankName: 'SEB',
		currency: 'EUR',
		additionalFields: { iban: 'SE4550000000058398257466' },
	},
	{ resource: 'journal', operation: 'getAll', returnAll: true, options: { includeNextNumber: true } },
	{ resource: 'journal', operation: 'get', journalId: 'A' },
	{ resource: 'journal', operation: 'create', code: 'AVT', name: 'Avtal' },
	{ resource: 'journal', operation: 'update', journalId: 'AVT', updateFields: { name: 'Avtal, nya' } },
	{ ...entry, operation: 'create', number: 'CONTRACT-1' },
	{ ...entry, operation: 'create', currency: 'EUR', currencyExchangeRate: 11, additionalFields: { binaryPropertyName: 'data' } },
	{
		...entry,
		resource: 'financialEntry',
		operation: 'create',
		financialCounterpartAccount: '1930',
		linesJson: '[{"account":"3004","amount":5}]',
	},
	{
		resource: 'financialEntry',
		operation: 'getAll',
		financialCounterpartAccount: '1930',
		filters: { dateFrom: '2026-01-01', dateTo: '2026-12-31' },
	},
	{ resource: 'journalEntry', operation: 'get', journalEntryId: 'A-2-4' },
	{ resource: 'journalEntry', operation: 'getAll', filters: { dateFrom: '2026-01-01', dateTo: '2026-12-31', journalId: 'A' } },
	{ resource: 'journalEntry', operation: 'getAll', filters: { updatedAfter: '2026-01-01T00:00:00Z' }, options: { includeItems: false } },
	{ resource: 'journalEntry', operation: 'reverse', journalEntryId: 'A-2-4' },
	{ resource: 'journalEntry', operation: 'getAttachments', journalEntryId: 'A-2-4' },
	{ resource: 'journalEntry', operation: 'getWithoutFile', dateFrom: '2026-01-01', dateTo: '2026-12-31' },
	{
		resource: 'journalEntry',
		operation: 'spread',
		amount: 1000,
		resultAccount: '6310',
		balanceAccount: '1730',
		firstMonth: '2026-10',
		lastMonth: '2026-12',
		journalId: 'API',
		number: 'CONTRACT-2',
	},
	{
		resource: 'journalEntry',
		operation: 'importSie',
		binaryPropertyName: 'sie',
		journalId: 'API',
		options: { createMissingAccounts: true, createMissingCostCenters: true, createMissingProjects: true },
	},
	{ resource: 'analyticAccount', operation: 'getAll', returnAll: true },
	{ resource: 'financialYear', operation: 'getAll', returnAll: true },
	{ resource: 'financialYear', operation: 'get', date: '2026-06-01' },
	{ resource: 'financialYear', operation: 'create', dateFrom: '2099-01-01', dateTo: '2099-12-31' },
	{ resource: 'financialYear', operation: 'exportSie', sieType: '4', date: '2026-06-01' },
	{ resource: 'company', operation: 'get' },
	{ resource: 'company', operation: 'checkConnection' },
	{ resource: 'report', operation: 'trialBalance', period: '2026' },
	{ resource: 'report', operation: 'balanceSheet', period: '2026' },
	{ resource: 'report', operation: 'incomeStatement', period: '2026' },
	{ resource: 'report', operation: 'checkLedger', period: '2026-01' },
	{ resource: 'report', operation: 'reconcile', accountNumber: '1930' },
	{ resource: 'vatReturn', operation: 'get', period: '2026-01' },
	{ resource: 'vatReturn', operation: 'settle', period: '2026-01', options: { acceptChecks: true } },
	{ resource: 'inbox', operation: 'getAll', returnAll: true },
	{ resource: 'inbox', operation: 'getAll', folder: 'all' },
	{ resource: 'inbox', operation: 'download', returnAll: true },
	{ resource: 'journalEntry', operation: 'addAttachment', journalEntryId: 'A-1-4' },
	{ resource: 'journalEntry', operation: 'getAttachments', journalEntryId: 'A-1-4' },
	{ ...entry, operation: 'correct', journalEntryId: 'A-1-4', linesJson: correction },
];

/** The operations that the node's own description offers and the list above lacks. */
export function missingOperations(): string[] {
	const known = new Set(OPERATIONS.map(({ resource, operation }) => `${String(resource)}.${String(operation)}`));
	const { properties } = new FortnoxAccounting().description;
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options = [] }) =>
			(displayOptions?.show?.resource ?? []).flatMap((resource) =>
				options.flatMap((option) => ('value' in option ? [`${String(resource)}.${String(option.value)}`] : [])),
			),
		)
		.filter((name) => !known.has(name));
}

const SIE = `#FLAGGA 0
#FORMAT PC8
#SIETYP 4
#PROGRAM "Lon" 1
#GEN 20260901
#ORGNR 559900-1012
#FNAMN "Bjorkdalens Handel AB"
#KONTO 7010 "Loner"
#KONTO 1939 "Lonekonto"
#DIM 1 "Kostnadsstalle"
#OBJEKT 1 "LON" "Lon"
#DIM 6 "Projekt"
#OBJEKT 6 "L1" "Lon"
#VER L 1 20260825 "Loner augusti"
{
#TRANS 7010 {1 "LON" 6 "L1"} 1000.00
#TRANS 1939 {} -1000.00
}
`;

const binary = (content: string, mimeType: string, fileName: string) => ({
	data: Buffer.from(content).toString('base64'),
	mimeType,
	fileName,
});

/** Runs all of them in one company, one after the other. Throws, naming the operation, where one fails. */
export async function runAllOperations(world: World): Promise<void> {
	const { access_token: token } = world.sandbox.issueTokens();
	const form = new FormData();
	form.append('file', new Blob(['%PDF-1.4'], { type: 'application/pdf' }), 'faktura.pdf');
	const upload = `${world.sandbox.url}/3/inbox?path=Inbox_v`;
	await fetch(upload, { method: 'POST', body: form, headers: { authorization: `Bearer ${token}` } });
	world.sandbox.log.length = 0;
	const item = {
		json: { date: '2026-01-02', amount: -530, text: 'Kontorsmaterial' },
		binary: { data: binary('%PDF-1', 'application/pdf', 'avtal.pdf'), sie: binary(SIE, 'text/plain', 'lon.si') },
	};
	for (const parameters of OPERATIONS) {
		const { error } = await world.run(parameters, { input: [item] });
		if (error) throw new Error(`${String(parameters.resource)}.${String(parameters.operation)}: ${error.message}`);
	}
}
