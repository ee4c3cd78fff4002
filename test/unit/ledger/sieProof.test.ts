import { parseSie, type SieReadOptions } from '../../../nodes/shared/ledger/sie';
import { hasOrganisationNumber, isOfTenant, SieProof, wrongFile, type AskedFile } from '../../../nodes/shared/ledger/sieProof';

const OPTIONS: SieReadOptions = { encoding: 'cp437', allowUnbalanced: true, strictBalances: true };
const ASKED: AskedFile = { type: 4, from: '2026-01-01', to: '2026-12-31' };

const HEAD = [
	'#FLAGGA 0',
	'#FORMAT PC8',
	'#SIETYP 4',
	'#FNR 1001',
	'#RAR 0 20260101 20261231',
	'#RAR -1 20250101 20251231',
	'#ORGNR 559900-1012',
	'#KONTO 1930 "Bank"',
	'#KONTO 3001 "Sales"',
	'#DIM 1 "Cost center"',
];
const FIGURES = [
	'#IB 0 1930 100.50 0',
	'#UB 0 1930 350.50 0',
	'#PSALDO 0 202603 1930 {} 250 0',
	'#PSALDO 0 202603 3001 {} -250 0',
	'#RES 0 3001 -250 0',
];
const BEFORE = ['#IB -1 1930 0 0', '#UB -1 1930 100.50 0', '#PSALDO -1 202512 1930 {} 100.50 0', '#PSALDO -1 202512 1930 {1 "A"} 40 0'];

const voucher = (date: string, amount: number, account = '1930', contra = '3001'): string[] => [
	`#VER A 1 ${date}`,
	'{',
	`#TRANS ${account} {} ${amount}`,
	`#TRANS ${contra} {} ${-amount}`,
	'}',
];
const WHOLE = [...HEAD, ...FIGURES, ...BEFORE, ...voucher('20260301', 200), ...voucher('20260331', 50)];

function objectionTo(lines: readonly string[], asked: AskedFile = ASKED): string | undefined {
	const { vouchers, ...head } = parseSie(Buffer.from(lines.join('\r\n')), OPTIONS);
	const proof = new SieProof();
	for (const each of vouchers) proof.add(each);
	return wrongFile(head, asked) ?? proof.doubt(head);
}

const without = (lines: readonly string[], ...beginnings: string[]): string[] =>
	lines.filter((line) => !beginnings.some((beginning) => line.startsWith(beginning)));

test.each<[string, string[]]>([
	['as Fortnox writes it', WHOLE],
	['without sums of months', without(WHOLE, '#PSALDO')],
	['of a first year', without(WHOLE, '#RAR -1', '#IB -1', '#UB -1', '#PSALDO -1')],
	['with a voucher of which no row is left', [...WHOLE, '#VER A 3 20251231', '{', '#BTRANS 1930 {} 7', '}']],
	['with a row that was added later', [...WHOLE, '#VER A 3 20260401', '{', '#RTRANS 1930 {} 0', '#TRANS 1930 {} 0', '}']],
	['with vouchers behind a head that names no dimension', without(WHOLE, '#DIM')],
	[
		'without vouchers, and without sums of months of the year before',
		[...HEAD, '#IB 0 1930 100.50 0', '#UB 0 1930 100.50 0', ...without(BEFORE, '#PSALDO')],
	],
	['with vouchers on accounts of statistics alone', [...WHOLE, ...voucher('20260401', 8, '9000', '9010')]],
	['with sums of a month on an object', [...WHOLE.slice(0, 12), '#PSALDO 0 202603 1930 {1 "A"} 7 0', ...WHOLE.slice(12)]],
	[
		'with an account that came and went, and no line for it',
		[...WHOLE, ...voucher('20260401', 8, '1510'), ...voucher('20260401', -8, '1510')],
	],
	['with vouchers, which come after the dimensions', without(WHOLE, '#DIM')],
	[
		'with a voucher, whatever the year before says',
		[...HEAD, ...FIGURES, '#UB -1 1930 7', '#PSALDO -1 202512 1930 {} 8', ...voucher('20260301', 250)],
	],
	['with balances of an object', [...WHOLE.slice(0, 12), '#IB 0 1930 {1 "A"} 7 0', ...WHOLE.slice(12)]],
	['of a year without vouchers, and no sums of months', [...HEAD, '#IB 0 1930 5 0', '#UB 0 1930 5 0', '#IB -1 1930 0', '#UB -1 1930 5']],
	['of a year without vouchers', [...HEAD, '#IB 0 1930 100.50 0', '#UB 0 1930 100.50 0', ...BEFORE]],
	[
		'with öre that no float adds up',
		[...HEAD, '#UB 0 1930 0.30 0', '#RES 0 3001 -0.30 0', ...voucher('20260301', 0.1), ...voucher('20260301', 0.2)],
	],
])('a file %s proves itself', (_, lines) => {
	expect(objectionTo(lines)).toBeUndefined();
});

