import type { IDataObject } from 'n8n-workflow';

import { VAT_CHOICES } from '../../../nodes/shared/ledger/vat';
import { countVouchers, currentYear, startWorld, type World } from '../support/world';

/** The codes that the form's list offers, where the rate may stand behind the code: in JSON, in the form and in a sheet. */

/** An account of the base for each code of the list; null: the chart gets it without a VAT code. */
const ACCOUNT_OF: Record<string, readonly [account: number, vatCode: string | null]> = {
	MP1: [3001, 'MP1'],
	MP2: [3002, 'MP2'],
	MP3: [3003, 'MP3'],
	I: [5410, null],
	UT: [3401, 'UT'],
	HFS: [3913, 'HFS'],
	IVEU: [4515, 'IVEU'],
	ITEU: [4535, 'ITEU'],
	ITGLOB: [4531, 'ITGLOB'],
	IV: [4415, 'IV'],
	IT: [4425, 'IT'],
};
/** The rate by the written code, by hand. */
const RATE_OF: Record<string, number> = { MP1: 25, MP2: 12, MP3: 6 };

const ofTheList = VAT_CHOICES.filter(({ code }) => Object.hasOwn(ACCOUNT_OF, code));
const spelled = ofTheList.map(({ value, code, side }) => {
	const rate = RATE_OF[value] ?? Number(value.split(' ')[1]);
	return { value, code, rate, account: String(ACCOUNT_OF[code]?.[0]), isReverse: /^I./.test(code), isSale: side === 'credit' };
});

let world: World;
let before: number;
beforeAll(async () => {
	world = await startWorld();
	const year = currentYear(world);
	const like = year.accounts.get(3001);
	if (like === undefined) throw new Error('The chart lacks 3001');
	for (const [number, vatCode] of Object.values(ACCOUNT_OF)) {
		year.setAccount({ ...(year.accounts.get(number) ?? { ...like, number, description: `Konto ${number}` }), active: true, vatCode });
	}
	// Fortnox ships the codes, and a company has accounts for the VAT.
	for (const number of [2612, 2613, 2614, 2622, 2623, 2624, 2632, 2633, 2634, 2645, 2647]) {
		const account = year.accounts.get(number) ?? { ...like, number, description: `Moms ${number}`, vatCode: null };
		year.setAccount({ ...account, active: true });
	}
});
beforeEach(() => {
	world.reconnect();
	before = countVouchers(world.sandbox);
});
afterAll(async () => await world.close());

const added = (): number => countVouchers(world.sandbox) - before;
const rowsOf = ({ items }: IDataObject): number[][] =>
	(items as IDataObject[]).map((row) => [Number(row.account_number), Math.round((Number(row.debit) - Number(row.credit)) * 100)]);
/** Lines of an entry of 11 May, from the items or as JSON. */
const CREATE = { resource: 'journalEntry', operation: 'create', journalId: 'A', date: '2026-05-11' };

it('covers every code of the list that has a rate', () => {
	const withRate = VAT_CHOICES.filter(({ name }) => name.includes(' % (')).map(({ value }) => value);
	const tried = spelled.map(({ value }) => value);
	expect({
		'add the account of its base to ACCOUNT_OF': withRate.filter((value) => !tried.includes(value)),
		'no such value in the list': tried.filter((value) => !withRate.includes(value)),
	}).toEqual({ 'add the account of its base to ACCOUNT_OF': [], 'no such value in the list': [] });
	expect(spelled.every(({ rate }) => [25, 12, 6].includes(rate))).toBe(true);
});

it('refuses VAT of another rate than the written one, names the field and posts nothing', async () => {
	const tried = spelled.flatMap((each) => [25, 12, 6, 0].filter((other) => other !== each.rate).map((other) => ({ ...each, other })));
	// The rate stands behind the codes of one rate, too; a code of one rate without it is for that rate all the same.
	const written = tried.flatMap((each) => {
		if (RATE_OF[each.value] === undefined) return [each];
		return [{ ...each, value: `${each.value} ${each.rate}` }, ...(each.other === 0 ? [] : [each])];
	});
	const input = written.map(({ value, other, account, isSale, isReverse }, index) => {
		const whole = isReverse ? 1000 : 1000 + other * 10;
		const line = { account, ...(isSale ? { credit: 1000 } : { debit: 1000 }), tax_info: { tax_code: value, tax_amount: other * 10 } };
		const items = [line, { account: '1930', ...(isSale ? { debit: whole } : { credit: whole }) }];
		return { entry: { journal_id: 'A', date: '2026-05-11', number: `SAID-${index}`, items } };
	});
	const result = await world.run(
		{ resource: 'journalEntry', operation: 'create', linesSource: 'json', linesJson: '={{ $json.entry }}' },
		{ input, onError: 'continueRegularOutput' },
	);
	const fields = result.json().map(({ problems }) => ((problems ?? []) as IDataObject[]).map(({ field }) => field));
	expect(fields.map((each, index) => [written[index]?.value, written[index]?.other, each])).toEqual(
		written.map(({ value, other }) => [value, other, ['lines[0].tax_info.tax_amount']]),
	);
	expect(added()).toBe(0);
});

