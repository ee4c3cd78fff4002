import type { INodeParameters } from 'n8n-workflow';

import type { CompanyState } from '../../../sandbox';
import { startWorld, type World } from '../support/world';

let world: World;
let company: CompanyState;

beforeAll(async () => {
	world = await startWorld();
	company = world.sandbox.company();
	company.addVouchers(200, { yearId: 4, seed: 7 });
	company.profile.name = 'Nord & <b>Syd</b> "AB"';
	const account = company.year(4).accounts.get(6110);
	if (account) account.description = '<script>alert(1)</script> Papper & pennor';
});
afterAll(async () => await world.close());
beforeEach(() => world.reconnect());

async function page(parameters: INodeParameters): Promise<{ html: string; fileName: string | undefined; mimeType: string; items: number }> {
	const result = await world.run({ resource: 'report', ...parameters });
	expect(result.error).toBeUndefined();
	const [first, ...others] = result.items();
	expect(others.every(({ binary }) => binary === undefined)).toBe(true);
	const file = first?.binary?.data;
	if (file === undefined) throw new Error('no page');
	return {
		html: Buffer.from(file.data, 'base64').toString('utf8'),
		fileName: file.fileName,
		mimeType: file.mimeType,
		items: others.length + 1,
	};
}

/** Amounts as the page writes them: no-break spaces and a real minus sign. */
const shown = (text: string) => text.replaceAll(' ', '\u00a0').replaceAll('-', '\u2212');

describe("a report's page", () => {
	it('stands alone: no script, nothing from outside, every text escaped', async () => {
		for (const operation of ['trialBalance', 'incomeStatement', 'balanceSheet']) {
			const { html, mimeType } = await page({ operation, period: '2026', options: { outputFile: 'html' } });
			expect(mimeType).toBe('text/html');
			expect(html).toMatch(/^<!DOCTYPE html><html lang="sv">/);
			expect(html).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|\bhref=|url\(|@import|\bon\w+=/i);
			expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|\/\//);
			expect(html).toContain('Nord &amp; &lt;b&gt;Syd&lt;/b&gt; &quot;AB&quot;');
		}
		const { html } = await page({ operation: 'trialBalance', period: '2026', options: { outputFile: 'html' } });
		expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; Papper &amp; pennor');
	});

	it('has the table, the sums and a chart with its text', async () => {
		const rows = (await world.run({ resource: 'report', operation: 'incomeStatement', period: '2026-03' })).json();
		const { html, fileName, items } = await page({ operation: 'incomeStatement', period: '2026-03', options: { outputFile: 'html' } });
		expect(items).toBe(rows.length);
		expect(fileName).toBe('resultatrapport_2026-03-01_2026-03-31.html');
		expect(html).toContain('<h1>Resultatrapport</h1><p class="period">mars 2026</p>');
		for (const { label, kind, period, account_number } of rows) {
			const amount = Number(period)
				.toFixed(2)
				.replace('.', ',')
				.replace(/\d(?=(?:\d{3})+,)/g, '$& ');
			if (kind !== 'group' && !String(label).includes('<')) expect(html).toContain(`${String(account_number ?? label)}</`);
			if (kind !== 'group') expect(html).toContain(`>${shown(amount)}</td>`);
		}
		expect(html).toMatch(/<svg [^>]*role="img" aria-labelledby="chart-title chart-text"/);
		expect(html).toMatch(/<desc id="chart-text">jan .*feb .*mars /);
		expect(html.match(/<circle/g)).toHaveLength(3);
	});

	it('is in English where that is asked for, and shows the structure of a balance sheet', async () => {
		const { html, fileName } = await page({
			operation: 'balanceSheet',
			period: '2026-Q1',
			layout: 'statutory',
			options: { outputFile: 'html', language: 'en' },
		});
		expect(fileName).toBe('balance-sheet_2026-01-01_2026-03-31.html');
		expect(html).toContain('<html lang="en">');
		expect(html).toContain('<h1>Balance sheet</h1><p class="period">January–March 2026</p>');
		expect(html).toContain('Structure of the balance sheet');
		expect(html).not.toMatch(/Tillgångar|Summa|Utg balans/);
	});

	it('drops öre where months stand beside each other, and says so', async () => {
		const { html } = await page({ operation: 'incomeStatement', period: '2026-Q1', options: { columns: 'months', outputFile: 'html' } });
		expect(html).toContain('Belopp i hela kronor.');
		expect(html).toContain('>jan</th><th scope="col">feb</th><th scope="col">mars</th>');
		expect(html).not.toMatch(/<td[^>]*>[\d\u00a0]+,\d\d<\/td>/);
	});

	it('is not made where it is not asked for', async () => {
		const result = await world.run({ resource: 'report', operation: 'incomeStatement', period: '2026-03' });
		expect(result.items().every(({ binary }) => binary === undefined)).toBe(true);
	});
});
