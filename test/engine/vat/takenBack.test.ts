import { Settling } from './settling';
import { book } from './support';

/** Settlements whose mark is gone, and settlements that people took back: the entries on accounts of VAT tell. */
const vat = new Settling();
const { added, forget, owes, refused, reverse, sell, settle, settled } = vat;

describe('a settlement without its mark', () => {
	const SETTLES = [
		[2611, 125],
		[2650, -125],
	] as const;

	it('is known by its text, as long as no entry takes it back', async () => {
		sell({ '07': 500, '09': 1000 });
		const id = book(vat.company, '2028-10-12', SETTLES, 'Momsredovisning 2028-07');
		forget();
		owes(125);
		await refused('2028-Q3', `${id} of 2028-10-12`);
		await settled('2028-09');
		owes(375);
		book(
			vat.company,
			'2028-10-20',
			SETTLES.map(([account, amount]) => [account, -amount]),
			'Makulering',
		);
		forget();
		owes(250);
		await refused('2028-Q3', '(2028-09)');
	});

	it('is not taken back by that of a month of credit notes', async () => {
		sell({ '07': 500, '08': -500, '09': 1000 });
		const july = book(vat.company, '2028-07-31', SETTLES, 'Momsredovisning 2028-07');
		const august = book(
			vat.company,
			'2028-08-31',
			SETTLES.map(([account, amount]) => [account, -amount]),
			'Momsredovisning 2028-08',
		);
		forget();
		owes(0);
		await refused('2028-Q3', july, august);
	});

	it('is free again where the node reversed it', async () => {
		sell({ '07': 500 });
		await reverse(book(vat.company, '2028-07-31', SETTLES, 'Momsredovisning 2028-07'));
		expect((await settled('2028-Q3')).to_pay).toBe(125);
		owes(125);
	});
});

describe('a settlement that a person took back without Reverse', () => {
	/** As people do it in Fortnox: the rows the other way round, with a text of their own. */
	const takeBack = (id: unknown, date: string): string => {
		const [series = '', number, year] = String(id).split('-');
		const rows = vat.company.year(Number(year)).voucher(series, Number(number))?.rows ?? [];
		const opposite = book(
			vat.company,
			date,
			rows.map(({ account, debit, credit }) => [account, (credit - debit) / 100]),
			'Rättelse',
		);
		forget();
		return opposite;
	};

	const DAYS = [
		['07', '2028-07-31'],
		['07', '2028-09-15'],
		['12', '2029-01-20'],
	];
	it.each(DAYS)('is posted anew, once, and the hint names both (%s on %s)', async (month = '', day = '') => {
		sell({ [month]: 500 });
		const period = `2028-${month}`;
		const first = await settled(period);
		const by = takeBack(first.id, day);
		owes(0);
		const again = await settle(period);
		const why = `was posted as ${String(first.id)}. ${by}, which carries no mark, takes it back, so it was posted anew`;
		expect(again.hints().join('\n')).toContain(why);
		expect([again.json()[0]?.already_posted, added()]).toEqual([undefined, 1]);
		owes(125);
		forget();
		expect((await settle(period)).json()[0]).toMatchObject({ id: again.json()[0]?.id, already_posted: true });
		expect(added()).toBe(0);
	});

	it('frees its days', async () => {
		sell({ '07': 500, '08': 100 });
		const july = await settled('2028-07');
		owes(125);
		await refused('2028-Q3', july.id);
		takeBack(july.id, '2028-10-02');
		expect((await settled('2028-Q3')).to_pay).toBe(150);
		owes(150);
	});

	it('is posted with what the period has by now', async () => {
		sell({ '07': 500 });
		takeBack((await settled('2028-07')).id, '2028-07-31');
		sell({ '07': 100 });
		expect((await settled('2028-07')).to_pay).toBe(150);
		owes(150);
	});

	it('stands where the node took another one back', async () => {
		sell({ '07': 500 });
		await reverse((await settled('2028-07')).id);
		const second = await settled('2028-07');
		expect((await settle('2028-07')).json()[0]).toMatchObject({ id: second.id, already_posted: true });
		owes(125);
	});

	it('stands where an entry takes back that of a later month with the same amounts', async () => {
		sell({ '07': 500, '08': 500, '09': 500 });
		const ids = [];
		for (const month of ['07', '08', '09']) ids.push((await settled(`2028-${month}`)).id);
		const [july, august, september] = ids;
		const by = takeBack(august, '2028-09-05');
		owes(250);
		const again = await settle('2028-07');
		expect(again.json()[0]).toMatchObject({ id: july, already_posted: true });
		expect(again.hints().join()).toContain(`${by}, which carries no mark, takes back ${String(july)} or ${String(august)} of 2028-08-31`);
		expect((await settle('2028-09')).json()[0]).toMatchObject({ id: september, already_posted: true });
		await settled('2028-08');
		owes(375);
		for (const month of ['07', '08', '09']) {
			const repeated = await settle(`2028-${month}`);
			expect(repeated.json()[0]).toMatchObject({ already_posted: true });
			expect(repeated.hints().join()).not.toContain('takes back');
		}
		expect(added()).toBe(0);
	});

	it('is the last one on its day, also where all are run together', async () => {
		sell({ '07': 500, '08': 500 });
		const july = await settled('2028-07');
		takeBack((await settled('2028-08')).id, '2028-08-31');
		const input = ['2028-07', '2028-08'].map((period) => ({ period }));
		const result = await settle('={{ $json.period }}', {}, { input });
		expect(result.json()[0]).toMatchObject({ id: july.id, already_posted: true });
		expect(added()).toBe(1);
		owes(250);
	});

	it('stands where a person took back one that was booked by hand', async () => {
		sell({ '07': 500, '08': 500 });
		const july = await settled('2028-07');
		const rows = [
			[2611, 125],
			[2650, -125],
		] as const;
		takeBack(book(vat.company, '2028-08-31', rows, 'Moms augusti'), '2028-09-05');
		expect((await settle('2028-07')).json()[0]).toMatchObject({ id: july.id, already_posted: true });
		await settled('2028-08');
		owes(250);
	});

	it('is posted anew where the node reversed it, on a day after that of the next month', async () => {
		sell({ '07': 500, '08': 500 });
		const july = await settled('2028-07');
		const august = await settled('2028-08');
		await reverse(july.id, '2028-09-05');
		await settled('2028-07');
		expect((await settle('2028-08')).json()[0]).toMatchObject({ id: august.id, already_posted: true });
		owes(250);
	});

	it('stands where the month after is settled by hand, which gives the same back', async () => {
		sell({ '07': 500, '08': -500 });
		const july = await settled('2028-07');
		takeBack(july.id, '2028-08-31');
		expect((await settle('2028-07')).json()[0]).toMatchObject({ id: july.id, already_posted: true });
		owes(0);
	});

	it('stands beside that of a month of credit notes', async () => {
		sell({ '07': 500, '08': -500 });
		const july = await settled('2028-07');
		await settled('2028-08');
		expect((await settle('2028-07')).json()[0]).toMatchObject({ id: july.id, already_posted: true });
		owes(0);
	});
});
