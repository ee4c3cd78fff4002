import type { INodeParameters } from 'n8n-workflow';

import { stockholmDate } from '../../../sandbox/company/clock';
import { startWorld, type World } from '../support/world';

const COST = { account: '6110', debit: '100', tax_code: 'I' };
const BANK = { account: '1930', credit: '100' };

describe('hints of a posting', () => {
	let world: World;
	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(() => world.reconnect());
	afterAll(async () => {
		await world.close();
	});

	const hintsOf = async (more: INodeParameters, input = [{}]): Promise<string[]> => {
		const parameters = { resource: 'journalEntry', operation: 'create', journalId: 'A', date: '2026-10-01', ...more };
		const { error, hints } = await world.run(parameters, { input });
		expect(error).toBeUndefined();
		return hints();
	};
	const inForm = (...line: INodeParameters[]): INodeParameters => ({ lines: { line } });
	const inJson = (json: object): INodeParameters => ({ linesSource: 'json', linesJson: JSON.stringify(json) });

	describe('call fields', () => {
		const VAT_LEFT_OUT = 'I stands for VAT, and no row of the entry has any.';

		it('as the form does where it has the lines, also within a sentence', async () => {
			const hints = await hintsOf({ number: 'H-1', ...inForm(COST, BANK) });
			expect(hints).toEqual([expect.stringContaining(`Line 1, VAT Code of Account: ${VAT_LEFT_OUT}`)]);
			expect(hints.join()).toContain('give the VAT in VAT, or');
		});

		it('as JSON does where they are JSON, and counts rows of input items', async () => {
			expect(await hintsOf({ number: 'H-2', ...inJson([COST, BANK]) })).toEqual([
				expect.stringContaining(`lines[0].tax_code: ${VAT_LEFT_OUT}`),
			]);
			const rows = await hintsOf({ number: 'H-3', linesSource: 'inputItems', allItems: true }, [COST, BANK]);
			expect(rows).toContainEqual(expect.stringMatching(/^Row 1, tax_code: I stands for VAT.*in tax_info/));
		});

		it('of the head and in options as the form does, and those of a whole entry in JSON by their names there', async () => {
			// The register's rate is of today.
			const foreign = { date: stockholmDate(Date.now()), currency: 'EUR', currencyExchangeRate: '11', options: { rateFromRegister: true } };
			const rate = 'the given rate was not used';
			expect(await hintsOf({ number: 'H-4', ...foreign, ...inForm({ ...COST, tax_code: '' }, BANK) })).toContainEqual(
				expect.stringMatching(`^Currency Exchange Rate: ${rate}`),
			);
			const body = {
				date: foreign.date,
				currency: 'EUR',
				currency_exchange_rate: '11',
				due_date: '2026-12-01',
				items: [{ ...COST, tax_code: '' }, BANK],
			};
			const hints = await hintsOf({ number: 'H-5', options: { rateFromRegister: true }, ...inJson(body) });
			expect(hints).toContainEqual(expect.stringMatching(`^currency_exchange_rate: ${rate}`));
			expect(hints).toContainEqual(expect.stringMatching(/^due_date: /));
		});

		it('of each item as its own lines are given, where items differ in that', async () => {
			const source = { linesSource: '={{ $json.source }}', number: '={{ $json.number }}' };
			const [own = '', asJson = '', ...others] = (
				await hintsOf({ ...inJson([COST, BANK]), ...inForm(COST, BANK), ...source }, [
					{ source: 'define', number: 'H-8' },
					{ source: 'json', number: 'H-9' },
					{ source: 'define', number: 'H-10' },
				])
			).filter((hint) => hint.includes(VAT_LEFT_OUT));
			expect(own).toMatch(/^Line 1, VAT Code of Account: .*give the VAT in VAT, or/);
			expect(asJson).toMatch(/^lines\[0\]\.tax_code: .*in tax_info/);
			expect(others).toEqual([]);
		});
	});
});
