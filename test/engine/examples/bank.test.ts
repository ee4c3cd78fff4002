import type { IDataObject } from 'n8n-workflow';

import type { EngineResult } from '../../../engine';
import type { World } from '../support/world';
import { booked, emptyBooks, fileOf, readExample, rowsOf, runExample, sampleMonth, vatOf } from './run';

const FILE = 'bank-file-with-rules.json';

function bankRows(...rows: Array<[date: string, text: string, amount: string, balance?: string]>): IDataObject[] {
	return rows.map(([date, text, amount, balance]) => ({
		Bokföringsdatum: date,
		Text: text,
		Belopp: amount,
		...(balance !== undefined && { Saldo: balance }),
	}));
}

describe('the example of a bank file with rules', () => {
	let world: World;

	afterEach(async () => await world.close());

	async function run(rows: IDataObject[], rules?: IDataObject[]): Promise<EngineResult> {
		world.reconnect();
		const settings = readExample(FILE).nodes.find(({ name }) => name === 'Rules')?.parameters.jsonOutput;
		const given = rules && [{ ...(JSON.parse(String(settings)) as IDataObject), rules }];
		const result = await runExample(world, FILE, { 'Rows of File': rows, ...(given && { Rules: given }) });
		expect(result.error?.message).toBeUndefined();
		return result;
	}

	const listed = (result: EngineResult): string[] =>
		'For a Person' in result.runData ? result.json('For a Person').map(({ problem, error }) => String(problem ?? error)) : [];
	const onBank = (): Array<[string, number | undefined]> => booked(world).map(({ date, rows }) => [date, rows[1930]]);

	it('books its own sample once, VAT out of the amounts, and lists what no rule fits', async () => {
		world = await emptyBooks();
		const month = sampleMonth();
		const sample = rowsOf(fileOf(await runExample(world, FILE, { 'Rows of File': [] }), 'Bank File'), ';');
		for (const repeated of [false, true]) {
			const result = await run(sample);
			expect(result.json('For a Person')).toEqual([
				{ date: `${month}-14`, text: 'BG 5051-6905 FAKTURA 1031', amount: 9375, problem: 'No rule fits it.' },
			]);
			expect(result.json('Post Rows').map(({ already_posted }) => already_posted === true)).toEqual(Array(5).fill(repeated));
			expect(booked(world)).toEqual([
				{ date: `${month}-03`, text: 'Lokalhyra', rows: { 5010: 10_000, 2641: 2500, 1930: -12_500 } },
				{ date: `${month}-04`, text: 'TELIA SVERIGE AB', rows: { 6212: 319.2, 2641: 79.8, 1930: -399 } },
				{ date: `${month}-10`, text: 'Försäljning, Swish', rows: { 3001: -500, 2611: -125, 1930: 625 } },
				{ date: `${month}-12`, text: 'BANKAVGIFT', rows: { 6570: 85.5, 1930: -85.5 } },
				{ date: `${month}-12`, text: 'SKATTEVERKET', rows: { 1630: 24_310, 1930: -24_310 } },
			]);
		}
		expect(await vatOf(world, month)).toEqual({ boxes: { '05': 500, 10: 125, 48: 2579, 49: -2454 }, checks: [] });
	});

	it('takes overlapping files, equal payments of a day, and rows without a balance', async () => {
		world = await emptyBooks(2026);
		const rule = [{ text: 'fee', account: '6570', vat: '' }];
		const first = bankRows(['2026-05-04', 'Fee', '-10,00', '990,00'], ['2026-05-04', 'Fee', '-10,00', '980,00']);
		await run(first, rule);
		await run([...first.slice(1), ...bankRows(['2026-05-05', 'Fee', '-10,00', '970,00'])], rule);
		expect(onBank()).toEqual([
			['2026-05-04', -10],
			['2026-05-04', -10],
			['2026-05-05', -10],
		]);
		const plain = bankRows(['2026-05-06', 'Fee', '-5,00'], ['2026-05-06', 'Fee', '-5,00'], ['2026-05-06', 'Fee, other', '-5,00']);
		await run(plain, rule);
		await run(plain, rule);
		expect(onBank().slice(3)).toEqual(Array(3).fill(['2026-05-06', -5]));
	});

	it.each([
		['1 250,50', 1250.5],
		['-1.250,50', -1250.5],
		['−1 250,50', -1250.5],
		['-1250.5', -1250.5],
		['1,250.50', 1250.5],
		['1\u00a0250\u202f000,00', 1_250_000],
		['+7', 7],
		['-0,05', -0.05],
	])('reads %s', async (text, amount) => {
		world = await emptyBooks(2026);
		await run(bankRows(['2026-05-04', 'Anything', text, '0,00']), [{ text: 'any', account: '2890', vat: '' }]);
		expect(onBank()).toEqual([['2026-05-04', amount]]);
	});

	it('lists rows that it cannot read, and books none of them', async () => {
		world = await emptyBooks(2026);
		const odd = bankRows(
			['4/5 2026', 'BANKAVGIFT', '-5,00'],
			['2026-05-04', 'BANKAVGIFT', 'fem'],
			['2026-05-04', 'BANKAVGIFT', '0,00'],
			['2026-05-04', 'BANKAVGIFT', '-1,2345'],
		);
		expect(listed(await run(odd))).toEqual([
			'"4/5 2026" is not a day as 2026-03-31.',
			'"fem" is not an amount.',
			'"0,00" is not an amount.',
			'"-1,2345" is not an amount.',
		]);
		expect(listed(await run([{}]))).toEqual(['The file has no rows.']);
		expect(listed(await run([{ Datum: '2026-05-04', Text: 'x', Belopp: '1' }]))).toEqual([
			'The file has no column Bokföringsdatum; it has Datum, Text, Belopp.',
		]);
		expect(booked(world)).toEqual([]);
	});

	it('takes the first rule that fits, by direction, and lists what Fortnox refuses beside what it books', async () => {
		world = await emptyBooks(2026);
		const rules = [
			{ text: 'TELIA', direction: 'in', account: '3990', vat: '' },
			{ text: 'telia sverige', direction: 'out', account: '6212', vat: 'I 25' },
			{ text: 'TELIA', direction: 'out', account: '6999', vat: '' },
		];
		const result = await run(
			bankRows(
				['2026-05-04', 'Telia Sverige AB', '-125,00'],
				['2026-05-05', 'TELIA SVERIGE AB', '50,00'],
				['2026-05-06', 'TELIA FINANCE', '-80,00'],
			),
			rules,
		);
		expect(booked(world).map(({ rows }) => rows)).toEqual([
			{ 6212: 100, 2641: 25, 1930: -125 },
			{ 3990: -50, 1930: 50 },
		]);
		expect(listed(result)).toEqual([expect.stringMatching(/6999/)]);
	});
});
