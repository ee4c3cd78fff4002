/**
 * `npm run pictures:reports`: takes the pictures of the reports' pages for the docs, in a real browser, of a sandbox company
 * whose two years are booked here. With a folder as its argument the pages are kept there, too.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { INodeParameters } from 'n8n-workflow';
import { chromium } from 'playwright-core';

import type { CompanyState, SandboxYear } from '../sandbox';
import { startWorld, type World } from '../test/engine/support/world';
import { CHROMIUM_ARGS } from '../test/e2e/browser';

const PICTURES = resolve(__dirname, '../docs/images');
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** The company without entries. */
const TENANT = 1003;
const YEAR = 7;

/** Sales of each month in kronor, without VAT: quiet in July, strong before Christmas. */
const SALES = [412_000, 388_500, 465_200, 502_750, 531_000, 478_300, 214_900, 396_400, 548_600, 611_250, 702_800, 655_100];

interface Picture {
	name: string;
	parameters: INodeParameters;
	width: number;
}

const PICTURED: readonly Picture[] = [
	{
		name: 'report-income-statement',
		parameters: {
			operation: 'incomeStatement',
			period: '2026-10',
			layout: 'accounts',
			options: { compareWith: 'previousYear', outputFile: 'html' },
		},
		width: 1060,
	},
	{
		name: 'report-income-statement-phone',
		parameters: { operation: 'incomeStatement', period: '2026-10', layout: 'statutory', options: { outputFile: 'html' } },
		width: 390,
	},
	{
		name: 'report-income-statement-months',
		parameters: {
			operation: 'incomeStatement',
			dateFrom: '2026-01',
			dateTo: '2026-10',
			layout: 'statutory',
			options: { columns: 'months', outputFile: 'html', language: 'en' },
		},
		width: 1440,
	},
	{
		name: 'report-balance-sheet',
		parameters: { operation: 'balanceSheet', period: '2026-10', layout: 'accounts', options: { outputFile: 'html' } },
		width: 1060,
	},
];

async function main(): Promise<void> {
	const keep = process.argv[2];
	const world = await startWorld({ tenantId: TENANT });
	bookTwoYears(world.sandbox.company(TENANT));
	const browser = await chromium.launch({
		executablePath: CHROMIUM,
		args: CHROMIUM_ARGS,
	});
	for (const { name, parameters, width } of PICTURED) {
		const html = await pageOf(world, parameters);
		if (keep !== undefined) {
			await mkdir(keep, { recursive: true });
			await writeFile(join(keep, `${name}.html`), html);
		}
		const page = await browser.newPage({ viewport: { width, height: 800 }, deviceScaleFactor: width < 600 ? 2 : 1 });
		await page.setContent(html);
		await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
		await page.close();
		console.log(`${name}.png`);
	}
	await browser.close();
	await world.close();
}

/** The page that the node gives with its first output item. */
async function pageOf(world: World, parameters: INodeParameters): Promise<string> {
	const result = await world.run({ resource: 'report', ...parameters });
	if (result.error) throw new Error(result.error.message);
	const file = result.items()[0]?.binary?.data;
	if (file === undefined) throw new Error('The report has no page');
	return Buffer.from(file.data, 'base64').toString('utf8');
}

function bookTwoYears(company: CompanyState): void {
	const thisYear = company.year(YEAR);
	const lastYear = company.addYear('2025-01-01', '2025-12-31', { like: thisYear });
	for (const [account, kronor] of [
		[1220, 435_000],
		[1460, 286_000],
		[1930, 512_400],
		[2081, -100_000],
		[2091, -1_133_400],
	] as const) {
		open(lastYear, account, kronor * 100);
	}
	const book = (date: string, description: string, rows: Array<[account: number, kronor: number]>): void => {
		company.addVoucher({
			date,
			description,
			rows: rows.map(([account, kronor]) => ({ account, ...(kronor > 0 ? { debit: kronor * 100 } : { credit: -kronor * 100 }) })),
		});
	};
	for (const [year, growth, months] of [
		[2025, 0.9, 12],
		[2026, 1, 10],
	] as const) {
		for (const [index, inYear] of SALES.slice(0, months).entries()) {
			const month = `${year}-${String(index + 1).padStart(2, '0')}`;
			const sales = Math.round(inYear * growth);
			const goods = Math.round(sales * 0.41);
			book(`${month}-05`, 'Försäljning', [
				[1930, Math.round(sales * 0.8) + Math.round(sales / 4)],
				[1510, sales - Math.round(sales * 0.8)],
				[3001, -sales],
				[2611, -Math.round(sales / 4)],
			]);
			book(`${month}-12`, 'Inköp av varor', [
				[4010, goods],
				[2641, Math.round(goods / 4)],
				[2440, -goods - Math.round(goods / 4)],
			]);
			book(`${month}-20`, 'Betalning till leverantör', [
				[2440, Math.round(goods * 1.2)],
				[1930, -Math.round(goods * 1.2)],
			]);
			book(`${month}-25`, 'Löner', [
				[7010, 92_000],
				[7510, 28_906],
				[2710, -27_600],
				[2731, -28_906],
				[1930, -64_400],
			]);
			book(`${month}-28`, 'Hyra', [
				[5010, 34_000],
				[2641, 8_500],
				[1930, -42_500],
			]);
			book(`${month}-28`, 'Telefon och program', [
				[6212, 2_490],
				[5420, 6_300],
				[1930, -8_790],
			]);
			book(`${month}-28`, 'Avskrivning', [
				[7832, 7_250],
				[1229, -7_250],
			]);
			book(`${month}-28`, 'Ränta', [
				[8410, 1_870],
				[1930, -1_870],
			]);
			if (index % 3 === 2)
				book(`${month}-15`, 'Annonser', [
					[5910, Math.round(18_000 * growth)],
					[2641, Math.round(4_500 * growth)],
					[1930, -Math.round(18_000 * growth) - Math.round(4_500 * growth)],
				]);
		}
		if (year === 2025) carryOver(lastYear, thisYear);
	}
}

/** Carries the balances over, and the result to 2099. */
function carryOver(from: SandboxYear, to: SandboxYear): void {
	let result = 0;
	for (const { number, broughtForward } of from.accountsByNumber()) {
		const closing = broughtForward + from.movement(number);
		if (number < 3000) open(to, number, closing);
		else result += closing;
	}
	open(to, 2099, result);
}

function open(year: SandboxYear, number: number, ore: number): void {
	const account = year.accounts.get(number);
	if (account === undefined) throw new Error(`The chart has no account ${number}`);
	account.broughtForward = ore;
}

void main();
