import { TIMEOUT_MS } from '../../../nodes/shared/fortnox/timeouts';
import type { FaultRule } from '../../../sandbox';
import { itemWith, preSystemFile } from '../sie/files';
import { entry } from '../support/entry';
import { countVouchers, startWorld, type World } from '../support/world';

const POST = { method: 'POST', path: '^/3/vouchers$', times: 1 };

/** A voucher of somebody else's, as Fortnox would show it. */
const FOREIGN = {
	VoucherSeries: 'A',
	VoucherNumber: 1,
	Year: 4,
	TransactionDate: '2026-06-01',
	Description: 'Payout',
	Comments: null,
	VoucherRows: [
		{ Account: 1930, Debit: 100, Credit: 0 },
		{ Account: 3004, Debit: 0, Credit: 100 },
	],
};

const ENVELOPE = { ErrorInformation: { error: 1, message: 'Ett fel', code: 2000106 } };
const SHORT = { outcomeTimeout: 2 };

describe('what an answer proves', () => {
	let world: World;
	let before: number;
	let count = 0;
	const added = (): number => countVouchers(world.sandbox) - before;
	const freshNumber = (): string => `PR-${++count}`;
	const posts = (): number => world.requests('POST', /^\/3\/vouchers$/).length;

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

	const SUCCESSES: Array<[string, object]> = [
		['no voucher in it', { Voucher: {} }],
		['another voucher in it', { Voucher: FOREIGN }],
		['another amount in it', { Voucher: { ...FOREIGN, VoucherRows: [{ Account: 1930, Debit: 1, Credit: 0 }] } }],
		['nothing of a voucher', { Voucher: { VoucherSeries: 'A', VoucherNumber: 1 } }],
	];

	it.each(SUCCESSES)('a 201 with %s proves nothing: the entry is looked for and found', async (_, body) => {
		world.sandbox.faults.add({ kind: 'otherAnswer', body, ...POST });
		const number = freshNumber();
		const [item] = (await world.run(entry({ number, options: SHORT }))).json();
		expect(item).toMatchObject({ number, already_posted: true, voucher_series: 'A' });
		expect(item?.voucher_number).not.toBe(1);
		expect([added(), posts()]).toEqual([1, 1]);
	});

	it.each(SUCCESSES)('a 201 with %s, after which nothing was booked, is an unclear end', async (_, body) => {
		world.sandbox.faults.add({ kind: 'otherAnswer', when: 'before', body, ...POST });
		const result = await world.run(entry({ number: freshNumber(), options: SHORT }));
		expect(result.error?.context?.error_code).toBe('ERROR_POST_OUTCOME_UNKNOWN');
		expect([added(), posts()]).toEqual([0, 1]);
	});

	it.each<[string, object]>([
		['another day', { TransactionDate: '2026-06-02' }],
		['another series', { VoucherSeries: 'B' }],
		['another year', { Year: 3 }],
		[
			'another amount',
			{
				VoucherRows: [
					{ Account: 1930, Debit: 1, Credit: 0 },
					{ Account: 3004, Debit: 0, Credit: 1 },
				],
			},
		],
		[
			'another account',
			{
				VoucherRows: [
					{ Account: 1930, Debit: 100, Credit: 0 },
					{ Account: 3001, Debit: 0, Credit: 100 },
				],
			},
		],
		['its rows removed', { VoucherRows: FOREIGN.VoucherRows.map((row) => ({ ...row, Removed: true })) }],
		['no number', { VoucherNumber: null }],
	])('a 201 with our mark and %s proves nothing', async (_, other) => {
		const number = freshNumber();
		const first = (await world.run(entry({ number }))).json()[0];
		const year = world.sandbox.company(1001).year(4);
		const [booked] = year.vouchersOf('A').slice(-1);
		if (booked === undefined) throw new Error('Nothing was booked');
		const { comments } = booked;
		year.unbook(booked);
		world.reconnect();
		world.sandbox.faults.add({
			kind: 'otherAnswer',
			when: 'before',
			body: { Voucher: { ...FOREIGN, VoucherNumber: first?.voucher_number, Comments: comments, ...other } },
			...POST,
		});
		const result = await world.run(entry({ number, options: SHORT }));
		expect(result.error?.context?.error_code).toBe('ERROR_POST_OUTCOME_UNKNOWN');
		expect(added()).toBe(0);
	});

	const UNPROVEN: FaultRule[] = [502, 503, 504, 500].flatMap((status): FaultRule[] => [
		{ kind: 'otherAnswer', status, body: ENVELOPE },
		{ kind: 'otherAnswer', status, body: 'Kan inte bokföra verifikationen (2000106)' },
	]);

	it.each([
		...UNPROVEN,
		{ kind: 'otherAnswer', status: 404, body: '<h1>Not found</h1>' } as const,
		{ kind: 'otherAnswer', status: 408, body: ENVELOPE } as const,
	])('an answer that came after the booking is not taken for a refusal: %j', async (fault) => {
		world.sandbox.faults.add({ ...fault, ...POST });
		const result = await world.run(entry({ number: freshNumber(), options: SHORT }));
		expect(result.json()[0]).toMatchObject({ already_posted: true });
		expect([added(), posts()]).toEqual([1, 1]);
	});

	it('an answer that drips is given up at the end of its time, and the entry is found', async () => {
		const { write } = TIMEOUT_MS;
		TIMEOUT_MS.write = 2000;
		try {
			// A byte every half second: never silent for the time-out, and done after minutes.
			world.sandbox.faults.add({ kind: 'drip', everyMs: 500, ...POST });
			const result = await world.run(entry({ number: freshNumber(), options: SHORT }));
			// Read to its end, the answer would show the voucher as posted now.
			expect(result.json()[0]).toMatchObject({ already_posted: true });
			expect([added(), posts()]).toEqual([1, 1]);
		} finally {
			TIMEOUT_MS.write = write;
		}
	});

	describe('what an error says of the ledger', () => {
		const three = () => ({ input: [{ number: freshNumber() }, { number: freshNumber() }, { number: freshNumber() }] });
		const numbered = entry({ number: '={{ $json.number }}', options: SHORT });

		it('counts what is known, and says of how many it is not', async () => {
			world.sandbox.faults.add({ kind: 'gateway5xx', status: 504, when: 'before', ...POST, skip: 1 });
			const { error } = await world.run(numbered, three());
			expect(`${error?.message} ${error?.description ?? ''}`).toMatch(
				/1 of the run's 3 entries are known to be in the ledger \(A \d+\)\. Of 1 it is not known\./,
			);
			expect(added()).toBe(1);
		});

		it('never says none of an entry whose answer was lost', async () => {
			world.sandbox.faults.add({ kind: 'gateway5xx', status: 504, when: 'before', ...POST });
			const { error } = await world.run(numbered, three());
			const text = `${error?.message} ${error?.description ?? ''}`;
			expect(text).toMatch(/None of the run's 3 entries are known to be in the ledger\. Of 1 it is not known\./);
			expect(text).not.toMatch(/never twice|0 of the run/);
		});

		it('counts those that were there before', async () => {
			const run = three();
			await world.run(numbered, { input: run.input.slice(0, 2) });
			world.sandbox.faults.add({ kind: 'scopeMissing', ...POST });
			const { error } = await world.run(numbered, run);
			expect(`${error?.message} ${error?.description ?? ''}`).toMatch(/2 of the run's 3 entries are in the ledger \(A \d+ to A \d+\)\./);
		});
	});

	describe('rows that do not sum to zero pass no door', () => {
		const refusedBy = async (parameters: Parameters<World['run']>[0], file?: Buffer): Promise<string> => {
			const { error } = await world.run(parameters, file ? { input: [itemWith(file)] } : {});
			return String(error?.context?.error_code);
		};
		const unbalanced = JSON.stringify([
			{ account: '1930', debit: 100 },
			{ account: '3004', credit: 99.99 },
		]);

		it('of an entry', async () => {
			expect(await refusedBy(entry({ number: freshNumber(), linesJson: unbalanced }))).toBe('ERROR_ENTRY_NOT_BALANCED');
			expect([added(), posts()]).toEqual([0, 0]);
		});

		it('of a voucher of a SIE file', async () => {
			const file = preSystemFile('#VER A 1 20260615 "Lön"\n{\n#TRANS 7210 {} 100.00\n#TRANS 1930 {} -99.99\n}\n');
			expect(
				await refusedBy({ resource: 'journalEntry', operation: 'importSie', binaryPropertyName: 'data', journalId: 'A' }, file),
			).not.toBe('undefined');
			expect([added(), posts()]).toEqual([0, 0]);
		});

		it('of a reversal, whose original some other program has booked', async () => {
			const original = world.sandbox.company(1001).addVoucher({
				series: 'A',
				date: '2026-06-01',
				description: 'Utan balans',
				rows: [
					{ account: 1930, debit: 10_000 },
					{ account: 3004, credit: 9999 },
				],
			});
			before = countVouchers(world.sandbox);
			const good = world.sandbox.company(1001).addVoucher({
				series: 'A',
				date: '2026-06-01',
				description: 'Med balans',
				rows: [
					{ account: 1930, debit: 10_000 },
					{ account: 3004, credit: 10_000 },
				],
			});
			before = countVouchers(world.sandbox);
			const result = await world.run(
				{ resource: 'journalEntry', operation: 'reverse', journalEntryId: '={{ $json.id }}' },
				{ input: [{ id: `A-${good.number}-4` }, { id: `A-${original.number}-4` }] },
			);
			expect(result.error?.context?.error_code).toBe('ERROR_ENTRY_NOT_BALANCED');
			expect(result.error?.message).toContain(`A-${original.number}-4`);
			expect([added(), posts()]).toEqual([0, 0]);
		});
	});
});
