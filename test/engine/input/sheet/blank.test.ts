import { BALANCED, Desk, hintOf, sheet } from './support';

const desk = new Desk();

const GROUPED = { number: '', allItems: false, groupBy: 'Ver nr' };

describe('blank rows of a sheet', () => {
	it.each([
		['between entries', (rows: unknown[][]) => [...rows.slice(0, 2), ['', '', '', ''], ...rows.slice(2)], 1],
		[
			'within one, and behind it',
			(rows: unknown[][]) => [...rows.slice(0, 1), [' ', null, '', '\u00a0'], ...rows.slice(1), ['', '', '', '']],
			2,
		],
	])('%s belong to none, as a hint says', async (_where, withBlank, blank) => {
		const entry = (number: string, account: string): unknown[][] => [
			[number, account, '10,00', ''],
			[number, '1930', '', '10,00'],
		];
		const rows = [...entry(`B${blank}-1`, '6310'), ...entry(`B${blank}-2`, '6110')];
		const result = await desk.post(sheet('Ver nr;Konto;Debet;Kredit', ...withBlank(rows)), GROUPED);
		expect(result.error?.message).toBeUndefined();
		expect(desk.added()).toBe(2);
		const told = `${blank} of the ${4 + blank} input items ha(s|ve) no value in any field, as blank rows of a sheet, and belongs? to no entry`;
		expect(hintOf(result)).toMatch(new RegExp(`^${told}\\.$`, 'm'));
	});

	it('are refused like any row where a single field has something, or where there is nothing else', async () => {
		const entry = [
			['T-1', '6310', '10', '', ''],
			['T-1', '1930', '', '10', ''],
		];
		const total = sheet('Ver nr;Konto;Debet;Kredit;Text', ...entry, ['', '', '10', '10', 'Summa']);
		expect((await desk.post(total, GROUPED)).error?.message).toMatch(/^groupBy: item 2 has no value in the field 'Ver nr'/);
		const nothing = sheet('Ver nr;Konto;Debet;Kredit', ['', '', '', ''], ['', '', '', '']);
		expect((await desk.post(nothing, GROUPED)).error?.message).toMatch(/^groupBy: item 0 has no value in the field 'Ver nr'/);
		expect(desk.added()).toBe(0);
	});
});

describe('Group By with the wrong column', () => {
	const rows = sheet('Ver nr;Konto;Debet;Kredit', ['W-1', '6310', '10,00', ''], ['W-1', '1930', '', '10,00']);

	it('is named where each row is alone', async () => {
		const result = await desk.post(rows, { ...GROUPED, groupBy: 'Konto' });
		expect(result.error?.message).toMatch(
			/^groupBy: item 0 is alone with '6310' in the field 'Konto', and an entry needs at least two lines\. /,
		);
		expect(result.error?.message).toMatch(/Group By takes the column that numbers the vouchers/);
		const half = sheet('Ver nr;Konto;Debet;Kredit', ['W-2', '6310', '10,00', ''], ['', '1930', '', '10,00']);
		expect((await desk.post(half, GROUPED)).error?.message).toMatch(/^groupBy: item 0 is alone with 'W-2'.*with the number in each row/);
		expect(desk.added()).toBe(0);
	});

	it('leaves entries of one row to the account that balances them', async () => {
		const single = sheet('Ver nr;Konto;Belopp', ['W-3', '6310', '10'], ['W-4', '6110', '20']);
		expect((await desk.post(single, { ...GROUPED, ...BALANCED })).error?.message).toBeUndefined();
		expect(desk.added()).toBe(2);
	});

	it('says what to give where an expression gives the value in place of the name', async () => {
		const result = await desk.post(rows, { ...GROUPED, groupBy: '={{ $json["Ver nr"] }}' });
		expect(result.error?.message).toMatch(/^groupBy: item 0 has no value in the field 'W-1'/);
		expect(result.error?.message).toMatch(/'W-1' is what its field 'Ver nr' holds: set Group By to Fixed, and to the name 'Ver nr'\./);
		expect(desk.added()).toBe(0);
	});
});
