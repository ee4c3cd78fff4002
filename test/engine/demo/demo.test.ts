import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { book } from '../../../demo/books';
import { demoCompany } from '../../../demo/company';
import { FileError, readCsv } from '../../../demo/csv';
import { generalLedger, incomeStatement, trialBalance, vatReturn } from '../../../demo/print';
import { readReports } from '../../../demo/reports';
import type { EngineWorkflow } from '../../../engine';
import { formatSek, readAmount } from '../../../nodes/shared/ledger/money';
import { stockholmDate } from '../../../sandbox/company/clock';
import { countVouchers, startWorld, type World } from '../support/world';

const ROOT = join(__dirname, '../../..');
const HEADER = 'number;date;entry;account;debit;credit;description;cost_center;project';

const SHORT = `${HEADER}
R-1;2026-10-03;Z-rapport 412;1580;21 450,50;;Kort;;
R-1;2026-10-03;Z-rapport 412;1910;1 243;;Kontant;;
R-1;2026-10-03;Z-rapport 412;3001;;18 154,80;Böcker, åäö;BUTIK;
R-1;2026-10-03;Z-rapport 412;2611;;4 538,70;;;
R-2;2026-10-05;"Utbetalning; kort";1930;21193.09;;;;

R-2;2026-10-05;"Utbetalning; kort";6040;257,41;;Avgift;;
R-2;2026-10-05;"Utbetalning; kort";1580;;21 450,50 kr;;;
R-3;2026-10-07;Reklamblad;5930;100;;"Flygblad ""höst""";BUTIK;P30
R-3;2026-10-07;Reklamblad;3740;0,50;;;;
R-3;2026-10-07;Reklamblad;1930;;100,50;;;
R-1;2026-10-03;Z-rapport 412;1581;50;;;;
R-1;2026-10-03;Z-rapport 412;3003;;50;;WEBB;
`;

/** Number of the entry, account, öre (debit positive), cost center, project: each row once, in the order of the file. */
const SHORT_ROWS = [
	['R-1', 1580, 2_145_050, '', ''],
	['R-1', 1910, 124_300, '', ''],
	['R-1', 3001, -1_815_480, 'BUTIK', ''],
	['R-1', 2611, -453_870, '', ''],
	['R-1', 1581, 5_000, '', ''],
	['R-1', 3003, -5_000, 'WEBB', ''],
	['R-2', 1930, 2_119_309, '', ''],
	['R-2', 6040, 25_741, '', ''],
	['R-2', 1580, -2_145_050, '', ''],
	['R-3', 5930, 10_000, 'BUTIK', 'P30'],
	['R-3', 3740, 50, '', ''],
	['R-3', 1930, -10_050, '', ''],
];

const rowsOf = (...lines: string[]): Uint8Array => Buffer.from([HEADER, ...lines].join('\n'));

/** One entry of two lines, changed in what is tested. */
const REFUSED: Array<[name: string, csv: Uint8Array, reason: RegExp]> = [
	[
		'an amount with two meanings',
		rowsOf('A;2026-10-01;x;1930;1,234;;;;', 'A;2026-10-01;x;3004;;1234;;;'),
		/^Row 2: debit: "1,234" can mean/,
	],
	['an amount that is none', rowsOf('A;2026-10-01;x;1930;10;;;;', 'A;2026-10-01;x;3004;;tio;;;'), /^Row 3: credit: "tio" is not an amount/],
	['a negative amount', rowsOf('A;2026-10-01;x;1930;10;;;;', 'A;2026-10-01;x;3004;;-10;;;'), /^Row 3: credit: -10.00 is negative/],
	['a row without an amount', rowsOf('A;2026-10-01;x;1930;10;;;;', 'A;2026-10-01;x;3004;;;;;'), /^Row 3: neither debit nor credit/],
	[
		'an unknown account',
		rowsOf('A;2026-10-01;x;1930;10;;;;', '', 'A;2026-10-01;x;3999;;10;;;'),
		/^Row 4: account: account 3999 is not in the chart/,
	],
	['an inactive account', rowsOf('A;2026-10-01;x;1930;10;;;;', 'A;2026-10-01;x;3044;;10;;;'), /^Row 3: account: .*3044/],
	['an unknown cost center', rowsOf('A;2026-10-01;x;1930;10;;;;', 'A;2026-10-01;x;3004;;10;;MOON;'), /^Row 3: .*MOON/],
	[
		'an entry that does not balance',
		rowsOf('G;2026-10-01;x;1930;10;;;;', 'A;2026-10-01;x;1930;10;;;;', 'G;2026-10-01;x;3004;;10;;;', 'A;2026-10-01;x;3004;;9,50;;;'),
		/^Rows 3, 5 \(entry A\): .*0\.50 too much in debit/,
	],
	[
		'a date in another form',
		rowsOf('A;1/10 2026;x;1930;10;;;;', 'A;1/10 2026;x;3004;;10;;;'),
		/^Rows 2, 3 \(entry A\): date: "1\/10 2026" is not a date/,
	],
	[
		'a date in another year',
		rowsOf('A;2025-10-01;x;1930;10;;;;', 'A;2025-10-01;x;3004;;10;;;'),
		/^Rows 2, 3 .*no financial year that 2025-10-01/,
	],
	[
		'dates that disagree',
		rowsOf('A;2026-10-01;x;1930;10;;;;', 'A;2026-10-02;x;3004;;10;;;'),
		/row 2 has '2026-10-01', row 3 has '2026-10-02'/,
	],
	[
		'a row without a number',
		rowsOf('A;2026-10-01;x;1930;10;;;;', ';2026-10-01;x;3004;;10;;;', 'A;2026-10-01;x;3004;;10;;;'),
		/^Row 3: groupBy: row 3 has no value/,
	],
	[
		'a missing column',
		Buffer.from('number;datum;account;debit;credit\nA;2026-10-01;1930;10;'),
		/^Row 1: the header lacks date; it has number, datum/,
	],
	[
		'a column that occurs twice',
		Buffer.from('number;date;account;debit;credit;Debit\nA;2026-10-01;1930;10;;'),
		/^Row 1: the column "debit" occurs twice/,
	],
	[
		'an unquoted separator',
		Buffer.from('number,date,account,debit,credit\nA,2026-10-01,1930,1 234,50,'),
		/^Row 2: 6 values under 5 columns/,
	],
	['an unclosed quote', rowsOf('A;2026-10-01;"x;1930;10;;;;'), /^This is no CSV file: Quote Not Closed.* line 2/],
	['an empty file', Buffer.from(''), /^The file is empty/],
	['a header alone', rowsOf(''), /^The file has a header and no rows/],
];

