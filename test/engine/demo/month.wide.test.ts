import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import { demoCompany } from '../../../demo/company';
import type { EngineResult, EngineWorkflow } from '../../../engine';
import { countVouchers, startWorld, type World } from '../support/world';
import { stopRunAtRequest } from '../support/stopAt';

/** The bookshop's month from the rows of its bank to the settled VAT: the example as it is imported. The tests' day is in November 2026. */
const example = JSON.parse(readFileSync(join(__dirname, '../../../examples/month-from-bank-to-vat.json'), 'utf8')) as EngineWorkflow;

describe('the example of a month', () => {
	let world: World;

	beforeEach(async () => {
		world = await startWorld({ companies: (now) => [demoCompany(2026, now)] });
	});
	afterEach(async () => await world.close());

	async function run(signal?: AbortSignal): Promise<EngineResult> {
		const nodes = example.nodes.map(({ credentials: _none, ...node }) => world.engine.node(node));
		return await world.engine.run({ ...example, nodes }, { signal });
	}

	/** By hand, from the pinned rows. Sales without VAT: 26,150.40 at 25 %, 13,600 at 12 %, 25,140 at 6 %. */
	const BOXES = { '05': 64_890, 10: 6537, 11: 1632, 12: 1508, 48: 6353, 49: 3324 };
	const SETTLED = [
		[2611, 6537.6],
		[2621, 1632],
		[2631, 1508.4],
		[2641, -6353.9],
		[2650, -3324],
		[3740, -0.1],
	];

	it('books the bank, spreads the insurance, settles the VAT, and reports', async () => {
		const result = await run();
		expect(result.error?.message).toBeUndefined();
		const stored = world.sandbox.company();
		expect(result.json('Post Bank Rows')).toHaveLength(8);
		expect(result.json('Spread Insurance').map(({ date, description }) => [date, description])).toEqual([
			['2026-10-31', 'Företagsförsäkring 1/3'],
			['2026-11-30', 'Företagsförsäkring 2/3'],
			['2026-12-31', 'Företagsförsäkring 3/3'],
		]);
		const settlement = stored.vouchers().at(-1);
		expect(settlement?.rows.map(({ account, debit, credit }) => [account, (debit - credit) / 100])).toEqual(SETTLED);
		const [vat] = result.items('VAT Return');
		expect(Object.fromEntries(Object.entries(vat?.json.boxes as IDataObject).filter(([, amount]) => amount !== 0))).toEqual(BOXES);
		expect(vat?.json.checks).toBeUndefined();
		expect(vat?.binary?.data).toMatchObject({ fileName: 'moms_2026-10-01_2026-10-31.xml' });
		const income = result.items('Income Statement');
		const row = (id: string): unknown => income.find(({ json }) => json.id === id)?.json.period;
		const figures = ['net_sales', 'goods', 'other_external_expenses', 'personnel', 'result_after_financial_items'];
		expect(figures.map(row)).toEqual([64_890.5, -24_650, -21_287.72, -21_400, -2447.22]);
		expect(income[0]?.binary?.data).toMatchObject({ mimeType: 'text/html' });
		// Every row of the bank is on 1930: nothing is left over on either side.
		const bank = stored.vouchers().flatMap(({ rows }) => rows.filter(({ account }) => account === 1930));
		expect(bank.reduce((sum, { debit, credit }) => sum + debit - credit, 0)).toBe(-152_322);
	});

	it('posts nothing anew when it is run again', async () => {
		await run();
		const before = countVouchers(world.sandbox);
		world.reconnect();
		const again = await run();
		expect(again.error?.message).toBeUndefined();
		for (const name of ['Post Bank Rows', 'Spread Insurance', 'Settle VAT']) {
			expect(again.json(name).every(({ already_posted }) => already_posted === true)).toBe(true);
		}
		expect(countVouchers(world.sandbox)).toBe(before);
	});

	it('loses and doubles nothing, wherever it is stopped', async () => {
		let stops = 0;
		for (let nth = 2; await stopRunAtRequest(world, nth, run); nth += 5) {
			stops++;
			expect((await run()).error?.message).toBeUndefined();
			expect(countVouchers(world.sandbox)).toBe(12);
			await world.close();
			world = await startWorld({ companies: (now) => [demoCompany(2026, now)] });
		}
		expect(stops).toBeGreaterThan(5);
	});
});
