import type { EngineResult } from '../../../engine';
import type { World } from '../support/world';
import { booked, emptyBooks, readExample, runExample, sampleMonth } from './run';

const FILE = 'payroll-sie-file.json';

describe('the example of a payroll file', () => {
	let world: World;

	afterEach(async () => await world.close());

	async function run(approved: boolean): Promise<EngineResult> {
		world.reconnect();
		return await runExample(world, FILE, { 'Ask for Approval': [{ data: { approved } }] });
	}

	it('shows what it would book, posts it once it is approved, and then asks nobody', async () => {
		world = await emptyBooks();
		const month = sampleMonth();
		const declined = await run(false);
		expect(declined.error?.message).toBeUndefined();
		expect(declined.json('Summary')).toEqual([
			{
				entries: 1,
				text: expect.stringMatching(
					new RegExp(
						`^${month}-25 Löner .*\\n7210 .*: debit 62000.00\\n2710 .*: credit 15500.00\\n1930 .*: credit 46500.00\\n7510 .*\\n2731 `,
					),
				),
			},
		]);
		expect(booked(world)).toEqual([]);
		const approved = await run(true);
		expect(approved.error?.message).toBeUndefined();
		const entry = {
			date: `${month}-25`,
			text: `Löner ${month.replace('-', '')}`,
			rows: { 7210: 62_000, 2710: -15_500, 1930: -46_500, 7510: 19_480.4, 2731: -19_480.4 },
		};
		expect(booked(world)).toEqual([entry]);
		const again = await run(true);
		expect(again.error?.message).toBeUndefined();
		expect(again.runData).not.toHaveProperty('Ask for Approval');
		expect(booked(world)).toEqual([entry]);
	});

	it('stops at a file that is none, before anybody is asked', async () => {
		world = await emptyBooks();
		const file = Buffer.from('Lön;Belopp').toString('base64');
		const given = { json: {}, binary: { data: { data: file, mimeType: 'text/plain', fileName: 'x.csv' } } };
		const result = await runExample(world, FILE, { 'Payroll File': [given], 'Ask for Approval': [] });
		expect(result.error?.context?.error_code).toMatch(/^ERROR_/);
		expect(result.runData).not.toHaveProperty('Ask for Approval');
	});

	it('checks and posts with the same settings', () => {
		const parameters = (name: string) => readExample(FILE).nodes.find((node) => node.name === name)?.parameters ?? {};
		expect(parameters('Check File')).toEqual({ ...parameters('Post File'), output: 'full', options: { dryRun: true } });
	});
});
