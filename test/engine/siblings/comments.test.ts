import type { IDataObject } from 'n8n-workflow';

import type { CompanyState, SandboxVoucher } from '../../../sandbox';
import { countVouchers, startWorld, type World } from '../support/world';

/** Siblings of the handed cases of comments: other edits of the same kind. Never may a second voucher come about. */

type Right = 'found' | 'either' | 'refused';
type Edit = (mark: string) => string | null;

const KINDS: Record<string, [right: Right, edits: Edit[]]> = {
	'a note behind the line': [
		'found',
		[
			(mark) => `${mark}\nOK`,
			(mark) => `${mark}\r\nAttesterad 2026-06-03`,
			(mark) => `${mark}\n\nSe mejl från Åsa`,
			(mark) => `${mark}\n\tKvitto saknas`,
			(mark) => `${mark}\r\n\r\n1. Kontrollerad\r\n2. Arkiverad`,
		],
	],
	'a note before the line': [
		'found',
		[
			(mark) => `Granskad\n${mark}`,
			(mark) => `Se faktura 17\r\n${mark}`,
			(mark) => `1.\n2.\n${mark}`,
			(mark) => `Å\n\n${mark}`,
			(mark) => `* viktigt *\n${mark}`,
		],
	],
	'blanks before the line': [
		'found',
		[(mark) => `   ${mark}`, (mark) => `\t${mark}`, (mark) => `\n\n${mark}`, (mark) => `\r\n${mark}`, (mark) => `\u00a0${mark}`],
	],
	'a note on the line': [
		'found',
		[
			(mark) => `${mark} ok`,
			(mark) => `${mark} (kontrollerad)`,
			(mark) => `${mark}, se bilaga`,
			(mark) => `${mark} 2026-06-30`,
			(mark) => `Granskad: ${mark}`,
		],
	],
	'blanks behind the line': [
		'found',
		[(mark) => `${mark} `, (mark) => `${mark}\t`, (mark) => `${mark}   \n`, (mark) => `${mark}\u00a0`, (mark) => `${mark} \u00a0 \r\n`],
	],
	'its end lost': [
		'either',
		[
			(mark) => mark.slice(0, -1),
			(mark) => mark.slice(0, -2),
			(mark) => `${mark.slice(0, -1)}\nGranskad`,
			(mark) => mark.slice(1),
			(mark) => mark.slice(0, -6),
		],
	],
	'a line break within': [
		'either',
		[20, 40, 50, 60, 70].map((at, index) => (mark) => `${mark.slice(0, at)}${index % 2 === 0 ? '\n' : '\r\n'}${mark.slice(at)}`),
	],
	'another case': [
		'either',
		[
			(mark) => mark.toUpperCase(),
			(mark) => mark.toLowerCase(),
			(mark) => mark.replace(/k=/, 'K='),
			(mark) => mark.replace(/d=/, 'D='),
			(mark) => mark.replace(/[0-9a-f]{8,}/g, (digits) => digits.toUpperCase()),
		],
	],
	'characters written as entities': [
		'either',
		[
			(mark) => mark.replace(/\*/g, '&#x2a;'),
			(mark) => mark.replace(/\*/g, '&ast;'),
			(mark) => mark.replace(/;/g, '&#59;'),
			(mark) => mark.replace(/[=]/g, '&#61;'),
			(mark) => mark.replace(/[*]/g, '\\*'),
		],
	],
	'a digit changed': [
		'refused',
		[
			(mark) => otherDigit(mark, 'k', 0),
			(mark) => otherDigit(mark, 'k', 3),
			(mark) => otherDigit(mark, 'k', 7),
			(mark) => otherDigit(mark, 'd', 0),
			(mark) => otherDigit(mark, 'd', 6),
		],
	],
	'nothing left of it': ['refused', [() => null, () => ' ', () => '\n', () => 'Tömd av Eva', () => '*']],
};

function otherDigit(mark: string, key: 'k' | 'd', at: number): string {
	const found = new RegExp(`(${key}=(?:1\\.)?[0-9a-f]{${at}})([0-9a-f])`);
	return mark.replace(found, (_, before: string, digit: string) => before + (digit === '0' ? '1' : '0'));
}

const edits = Object.entries(KINDS).flatMap(([kind, [right, all]]) => all.map((edit) => ({ kind, right, edit })));

let world: World;
let company: CompanyState;
beforeAll(async () => {
	world = await startWorld();
	company = world.sandbox.company();
});
beforeEach(() => world.reconnect());
afterAll(async () => await world.close());

/** Entries that no other resembles: each has an amount of its own. */
const input = (name: string, count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({ number: `${name}-${index}`, amount: 1000 + index + (name.length * 7) / 100 }));

