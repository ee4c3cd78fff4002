import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { EngineResult } from '../../../engine';
import { countVouchers, startWorld, type World } from '../support/world';
import { itemWith } from './files';

/** The handed files (`cases/`, ours), each with its right result. */
describe('a SIE file as other programs write it', () => {
	let world: World;
	let before: number;
	const added = (): number => countVouchers(world.sandbox) - before;
	const file = (name: string): Buffer => readFileSync(join(__dirname, 'cases', name));
	const importing = async (files: string | string[], options = {}, more: Parameters<World['run']>[1] = {}): Promise<EngineResult> =>
		await world.run(
			{ resource: 'journalEntry', operation: 'importSie', journalId: 'A', options },
			{ input: [files].flat().map((name) => itemWith(file(name))), ...more },
		);
	const daysInLedger = (): string[] =>
		world.sandbox.company().vouchers(4).filter(({ description }) => /^Kassa \d/.test(description)).map(({ date }) => date).sort();

	beforeEach(async () => {
		world = await startWorld();
		before = countVouchers(world.sandbox);
	});
	afterEach(async () => await world.close());

	describe('that numbers by date, with a late voucher', () => {
		const JULY = ['2026-07-05', '2026-07-10', '2026-07-20'];

		it.each([undefined, 'continueErrorOutput'] as const)('books each voucher once and says that numbers shifted (on error: %s)', async (onError) => {
			const more = onError === undefined ? {} : { onError };
			expect((await importing('renumbered-1.si', {}, more)).error).toBeUndefined();
			const second = await importing('renumbered-2.si', {}, more);
			expect(second.error?.message).toBeUndefined();
			expect(second.json().map(({ already_posted, date }) => [date, already_posted])).toEqual([
				['2026-07-05', true],
				['2026-07-10', undefined],
				['2026-07-20', true],
			]);
			expect(second.hints().join('\n')).toMatch(/numbers of the SIE file have shifted.*voucher B 3 .*as SIE B 2/);
			expect(daysInLedger()).toEqual(JULY);
			for (const again of ['renumbered-2.si', 'renumbered-1.si', 'renumbered-2.si']) {
				const result = await importing(again, {}, more);
				expect(result.json().every(({ already_posted }) => already_posted === true)).toBe(true);
			}
			world.reconnect();
			await importing('renumbered-2.si', {}, more);
			expect(daysInLedger()).toEqual(JULY);
		});

		it('also where the later file comes first', async () => {
			await importing('renumbered-2.si');
			const result = await importing('renumbered-1.si');
			expect(result.json().map(({ already_posted }) => already_posted)).toEqual([true, true]);
			expect(daysInLedger()).toEqual(JULY);
		});

		it.each([[['renumbered-1.si', 'renumbered-2.si']], [['renumbered-2.si', 'renumbered-1.si']]])('also where both files are in one run: %j', async (files) => {
			const result = await importing(files);
			expect(result.error?.message).toBeUndefined();
			expect(result.json()).toHaveLength(5);
			expect(result.items().map(({ pairedItem }) => JSON.stringify(pairedItem))).toEqual(
				files.flatMap((name, item) => Array.from({ length: name === 'renumbered-1.si' ? 2 : 3 }, () => JSON.stringify([{ item }]))),
			);
			expect(daysInLedger()).toEqual(JULY);
			expect((await importing(files)).json().every(({ already_posted }) => already_posted === true)).toBe(true);
			expect(added()).toBe(3);
		});

		it('but where a voucher was changed it is refused, in Continue alone', async () => {
			await importing('renumbered-1.si');
			const changed = file('renumbered-1.si').toString('latin1').replaceAll('20.00', '22.00');
			const run = async (more = {}): Promise<EngineResult> =>
				await world.run({ resource: 'journalEntry', operation: 'importSie', journalId: 'A' }, { input: [itemWith(Buffer.from(changed, 'latin1'))], ...more });
			expect((await run()).error?.message).toMatch(/voucher B 2 .*already posted.*20\.00.*22\.00/);
			expect((await run({ onError: 'continueErrorOutput' })).json(undefined, 1)).toMatchObject([{ error_code: 'ERROR_NUMBER_ALREADY_USED' }]);
			expect(added()).toBe(2);
		});
	});

	describe('that begins at 1 in every file', () => {
		const restart = { voucherNumbers: 'restart' };

		it('is refused the second time with an error that names the option', async () => {
			await importing('restart-1.si');
			const second = await importing('restart-2.si');
			expect(second.error?.context?.error_code).toBe('ERROR_NUMBER_ALREADY_USED');
			expect(second.error?.message).toMatch(/voucherNumbers: restart/);
			expect(added()).toBe(2);
		});

		it.each([
			['from the first file on', restart],
			['from the second file on', {}],
		])('is imported with the option %s, and each file again posts nothing', async (_, first) => {
			await importing('restart-1.si', first);
			expect((await importing('restart-2.si', restart)).json().map(({ already_posted }) => already_posted)).toEqual([undefined, undefined]);
			expect(added()).toBe(4);
			world.reconnect();
			for (const name of ['restart-1.si', 'restart-2.si']) {
				expect((await importing(name, restart)).json().map(({ already_posted }) => already_posted)).toEqual([true, true]);
			}
			expect((await importing(['restart-1.si', 'restart-2.si'], restart)).json()).toHaveLength(4);
			expect(added()).toBe(4);
		});

		it('may have both files in one run', async () => {
			expect((await importing(['restart-1.si', 'restart-2.si'], restart)).json()).toHaveLength(4);
			expect(added()).toBe(4);
		});
	});

	describe('whose rows have days of their own', () => {
		it('in another month is refused, with the lines', async () => {
			const result = await importing('row-dates.si');
			expect(result.error?.message).toMatch(/In voucher B 1 .*rows have days in another month than the voucher's 2026-07-05 \(line 12: 2026-06-29\).*Row Dates/);
			expect(added()).toBe(0);
		});

		it('is posted on the voucher’s day where that is chosen, with a hint', async () => {
			const options = { rowDates: 'voucherDate' };
			const result = await importing('row-dates.si', options);
			expect(result.json()).toMatchObject([{ date: '2026-07-05' }]);
			expect(result.hints().join('\n')).toMatch(/rows have days of their own \(lines 12, 13: 2026-06-29, 2026-07-03\) and were booked on the voucher's, 2026-07-05/);
			expect((await importing('row-dates.si')).json()).toMatchObject([{ already_posted: true }]);
			expect(added()).toBe(1);
		});
	});

	it('in a dialect is posted whole', async () => {
		const result = await importing('dialects.si');
		expect(result.error?.message).toBeUndefined();
		expect(result.json().map(({ date, description }) => [date, description])).toEqual([
			['2026-07-05', 'Små bokstäver'],
			['2026-07-06', 'Utan serie och nummer'],
		]);
		expect(result.hints().join('\n')).toMatch(/left out/);
		expect(added()).toBe(2);
	});
});
