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
		world.sandbox
			.company()
			.vouchers(4)
			.filter(({ description }) => /^Kassa \d/.test(description))
			.map(({ date }) => date)
			.sort();

	beforeEach(async () => {
		world = await startWorld();
		before = countVouchers(world.sandbox);
	});
	afterEach(async () => await world.close());

	describe('that numbers by date, with a late voucher', () => {
		const JULY = ['2026-07-05', '2026-07-10', '2026-07-20'];

		it.each([undefined, 'continueErrorOutput'] as const)(
			'books each voucher once and says that numbers shifted (on error: %s)',
			async (onError) => {
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
			},
		);

		it('also where the later file comes first', async () => {
			await importing('renumbered-2.si');
			const result = await importing('renumbered-1.si');
			expect(result.json().map(({ already_posted }) => already_posted)).toEqual([true, true]);
			expect(daysInLedger()).toEqual(JULY);
		});

		it.each([[['renumbered-1.si', 'renumbered-2.si']], [['renumbered-2.si', 'renumbered-1.si']]])(
			'also where both files are in one run: %j',
			async (files) => {
				const result = await importing(files);
				expect(result.error?.message).toBeUndefined();
				expect(result.json()).toHaveLength(5);
				expect(result.items().map(({ pairedItem }) => JSON.stringify(pairedItem))).toEqual(
					files.flatMap((name, item) => Array.from({ length: name === 'renumbered-1.si' ? 2 : 3 }, () => JSON.stringify([{ item }]))),
				);
				expect(daysInLedger()).toEqual(JULY);
				expect((await importing(files)).json().every(({ already_posted }) => already_posted === true)).toBe(true);
				expect(added()).toBe(3);
			},
		);

		it('but where a voucher was changed it is refused, in Continue alone', async () => {
			await importing('renumbered-1.si');
			const changed = file('renumbered-1.si').toString('latin1').replaceAll('20.00', '22.00');
			const run = async (more = {}): Promise<EngineResult> =>
				await world.run(
					{ resource: 'journalEntry', operation: 'importSie', journalId: 'A' },
					{ input: [itemWith(Buffer.from(changed, 'latin1'))], ...more },
				);
			expect((await run()).error?.message).toMatch(/voucher B 2 .*already posted.*20\.00.*22\.00/);
			expect((await run({ onError: 'continueErrorOutput' })).json(undefined, 1)).toMatchObject([
				{ error_code: 'ERROR_NUMBER_ALREADY_USED' },
			]);
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
			expect(result.error?.message).toMatch(
				/In voucher B 1 .*rows have days in another month than the voucher's 2026-07-05 \(line 12: 2026-06-29\).*Row Dates/,
			);
			expect(added()).toBe(0);
		});

		it('is posted on the voucher’s day where that is chosen, with a hint', async () => {
			const options = { rowDates: 'voucherDate' };
			const result = await importing('row-dates.si', options);
			expect(result.json()).toMatchObject([{ date: '2026-07-05' }]);
			expect(result.hints().join('\n')).toMatch(
				/rows have days of their own \(lines 12, 13: 2026-06-29, 2026-07-03\) and were booked on the voucher's, 2026-07-05/,
			);
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

	describe('with accounts that the chart lacks', () => {
		const create = { createMissingAccounts: true };
		const account = (number: number) => world.sandbox.company().year(4).accounts.get(number);

		it('creates them with SRU, and names the sales account without a VAT code', async () => {
			const year = world.sandbox.company().year(4);
			year.accounts.delete(3011);
			year.accounts.delete(6075);
			const result = await importing('new-accounts.si', create);
			expect(result.error?.message).toBeUndefined();
			expect(account(3011)).toMatchObject({ description: 'Försäljning kurs 25 %', sru: 7410, vatCode: null });
			expect(account(6075)).toMatchObject({ description: 'Representation, avdragsgill', sru: 7513 });
			expect(result.hints().join('\n')).toMatch(/New accounts without a VAT code: 3011 Försäljning kurs 25 %\. .*no box/);
			expect(added()).toBe(2);
		});

		it.each<[string, number, string | null, string]>([
			['the chart of another year', 3011, 'MP1', '#KONTO 3011 Kurs'],
			['BAS', 3994, 'MF', '#KONTO 3994 "Försäkringsersättning"'],
			['BAS', 2633, 'U3', '#KONTO 2633 "Moms 6 %"'],
			['nothing', 2698, null, '#KONTO 2698 "Annan moms"'],
		])('takes the VAT code from %s: %i', async (source, number, vatCode, konto) => {
			const company = world.sandbox.company();
			const known = company.year(3).accounts.get(3001);
			for (const year of company.years.values()) expect(year.accounts.has(number)).toBe(false);
			if (source.includes('another year') && known) company.year(3).setAccount({ ...known, number, vatCode, sru: 7499 });
			const body = `#FLAGGA 0\n#PROGRAM X 1\n#SIETYP 4\n#ORGNR 559900-1012\n${konto}\n#VER B 1 20260705 Test\n{\n#TRANS ${number} {} 5\n#TRANS 1930 {} -5\n}\n`;
			const result = await world.run(
				{ resource: 'journalEntry', operation: 'importSie', journalId: 'A', options: create },
				{ input: [itemWith(body)] },
			);
			expect(result.error?.message).toBeUndefined();
			expect(account(number)).toMatchObject({ vatCode, ...(source.includes('another year') && { sru: 7499 }) });
			expect(/New accounts without a VAT code/.test(result.hints().join('\n'))).toBe(vatCode === null);
		});
	});

	describe('with cost centers, projects and series that the company lacks', () => {
		const BODY = `#FLAGGA 0
#PROGRAM X 1
#SIETYP 4
#ORGNR 559900-1012
#DIM 1 Kostnadsställe
#OBJEKT 1 NORR "Butiken i norr"
#OBJEKT 6 P77 "Julmarknad"
#VER K9 1 20260705 Test
{
#TRANS 5410 {1 NORR 6 P77} 5
#TRANS 1930 {} -5
}
`;
		const run = async (options = {}, more: Parameters<World['run']>[1] = {}): Promise<EngineResult> =>
			await world.run({ resource: 'journalEntry', operation: 'importSie', options }, { input: [itemWith(BODY)], ...more });
		const all = { createMissingCostCenters: true, createMissingProjects: true, createMissingJournals: true };

		it('is refused, and the error names the options', async () => {
			const result = await run({}, { onError: 'continueErrorOutput' });
			const [item] = result.json(undefined, 1);
			expect(JSON.stringify(item)).toMatch(
				/no cost cent.*NORR.*'Create Missing Cost Centers'.*no project P77.*'Create Missing Projects'.*K9.*'Create Missing Journals'/s,
			);
			expect((await run({ ...all, createMissingProjects: false })).error?.message).toMatch(/project P77/);
			const company = world.sandbox.company();
			expect(company.costCenters.some(({ code }) => code === 'NORR')).toBe(false);
			expect(added()).toBe(0);
		});

		it('creates them once, after all else is checked, and says so', async () => {
			const dry = await run({ ...all, dryRun: true });
			expect(dry.hints().join('\n')).toMatch(
				/cost centers would be created .*NORR Butiken i norr[^]*projects would be created .*P77 Julmarknad[^]*journals would be created .*K9/,
			);
			expect(world.requests('POST')).toEqual([]);
			const result = await run(all);
			expect(result.error?.message).toBeUndefined();
			expect(result.json()).toMatchObject([{ journal_id: 'K9', items: [{ cost_center: 'NORR', project: 'P77' }, {}] }]);
			const company = world.sandbox.company();
			expect(company.costCenters.find(({ code }) => code === 'NORR')).toMatchObject({ description: 'Butiken i norr', active: true });
			expect(company.projects.find(({ number }) => number === 'P77')).toMatchObject({ description: 'Julmarknad', status: 'ONGOING' });
			expect(company.year(4).series.get('K9')).toMatchObject({ manual: true });
			expect((await run(all)).json()).toMatchObject([{ already_posted: true }]);
			expect(added()).toBe(1);
		});

		it('creates one whose answer was lost only once, and none where the credential lacks the right', async () => {
			world.sandbox.faults.add({ kind: 'dropAfterCommit', method: 'POST', path: '^/3/(costcenters|projects|voucherseries)$', times: 3 });
			expect((await run(all)).error?.message).toBeUndefined();
			expect(world.requests('POST', /^\/3\/(costcenters|projects|voucherseries)$/)).toHaveLength(3);
			expect(added()).toBe(1);
		});
	});
});
