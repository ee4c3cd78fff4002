import type { INodeParameters } from 'n8n-workflow';

import type { EngineResult } from '../../../engine';
import { countVouchers, startWorld, type World } from '../support/world';
import { itemWith } from '../sie/files';

/** Siblings of the handed SIE files: other programs, series, days and dialects of the same kind. */
let world: World;
let before: number;
beforeEach(async () => {
	world = await startWorld();
	before = countVouchers(world.sandbox);
});
afterEach(async () => await world.close());

const HEAD = ['#FLAGGA 0', '#PROGRAM "Syskon" 1', '#FORMAT PC8', '#GEN 20260801', '#SIETYP 4'].concat(
	'#ORGNR 559900-1012',
	'#RAR 0 20260101 20261231',
);
/** A voucher of `amount` kronor between the bank and an account: series and number, day. */
const ver = (id: string, day: string, amount: number, account = 3004): string[] => [
	`#VER ${id} ${day} "Kassa ${amount}"`,
	'{',
	`#TRANS 1930 {} ${amount}.00`,
	`#TRANS ${account} {} -${amount}.00`,
	'}',
];
const file = (...lines: string[][]): string => [...HEAD, ...lines.flat(), ''].join('\r\n');

const importing = async (files: string[], options: INodeParameters = {}): Promise<EngineResult> => {
	const input = files.map((text) => itemWith(Buffer.from(text, 'latin1')));
	return await world.run({ resource: 'journalEntry', operation: 'importSie', journalId: 'A', options }, { input });
};
const added = (): number => countVouchers(world.sandbox) - before;
/** The entries of these files in the ledger, by day and amount. */
const inLedger = (): string[] =>
	world.sandbox
		.company()
		.vouchers(4)
		.filter(({ description }) => /^Kassa \d/.test(description))
		.map(({ date, rows }) => `${date} ${Math.max(...rows.map(({ debit }) => debit)) / 100}`)
		.sort();

/** Vouchers as `[day, kronor]`, numbered by their order in the file. */
type Vouchers = Array<[day: string, amount: number]>;
const numbered = (series: string, vouchers: Vouchers): string =>
	file(...vouchers.map(([day, amount], index) => ver(`${series} ${index + 1}`, day, amount)));

it.each<[what: string, series: string, first: Vouchers, later: Vouchers]>([
	[
		'a late one in front',
		'B',
		[
			['20260710', 10],
			['20260720', 20],
		],
		[
			['20260701', 5],
			['20260710', 10],
			['20260720', 20],
		],
	],
	[
		'two late ones in between',
		'K',
		[
			['20260601', 10],
			['20260630', 20],
		],
		[
			['20260601', 10],
			['20260610', 11],
			['20260620', 12],
			['20260630', 20],
		],
	],
	[
		'one between each',
		'Z',
		[
			['20260501', 1],
			['20260511', 2],
			['20260521', 3],
		],
		[
			['20260501', 1],
			['20260505', 7],
			['20260511', 2],
			['20260515', 8],
			['20260521', 3],
		],
	],
	[
		'a late one of the same day',
		'L',
		[
			['20260701', 10],
			['20260731', 20],
		],
		[
			['20260701', 10],
			['20260701', 15],
			['20260731', 20],
		],
	],
	[
		'a late one and a new one at the end',
		'M',
		[
			['20260201', 10],
			['20260228', 20],
		],
		[
			['20260201', 10],
			['20260214', 14],
			['20260228', 20],
			['20260228', 30],
		],
	],
])('numbers that shifted, %s: each voucher is in the ledger once', async (_what, series, first, later) => {
	expect((await importing([numbered(series, first)])).error?.message).toBeUndefined();
	const second = await importing([numbered(series, later)]);
	expect(second.error?.message).toBeUndefined();
	expect(second.hints().join('\n')).toContain('have shifted');
	const wanted = later.map(([day, amount]) => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)} ${amount}`).sort();
	expect(inLedger()).toEqual(wanted);
	world.reconnect();
	const again = await importing([numbered(series, first), numbered(series, later)]);
	expect(again.json().every(({ already_posted }) => already_posted === true)).toBe(true);
	expect(inLedger()).toEqual(wanted);
});

it.each<[what: string, first: Vouchers, second: Vouchers]>([
	[
		'a file a week',
		[
			['20260706', 10],
			['20260707', 11],
		],
		[
			['20260713', 12],
			['20260714', 13],
		],
	],
	['a file a day', [['20260601', 10]], [['20260602', 10]]],
	[
		'a file a month, the second longer',
		[['20260131', 10]],
		[
			['20260228', 20],
			['20260228', 21],
			['20260228', 22],
		],
	],
	[
		'a file a month, the second shorter',
		[
			['20260301', 1],
			['20260302', 2],
			['20260303', 3],
		],
		[['20260401', 4]],
	],
	[
		'equal amounts on other days',
		[
			['20260505', 100],
			['20260506', 100],
		],
		[
			['20260512', 100],
			['20260513', 100],
		],
	],
])('numbers that begin anew, %s', async (_what, first, second) => {
	const files = [numbered('B', first), numbered('B', second)] as const;
	await importing([files[0]]);
	const refused = await importing([files[1]]);
	expect(refused.error?.context?.error_code).toBe('ERROR_NUMBER_ALREADY_USED');
	expect(refused.error?.message).toContain('voucherNumbers: restart');
	expect(added()).toBe(first.length);
	const restart = { voucherNumbers: 'restart' };
	expect((await importing([files[1]], restart)).error?.message).toBeUndefined();
	expect(added()).toBe(first.length + second.length);
	for (const text of files) {
		expect((await importing([text], restart)).json().every(({ already_posted }) => already_posted === true)).toBe(true);
	}
	expect(added()).toBe(first.length + second.length);
});

it.each([
	['the month before', '20260715', '20260630'],
	['the month after', '20260715', '20260801'],
	['the year before', '20260105', '20251231'],
	['the year after', '20261231', '20270101'],
	['the month of the year before', '20260715', '20250715'],
])('rows dated in %s', async (_what, day, rowDay) => {
	const rows = ['#TRANS 1930 {} 100.00', `#TRANS 3004 {} -60.00 ${rowDay}`, '#TRANS 3004 {} -40.00'];
	const voucher = [`#VER B 1 ${day} "Kassa 100"`, '{', ...rows, '}'];
	const refused = await importing([file(voucher)]);
	const iso = (text: string): string => `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
	expect(refused.error?.message).toMatch(new RegExp(`voucher B 1 .*voucher's ${iso(day)} \\(line \\d+: ${iso(rowDay)}\\).*Row Dates`));
	expect(added()).toBe(0);
	const taken = await importing([file(voucher)], { rowDates: 'voucherDate' });
	expect(taken.json()).toMatchObject([{ date: iso(day) }]);
	expect(taken.hints().join('\n')).toContain(iso(rowDay));
	expect(added()).toBe(1);
});

