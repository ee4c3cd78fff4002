import type { FaultRule } from '../../../sandbox';
import type { EngineResult } from '../../../engine';
import { countVouchers, startWorld, type World } from '../support/world';
import { itemWith, OWN_NUMBER, preSystemFile, voucher } from './files';

const VOUCHERS = 12;

const FILE = preSystemFile(
	Array.from({ length: VOUCHERS }, (_, index) =>
		// Every third one is equal to another and has no number: only its place among its equals tells it apart.
		index % 3 === 0 ? voucher('"" ""') : voucher(`A ${index}`, '20260625', `${index}.50`),
	).join(''),
);

describe('importing a file until it is in the ledger', () => {
	let world: World;
	let before: number;
	const added = (): number => countVouchers(world.sandbox) - before;

	beforeEach(async () => {
		world = await startWorld();
		before = countVouchers(world.sandbox);
	});
	afterEach(async () => {
		await world.close();
	});

	const importing = async (options = {}, more: Parameters<World['run']>[1] = {}): Promise<EngineResult> =>
		await world.run(
			{ resource: 'journalEntry', operation: 'importSie', journalId: 'A', options: { outcomeTimeout: 0.2, ...options } },
			{ input: [itemWith(FILE)], ...more },
		);

	const FAULTS: FaultRule[] = [
		{ kind: 'dropAfterCommit' },
		{ kind: 'dropBeforeCommit' },
		{ kind: 'gateway5xx', status: 504, when: 'before' },
		{ kind: 'gateway5xx', status: 502, when: 'after' },
		{ kind: 'htmlBody' },
	];

	it.each(FAULTS)('posts each voucher once through %j', async (fault) => {
		world.sandbox.faults.add({ ...fault, method: 'POST', path: '^/3/vouchers$', every: 4, times: 4 });
		let result = await importing();
		for (let turn = 0; result.status === 'error' && turn < 5; turn++) result = await importing();
		expect(result.json()).toHaveLength(VOUCHERS);
		expect(new Set(result.json().map(({ id }) => id)).size).toBe(VOUCHERS);
		expect(added()).toBe(VOUCHERS);
	});

	it('goes on where a run stopped in the middle, also with n8n’s Retry On Fail', async () => {
		world.sandbox.faults.add({ kind: 'scopeMissing', method: 'POST', path: '^/3/vouchers$', skip: 7, times: 1 });
		const result = await importing({}, { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 });
		expect(result.json().map(({ already_posted }) => already_posted)).toEqual(
			Array.from({ length: VOUCHERS }, (_, index) => (index < 7 ? true : undefined)),
		);
		expect(added()).toBe(VOUCHERS);
	});

	it('posts each voucher once where three executions import it at the same moment', async () => {
		const results = await Promise.all([1, 2, 3].map(async () => await importing({ postSideBySide: true })));
		expect(results.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
		expect(new Set(results.flatMap((result) => result.json().map(({ id }) => id))).size).toBe(VOUCHERS);
		expect(added()).toBe(VOUCHERS);
	});

	it('checks thousands of vouchers with a handful of requests', async () => {
		const body = Array.from({ length: 3000 }, (_, index) => voucher(`A ${index + 1}`)).join('');
		const result = await world.run(
			{ resource: 'journalEntry', operation: 'importSie', options: { dryRun: true } },
			{ input: [itemWith(preSystemFile(body))] },
		);
		expect(result.json()).toHaveLength(3000);
		expect(world.requests().length).toBeLessThanOrEqual(12);
	});

	describe('exported again with its head or its numbers written otherwise', () => {
		const plain = preSystemFile(voucher('L 1')).toString('latin1');
		const run = async (file: string): Promise<EngineResult> =>
			await world.run(
				{ resource: 'journalEntry', operation: 'importSie', journalId: 'A' },
				{ input: [itemWith(Buffer.from(file, 'latin1'))] },
			);

		it.each<[string, (file: string) => string]>([
			['organisation number as VAT number', (file) => file.replace(/#ORGNR \S+/, `#ORGNR SE${OWN_NUMBER}01`)],
			['version in the name of the program', (file) => file.replace(/(#PROGRAM) "?([^" ]+)"?/, '$1 "$2 2026.11"')],
			['small letter for the series', (file) => file.replace(/#VER "?L"?/, '#VER l')],
			['zeros before the number', (file) => file.replace(/(#VER "?L"?) "?1"?/, '$1 0001')],
		])('is not posted again: %s', async (_, change) => {
			expect(change(plain)).not.toBe(plain);
			const [first] = (await run(plain)).json();
			const again = await run(change(plain));
			expect(again.json()).toEqual([expect.objectContaining({ id: first?.id, already_posted: true })]);
			expect(added()).toBe(1);
		});

		const withoutNumber = (file: string): string => file.replace(/#ORGNR [^\n]+\n/, '');
		const otherProgram = (file: string): string => file.replace(/#PROGRAM [^\n]+/, '#PROGRAM "Other payroll" 1.0');

		it.each([
			['before', 'after'],
			['after', 'before'],
		])('is not posted again where the file tells the company only %s', async (first) => {
			const files = first === 'before' ? [plain, withoutNumber(plain)] : [withoutNumber(plain), plain];
			const [posted] = (await run(files[0] ?? '')).json();
			expect((await run(files[1] ?? '')).json()).toEqual([expect.objectContaining({ id: posted?.id, already_posted: true })]);
			expect(added()).toBe(1);
		});

		it('is refused where only the program is named otherwise', async () => {
			await run(plain);
			const { error } = await run(otherProgram(plain));
			expect([error?.context?.error_code, error?.message]).toEqual([
				'ERROR_POST_NOT_VERIFIABLE',
				expect.stringMatching(/voucher L 1 .*: the ledger has a voucher L 1 of the same day, text and rows, .*#PROGRAM/),
			]);
			expect(added()).toBe(1);
		});

		it('is posted, with a hint, where it has another number as well', async () => {
			await run(plain);
			const other = await run(otherProgram(plain).replace(/(#VER "?L"?) "?1"?/, '$1 17'));
			expect(other.hints().find((hint) => hint.includes('the same day, text and rows'))).toMatch(/voucher L 17 .+ and SIE L 1/);
			expect(added()).toBe(2);
		});

		it('is posted where the one from the other program was reversed', async () => {
			const [first] = (await run(plain)).json();
			await world.run({ resource: 'journalEntry', operation: 'reverse', journalEntryId: String(first?.id) });
			expect((await run(otherProgram(plain))).error?.message).toBeUndefined();
			expect(added()).toBe(3);
		});
	});

	describe('several files in one run', () => {
		const day = (number: number): string => `2026050${number}`;
		const file = (number: number, amount: string): Buffer => preSystemFile(voucher('A 1', day(number), amount, 'Dagskassa'));
		const tills = [file(1, '100.00'), file(2, '200.00'), file(3, '300.00')];
		const run = async (files: Buffer[], options = {}, more: Parameters<World['run']>[1] = {}): Promise<EngineResult> =>
			await world.run(
				{ resource: 'journalEntry', operation: 'importSie', journalId: 'A', options },
				{ input: files.map((content, index) => ({ ...itemWith(content), json: { dryRun: index === 0 } })), ...more },
			);

		it.each([false, true])('refuses all that have one number with other content (Validate Only: %s)', async (dryRun) => {
			const { error } = await run(tills, { dryRun });
			expect([error?.context?.error_code, error?.message]).toEqual([
				'ERROR_NUMBER_ALREADY_USED',
				expect.stringMatching(/voucher A 1 .* occurs 3 times in this run \(items 0, 1, 2\)\. .*'Voucher Numbers' to Restart/),
			]);
			expect(added()).toBe(0);
		});

		it('gives each of them its own error where the run goes on, and posts the others', async () => {
			const own = preSystemFile(voucher('A 2', '20260502'));
			const result = await run([...tills, own, file(2, '200.00')], {}, { onError: 'continueRegularOutput' });
			const used = expect.objectContaining({ error_code: 'ERROR_NUMBER_ALREADY_USED' });
			expect(result.json()).toEqual([used, used, used, expect.objectContaining({ description: 'Löner juni' }), used]);
			expect(added()).toBe(1);
		});

		it('posts all of them with Restart, and a voucher that two files have once', async () => {
			const result = await run([...tills, ...tills], { voucherNumbers: 'restart' });
			const amounts = result.json().map(({ items }) => (items as Array<{ debit: number }>)[0]?.debit);
			expect(amounts).toEqual([100, 200, 300, 100, 200, 300]);
			expect(added()).toBe(3);
		});

		it('does not take a preview for the posting of the same voucher', async () => {
			const { error } = await run([file(1, '100.00'), file(1, '100.00')], { dryRun: '={{ $json.dryRun }}' });
			expect(error?.message).toMatch(/voucher A 1 .* occurs 2 times in this run \(items 0, 1\)\. Leave one of these items/);
			expect(added()).toBe(0);
		});
	});
});