describe('the demo', () => {
	let world: World;

	beforeEach(async () => {
		world = await startWorld({ companies: (now) => [demoCompany(2026, now)] });
	});

	afterEach(async () => {
		await world.close();
	});

	/** What stands in the sandbox, whatever the node says. */
	const booked = () =>
		world.sandbox
			.company()
			.vouchers()
			.flatMap(({ comments, rows }) =>
				rows.map(({ account, debit, credit, costCenter, project }) => [
					/R-\d/.exec(comments ?? '')?.[0],
					account,
					debit - credit,
					costCenter,
					project,
				]),
			);

	it('posts the rows of a file as its entries, reads them back, and posts nothing the second time', async () => {
		const rows = readCsv(Buffer.from(SHORT));
		const first = await book(world, rows);

		expect(first).toMatchObject({ posted: 3, alreadyPosted: 0 });
		expect(booked()).toEqual(SHORT_ROWS);
		expect(first.entries.map(({ name, date, text }) => [name, date, text])).toEqual([
			['CSV 1', '2026-10-03', 'Z-rapport 412'],
			['CSV 2', '2026-10-05', 'Utbetalning; kort'],
			['CSV 3', '2026-10-07', 'Reklamblad'],
		]);
		expect(
			first.entries.flatMap((entry) => entry.rows.map(({ account, debit, credit }) => [Number(account.slice(0, 4)), debit - credit])),
		).toEqual(SHORT_ROWS.map(([, account, amount]) => [account, amount]));
		expect(first.entries[1]?.rows[1]?.account).toBe('6040 Kontokortsavgifter');

		const second = await book(world, rows);
		expect(second).toMatchObject({ posted: 0, alreadyPosted: 3, entries: first.entries });
		expect(countVouchers(world.sandbox)).toBe(3);
	});

	it('prints a ledger with running balances and a trial balance that sums to zero', async () => {
		const { entries } = await book(world, readCsv(Buffer.from(SHORT)));
		const ledger = generalLedger(entries)
			.split('\n\n')
			.map((account) => account.split('\n'));
		const cards = ledger.find(([title]) => title === '1580 Fordran på kortinlösare');
		expect(cards?.slice(1).map((line) => line.slice(-42).split(/ {2,}/))).toEqual([
			['', '21 450,50', '21 450,50'],
			['', '21 450,50', '0,00'],
		]);
		const balance = trialBalance(entries).split('\n');
		expect(balance.find((line) => line.startsWith('1930'))).toMatch(/ 21 193,09 +100,50 +21 092,59$/);
		expect(balance.at(-1)).toMatch(/^Sum +44 294,50 +44 294,50 +0,00$/);
		expect(new Set(balance.map((line) => line.length)).size).toBe(1);
	});

	it.each(REFUSED)('refuses %s with the row and the reason, and posts nothing', async (_name, csv, reason) => {
		const error = await Promise.resolve(csv)
			.then(async (file) => await book(world, readCsv(file)))
			.catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(FileError);
		expect(String(error).replace('Error: ', '')).toMatch(reason);
		expect(String(error)).toMatch(/^Nothing was posted\./m);
		expect(countVouchers(world.sandbox)).toBe(0);
		expect(world.requests('POST', /vouchers$/)).toEqual([]);
	});

	it('refuses an unknown account with the words that the README shows', async () => {
		const file = rowsOf('A;2026-10-01;x;1930;10;;;;', '', 'A;2026-10-01;x;3999;;10;;;');
		const error = await book(world, readCsv(file)).catch((thrown: unknown) => thrown);
		expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(String(error).replace('Error: ', ''));
	});

	it('has an example workflow that runs as it is imported, in whatever year, on the rows that are pinned in it', async () => {
		const date = stockholmDate(Date.now());
		await world.close();
		world = await startWorld({ companies: (now) => [demoCompany(Number(date.slice(0, 4)), now)] });
		const text = readFileSync(join(ROOT, 'examples/bookkeeping-from-csv.json'), 'utf8');
		const workflow = JSON.parse(text) as EngineWorkflow;
		const nodes = workflow.nodes.map(({ credentials: _none, ...node }) => world.engine.node(node));
		const { error } = await world.engine.run({ ...workflow, nodes });
		expect(error).toBeUndefined();
		expect(world.sandbox.company().vouchers()).toMatchObject([{ series: 'CSV', date }]);
	});
});

