import assert from 'node:assert/strict';

import type { INode, INodeParameters } from 'n8n-workflow';

import { operationsOfNode } from '../../engine/input/parameters';
import { openBrowser, picture } from '../browser';
import { closePanel, openFromCanvas } from '../canvas';
import { testId } from '../editor';
import { connectedCredential, instantTriggerType, locator, nodeType, oAuth2, sandboxFor, triggerType } from '../fortnox';
import type { Scenario } from '../scenario';
import { builtIn, workflow } from '../workflow';

/** A form in which something was chosen, the parameters that it then shows, and those that have no meaning there. */
interface Choice {
	name: string;
	type?: string;
	parameters: INodeParameters;
	shows: readonly string[];
	hides: readonly string[];
}

const IN_A_ROW = 6;

/** The parameters of an operation, its collections opened and each of their fields added as the form adds it. */
function opened(name: string, more: INodeParameters = {}): INodeParameters {
	const [resource = '', operation = ''] = name.split('.');
	const own = operationsOfNode().find((one) => one.resource === resource && one.operation === operation);
	const collections: INodeParameters = {};
	for (const { type, name: field, options = [] } of own?.fields ?? []) {
		if (type !== 'collection') continue;
		const added: INodeParameters = {};
		for (const option of options) if ('default' in option) added[option.name] = option.default;
		collections[field] = added;
	}
	return { resource, operation, ...collections, ...more };
}

const create = (more: INodeParameters): INodeParameters => ({ resource: 'journalEntry', operation: 'create', ...more });
const LINE = { account: locator('number', '5410'), debit: '1250', description: 'Lampa' };
const EVERYTHING: INodeParameters = {
	...LINE,
	cost_center: locator('code', 'BUTIK'),
	project: locator('number', '1'),
	tax_info: { gross: true, tax_code: locator('code', 'I 25'), tax_amount: '250', description: 'Moms', vat_account: '2641', reversed_vat_account: '2614' },
	tax_code: 'I',
	account_type: 'supplier_account',
	force_general_account: locator('number', '2440'),
	analytic_distribution: '[{}]',
};

const CHOICES: readonly Choice[] = [
	{ name: 'rows of input', parameters: create({ linesSource: 'inputItems' }), shows: ['groupBy', 'allItems'], hides: ['lines', 'linesJson', 'currencyExchangeRate'] },
	{ name: 'all rows one entry', parameters: create({ linesSource: 'inputItems', allItems: true }), shows: ['allItems'], hides: ['groupBy'] },
	{ name: 'JSON', parameters: create({ linesSource: 'json' }), shows: ['linesJson'], hides: ['groupBy', 'allItems'] },
	{ name: 'another currency', parameters: create({ currency: locator('code', 'EUR') }), shows: ['currencyExchangeRate'], hides: [] },
	{ name: 'a line', parameters: create({ lines: { line: [LINE] } }), shows: ['account', 'debit', 'credit'], hides: ['tax_code', 'force_general_account'] },
	{ name: 'a whole line', parameters: create({ lines: { line: [EVERYTHING] } }), shows: ['gross', 'tax_amount', 'force_general_account', 'analytic_distribution'], hides: [] },
	{ name: 'all options of create', parameters: opened('journalEntry.create'), shows: ['dryRun', 'balancingAccount', 'reverseOn'], hides: [] },
	{ name: 'all options of a financial entry', parameters: opened('financialEntry.create'), shows: ['dryRun', 'comments'], hides: ['balancingAccount'] },
	{ name: 'all options of an import', parameters: opened('journalEntry.importSie'), shows: ['voucherNumbers', 'rowDates'], hides: [] },
	{ name: 'all filters of entries', parameters: opened('journalEntry.getAll'), shows: ['dateFrom', 'accountNumber', 'split'], hides: [] },
	{ name: 'all options of a report', parameters: opened('report.incomeStatement'), shows: ['compareWith', 'columns', 'outputFile'], hides: [] },
	{ name: 'all options of a VAT return', parameters: opened('vatReturn.get'), shows: ['outputFile', 'information'], hides: [] },
	{ name: 'all options of a settlement', parameters: opened('vatReturn.settle'), shows: ['dryRun'], hides: [] },
	{ name: 'all fields of an account', parameters: opened('account.create'), shows: ['vatCode'], hides: [] },
	{ name: 'filters of accounts', parameters: opened('account.getAll'), shows: ['classes', 'search'], hides: [] },
	{ name: 'a line to spread', parameters: { resource: 'journalEntry', operation: 'spread', spreadSource: 'entryLine' }, shows: ['journalEntryId', 'lineNumber'], hides: ['amount'] },
	{ name: 'one file of the inbox', parameters: { resource: 'inbox', operation: 'download', fileId: 'c0ffee' }, shows: ['fileId'], hides: ['limit', 'returnAll'] },
	{ name: 'selected fields', parameters: { resource: 'account', operation: 'getAll', output: 'selected' }, shows: ['outputFields'], hides: [] },
	{ name: 'a tool', type: `${nodeType}Tool`, parameters: create({}), shows: ['readOnly', 'entryDescription'], hides: [] },
	...['newEntry', 'newOrChangedEntry', 'entryApproved', 'newOrChangedAccount', 'financialYearOpened', 'periodLocked'].map((triggerOn): Choice => ({
		name: `trigger ${triggerOn}`,
		type: triggerType,
		parameters: { triggerOn },
		shows: ['triggerOn'],
		hides: triggerOn === 'periodLocked' ? ['output'] : [],
	})),
	{ name: 'instant trigger', type: instantTriggerType, parameters: {}, shows: ['triggerOn', 'output'], hides: [] },
];

