import type { INodeParameters } from 'n8n-workflow';

import type { SandboxVoucher } from '../../../sandbox';
import { countVouchers, startWorld, type World } from '../support/world';

const LINES = [
	{ account: '1930', debit: 100 },
	{ account: '3004', credit: 100 },
];

const entry = (number: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'A',
	date: '2026-06-01',
	description: `Payout ${number}`,
	number,
	linesSource: 'json',
	linesJson: JSON.stringify(LINES),
	...more,
});

const otherDigit = (mark: string, field: string): string =>
	mark.replace(
		new RegExp(`(${field}=(?:1\\.)?[0-9a-f]{5})([0-9a-f])`),
		(_, before: string, digit: string) => before + (digit === '0' ? '1' : '0'),
	);

/** What people do to a mark's line `M`, and whether the entry may still be recognised or has to be refused. */
const EDITS: Array<[string, (mark: string) => string, 'found' | 'either' | 'refused']> = [
	['a note on the next line', (mark) => `${mark}\nGranskad av Eva`, 'found'],
	['a note on the next line (CRLF)', (mark) => `${mark}\r\nGranskad av Eva`, 'found'],
	['a note before it', (mark) => `Granskad av Eva\n${mark}`, 'found'],
	['a blank before it', (mark) => ` ${mark}`, 'found'],
	['a line break before it', (mark) => `\n${mark}`, 'found'],
	['a note behind it on the line', (mark) => `${mark} Granskad av Eva`, 'found'],
	['blanks behind it', (mark) => `${mark}  `, 'found'],
	['no-break blanks behind it', (mark) => `${mark}\u00a0\u00a0`, 'found'],
	['its last * lost', (mark) => mark.slice(0, -1), 'either'],
	['a line break after 60 characters', (mark) => `${mark.slice(0, 60)}\n${mark.slice(60)}`, 'either'],
	['capitals', (mark) => mark.toUpperCase(), 'either'],
	['* as an entity', (mark) => mark.replace(/\*/g, '&#42;'), 'either'],
	['invisible characters', (mark) => mark.replace(/(.{11})/g, '$1\u200b'), 'either'],
	['one digit of its key changed', (mark) => otherDigit(mark, 'k'), 'refused'],
	['one digit of its digest changed', (mark) => otherDigit(mark, 'd'), 'refused'],
	['its key cut out', (mark) => mark.replace(/k=[0-9a-f]+;/, ''), 'refused'],
	['no comments left', () => '', 'refused'],
	['other comments in its place', () => 'Granskad av Eva', 'refused'],
];