it.each<[what: string, text: string]>([
	[
		'small letters',
		'#flagga 0\n#program "x" 1\n#format pc8\n#gen 20260801\n#sietyp 4i\n#orgnr 559900-1012\n#rar 0 20260101 20261231\n#ver b 1 20260705 "Kassa 10"\n{\n#trans 1930 {} 10\n#trans 3004 {} -10\n}\n',
	],
	[
		'ISO days in the head',
		file(ver('B 1', '20260705', 10))
			.replace('#GEN 20260801', '#GEN 2026-08-01')
			.replace('20260101 20261231', '2026-01-01 2026-12-31'),
	],
	['a VAT number with blanks around', file(ver('B 1', '20260705', 10)).replace('#ORGNR 559900-1012', '#ORGNR   SE559900101201  ')],
	[
		'budgets, balances and texts that lack fields',
		file(['#PROSA', '#PBUDGET 0 3001', '#PSALDO 0 202601 1930', '#OIB 0 1930', '#TAXAR', '#KTYP 1930'], ver('B 1', '20260705', 10)),
	],
	[
		'comments, blank lines and a brace on the voucher’s line',
		`; kommentar\n\n// mer\n${HEAD.join('\n')}\n\n#VER B 1 20260705 "Kassa 10" {\n\n#TRANS 1930 {} 10\n#TRANS 3004 {} -10\n\n}\n\n`,
	],
])('a dialect: %s', async (_what, text) => {
	const result = await importing([text]);
	expect(result.error?.message).toBeUndefined();
	expect([inLedger(), added()]).toEqual([['2026-07-05 10'], 1]);
});

it.each<[number: number, name: string, sru: number, isNamed: boolean]>([
	[3012, 'Kurser 12 %', 7410, true],
	[3811, 'Aktiverat arbete', 7412, true],
	[5897, 'Resor övrigt', 7513, false],
	[6076, 'Mat', 7513, false],
	[1689, 'Fordran', 7261, false],
])('an account that the chart lacks: %i', async (number, name, sru, isNamed) => {
	for (const year of world.sandbox.company().years.values()) year.accounts.delete(number);
	const konto = [`#KONTO ${number} "${name}"`, `#SRU ${number} ${sru}`];
	const result = await importing([file(konto, ver('B 1', '20260705', 10, number))], { createMissingAccounts: true });
	expect(result.error?.message).toBeUndefined();
	expect(world.sandbox.company().year(4).accounts.get(number)).toMatchObject({ sru, vatCode: null });
	expect(result.hints().join('\n').includes(`without a VAT code: ${number}`)).toBe(isNamed);
	expect(added()).toBe(1);
});
