import type { INodeParameters } from 'n8n-workflow';

import { writeComments } from '../../../nodes/shared/ledger/mark';
import type { CompanyState } from '../../../sandbox';
import { startWorld, type World } from '../support/world';

/** Twelve entries of two partners, more than are read one by one, among entries of nobody. */
const ENTRIES = 12;

let world: World;
let company: CompanyState;

beforeAll(async () => {
	world = await startWorld();
	company = world.sandbox.company();
	for (let index = 0; index < ENTRIES; index++) {
		const partner = index % 3 === 0 ? 'C1001' : 'S77';
		company.addVoucher({
			date: `2026-04-${String(index + 1).padStart(2, '0')}`,
			description: `Avräkning ${index}`,
			comments: writeComments(
				{
					key: String(index).padStart(24, '0'),
					digest: '1.0123456789abcdef01234567',
					number: `N${index}`,
					hasPartners: true,
					currency: 'EUR',
					rate: '11',
				},
				undefined,
			),
			rows: [
				{ account: 1515, debit: 11_000, transactionInformation: `*${partner} *=10.00 Är det rätt?` },
				{ account: 3004, credit: 11_000, transactionInformation: '*=-10.00' },
			],
		});
	}
	company.addVouchers(300, { yearId: 4, seed: 3 });
});
afterAll(async () => await world.close());
beforeEach(() => world.reconnect());

const list = async (filters: INodeParameters, options: INodeParameters = {}) =>
	await world.run({
		resource: 'journalEntry',
		operation: 'getAll',
		returnAll: true,
		filters: { dateFrom: '2026-01-01', dateTo: '2026-12-31', ...filters },
		options,
	});

describe.each(['transactionInformation', 'description'] as const)("partners, where the file's rows have the %s", (sieRowText) => {
	beforeEach(() => {
		world.sandbox.settings.sieRowText = sieRowText;
	});

	it('are found by their id', async () => {
		const result = await list({ partnerId: '1001' });
		expect(result.json().map(({ number }) => number)).toEqual(['N0', 'N3', 'N6', 'N9']);
		expect(result.json()[0]?.items).toMatchObject([
			{ partner_id: '1001', partner_type: 'customer_account', original_amount: 10, description: 'Är det rätt?' },
			{ partner_id: null, original_amount: -10, description: null },
		]);
		const singles = world.requests('GET', /^\/3\/vouchers\/A\/\d+$/).length;
		expect(singles).toBe(sieRowText === 'transactionInformation' ? 0 : ENTRIES);
	});

	it('are shown in lists where the file has them, and missed with a hint where not', async () => {
		const result = await list({ dateFrom: '2026-04-01', dateTo: '2026-04-30' });
		const [entry] = result.json().filter(({ number }) => number === 'N0');
		const readable = sieRowText === 'transactionInformation';
		expect(entry?.items).toMatchObject([{ partner_id: readable ? '1001' : null }, { partner_id: null }]);
		expect(result.hints().some((hint) => hint.includes("Turn on 'Read One by One'"))).toBe(!readable);
		expect(world.requests('GET', /^\/3\/vouchers\/A\/\d+$/)).toHaveLength(0);
	});
});

it('a partner nobody posted to is not found, without a request for any single entry', async () => {
	expect((await list({ partnerId: '9', dateTo: '2026-03-31' })).json()).toEqual([]);
	expect(world.requests('GET', /^\/3\/vouchers\/A\/\d+$/)).toHaveLength(0);
});
