import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { chromium as playwright, type BrowserContext, type Locator, type Page } from 'playwright-core';

import { chromium } from './install';
import { browserId, type N8n } from './n8n';

/** Chromium without a screen, as root, asking nothing of the network by itself, and drawing the same picture each time. */
export const CHROMIUM_ARGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--font-render-hinting=none',
	'--hide-scrollbars',
];

/** Stops what moves or floats over the page, so that two pictures of the same thing are the same. */
const still = `*, *::before, *::after { transition: none !important; animation: none !important; caret-color: transparent !important }
.el-notification, [class*=toast], [data-test-id=ask-assistant-floating-button], [data-test-id=canvas-chat-button] { display: none !important }`;

/** A person's browser: its language (of the program, of its pages and of its requests) and its clock. */
export interface Habits {
	locale: string;
	timezoneId: string;
}

export const ENGLISH: Habits = { locale: 'en-US', timezoneId: 'UTC' };
export const SWEDISH: Habits = { locale: 'sv-SE', timezoneId: 'Europe/Stockholm' };

/**
 * Opens Chromium with a signed-in session of an n8n.
 * @param profile folder for the browser's data
 */
export async function openBrowser(n8n: N8n, profile: string, { locale, timezoneId }: Habits = ENGLISH): Promise<BrowserContext> {
	const context = await playwright.launchPersistentContext(profile, {
		executablePath: await chromium(),
		headless: true,
		viewport: { width: 1440, height: 900 },
		deviceScaleFactor: 1,
		reducedMotion: 'reduce',
		colorScheme: 'light',
		locale,
		timezoneId,
		args: [...CHROMIUM_ARGS, `--lang=${locale}`],
		env: { ...process.env, LANGUAGE: locale.replace('-', '_') },
	});
	// A busy machine shows the editor's first page after half a minute.
	context.setDefaultTimeout(90_000);
	// n8n's callback page asks for a web font.
	await context.route(/^https?:\/\/(?!localhost|127\.0\.0\.1)/, async (route) => await route.abort());
	await context.addCookies([{ name: 'n8n-auth', value: n8n.session, domain: 'localhost', path: '/', httpOnly: true, sameSite: 'Lax' }]);
	const storage = { 'n8n-browserId': browserId, N8N_THEME: 'light' };
	await context.addInitScript({ content: `Object.assign(localStorage, ${JSON.stringify(storage)})` });
	return context;
}

/** Keeps a picture of the page, or of a part of it, as `<folder>/<name>.png`. */
export async function picture(page: Page, folder: string, name: string, part?: Locator): Promise<void> {
	await mkdir(folder, { recursive: true });
	await page.addStyleTag({ content: still });
	await page.mouse.move(0, 0);
	await page.evaluate('document.fonts.ready');
	await page.waitForFunction('[...document.images].every((image) => image.complete)');
	const path = join(folder, `${name}.png`);
	await (part ?? page).screenshot({ path, animations: 'disabled', caret: 'hide' });
}
