import assert from 'node:assert/strict';

import { picture } from '../../browser';
import { addField, connect, credentialOfNode, flip, openSearch, pickFromList, testId, typeDate, typeOver } from '../../editor';
import { credentialFields } from '../../fortnox';
import { bookedSince, entryIds } from '../../ledger';
import { addFortnox, addLine, beginWith, executed, type Desk } from './setting';

const DAY = '2026-10-01';

/** The first job, of somebody who has no credential yet: a purchase with VAT, and the same again. */
export async function purchase(desk: Desk): Promise<string> {
	const { context, page, sandbox } = desk;
	const before = entryIds(sandbox);
	await beginWith(desk, { search: 'manual', node: /^Manual Trigger$/, isBare: true });
	const panel = await addFortnox(desk, 'Create journal entry');
	await picture(page, context.pictures, 'job-first-look');
	const dialog = await credentialOfNode(panel, credentialFields(sandbox));
	await picture(page, context.pictures, 'job-credential');
	await connect(dialog, async (window) => await window.locator('#approve').click());
	await dialog.waitFor({ state: 'hidden' });

	await typeDate(panel, 'date', DAY);
	await typeOver(testId(panel, 'parameter-input-number').locator('input'), 'KVITTO-17');
	await typeOver(testId(panel, 'parameter-input-entryDescription').locator('input'), 'Skrivbordslampa');
	const lines = await addLine(panel, '5410', 0);
	await typeOver(testId(lines, 'parameter-input-debit').first().locator('input'), '1250');
	await addField(lines, 'fixed-collection-add-property', 'VAT');
	await picture(page, context.pictures, 'job-vat-added');
	const unchosen = testId(lines, 'resource-locator-tax_code').getByPlaceholder('No VAT yet', { exact: false });
	assert.equal(await unchosen.count(), 1, 'VAT without a code says that there is none');
	const codes = await openSearch(lines, 'tax_code');
	assert.match(await codes.first().innerText(), /^Purchase, 25 %/, 'the VAT that fits the account comes first');
	await pickFromList(codes, 'Purchase, 25 %');
	await flip(lines, 'gross');
	await addLine(panel, '1930', 1);
	await typeOver(testId(lines, 'parameter-input-credit').nth(1).locator('input'), '1250');
	await testId(panel, 'tab-params').click();

	await executed(panel, /^A-\d+-\d+$/);
	await picture(page, context.pictures, 'job-purchase');
	assert.deepEqual(bookedSince(sandbox, before), [`${DAY}, 1930 -125000, 2641 25000, 5410 100000`]);
	await executed(panel, /already there/);
	await picture(page, context.pictures, 'job-purchase-again');
	assert.equal(bookedSince(sandbox, before).length, 1, 'a second Execute step posts nothing');
	return `a purchase with VAT: ${bookedSince(sandbox, before).join('; ')}; executed again, nothing`;
}
