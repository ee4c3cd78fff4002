import assert from 'node:assert/strict';

import type { Locator } from 'playwright-core';

import { stockholmDate } from '../../../sandbox/company/clock';
import { execute, testId, typeDate } from '../editor';

/** 31 March 2026 as people write it, in other forms than the placeholder shows. */
export const OTHER_DATES = ['31/3-26', '31.3.2026', '31/3 2026', '20260331'] as const;

const MEANT = '2026-03-31';

/**
 * Types a day otherwise than the placeholder shows, and runs the node.
 *
 * @returns the day that the field shows afterwards; empty where n8n cleared it, which a hint has to say then
 */
export async function otherDate(panel: Locator, typed: string): Promise<string> {
	const page = panel.page();
	await typeDate(panel, 'date', typed);
	const shown = await testId(panel, 'parameter-input-date').locator('input').inputValue();
	const output = testId(page, 'output-panel');
	const isCleared = shown === '';
	await execute(page, panel, isCleared ? output.getByText(/none was given, which means today/) : output.getByText(/^API-\d+-\d+$/));
	if (isCleared) assert.match(await output.innerText(), new RegExp(`Date: none was given, .*${stockholmDate(Date.now())}`));
	return shown;
}

/** Types a day otherwise into a date that was added to an entry: where n8n clears it, the entry is refused. Returns what the panel says. */
export async function otherReversal(panel: Locator, typed: string): Promise<string> {
	await typeDate(panel, 'reverseOn', typed);
	assert.equal(await testId(panel, 'parameter-input-reverseOn').locator('input').inputValue(), '', `${typed} is cleared`);
	const output = testId(panel.page(), 'output-panel');
	await execute(panel.page(), panel, output.getByText(/Reverse On: the field was added and is empty/).filter({ visible: true }));
	return await output.innerText();
}

/** The day that has to be booked for what the field shows: that day, or today. */
export function dayFor(typed: string, shown: string): string {
	assert.ok(shown === '' || shown === MEANT, `${typed} is shown as ${shown}, which is another day`);
	return shown === '' ? stockholmDate(Date.now()) : shown;
}
