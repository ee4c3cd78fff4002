import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Desk, DRY, hintOf } from './support';

const desk = new Desk();

describe('what the form says goes before a column', () => {
	const rows = (more: IDataObject): IDataObject[] => [
		{ Konto: 6310, Belopp: 1, ...more },
		{ Konto: 1930, Belopp: -1, ...more },
	];
	it.each<[string, IDataObject, INodeParameters, RegExp]>([
		[
			'the day',
			{ Datum: '2026-10-04' },
			{},
			/^Date: the node's field Date says '2026-10-05', and item 0 has '2026-10-04' .* set Date to \{\{ \$json\["Datum"\] \}\}\.$/m,
		],
		[
			'a day under the model’s name',
			{ date: '2026-10-04' },
			{},
			/^Date: .*'2026-10-04' in its column 'date'.*set Date to \{\{ \$json\.date \}\}\.$/m,
		],
		['the series', { Serie: 'A' }, {}, /^Journal: the node's field Journal says 'API', and item 0 has 'A' in its column 'Serie'/m],
		[
			'the number',
			{ Verifikationsnr: 'V-7' },
			{ number: 'S-1' },
			/^Number: the node's field Number says 'S-1', and item 0 has 'V-7' in its column 'Verifikationsnr'/m,
		],
		[
			'the text',
			{ Vertext: 'Premie', Text: 'Rad' },
			{ description: 'Försäkring' },
			/^Description: the node's field Description says 'Försäkring', and item 0 has 'Premie' in its column 'Vertext'/m,
		],
	])('%s, which a hint says with both', async (_what, more, parameters, words) => {
		const result = await desk.post(rows(more), { ...DRY, ...parameters });
		expect(result.error?.message).toBeUndefined();
		expect(hintOf(result)).toMatch(words);
		for (const column of Object.keys(more).filter((name) => name !== 'Text'))
			expect(hintOf(result)).not.toMatch(new RegExp(`'${column}' as `));
		const { date, journal_id } = result.json()[0] ?? {};
		expect([date, journal_id]).toEqual(['2026-10-05', 'API']);
	});

	it.each<[IDataObject, INodeParameters]>([
		[{ Datum: '2026-10-05' }, {}],
		[{ Datum: '20261005' }, {}],
		[{ Datum: '2026-10-05 00:00:00' }, {}],
		[{ Datum: '2026-10-04' }, { date: '={{ $json.Datum }}' }],
		[{ Serie: 'api' }, {}],
		[{ Valuta: 'SEK', Kurs: 1 }, {}],
		[{ 'Ver nr': '17' }, { number: '=2026-{{ $json["Ver nr"] }}' }],
		[{ Vertext: 'Premie' }, { description: 'Premie' }],
	])('nothing is said of %j where it agrees', async (more, parameters) => {
		const result = await desk.post(rows(more), { ...DRY, ...parameters });
		expect(result.error?.message).toBeUndefined();
		expect(hintOf(result)).not.toMatch(/goes first|not read/);
		for (const column of Object.keys(more).filter((name) => name !== 'Vertext')) expect(hintOf(result)).not.toContain(`'${column}' as `);
	});

	it('says it once, however many entries the sheet has', async () => {
		const input = ['V-1', 'V-2', 'V-3'].flatMap((nr, index) => rows({ 'Ver nr': nr, Datum: `2026-09-0${index + 1}` }));
		const result = await desk.post(input, { ...DRY, allItems: false, groupBy: 'Ver nr', number: '' });
		expect(result.json().map(({ number }) => number)).toEqual(['V-1', 'V-2', 'V-3']);
		expect(hintOf(result).match(/goes first/g)).toHaveLength(1);
		expect(hintOf(result)).toMatch(/'Ver nr' as voucher_number/);
	});

	it('the column is read where the form is empty', async () => {
		const result = await desk.post(rows({ Datum: '2026-10-04', Vertext: 'Premie' }), { ...DRY, date: '' });
		expect(result.json()[0]).toMatchObject({ date: '2026-10-04', description: 'Premie' });
		expect(hintOf(result)).toMatch(/'Datum' as date.*'Vertext' as voucher_text/);
	});

	it('the text of a voucher is that of its rows all the same', async () => {
		const result = await desk.post(rows({ Vertext: 'Premie' }), { ...DRY, description: 'Försäkring' });
		expect(result.json()[0]).toMatchObject({ description: 'Försäkring', items: [{ description: 'Premie' }, { description: 'Premie' }] });
		expect(hintOf(result)).toMatch(/'Vertext' as voucher_text/);
	});
});