const post = async (items: IDataObject[]) =>
	await world.run(
		{
			resource: 'journalEntry',
			operation: 'create',
			journalId: 'A',
			date: '2026-06-01',
			number: '={{ $json.number }}',
			description: '=Payout {{ $json.number }}',
			linesSource: 'json',
			linesJson: '={{ [{ account: "1930", debit: $json.amount }, { account: "3004", credit: $json.amount }] }}',
		},
		{ input: items, onError: 'continueRegularOutput' },
	);

function voucherOf(item: IDataObject | undefined): SandboxVoucher {
	const voucher = company.voucher(String(item?.voucher_series), Number(item?.voucher_number), Number(item?.financial_year_id));
	if (voucher === undefined) throw new Error('not posted');
	return voucher;
}

const comment = (voucher: SandboxVoucher, comments: string | null): void =>
	company.editVoucher(voucher, (edited) => {
		edited.comments = comments;
	});

it('has five of each kind', () => {
	expect(Object.values(KINDS).map(([, all]) => all.length)).toEqual(Array(11).fill(5));
});

it.each(['the same process', 'a new process'])('are known again or refused in %s', async (process) => {
	const items = input(process, edits.length);
	const first = (await post(items)).json();
	const before = countVouchers(world.sandbox);
	for (const [index, { edit }] of edits.entries()) {
		const voucher = voucherOf(first[index]);
		comment(voucher, edit(voucher.comments ?? ''));
	}
	if (process === 'a new process') world.reconnect();
	const again = (await post(items)).json();
	const outcomes = again.map((item, index) => {
		const id = String(first[index]?.id);
		if (item.id === id && item.already_posted === true) return 'found';
		const isRefused = item.error_code === 'ERROR_POST_NOT_VERIFIABLE' && String(item.error).includes(id);
		return isRefused ? 'refused' : JSON.stringify(item).slice(0, 300);
	});
	expect(outcomes.map((outcome, index) => [edits[index]?.kind, index, outcome])).toEqual(
		edits.map(({ kind, right }, index): unknown[] => [
			kind,
			index,
			right === 'either' ? expect.stringMatching(/^(found|refused)$/) : right,
		]),
	);
	expect(countVouchers(world.sandbox)).toBe(before);
});

/** Vouchers of other matters: another amount, other accounts, another day, more rows, a credit in place of a debit. */
const OTHERS: ReadonlyArray<{ date: string; rows: Array<{ account: number; debit?: number; credit?: number }> }> = [
	{
		date: '2026-06-01',
		rows: [
			{ account: 1930, debit: 700 },
			{ account: 3004, credit: 700 },
		],
	},
	{
		date: '2026-06-01',
		rows: [
			{ account: 5010, debit: 100_000 },
			{ account: 1930, credit: 100_000 },
		],
	},
	{
		date: '2026-06-30',
		rows: [
			{ account: 5010, debit: 700 },
			{ account: 1930, credit: 700 },
		],
	},
	{
		date: '2026-06-02',
		rows: [
			{ account: 5010, debit: 300 },
			{ account: 5410, debit: 400 },
			{ account: 1930, credit: 700 },
		],
	},
	{
		date: '2026-06-01',
		rows: [
			{ account: 3004, debit: 900 },
			{ account: 1930, credit: 900 },
		],
	},
];

it('a mark that was moved to another voucher never stands for that one', async () => {
	const items = input('moved', OTHERS.length);
	const first = (await post(items)).json();
	const others = OTHERS.map((other, index) => {
		const voucher = company.addVoucher({ series: 'A', description: `Annat ${index}`, ...other });
		const own = voucherOf(first[index]);
		comment(voucher, own.comments);
		comment(own, null);
		return voucher;
	});
	const before = countVouchers(world.sandbox);
	world.reconnect();
	const again = (await post(items)).json();
	expect(again.map(({ error_code, error }, index) => [error_code, String(error).includes(`A-${others[index]?.number ?? ''}-4`)])).toEqual(
		OTHERS.map(() => ['ERROR_POST_NOT_VERIFIABLE', true]),
	);
	expect(countVouchers(world.sandbox)).toBe(before);
});

it('of two vouchers with the mark the one whose rows are the entry’s is returned', async () => {
	const items = input('copied too', OTHERS.length);
	const first = (await post(items)).json();
	for (const [index, other] of OTHERS.entries()) {
		comment(company.addVoucher({ series: 'A', description: `Kopia ${index}`, ...other }), voucherOf(first[index]).comments);
	}
	const before = countVouchers(world.sandbox);
	world.reconnect();
	const again = (await post(items)).json();
	expect(again.map(({ id, already_posted }) => [id, already_posted])).toEqual(first.map(({ id }) => [id, true]));
	expect(countVouchers(world.sandbox)).toBe(before);
});