describe('people edit the ledger', () => {
	let world: World;
	let before: number;
	let count = 0;
	const added = (): number => countVouchers(world.sandbox) - before;
	const company = () => world.sandbox.company(1001);
	const freshNumber = (): string => `ALT-${++count}`;

	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(() => {
		world.sandbox.faults.clear();
		world.reconnect();
		before = countVouchers(world.sandbox);
	});
	afterAll(async () => {
		await world.close();
	});

	async function post(number: string, more: INodeParameters = {}): Promise<{ id: string; voucher: SandboxVoucher }> {
		const [item] = (await world.run(entry(number, more))).json();
		const voucher = company().voucher(String(item?.voucher_series), Number(item?.voucher_number), Number(item?.financial_year_id));
		if (voucher === undefined) throw new Error('not posted');
		return { id: String(item?.id), voucher };
	}
	const edit = (voucher: SandboxVoucher, comments: string | null): void =>
		company().editVoucher(voucher, (edited) => {
			edited.comments = comments;
		});

	describe.each(['the same process', 'a new process'])('and the entry is run again in %s', (process) => {
		it.each(EDITS)('with %s', async (_, change, right) => {
			const number = freshNumber();
			const { id, voucher } = await post(number);
			edit(voucher, change(voucher.comments ?? ''));
			if (process === 'a new process') world.reconnect();
			const again = await world.run(entry(number));
			if (right === 'found' || (right === 'either' && again.error === undefined)) {
				expect(again.error).toBeUndefined();
				expect(again.json()[0]).toMatchObject({ id, already_posted: true });
			} else {
				expect(again.error?.context?.error_code).toBe('ERROR_POST_NOT_VERIFIABLE');
				expect(again.error?.message).toContain(id);
			}
			expect(added()).toBe(1);
		});
	});

	it('refuses an entry whose mark was moved to another voucher, and names both', async () => {
		const number = freshNumber();
		const { id, voucher } = await post(number);
		const other = company().addVoucher({
			series: 'A',
			date: '2026-06-02',
			description: 'Hyra',
			rows: [
				{ account: 5010, debit: 700 },
				{ account: 1930, credit: 700 },
			],
		});
		edit(other, voucher.comments);
		edit(voucher, null);
		const again = await world.run(entry(number));
		expect(again.error?.context?.error_code).toBe('ERROR_POST_NOT_VERIFIABLE');
		expect(again.error?.message).toContain(id);
		expect(again.error?.message).toContain(`A-${other.number}-4`);
		expect(added()).toBe(2);
	});

	it('takes of two vouchers with the mark the one that books the entry', async () => {
		const number = freshNumber();
		const other = company().addVoucher({
			series: 'A',
			date: '2026-06-02',
			description: 'Hyra',
			rows: [
				{ account: 5010, debit: 700 },
				{ account: 1930, credit: 700 },
			],
		});
		const { id, voucher } = await post(number);
		edit(other, voucher.comments);
		world.reconnect();
		const again = await world.run(entry(number));
		expect(again.json()[0]).toMatchObject({ id, already_posted: true });
		expect(again.json()[0]).not.toHaveProperty('duplicate_entry_ids');
		expect(again.hints().join(' ')).toContain(`A-${other.number}-4 carries the mark`);
		expect(added()).toBe(2);
	});

	it('returns an entry whose rows were changed in Fortnox, and says what changed', async () => {
		const number = freshNumber();
		const { id, voucher } = await post(number);
		company().editVoucher(voucher, ({ rows }) => {
			for (const row of rows) Object.assign(row, row.debit > 0 ? { debit: 11_000 } : { credit: 11_000 });
		});
		const again = await world.run(entry(number));
		expect(again.json()[0]).toMatchObject({ id, already_posted: true });
		expect(again.hints().join(' ')).toMatch(/was changed in Fortnox.*the amount on 1930 was 100\.00 and is 110\.00/);
	});

	it('says which rows of an entry were removed in Fortnox, and which were added', async () => {
		const number = freshNumber();
		const { voucher } = await post(number);
		company().editVoucher(voucher, ({ rows }) => {
			for (const row of rows) if (row.account === 3004) Object.assign(row, { account: 3001 });
		});
		const hints = (await world.run(entry(number))).hints().join(' ');
		expect(hints).toContain('3004 had 100.00 in credit and now has no row; 3001 had no row and now has 100.00 in credit');
	});

	describe('an entry whose rows were all removed', () => {
		const removeRows = (voucher: SandboxVoucher) =>
			company().editVoucher(voucher, ({ rows }) => rows.forEach((row) => (row.removed = true)));
		const other = { linesJson: JSON.stringify(LINES.map(({ account }, index) => ({ account, [index === 0 ? 'debit' : 'credit']: 110 }))) };

		it('is returned with a hint, as one that was reversed, and other content is its correction', async () => {
			const number = freshNumber();
			const { id, voucher } = await post(number);
			removeRows(voucher);
			world.reconnect();
			const again = await world.run(entry(number));
			expect(again.json()[0]).toMatchObject({ id, already_posted: true, items: [] });
			expect(again.hints().join(' ')).toMatch(
				/all of its rows were removed in Fortnox, so that it books nothing\. It was not posted again/,
			);
			const refused = await world.run(entry('', { operation: 'correct', journalEntryId: id, ...other }));
			expect(refused.error?.message).toMatch(/nothing to reverse.*Journal Entry > Create: under the same number/);
			expect((await world.run(entry(number, other))).json()[0]).toMatchObject({ corrects: id });
			const [corrected] = (await world.run(entry(number, other))).json();
			expect(corrected).toMatchObject({ corrects: id, already_posted: true });
			expect(corrected).not.toHaveProperty('duplicate_entry_ids');
			expect(added()).toBe(2);
		});

		it('as a reversal takes nothing back: the entry is reversed anew', async () => {
			const number = freshNumber();
			const { id } = await post(number);
			const reverse = { resource: 'journalEntry', operation: 'reverse', journalEntryId: id };
			const [first] = (await world.run(reverse)).json();
			const reversal = company().voucher('A', Number(first?.voucher_number), 4);
			if (reversal === undefined) throw new Error('No reversal');
			removeRows(reversal);
			world.reconnect();
			const standing = await world.run(entry(number));
			expect(standing.json()[0]).toMatchObject({ id, already_posted: true });
			expect(standing.json()[0]).not.toHaveProperty('reversed_by');
			const [second] = (await world.run(reverse)).json();
			expect(second).not.toHaveProperty('already_posted');
			const again = await world.run(entry(number));
			expect(again.json()[0]).toMatchObject({ reversed_by: second?.id });
			expect(again.hints().join(' ')).not.toContain('more than once');
			expect(added()).toBe(3);
		});
	});

	it('leaves equal entries alone that carry another mark', async () => {
		const text = { description: 'Bankavgift' };
		await post(freshNumber(), text);
		await post(freshNumber(), text);
		expect(added()).toBe(2);
	});

	it('refuses an entry that a person has booked in the same way, and lets it pass under another text', async () => {
		company().addVoucher({
			series: 'A',
			date: '2026-06-01',
			description: 'Kortuttag',
			rows: [
				{ account: 1930, debit: 10_000 },
				{ account: 3004, credit: 10_000 },
			],
		});
		const number = freshNumber();
		const refused = await world.run(entry(number, { description: 'Kortuttag' }));
		expect(refused.error?.context?.error_code).toBe('ERROR_POST_NOT_VERIFIABLE');
		await post(number, { description: 'Kortuttag 2' });
		expect(added()).toBe(2);
	});

	describe('delete the newest voucher', () => {
		it.each(['the same process', 'a new process'])('whose entry is then posted anew in %s', async (process) => {
			const number = freshNumber();
			const { voucher } = await post(number);
			company().year(4).unbook(voucher);
			if (process === 'a new process') world.reconnect();
			const again = await world.run(entry(number));
			expect(again.json()[0]).not.toHaveProperty('already_posted');
			expect(added()).toBe(1);
		});

		it('and its number goes to another voucher, which is not taken for the entry', async () => {
			const number = freshNumber();
			const { id, voucher } = await post(number);
			company().year(4).unbook(voucher);
			const foreign = company().addVoucher({
				series: 'A',
				date: '2026-06-03',
				description: 'Hyra',
				rows: [
					{ account: 5010, debit: 700 },
					{ account: 1930, credit: 700 },
				],
			});
			expect(`A-${foreign.number}-4`).toBe(id);
			const again = await world.run(entry(number));
			expect(again.json()[0]?.id).not.toBe(id);
			expect(again.json()[0]).not.toHaveProperty('already_posted');
			expect(added()).toBe(2);
		});
	});

	describe('reverse entries', () => {
		const reverse = async (id: unknown, more: INodeParameters = {}) =>
			await world.run({ resource: 'journalEntry', operation: 'reverse', journalEntryId: String(id), ...more });
		const changed = (number: string) =>
			entry(number, {
				linesJson: JSON.stringify([
					{ account: '1930', debit: 110 },
					{ account: '3004', credit: 110 },
				]),
			});

		it('whose same content comes back with what reverses it, and whose other content is its correction', async () => {
			const number = freshNumber();
			const { id } = await post(number);
			const refused = await world.run(changed(number));
			expect(refused.error?.message).toContain('the amount on 1930 was 100.00 and is 110.00');
			const reversal = (await reverse(id)).json()[0];
			expect(reversal).toMatchObject({ reverses: id });
			const same = await world.run(entry(number));
			expect(same.json()[0]).toMatchObject({ id, already_posted: true, reversed_by: reversal?.id });
			expect(same.hints().join(' ')).toMatch(/reverses it. It was not posted again/);
			const correction = (await world.run(changed(number))).json()[0];
			expect(correction).toMatchObject({ corrects: id, number });
			expect(correction).not.toHaveProperty('already_posted');
			world.reconnect();
			expect((await world.run(changed(number))).json()[0]).toMatchObject({ id: correction?.id, already_posted: true, corrects: id });
			expect((await world.run(entry(number))).json()[0]).toMatchObject({ id, reversed_by: reversal?.id, corrected_by: correction?.id });
			expect(added()).toBe(3);
		});

		it('and reverse the reversal, so that the entry stands again and can be reversed again', async () => {
			const number = freshNumber();
			const { id } = await post(number);
			const first = (await reverse(id)).json()[0];
			expect((await reverse(id)).json()[0]).toMatchObject({ id: first?.id, already_posted: true });
			const back = (await reverse(first?.id)).json()[0];
			expect(back).toMatchObject({ reverses: first?.id });
			expect((await world.run(entry(number))).json()[0]).not.toHaveProperty('reversed_by');
			const second = (await reverse(id)).json()[0];
			expect(second?.id).not.toBe(first?.id);
			expect(second).not.toHaveProperty('already_posted');
			world.reconnect();
			expect((await reverse(id)).json()[0]).toMatchObject({ id: second?.id, already_posted: true });
			expect(added()).toBe(4);
		});

		it('and delete the reversal, so that the entry stands again', async () => {
			const number = freshNumber();
			const { id } = await post(number);
			const reversal = (await reverse(id)).json()[0];
			const voucher = company().voucher('A', Number(reversal?.voucher_number), 4);
			if (voucher) company().year(4).unbook(voucher);
			expect((await world.run(entry(number))).json()[0]).not.toHaveProperty('reversed_by');
			expect((await reverse(id)).json()[0]).not.toHaveProperty('already_posted');
		});

		it('mirrors quantities', async () => {
			const voucher = company().addVoucher({
				series: 'A',
				date: '2026-06-01',
				description: 'Timmar',
				rows: [
					{ account: 5010, debit: 700, quantity: 3 },
					{ account: 1930, credit: 700 },
				],
			});
			const [reversal] = (await reverse(`A-${voucher.number}-4`)).json();
			expect(reversal?.items).toEqual([expect.objectContaining({ account_number: '5010', quantity: -3 }), expect.anything()]);
		});

		it('returns the reversal that there is also where no day is open any more', async () => {
			const { id } = await post(freshNumber());
			const first = (await reverse(id)).json()[0];
			const locked = company().lockedPeriod;
			company().setLocked('2099-12-31');
			const again = await reverse(id);
			const early = await reverse(id, { date: '2026-01-01' });
			company().setLocked(locked);
			expect(again.json()[0]).toMatchObject({ id: first?.id, already_posted: true });
			expect(early.json()[0]).toMatchObject({ id: first?.id, already_posted: true });
		});
	});
});
