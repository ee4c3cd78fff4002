import type { Page } from 'playwright-core';

import { openBrowser, picture } from './browser';
import type { N8n } from './n8n';
import type { Context } from './scenario';

/** Room for most forms without scrolling. */
const HIGH = { width: 1440, height: 1300 };

/**
 * Works in a page of a browser that is signed in and ends with the scenario. Where something fails, a picture of what was
 * seen last is kept.
 */
export async function atPage(context: Context, n8n: N8n, name: string, work: (page: Page) => Promise<void>): Promise<void> {
	const browser = await openBrowser(n8n, await context.folder());
	context.onEnd(async () => await browser.close());
	const page = browser.pages()[0] ?? (await browser.newPage());
	await page.setViewportSize(HIGH);
	try {
		await work(page);
	} catch (error) {
		await picture(page, context.pictures, `${name}-failed`);
		throw error;
	}
}
