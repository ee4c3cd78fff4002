import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { INodeParameters } from 'n8n-workflow';
import type { Locator, Page } from 'playwright-core';

import type { Sandbox } from '../../../sandbox';
import { openBrowser, picture, SWEDISH } from '../browser';
import { drag, execute, openPanel, testId, typeDate, typeOver } from '../editor';
import { connectedCredential, nodeType, oAuth2, sandboxFor, tenantId, type Credential } from '../fortnox';
import { bookedSince, entryIds } from '../ledger';
import type { N8n } from '../n8n';
import { oneNode } from '../oneNode';
import type { Context, Scenario } from '../scenario';
import { builtIn, workflow } from '../workflow';
import { dayFor, OTHER_DATES, otherDate, otherReversal } from './otherDates';

const schemas = resolve(__dirname, '../../../nodes/FortnoxAccounting/__schema__');

/** What an entry has beside the field that a case is about. */
const ENTRY: INodeParameters = {
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'API',
	description: 'Typed',
};

const line = (account: string, amount: INodeParameters): INodeParameters => ({
	account: { __rl: true, mode: 'number', value: account },
	...amount,
});

/** n8n serves the schemas of the package, and shows their fields to the next node before anything was run. */
async function schemaOfNextNode(page: Page, n8n: N8n, credential: Credential, context: Context): Promise<void> {
	const answer = await fetch(`${n8n.url}/schemas/${nodeType}/1.1.0/journalEntry/getAll.json`, {
		headers: { cookie: `n8n-auth=${n8n.session}` },
	});
	assert.equal(answer.status, 200);
	assert.deepEqual(await answer.json(), JSON.parse(await readFile(join(schemas, 'v1.1.0/journalEntry/getAll.json'), 'utf8')));
	const { id, next } = await oneNode(n8n, credential, { resource: 'journalEntry', operation: 'getAll' });
	const panel = await openPanel(page, n8n.url, id, next);
	await testId(panel, 'ndv-input-panel').getByText('accounts', { exact: true }).first().waitFor();
	await picture(page, context.pictures, 'schema-before-a-run');
	context.note('the next node shows the fields of an entry before anything was run');
}