describe('the file of the demo', () => {
	const rows = readCsv(readFileSync(join(ROOT, 'demo/bookkeeping.csv')));

	it('ends in an income statement and a VAT return that its rows make, and that have no errors', async () => {
		const world = await startWorld({ companies: (now) => [demoCompany(2026, now)] });
		await book(world, rows);
		const reports = await readReports(world, rows);
		const moved = new Map<string, number>();
		for (const { account, debit, credit } of world.sandbox
			.company()
			.vouchers()
			.flatMap((voucher) => voucher.rows)) {
			moved.set(String(account), (moved.get(String(account)) ?? 0) + credit - debit);
		}
		await world.close();
		const sum = (pattern: RegExp): number =>
			[...moved].filter(([account]) => pattern.test(account)).reduce((total, [, amount]) => total + amount, 0);
		const kronor = (pattern: RegExp): string => formatSek(Math.trunc(sum(pattern) / 100) * 100).replace(',00', '');
		const vat = vatReturn(reports.vatReturn);
		for (const [box, pattern] of [
			['10', /^261[0-3]/],
			['11', /^2621/],
			['12', /^2631/],
		] as const) {
			expect(vat).toMatch(new RegExp(`^${box} .* ${kronor(pattern)}$`, 'm'));
		}
		expect(vat).toMatch(/^49 VAT to pay .*\d$/m);
		expect(vat).toMatch(/\nThe checks found nothing\.$/);
		const result = incomeStatement(reports.incomeStatement).split('\n');
		expect(result[0]).toBe(`${'Operating income'.padEnd(58)}${formatSek(sum(/^3/)).padStart(14)}`);
		expect(result.at(-1)).toBe(`${'COMPUTED RESULT'.padEnd(58)}${formatSek(sum(/^[3-8]/)).padStart(14)}`);
	});

	it('is a month whose every entry balances', () => {
		const sums = new Map<string, number>();
		for (const { fields } of rows) {
			const ore = (text = ''): number => {
				const amount = readAmount(text === '' ? 0 : text);
				if (amount.problem !== undefined) throw new Error(amount.problem);
				return amount.value;
			};
			const number = fields.number ?? '';
			sums.set(number, (sums.get(number) ?? 0) + ore(fields.debit) - ore(fields.credit));
		}
		expect(sums.size).toBe(47);
		expect([...sums].filter(([, sum]) => sum !== 0)).toEqual([]);
	});
});

describe('a file of one’s own', () => {
	const expected = [{ row: 2, fields: { number: '1', date: '2026-10-01', account: '1930', debit: '1 234,50', credit: '', entry: 'Kafé' } }];

	it.each([
		['semicolons and a BOM', Buffer.from('\ufeffNumber;Date;Account;Debit;Credit;Entry\r\n1;2026-10-01;1930;1 234,50;;Kafé\r\n')],
		['commas and quotes', Buffer.from('number,date,account,debit,credit,entry\n1, 2026-10-01 ,1930,"1 234,50",,Kafé')],
		['tabs', Buffer.from('number\tdate\taccount\tdebit\tcredit\tentry\n1\t2026-10-01\t1930\t1 234,50\t\tKafé\n')],
		['Windows-1252', Buffer.from('number;date;account;debit;credit;entry\n1;2026-10-01;1930;1 234,50;;Kafé\n', 'latin1')],
	])('may have %s', (_name, csv) => {
		expect(readCsv(csv)).toEqual(expected);
	});

	it('ends the command with the reason and exit code 1 where it is wrong', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'demo-'));
		const file = join(folder, 'own.csv');
		writeFileSync(file, 'number;date;account;debit\n');
		const command = promisify(execFile)(process.execPath, ['--import', 'tsx', 'demo/index.ts', '--csv', file], { cwd: ROOT });
		await expect(command).rejects.toMatchObject({
			code: 1,
			stderr: 'Row 1: the header lacks credit; it has number, date, account, debit.\nNothing was posted.\n',
		});
		rmSync(folder, { recursive: true });
	});
});