it('refuses a rate behind a code that has not that rate', async () => {
	const wrong = ['MP1 12', 'I 20', 'MF 25', 'BVMB 25', 'UI25 6'];
	const sale = (tax_code: string): IDataObject => ({ account: '3001', credit: 1000, tax_info: { tax_code, tax_amount: 250 } });
	const input = wrong.map((code) => ({ lines: [sale(code), { account: '1930', debit: 1250 }] }));
	const result = await world.run(
		{ ...CREATE, linesSource: 'json', linesJson: '={{ $json.lines }}' },
		{ input, onError: 'continueRegularOutput' },
	);
	expect(result.json().map(({ error_code, error }) => [error_code, String(error).split(':')[0]])).toEqual(
		wrong.map(() => ['ERROR_TAX_CODE_NOT_FOUND', 'lines[0].tax_info.tax_code']),
	);
	expect(added()).toBe(0);
});

describe('in the column Momskod of a sheet', () => {
	const sheet = { ...CREATE, linesSource: 'inputItems', groupBy: 'Ver nr' };
	const CODE_ONLY = /(?:Row 1, |lines\[0\]\.)tax_code: the code was compared with that of the account, and no VAT was added/;
	const domestic = spelled.filter(({ isReverse }) => !isReverse);

	it.each(['', ' %', '%'])('every code with its rate and "%s" behind it takes the VAT out of the gross amount', async (percent) => {
		const input = domestic.flatMap(({ value, rate, account, isSale }, index) => {
			const amount = (100 + rate) * (isSale ? -1 : 1);
			const code = value.includes(' ') ? `${value}${percent}` : `${value} ${rate}${percent}`;
			const number = `M${percent.length}-${index}`;
			return [
				{ 'Ver nr': number, Konto: account, Brutto: amount, Momskod: code },
				{ 'Ver nr': number, Konto: '1930', Belopp: -amount },
			];
		});
		const result = await world.run({ ...sheet, options: { dryRun: true } }, { input });
		expect(result.error?.message).toBeUndefined();
		expect(result.json().map((item) => rowsOf(item).map(([, amount]) => amount))).toEqual(
			domestic.map(({ rate, isSale }) => [100_00, rate * 100, -(100 + rate) * 100].map((amount) => (isSale ? -amount : amount))),
		);
	});

	it('the VAT in the column Moms must be of the rate behind the code', async () => {
		const rows = (Moms: number, number: string): IDataObject[] => [
			{ 'Ver nr': number, Konto: '5410', Brutto: 1250, Momskod: 'I 25', Moms },
			{ 'Ver nr': number, Konto: '1930', Brutto: '', Momskod: '', Moms: '', Belopp: -1250 },
		];
		const right = await world.run(sheet, { input: rows(250, 'MS-1') });
		expect(right.error?.message).toBeUndefined();
		expect(right.json().map(rowsOf)).toEqual([
			[
				[5410, 1000_00],
				[2641, 250_00],
				[1930, -1250_00],
			],
		]);
		const wrong = await world.run(sheet, { input: rows(120, 'MS-2') });
		expect(wrong.error?.message).toMatch(/^lines\[0\]\.tax_info\.tax_amount: I 25 says 25 %, which of 1130\.00 is 282\.50, not 120\.00\./);
		expect(added()).toBe(1);
	});

	it('without a gross amount it is compared with the account, which a hint says', async () => {
		const rows = [
			{ 'Ver nr': 'MS-3', Konto: '5410', Belopp: 1000, Momskod: 'I 25' },
			{ 'Ver nr': 'MS-3', Konto: '1930', Belopp: -1000, Momskod: '' },
		];
		const result = await world.run({ ...sheet, options: { dryRun: true } }, { input: rows });
		expect(result.error?.message).toBeUndefined();
		expect(result.hints().join(' ')).toMatch(CODE_ONLY);
	});
});

it('a line may name the code with its rate beside its account and in tax_info, but no two rates', async () => {
	const entry = (tax_code: string, tax_info: IDataObject): IDataObject => ({
		lines: [
			{ account: '5410', debit: 1000, tax_code, tax_info },
			{ account: '1930', credit: 1250 },
		],
	});
	const input = [
		entry('I 25', { tax_code: 'I 25' }),
		entry('i 25%', { tax_code: 'I' }),
		entry('I', { tax_code: 'I 25', tax_amount: 250 }),
		entry('I 12', { tax_code: 'I 25' }),
		entry('I 25', { tax_code: 'I', tax_amount: 120 }),
	];
	const result = await world.run(
		{ ...CREATE, linesSource: 'json', linesJson: '={{ $json.lines }}', options: { dryRun: true } },
		{ input, onError: 'continueRegularOutput' },
	);
	const read = result.json();
	expect(read.slice(0, 3).map(rowsOf)).toEqual(
		Array(3).fill([
			[5410, 1000_00],
			[2641, 250_00],
			[1930, -1250_00],
		]),
	);
	expect(read[3]?.error).toMatch(/^lines\[0\]\.tax_code: the line names I 12 here and I 25 in tax_info/);
	expect(read[4]?.error).toMatch(/^lines\[0\]\.tax_info\.tax_amount: I 25 says 25 %/);
});