test.each<[string, string[], RegExp]>([
	['the last voucher', WHOLE.slice(0, -5), /^account 1930 opens with 100\.50 and is moved by 200\.00.*closes with 350\.50$/],
	['all vouchers', WHOLE.slice(0, -10), /^account 1930/],
	['the vouchers and a part of the figures', [...HEAD, ...FIGURES.slice(0, 2)], /^account 1930/],
	['all after an opening balance', [...HEAD, ...FIGURES.slice(0, 1)], /^account 1930 .* closes with 0\.00$/],
	['the close of the year before', [...HEAD, '#PSALDO -1 202512 1930 {} 100.50 0'], /^account 1930/],
	['all after the accounts', HEAD.slice(0, -1), /ends before its dimensions/],
	['all after the financial year', HEAD.slice(0, 5), /ends before its dimensions/],
	['the financial year', HEAD.slice(0, 4), /#RAR 0/],
	['all after the first line', HEAD.slice(0, 1), /#SIETYP/],
])('a file that lacks %s does not', (_, lines, objection) => {
	expect(objectionTo(lines)).toMatch(objection);
});

test('a file that lacks two vouchers that cancel each other does not, where their months are summed', () => {
	const sums = ['#PSALDO 0 202605 1510 {} 8 0', '#PSALDO 0 202606 1510 {} -8 0'];
	const cancelling = [...voucher('20260501', 8, '1510', '1580'), ...voucher('20260601', -8, '1510', '1580')];
	const lines = [...WHOLE.slice(0, -10), ...sums, ...WHOLE.slice(-10)];
	expect(objectionTo([...lines, ...cancelling])).toBeUndefined();
	expect(objectionTo([...lines, ...cancelling.slice(0, 5)])).toMatch(/account 1510 by 0\.00 in 2026-06/);
	expect(objectionTo(lines)).toMatch(/move account 1510 by 0\.00 in 2026-05.*8\.00$/);
});

test.each<[string, Partial<AskedFile>, RegExp]>([
	['another financial year', { from: '2025-01-01', to: '2025-12-31' }, /is for the financial year 2026-01-01–2026-12-31/],
	['a financial year that ends another day', { to: '2027-06-30' }, /is for the financial year/],
	['another type', { type: 2 }, /#SIETYP/],
])('a file is not believed where %s was asked for', (_, asked, objection) => {
	expect(objectionTo(WHOLE, { ...ASKED, ...asked })).toMatch(objection);
});

test.each<[1 | 2 | 3, string[]]>([
	[1, [...HEAD, '#UB 0 1930 5 0']],
	[2, [...HEAD, ...FIGURES]],
	[3, [...HEAD, ...FIGURES]],
])('a file of type %s proves what it can', (type, lines) => {
	const ofType = lines.map((line) => line.replace('#SIETYP 4', `#SIETYP ${type}`));
	expect(objectionTo(ofType, { ...ASKED, type })).toBeUndefined();
	const cut = without(ofType, '#RES');
	const objection = type < 3 ? /ends before its accounts/ : /ends before its dimensions/;
	expect(objectionTo(ofType.slice(0, 5), { ...ASKED, type })).toMatch(objection);
	const undimensioned = objectionTo(without(ofType, '#DIM'), { ...ASKED, type });
	if (type < 3) expect(undimensioned).toBeUndefined();
	else expect(undimensioned).toMatch(objection);
	if (type > 1) expect(objectionTo(cut, { ...ASKED, type })).toMatch(/^account 3001/);
});

test('only the ledger knows whether a file of type 4 without vouchers is whole', () => {
	const head = parseSie(Buffer.from(HEAD.join('\n')), OPTIONS);
	const proof = new SieProof();
	expect(proof.mayLackVouchers(head)).toBe(true);
	expect(proof.mayLackVouchers({ ...head, type: 2 })).toBe(false);
	proof.add({ date: '2026-01-01', rows: [], difference: 0 });
	expect(proof.mayLackVouchers(head)).toBe(false);
});

test('a company is known by its own number, or by its organisation number however it is written', () => {
	const head = parseSie(Buffer.from(HEAD.join('\n')), OPTIONS);
	expect([isOfTenant(head, 1001), isOfTenant(head, 1002)]).toEqual([true, false]);
	const known = ['559900-1012', '165599001012', 'SE559900101201', '559900-1020', '', null, undefined];
	expect(known.map((own) => hasOrganisationNumber(head, own))).toEqual([true, true, true, false, undefined, undefined, undefined]);
	expect(hasOrganisationNumber({ ...head, company: {} }, '559900-1012')).toBeUndefined();
});

test('a file has all entries of a year that has as many, and none without a row', () => {
	const proofOf = (lines: readonly string[]): SieProof => {
		const proof = new SieProof();
		for (const each of parseSie(Buffer.from(lines.join('\r\n')), OPTIONS).vouchers) proof.add(each);
		return proof;
	};
	expect([1, 2, 3, undefined].map((entries) => proofOf(WHOLE).hasAll(entries))).toEqual([false, true, false, false]);
	expect(proofOf([...WHOLE, '#VER A 3 20260401', '{', '#TRANS 1930 {} 7', '}']).hasAll(3)).toBe(false);
	expect(proofOf(HEAD).hasAll(0)).toBe(false);
});
