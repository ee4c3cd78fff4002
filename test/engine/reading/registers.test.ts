import type { CompanyState } from '../../../sandbox';
import { startWorld, type World } from '../support/world';

let world: World;
let company: CompanyState;

beforeAll(async () => {
	world = await startWorld();
	company = world.sandbox.company();
});
afterAll(async () => await world.close());
beforeEach(() => world.reconnect());
afterEach(() => world.sandbox.faults.clear());

describe('financial years', () => {
	it('are listed oldest first, closed where the lock covers them', async () => {
		const result = await world.run({ resource: 'financialYear', operation: 'getAll', returnAll: true });
		expect(result.json().slice(0, 4)).toMatchObject([
			{ id: 2, start: '2021-07-01', end: '2022-12-31', closed: true },
			{ id: 1, start: '2024-01-01', closed: true },
			{ id: 3, start: '2025-01-01', end: '2025-12-31', closed: true },
			{ id: 4, start: '2026-01-01', closed: false },
		]);
	});

	it('are found by a date inside', async () => {
		const found = await world.run({ resource: 'financialYear', operation: 'get', date: '2022-12-31' });
		expect(found.json()).toMatchObject([{ id: 2, accounting_method: 'ACCRUAL' }]);
		const none = await world.run({ resource: 'financialYear', operation: 'get', date: '2023-05-01' });
		expect(none.error?.context).toMatchObject({ error_code: 'ERROR_BOOKYEAR_NOT_FOUND' });
	});

	it('are exported as the exact bytes of the file, under a name that says what it is', async () => {
		const result = await world.run({
			resource: 'financialYear',
			operation: 'exportSie',
			sieType: '4',
			date: '2026-05-05',
			binaryPropertyName: 'file',
		});
		expect(result.error).toBeUndefined();
		const [item] = result.items();
		const direct = await fetch(`${world.sandbox.url}/3/sie/4?financialyear=4`, {
			headers: { authorization: `Bearer ${world.sandbox.issueTokens().access_token}` },
		});
		const bytes = Buffer.from(await direct.arrayBuffer());
		expect(Buffer.from(item?.binary?.file?.data ?? '', 'base64').equals(bytes)).toBe(true);
		expect(item?.binary?.file).toMatchObject({ fileName: 'Björkdalens-Handel-AB_2026_sie4.se', mimeType: 'application/octet-stream' });
		expect(item?.json).toMatchObject({ financial_year_id: 4, sie_type: 4, file_size: bytes.length });
		expect(item?.json).not.toHaveProperty('content');
	});

	it.each(['1', '2', '3', '4'])('are exported as type %s, parsed on request', async (sieType) => {
		const result = await world.run({
			resource: 'financialYear',
			operation: 'exportSie',
			sieType,
			financialYearId: '2',
			binaryPropertyName: 'data',
			options: { parsed: true },
		});
		expect(result.json()).toMatchObject([
			{
				file_name: `Björkdalens-Handel-AB_2021-2022_sie${sieType}.se`,
				content: { sie_type: Number(sieType), company: { name: 'Björkdalens Handel AB' } },
			},
		]);
		const [{ content } = {}] = result.json();
		const entries = typeof content === 'object' && content !== null && 'entries' in content ? content.entries : [];
		expect(entries).toHaveLength(sieType === '4' ? company.year(2).count : 0);
	});

	it('are not exported where year and date disagree', async () => {
		const result = await world.run({
			resource: 'financialYear',
			operation: 'exportSie',
			sieType: '4',
			financialYearId: '3',
			date: '2026-05-05',
			binaryPropertyName: 'data',
		});
		expect(result.error?.message).toContain('financial year with the id 4, not in 3');
	});
});

describe('the company', () => {
	it('shows its tenant id, currency, lock and current year', async () => {
		const result = await world.run({ resource: 'company', operation: 'get' });
		const year = company.currentYear();
		expect(result.json()).toMatchObject([
			{
				id: '1001',
				tenant_id: 1001,
				name: company.profile.name,
				company_number: company.profile.organizationNumber,
				main_currency: 'SEK',
				locked_until: '2025-12-31',
				current_financial_year: { id: year?.id, start: year?.fromDate, closed: false },
			},
		]);
	});

	it('is shown without its lock where the credential is not allowed to ask for it', async () => {
		world.sandbox.faults.add({ kind: 'scopeMissing', path: 'lockedperiod' });
		const result = await world.run({ resource: 'company', operation: 'get' });
		expect(result.json()).toMatchObject([{ locked_until: null }]);
		expect(result.hints().join()).toContain('is not allowed to read the locked period');
	});
});

describe('analytic accounts', () => {
	it('are cost centers and projects, each of its plan', async () => {
		const result = await world.run({ resource: 'analyticAccount', operation: 'getAll', returnAll: true });
		expect(result.json()).toHaveLength(company.costCenters.length + company.projects.length);
		expect(result.json()).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ id: 'GAMLA', name: 'Gamla butiken', active: false, analytic_plan: 'cost_center' }),
				expect.objectContaining({ id: 'P30', active: true, status: 'NOTSTARTED', analytic_plan: 'project' }),
				expect.objectContaining({ id: '2', active: false, analytic_plan: 'project' }),
			]),
		);
	});

	it('are filtered by plan and activity', async () => {
		const result = await world.run({
			resource: 'analyticAccount',
			operation: 'getAll',
			returnAll: true,
			filters: { plan: 'project', active: true },
		});
		expect(result.json().map(({ id }) => id)).toEqual(['1', 'P30']);
		expect(world.requests('GET', /costcenters/)).toHaveLength(0);
	});

	it('are those of the plan that may be read', async () => {
		world.sandbox.faults.add({ kind: 'scopeMissing', path: 'projects' });
		const both = await world.run({ resource: 'analyticAccount', operation: 'getAll', returnAll: true });
		expect(both.json()).toHaveLength(company.costCenters.length);
		expect(both.hints().join()).toContain('scope project');
		const named = await world.run({ resource: 'analyticAccount', operation: 'getAll', filters: { plan: 'project' } });
		expect(named.error?.context).toMatchObject({ error_code: 'ERROR_CONNECTOR_AUTHENTICATION' });
	});
});

describe('accounts', () => {
	it('stop paging once the limit is reached', async () => {
		const chart = company.year(4).accountsByNumber();
		const firstBank = chart.filter(({ number }) => number >= 1920 && number <= 1999).slice(0, 3);
		const result = await world.run({ resource: 'account', operation: 'getAll', limit: 3, filters: { type: 'bank', financialYearId: '4' } });
		expect(result.json().map(({ number }) => number)).toEqual(firstBank.map(({ number }) => String(number)));
		expect(world.requests('GET', /^\/3\/accounts$/)).toHaveLength(1);
	});

	it('are read to the end where fewer pass than the limit', async () => {
		const result = await world.run({
			resource: 'account',
			operation: 'getAll',
			limit: 50,
			filters: { classes: '89', financialYearId: '4' },
		});
		const chart = company.year(4).accountsByNumber();
		expect(result.json()).toHaveLength(chart.filter(({ number }) => String(number).startsWith('89')).length);
		expect(world.requests('GET', /^\/3\/accounts$/)).toHaveLength(Math.ceil(chart.length / 500));
	});
});
