import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { writeMark } from '../../../nodes/shared/ledger/mark';
import { readComments } from '../../../nodes/shared/ledger/readMark';
import { COMPANY, countVouchers, startWorld, type World } from '../support/world';

const lines = (amount: number) =>
	JSON.stringify([
		{ account: '6310', debit: amount },
		{ account: '2990', credit: amount },
	]);
const accrual = (number: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'API',
	date: '2026-10-31',
	description: 'Rent',
	linesSource: 'json',
	linesJson: lines(90),
	number,
	...more,
});
const on = (reverseOn: string): INodeParameters => ({ additionalFields: { reverseOn } });
const reverse = (id: unknown, more: INodeParameters = {}): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'reverse',
	journalEntryId: String(id),
	...more,
});
const correct = (id: unknown, more: INodeParameters = {}): INodeParameters =>
	accrual('', { operation: 'correct', journalEntryId: String(id), linesJson: lines(95), ...more });

describe('an accrual whose planned reversal stands', () => {
	let world: World;
	let before: number;
	let count = 0;
	const added = (): number => countVouchers(world.sandbox) - before;
	const company = () => world.sandbox.company(COMPANY);

	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(() => {
		world.sandbox.faults.clear();
		company().setLocked(null);
		world.reconnect();
		before = countVouchers(world.sandbox);
	});
	afterAll(async () => await world.close());

	async function post(reverseOn = '2026-11-01'): Promise<{ number: string; id: string; reversal: string }> {
		const number = `PL-${++count}`;
		const { error, json } = await world.run(accrual(number, on(reverseOn)));
		expect(error).toBeUndefined();
		const [item] = json();
		before = countVouchers(world.sandbox);
		return { number, id: String(item?.id), reversal: String(item?.reversal_id) };
	}
	async function refused(parameters: INodeParameters): Promise<string> {
		const { error } = await world.run(parameters);
		expect(added()).toBe(0);
		return `${String(error?.context?.error_code)} ${error?.message ?? 'posted'}`;
	}
	/** What 6310 has in a month, in SEK. */
	const ofMonth = (month: string, text: string): number =>
		company()
			.vouchers()
			.filter(({ date, description }) => date.startsWith(month) && description.includes(text))
			.flatMap(({ rows }) => rows)
			.filter(({ account }) => account === 6310)
			.reduce((sum, { debit, credit }) => sum + debit - credit, 0) / 100;
	/** Gives a voucher the mark that builds of the formats 0.2 wrote. */
	function asOfFormats02(id: string): void {
		const [series = '', number, year] = id.split('-');
		const voucher = company().voucher(series, Number(number), Number(year));
		if (voucher === undefined) throw new Error(id);
		company().editVoucher(voucher, (edited) => {
			const { mark } = readComments(edited.comments);
			if (mark === undefined) throw new Error(id);
			edited.comments = writeMark({ ...mark, purpose: undefined, reversedOn: undefined });
		});
	}

	it.each([
		['without Reverse On', {}, /reverse_on\) was 2026-11-01 and is empty/],
		['with another day', on('2026-11-02'), /reverse_on\) was 2026-11-01 and is 2026-11-02/],
		['with another amount', { ...on('2026-11-01'), linesJson: lines(95) }, /was 90\.00 and is 95\.00/],
		['with another amount and without Reverse On', { linesJson: lines(95) }, /was 90\.00 and is 95\.00/],
		['on another day', { ...on('2026-11-01'), date: '2026-10-30' }, /the day was 2026-10-31/],
	])('is refused %s, also by a new process, and the error names what differs and the ways on', async (_, more: INodeParameters, what) => {
		const { number, id, reversal } = await post();
		for (const process of ['same', 'new']) {
			if (process === 'new') world.reconnect();
			const message = await refused(accrual(number, more));
			expect(message).toMatch(/^ERROR_NUMBER_ALREADY_USED/);
			expect(message).toMatch(what);
			expect(message).toContain(`${reversal} reverses it. Use another number`);
			expect(message).toContain(id);
		}
	});

	it('is refused where Reverse On comes later, and Reverse posts what was meant', async () => {
		const number = `PL-${++count}`;
		const [item] = (await world.run(accrual(number))).json();
		before = countVouchers(world.sandbox);
		expect(await refused(accrual(number, on('2026-11-01')))).toMatch(/ERROR_NUMBER_ALREADY_USED.*reverse_on\) was empty and is 2026-11-01/);
		expect((await world.run(reverse(item?.id, { date: '2026-11-01' }))).json()[0]).toMatchObject({
			reverses: item?.id,
			date: '2026-11-01',
		});
	});

	it('counts in its month where only standing entries are asked for, and no longer once it is taken back', async () => {
		const { id, reversal } = await post('2026-11-01');
		const standing = async (): Promise<unknown[]> => {
			const filters = { standing: true, dateFrom: '2026-10-31', dateTo: '2026-11-01' };
			return (await world.run({ resource: 'journalEntry', operation: 'getAll', returnAll: true, filters })).json().map((one) => one.id);
		};
		expect(await standing()).toEqual(expect.arrayContaining([id, reversal]));
		await world.run(reverse(reversal));
		expect(await standing()).toContain(id);
		expect(await standing()).not.toContain(reversal);
		await world.run(reverse(id));
		expect(await standing()).not.toContain(id);
	});

	it('is found again without a word of corrections', async () => {
		const { number, id, reversal } = await post();
		const again = await world.run(accrual(number, on('2026-11-01')));
		expect(again.json()[0]).toMatchObject({ id, already_posted: true, reversal_id: reversal });
		expect(again.hints().join(' ')).not.toMatch(/correction|reverses it/);
		expect(added()).toBe(0);
	});

	it('is corrected by its difference, or anew once both are reversed; the months are right either way', async () => {
		const { number, id, reversal } = await post();
		expect(await refused(correct(id))).toMatch(
			new RegExp(`ERROR_ENTRY_HAS_INVALID_STATUS journalEntryId: ${id} has a reversal already.*Reverse ${reversal} first`),
		);
		expect(await refused(correct(id, { options: { reversalDate: '2026-10-31' } }))).toMatch(
			/^ERROR_ENTRY_HAS_INVALID_STATUS reversalDate: .*posted with Reverse On/,
		);
		expect(await refused(reverse(id, { date: '2026-10-31' }))).toMatch(/^ERROR_ENTRY_HAS_INVALID_STATUS date: .*Reverse .* first/);
		expect((await world.run(reverse(reversal))).error).toBeUndefined();
		expect((await world.run(reverse(id))).error).toBeUndefined();
		const anew = await world.run(accrual(number, { ...on('2026-11-15'), linesJson: lines(95), description: 'Rent anew' }));
		expect(anew.json()[0]).toMatchObject({ corrects: id, reversal: { date: '2026-11-15' } });
		expect([ofMonth('2026-10', 'Rent anew'), ofMonth('2026-11', 'Rent anew')]).toEqual([95, -95]);
		before = countVouchers(world.sandbox);
		expect(await refused(accrual(number, { linesJson: lines(97) }))).toMatch(/^ERROR_NUMBER_ALREADY_USED/);
	});

	it('is taken back by a reversal in its own month once the planned one is reversed, and then corrected', async () => {
		const { id, reversal } = await post();
		await world.run(reverse(reversal));
		const corrected = await world.run(correct(id, { options: { reversalDate: '2026-10-31' } }));
		expect(corrected.json()[0]).toMatchObject({ corrects: id });
		expect(added()).toBe(3);
	});

	it('stands alone where the run broke off, and the same Reverse On posts what is missing', async () => {
		const number = `PL-${++count}`;
		const body = { ErrorInformation: { error: 1, message: 'Nej', code: 2000946 } };
		const second = { method: 'POST', path: '^/3/vouchers$', skip: 1, times: 1 } as const;
		world.sandbox.faults.add({ kind: 'otherAnswer', when: 'before', status: 400, body, ...second });
		expect((await world.run(accrual(number, on('2026-11-01')))).error).toBeDefined();
		expect(added()).toBe(1);
		before = countVouchers(world.sandbox);
		expect(await refused(accrual(number))).toMatch(/^ERROR_NUMBER_ALREADY_USED.*reverse_on/);
		const [again] = (await world.run(accrual(number, on('2026-11-01')))).json();
		expect(again).toMatchObject({ already_posted: true, reversal: { date: '2026-11-01' } });
		expect(added()).toBe(1);
	});

	it('is not corrected without a number either', async () => {
		const [item] = (await world.run(accrual('', on('2026-11-01')))).json();
		before = countVouchers(world.sandbox);
		expect(await refused(correct(item?.id))).toMatch(/has a reversal already/);
	});

	describe('of the formats 0.2, whose marks do not say whether a reversal was planned', () => {
		async function postOld(): Promise<{ number: string; id: string; reversal: string }> {
			const posted = await post();
			asOfFormats02(posted.id);
			asOfFormats02(posted.reversal);
			world.reconnect();
			return posted;
		}

		it('is known again by the day of its reversal', async () => {
			const { number, id, reversal } = await postOld();
			const [again] = (await world.run(accrual(number, on('2026-11-01')))).json();
			expect(again).toMatchObject({ id, already_posted: true, reversal_id: reversal });
			expect(added()).toBe(0);
		});

		it('is refused with other content, another day, or as what is corrected', async () => {
			const { number, id } = await postOld();
			expect(await refused(accrual(number, { linesJson: lines(95) }))).toMatch(/^ERROR_NUMBER_ALREADY_USED.*did not note whether/);
			expect(await refused(accrual(number, on('2026-11-02')))).toMatch(
				/^ERROR_NUMBER_ALREADY_USED.*reverse_on\) was 2026-11-01 and is 2026-11-02/,
			);
			expect(await refused(correct(id))).toMatch(/^ERROR_ENTRY_HAS_INVALID_STATUS.*did not note whether/);
		});

		it('is taken back by a reversal in its own month, and so by every one of 0.1', async () => {
			const number = `PL-${++count}`;
			const [item] = (await world.run(accrual(number))).json();
			const [inMonth] = (await world.run(reverse(item?.id))).json();
			asOfFormats02(String(inMonth?.id));
			world.reconnect();
			expect((await world.run(accrual(number, { linesJson: lines(95) }))).json()[0]).toMatchObject({ corrects: item?.id });
			const other = `PL-${++count}`;
			const [old] = (await world.run(accrual(other))).json();
			const [later] = (await world.run(reverse(old?.id, { date: '2026-11-10' }))).json();
			const [series = '', at, year] = String(later?.id).split('-');
			const voucher = company().voucher(series, Number(at), Number(year));
			if (voucher === undefined) throw new Error('no reversal');
			company().editVoucher(voucher, (edited) => {
				edited.comments = (edited.comments ?? '').replace(/;y=u;z=[0-9a-f]{4}\*$/, '*');
			});
			world.reconnect();
			const corrected = await world.run(accrual(other, { linesJson: lines(95) }));
			expect(corrected.json()[0]).toMatchObject({ corrects: old?.id });
			expect(corrected.hints().join(' ')).toMatch(/in another month than its own.*until then both count/);
		});
	});

	it('leaves what was reversed by hand to be corrected as before, on any day', async () => {
		const number = `PL-${++count}`;
		const [item] = (await world.run(accrual(number))).json();
		await world.run(reverse(item?.id, { date: '2026-11-10' }));
		const [corrected] = (await world.run(accrual(number, { linesJson: lines(95), date: '2026-11-11' }))).json();
		expect(corrected).toMatchObject({ corrects: item?.id });
		const [reversed] = (await world.run(reverse(item?.id, { date: '2026-11-12' }))).json();
		expect(reversed).toMatchObject({ already_posted: true, date: '2026-11-10' });
	});

	it('has its explicit Reversal Date honoured, or refused by its name', async () => {
		const posted = (await world.run(accrual(`PL-${++count}`))).json()[0] as IDataObject;
		const [honoured] = (await world.run(correct(posted.id, { options: { reversalDate: '2026-11-05' } }))).json();
		const reversal = company().voucher('API', Number(String(honoured?.reversal_id).split('-')[1]), 4);
		expect(reversal?.date).toBe('2026-11-05');
		before = countVouchers(world.sandbox);
		expect(await refused(correct(posted.id, { options: { reversalDate: '2026-11-06' } }))).toMatch(
			/^ERROR_ENTRY_HAS_INVALID_STATUS reversalDate: .*on 2026-11-05/,
		);
		const [again] = (await world.run(correct(posted.id, { options: { reversalDate: '2026-11-05' } }))).json();
		expect(again).toMatchObject({ already_posted: true });
		const told = await world.run(reverse(posted.id, { date: '2026-11-20', journalId: 'A' }));
		expect(told.hints().join(' ')).toMatch(/Date: .*2026-11-05; nothing was posted on 2026-11-20.*Journal: .*nothing was posted to A/s);
		expect(added()).toBe(0);
	});
});