/** An entry that does not balance: a title in a few words, each problem on a line, named as the form names it. */
async function errorView(page: Page, n8n: N8n, credential: Credential, context: Context): Promise<void> {
	const lines = { line: [line('6110', { debit: 'abc' }), line('1930', { credit: '90', tax_info: { tax_code: 'I 25', tax_amount: 'x' } })] };
	const { id, node } = await oneNode(n8n, credential, { ...ENTRY, date: '2026-10-01', number: 'INV-7', lines });
	const panel = await openPanel(page, n8n.url, id, node);
	const view = testId(page, 'output-panel');
	await execute(page, panel, view.getByText('Line 1, Debit', { exact: false }));
	await picture(page, context.pictures, 'error');
	const text = await view.innerText();
	assert.match(text, /INV-7: A value does not fit \(and \d+ more\)/);
	assert.match(text, /Line 2, VAT Amount: /);
	assert.doesNotMatch(text, /lines\[|tax_amount/);
	context.note('an error has a title, and names fields as the form does');
}

/** 1250.50 as it is typed in Swedish, in English, and by programs. */
const AMOUNTS = [
	['1 250,50', '1250,50'],
	['1,250.50', '1250.50'],
	['1250,5', '1.250,50'],
];
const ZONES = ['America/Los_Angeles', 'Pacific/Auckland', 'Europe/Stockholm'];

/** The day and the amounts that are typed are posted, in whatever zone the workflow is and whatever language the browser has. */
async function typedDays(page: Page, n8n: N8n, sandbox: Sandbox, credential: Credential, context: Context): Promise<void> {
	const language = String(await page.evaluate('navigator.language'));
	for (const [index, zone] of ZONES.entries()) {
		const day = `2026-10-0${index + 2}`;
		const before = entryIds(sandbox);
		const lines = { line: [line('1910', { debit: '' }), line('3001', { credit: '' })] };
		const { id, node } = await oneNode(n8n, credential, { ...ENTRY, number: `${language}-${index}`, lines }, zone);
		const panel = await openPanel(page, n8n.url, id, node);
		await typeDate(panel, 'date', day);
		const [debit = '', credit = ''] = AMOUNTS[index] ?? [];
		await typeOver(testId(panel, 'parameter-input-debit').first().locator('input'), debit);
		await typeOver(testId(panel, 'parameter-input-credit').last().locator('input'), credit);
		await testId(panel, 'tab-params').click();
		await execute(page, panel, testId(page, 'output-panel').getByText(/^API-\d+-\d+$/));
		await picture(page, context.pictures, `typed-${language}-${index}`);
		assert.deepEqual(bookedSince(sandbox, before), [`${day}, 1910 125050, 3001 -125050`], `what was typed in ${zone}`);
	}
	context.note(`a browser in ${language}: typed days and amounts are posted as typed in ${ZONES.join(', ')}`);
}

/** A day that is typed in another form is either understood or cleared by n8n; then a hint says which day was taken. */
async function otherDays(page: Page, n8n: N8n, sandbox: Sandbox, credential: Credential, context: Context): Promise<void> {
	const outcomes: string[] = [];
	for (const typed of OTHER_DATES) {
		const before = entryIds(sandbox);
		const lines = { line: [line('1910', { debit: '1' }), line('3001', { credit: '1' })] };
		const { id, node } = await oneNode(n8n, credential, { ...ENTRY, number: `day ${typed}`, lines });
		const shown = await otherDate(await openPanel(page, n8n.url, id, node), typed);
		assert.deepEqual(bookedSince(sandbox, before), [`${dayFor(typed, shown)}, 1910 100, 3001 -100`], typed);
		outcomes.push(`${typed} ${shown === '' ? 'is cleared, which a hint says' : `is ${shown}`}`);
	}
	await picture(page, context.pictures, 'date-cleared');
	const before = entryIds(sandbox);
	const lines = { line: [line('1910', { debit: '1' }), line('3001', { credit: '1' })] };
	const reversed = { ...ENTRY, date: '2026-10-01', number: 'reversed', lines, additionalFields: { reverseOn: '' } };
	const { id, node } = await oneNode(n8n, credential, reversed);
	const said = await otherReversal(await openPanel(page, n8n.url, id, node), OTHER_DATES[0]);
	assert.match(said, /Give the day, as 2026-03-31, or remove the field/);
	await picture(page, context.pictures, 'reversal-cleared');
	assert.deepEqual(bookedSince(sandbox, before), [], 'an entry without the reversal that was meant is not posted');
	context.note(`days in other forms: ${outcomes.join('; ')}`);
}

/** Typed days and amounts in a browser in Swedish, with Stockholm's clock. */
async function typedInSwedish(_page: Page, n8n: N8n, sandbox: Sandbox, credential: Credential, context: Context): Promise<void> {
	const browser = await openBrowser(n8n, await context.folder(), SWEDISH);
	const page = browser.pages()[0] ?? (await browser.newPage());
	assert.deepEqual(await page.evaluate('[navigator.language, (1250.5).toLocaleString()]'), ['sv-SE', '1\u00a0250,5']);
	try {
		await typedDays(page, n8n, sandbox, credential, context);
	} finally {
		await browser.close();
	}
}

/** Validate Only says first that nothing was posted; rows without a group are refused where their numbers differ. */
async function nothingPosted(page: Page, n8n: N8n, sandbox: Sandbox, credential: Credential, context: Context): Promise<void> {
	const before = sandbox.company(tenantId).vouchers().length;
	const lines = { line: [line('1910', { debit: '10' }), line('3001', { credit: '10' })] };
	const { id, node } = await oneNode(n8n, credential, { ...ENTRY, date: '2026-10-01', lines, options: { dryRun: true } });
	const panel = await openPanel(page, n8n.url, id, node);
	const output = testId(page, 'output-panel');
	await execute(page, panel, output.getByText('Validate Only is on', { exact: false }));
	await picture(page, context.pictures, 'validate-only');
	assert.match(await output.innerText(), /dry_run[\s\S]*posted/);
	assert.equal(sandbox.company(tenantId).vouchers().length, before);
	context.note('Validate Only: dry_run first, a hint, and nothing in the books');
}

/** The rows of two vouchers, under headings as a bookkeeper writes them. */
const SHEET = [1, 2].flatMap((number) => {
	const row = { 'Ver nr': `${number}`, Bokföringsdatum: `2026-10-0${number}`, Text: 'Kassa' };
	return [
		{ ...row, Konto: '1910', Debet: '1 250,50', Kredit: '' },
		{ ...row, Konto: '3001', Debet: '', Kredit: '1 250,50' },
	];
});

/** A workflow whose node of ours has the rows of the sheet as its input, pinned as a person has them after a run. */
async function sheetWorkflow(n8n: N8n, credential: Credential): Promise<{ id: string; node: string }> {
	const node = {
		name: 'Fortnox Accounting',
		type: nodeType,
		typeVersion: 1.1,
		parameters: { authentication: 'oAuth2', ...ENTRY, linesSource: 'inputItems' },
		credentials: { [oAuth2]: credential },
	};
	const body = workflow('Sheet', [builtIn('Manual Trigger', 'manualTrigger', 1), builtIn('Sheet', 'set', 3.4), node]);
	const id = await n8n.createWorkflow({ ...body, pinData: { Sheet: SHEET.map((json) => ({ json })) } });
	return { id, node: body.nodes[2]?.id ?? '' };
}

/** What a field holds once it holds something: the editor stores what is dropped on it a moment later. */
async function settled(input: Locator): Promise<string> {
	for (let tries = 0; tries < 50; tries++) {
		const value = await input.inputValue();
		if (value !== '') return value;
		await input.page().waitForTimeout(100);
	}
	return '';
}

/**
 * Rows of two vouchers with an empty Group By are refused, and the error names the column and the switch; the column is
 * dragged into Group By, and two entries are posted, on the days and with the amounts of the sheet.
 */
async function groupedByDragging(page: Page, n8n: N8n, sandbox: Sandbox, credential: Credential, context: Context): Promise<void> {
	const nameOf = ({ series, number, yearId }: { series: string; number: number; yearId: number }): string =>
		`${series}-${number}-${yearId}`;
	const known = new Set(sandbox.company(tenantId).vouchers().map(nameOf));
	const { id, node } = await sheetWorkflow(n8n, credential);
	// Both ends of the drag on the screen.
	await page.setViewportSize({ width: 1440, height: 1500 });
	const panel = await openPanel(page, n8n.url, id, node);
	const output = testId(page, 'output-panel');
	await testId(panel, 'parameter-input-allItems').waitFor();
	await execute(page, panel, output.getByText(/different numbers in/).filter({ visible: true }));
	await picture(page, context.pictures, 'group-by-empty');
	const refusal = await output.innerText();
	assert.match(refusal, /Group By: .*different numbers in 'Ver nr' .*'One Entry of All Items'/s);
	assert.equal(sandbox.company(tenantId).vouchers().length, known.size, 'nothing is posted of rows that are several entries');

	const column = testId(panel, 'ndv-input-panel').getByText('Ver nr', { exact: true }).first();
	await column.waitFor();
	const field = testId(panel, 'parameter-input-groupBy');
	await drag(page, column, field);
	await picture(page, context.pictures, 'group-by-dragged');
	assert.equal(await settled(field.locator('input')), 'Ver nr', 'the dragged column is its name, and no expression');
	const shown = output.getByText(/^API-\d+-\d+$/);
	await execute(page, panel, shown);
	await picture(page, context.pictures, 'group-by-posted');
	const posted = sandbox
		.company(tenantId)
		.vouchers()
		.filter((voucher) => !known.has(nameOf(voucher)));
	assert.deepEqual(
		posted.map(({ date, rows }) => [date, ...rows.map(({ account, debit, credit }) => `${account} ${debit - credit}`)]),
		['2026-10-01', '2026-10-02'].map((day) => [day, '1910 125050', '3001 -125050']),
	);
	await page.setViewportSize({ width: 1440, height: 900 });
	context.note('rows of two vouchers: an empty Group By is an error that names the column; dragging it there posts two entries');
}

export const mistakes: Scenario = {
	name: 'mistakes',
	proves: 'what people do wrong in the form is reported in its own words, and what they type is what is posted',
	lines: [2, 1],
	async run(context) {
		const n8n = await context.startN8n();
		const sandbox = await sandboxFor(context);
		const credential = await connectedCredential(n8n, sandbox);
		const browser = await openBrowser(n8n, await context.folder());
		context.onEnd(async () => await browser.close());
		const page = browser.pages()[0] ?? (await browser.newPage());
		try {
			await schemaOfNextNode(page, n8n, credential, context);
			await errorView(page, n8n, credential, context);
			for (const part of [groupedByDragging, otherDays, typedDays, typedInSwedish, nothingPosted])
				await part(page, n8n, sandbox, credential, context);
		} catch (error) {
			await picture(page, context.pictures, 'mistakes-failed');
			throw error;
		}
	},
};