export const choices: Scenario = {
	name: 'choices',
	proves: 'what is chosen in a form shows the fields that it needs and hides those without a meaning; pictures are kept, also of the triggers',
	lines: [2],
	async run(context) {
		const n8n = await context.startN8n();
		const sandbox = await sandboxFor(context);
		const credentials = { [oAuth2]: await connectedCredential(n8n, sandbox) };
		const nodes = CHOICES.map(({ name, type = nodeType, parameters }) => ({
			name,
			type,
			typeVersion: 1.1,
			parameters: { authentication: 'oAuth2', ...parameters },
			credentials,
		}));
		const body = workflow('Choices', [builtIn('Manual Trigger', 'manualTrigger', 1), ...nodes]);
		const placed = body.nodes.map((node, index): INode => ({
			...node,
			position: [(index % IN_A_ROW) * 240, Math.floor(index / IN_A_ROW) * 220],
		}));
		const id = await n8n.createWorkflow({ ...body, nodes: placed, connections: {} });
		const browser = await openBrowser(n8n, await context.folder());
		context.onEnd(async () => await browser.close());
		const page = browser.pages()[0] ?? (await browser.newPage());
		await page.setViewportSize({ width: 1440, height: 1900 });
		await page.goto(`${n8n.url}/workflow/${id}`);
		await testId(page, 'canvas-node').nth(placed.length - 1).waitFor();
		const wrong: string[] = [];
		for (const [index, { name, shows, hides }] of CHOICES.entries()) {
			const panel = await openFromCanvas(page, placed[index + 1]?.id ?? '');
			const isShown = async (parameter: string): Promise<boolean> => (await testId(panel, `parameter-input-${parameter}`).count()) > 0;
			await testId(panel, `parameter-input-${shows[0] ?? ''}`).first().waitFor();
			for (const parameter of shows) if (!(await isShown(parameter))) wrong.push(`${name}: ${parameter} is not shown`);
			for (const parameter of hides) if (await isShown(parameter)) wrong.push(`${name}: ${parameter} is shown`);
			await picture(page, context.pictures, `choice-${name.replaceAll(' ', '-')}`);
			await closePanel(page);
		}
		assert.deepEqual(wrong, []);
		context.note(`${CHOICES.length} choices: ${context.pictures}`);
	},
};
