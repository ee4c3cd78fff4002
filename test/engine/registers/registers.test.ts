import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { SandboxYear } from '../../../sandbox';
import { currentYear, startWorld, type World } from '../support/world';

describe('accounts and journals', () => {
	let world: World;
	let year: SandboxYear;
	/** In the current financial year. */
	let day: string;

	beforeAll(async () => {
		world = await startWorld();
		year = currentYear(world);
		day = `${year.fromDate.slice(0, 4)}-06-01`;
	});
	beforeEach(() => {
		world.sandbox.faults.clear();
		world.reconnect();
	});
	afterAll(async () => {
		await world.close();
	});

	const account = (operation: string, more: INodeParameters = {}): INodeParameters => ({ resource: 'account', operation, ...more });
	const journal = (operation: string, more: INodeParameters = {}): INodeParameters => ({ resource: 'journal', operation, ...more });
	const chart = () => year.accounts;

	describe('an account', () => {
		it('is created with what was given, and its type is derived', async () => {
			const result = await world.run(
				account('create', {
					number: '1581',
					name: 'Klarna',
					type: 'receivable',
					additionalFields: { vatCode: 'MF', sru: 7261, projectSetting: 'NOTALLOWED' },
				}),
			);
			expect(result.json()[0]).toMatchObject({
				number: '1581',
				name: 'Klarna',
				type: 'receivable',
				active: true,
				scheme_ids: ['7261'],
				vat_code: 'MF',
				project_setting: 'NOTALLOWED',
				financial_year_id: year.id,
			});
			expect(chart().get(1581)).toMatchObject({ description: 'Klarna', projectSettings: 'NOTALLOWED' });
		});

		it.each(['create', 'update'])('takes a VAT code that Fortnox ships or that the chart has, and no other (%s)', async (operation) => {
			const like = chart().get(3001);
			if (like === undefined) throw new Error('The chart lacks 3001');
			year.setAccount({ ...like, number: 3107, description: 'OSS', vatCode: 'OSSDE' });
			const write = async (vatCode: string) => {
				const fields = { vatCode };
				return operation === 'create'
					? await world.run(account('create', { number: `157${vatCode.length}`, name: 'Moms', additionalFields: fields }))
					: await world.run(account('update', { accountNumber: '3041', updateFields: fields }));
			};
			expect((await write('mp2')).json()[0]).toMatchObject({ vat_code: 'MP2' });
			expect((await write('ossde')).json()[0]).toMatchObject({ vat_code: 'OSSDE' });
			const writes = world.requests(operation === 'create' ? 'POST' : 'PUT', /accounts/).length;
			const { error } = await write('NOPE');
			expect([error?.context?.error_code, error?.message]).toEqual([
				'ERROR_TAX_CODE_NOT_FOUND',
				expect.stringMatching(/^vatCode: .*NOPE.*MP1, MP2/),
			]);
			expect(world.requests(operation === 'create' ? 'POST' : 'PUT', /accounts/)).toHaveLength(writes);
		});

		it.each<[string, INodeParameters, string, RegExp]>([
			[
				'a type that its number does not have',
				{ number: '1582', name: 'X', type: 'bank' },
				'ERROR_WRONG_ACCOUNT_TYPE',
				/receivable.*1920.*1999/,
			],
			['a number below 1000', { number: '999', name: 'X' }, 'ERROR_DATA_VALIDATION', /^number: /],
			['a number above 9999', { number: '10000', name: 'X' }, 'ERROR_DATA_VALIDATION', /^number: /],
			['a name of 201 characters', { number: '1582', name: 'x'.repeat(201) }, 'ERROR_DATA_VALIDATION', /^name: /],
			['a number that is taken', { number: '1930', name: 'Other bank' }, 'ERROR_LEDGER_ACCOUNT_ALREADY_EXISTS', /Företagskonto/],
		])('is refused with %s, before anything is written', async (_wrong, fields, code, words) => {
			const { error } = await world.run(account('create', fields));
			expect(error?.context?.error_code).toBe(code);
			expect(error?.message).toMatch(words);
			expect(world.requests('POST')).toEqual([]);
		});

		it('takes `other` for no type at all', async () => {
			expect((await world.run(account('create', { number: '1583', name: 'Swish', type: 'other' }))).json()[0]).toMatchObject({
				type: 'receivable',
			});
		});

		it('is created once, also where the answer is lost or the node runs again', async () => {
			world.sandbox.faults.add({ kind: 'dropAfterCommit', method: 'POST', path: '^/3/accounts$', times: 1 });
			const fields = account('create', { number: '1584', name: 'Qliro' });
			expect((await world.run(fields)).json()[0]).toMatchObject({ number: '1584', name: 'Qliro' });
			expect((await world.run(fields)).json()[0]).toMatchObject({ already_exists: true });
		});

		it('is updated in the fields that are given, and in no other', async () => {
			const before = { ...chart().get(6110) };
			const result = await world.run(
				account('update', { accountNumber: { __rl: true, mode: 'list', value: '6110' }, updateFields: { name: 'Kontorsvaror' } }),
			);
			expect(result.json()[0]).toMatchObject({ number: '6110', name: 'Kontorsvaror', active: true });
			expect(chart().get(6110)).toMatchObject({ sru: before.sru, vatCode: before.vatCode, description: 'Kontorsvaror' });
			const { error } = await world.run(account('update', { accountNumber: '6110', updateFields: {} }));
			expect(error?.message).toMatch(/nothing to change/);
		});

		it.each([
			['account', { accountNumber: '6110', updateFields: { name: 'Other', vatCode: '' } }, /^vatCode: the field is there and empty/],
			['journal', { journalId: 'API', updateFields: { name: '', manual: true } }, /^name: the field is there and empty/],
		])('is not updated in part where one of the fields is empty (%s)', async (resource, parameters, words) => {
			const { error } = await world.run({ resource, operation: 'update', ...parameters });
			expect(error?.message).toMatch(words);
			expect(chart().get(6110)?.description).not.toBe('Other');
		});

		it('can be posted to in the moment after it was activated', async () => {
			const post: INodeParameters = {
				resource: 'journalEntry',
				operation: 'create',
				journalId: 'A',
				date: day,
				linesSource: 'json',
				linesJson: '[{"account":"1930","debit":1},{"account":"3044","credit":1}]',
			};
			expect((await world.run(post)).error?.context?.error_code).toBe('ERROR_ACCOUNT_NUMBER_NOT_ACTIVE');
			await world.run(account('update', { accountNumber: '3044', updateFields: { active: true } }));
			expect((await world.run(post)).error).toBeUndefined();
		});

		it('sees an account that somebody else created, although the chart is cached', async () => {
			await world.run(account('getAll', { returnAll: true }));
			const template = chart().get(6110);
			if (template) year.setAccount({ ...template, number: 6111, description: 'Pärmar' });
			const result = await world.run({
				resource: 'journalEntry',
				operation: 'create',
				journalId: 'A',
				date: day,
				linesSource: 'json',
				linesJson: '[{"account":"1930","credit":1},{"account":"6111","debit":1}]',
			});
			expect(result.error).toBeUndefined();
		});

		it('is read with its balances, in the year that is asked for', async () => {
			const { json } = await world.run(account('get', { accountNumber: '1930', options: { financialYearId: '3', rawResponse: true } }));
			expect(json()[0]).toMatchObject({ number: '1930', type: 'bank', financial_year_id: 3, raw: { Number: 1930 } });
			expect(json()[0]).toHaveProperty('closing_balance');
			const { error } = await world.run(account('get', { accountNumber: '1999' }));
			expect(error?.context?.error_code).toBe('ERROR_ACCOUNT_NUMBER_NOT_FOUND');
		});

		it.each<[string, IDataObject, (number: number, active: boolean, name: string) => boolean]>([
			['classes', { classes: '6,77' }, (number) => /^(6|77)/.test(String(number))],
			['a long prefix', { classes: '264' }, (number) => String(number).startsWith('264')],
			['type', { type: 'vat' }, (number) => (number >= 1650 && number <= 1659) || (number >= 2600 && number <= 2699)],
			['active', { active: false }, (_number, active) => !active],
			['search', { search: 'MOMS' }, (_number, _active, name) => name.toLowerCase().includes('moms')],
		])('are listed by %s', async (_filter, filters, fits) => {
			const result = await world.run(account('getAll', { returnAll: true, filters: filters as INodeParameters }));
			const truth = [...chart().values()].filter(({ number, active, description }) => fits(number, active, description));
			expect(result.json().map(({ number }) => Number(number))).toEqual(truth.map(({ number }) => number).sort((a, b) => a - b));
			expect(truth.length).toBeGreaterThan(0);
		});

		it('are listed up to a limit with one page asked for', async () => {
			const result = await world.run(account('getAll', { limit: 3 }));
			expect(result.json()).toHaveLength(3);
			expect(world.requests('GET', /^\/3\/accounts$/)).toHaveLength(1);
		});

		it('can not be listed by a type that the model does not filter by', async () => {
			const { error } = await world.run(account('getAll', { filters: { type: 'payable' } }));
			expect(error?.message).toMatch(/^type: "payable" .*bank, cash, expense, income, other_expense, vat/);
		});
	});

	describe('a journal', () => {
		it('has the type that the company uses its series for', async () => {
			const types = Object.fromEntries(
				(await world.run(journal('getAll', { returnAll: true }))).json().map(({ id, journal_type }) => [id, journal_type]),
			);
			expect(types).toMatchObject({
				A: 'miscellaneous_operation',
				B: 'customer_invoice',
				D: 'supplier_invoice',
				API: 'miscellaneous_operation',
			});
		});

		it('is created as a manual series, once, and accepts entries at once', async () => {
			const fields = journal('create', { code: 'N8N', name: 'Automatiska verifikationer' });
			expect((await world.run(fields)).json()[0]).toMatchObject({ id: 'N8N', name: 'Automatiska verifikationer', blocked: false });
			expect((await world.run(fields)).json()[0]).toMatchObject({ already_exists: true });
			const other = await world.run(journal('create', { code: 'N8N', name: 'Annat' }));
			expect(other.error?.context?.error_code).toBe('ERROR_JOURNAL_ALREADY_EXISTS');
			const posted = await world.run({
				resource: 'journalEntry',
				operation: 'create',
				journalId: 'N8N',
				date: day,
				linesSource: 'json',
				linesJson: '[{"account":"1930","debit":1},{"account":"3004","credit":1}]',
			});
			expect(posted.json()[0]).toMatchObject({ id: `N8N-1-${year.id}` });
		});

		it('is read with its next number, and changed', async () => {
			expect((await world.run(journal('get', { journalId: 'B' }))).json()[0]).toMatchObject({
				blocked: true,
				next_document_numbers: [
					{ next_document_number: String(year.series.get('B')?.nextNumber), start_date: year.fromDate, end_date: year.toDate },
				],
			});
			const changed = await world.run(journal('update', { journalId: 'API', updateFields: { name: 'Import' } }));
			expect(changed.json()[0]).toMatchObject({ name: 'Import', manual: true });
			expect((await world.run(journal('get', { journalId: 'NIX' }))).error?.context?.error_code).toBe('ERROR_JOURNAL_NOT_FOUND');
		});

		it.each(['n8n', 'TOOLONGCODE', 'A-1'])('can not have the code %p', async (code) => {
			const { error } = await world.run(journal('create', { code, name: 'X' }));
			expect(error?.context?.error_code).toBe('ERROR_INVALID_FIELD_FORMAT_JOURNAL_ID');
			expect(world.requests('POST')).toEqual([]);
		});
	});
});
