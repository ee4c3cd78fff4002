import type { INodeParameters } from 'n8n-workflow';

import { startWorld, type World } from '../support/world';

/** What n8n's editor shows of an error: it takes both from the context, where a `parameter` is named. */
describe('an error in the editor', () => {
	let world: World;
	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(() => world.reconnect());
	afterAll(async () => {
		await world.close();
	});

	const create = (more: INodeParameters): INodeParameters => ({
		resource: 'journalEntry',
		operation: 'create',
		journalId: 'A',
		date: '2026-10-01',
		...more,
	});
	const shown = async (parameters: INodeParameters, input = [{}]): Promise<{ title: unknown; text: string; message: string }> => {
		const { error } = await world.run(parameters, { input });
		expect(error?.context?.parameter).toEqual(expect.stringMatching(/./));
		// Without it the editor shows the title alone.
		expect(error?.description).toEqual(expect.stringMatching(/./));
		return { title: error?.context?.messageTemplate, text: String(error?.context?.descriptionTemplate), message: error?.message ?? '' };
	};
	const lines = (...line: INodeParameters[]): INodeParameters => ({ lines: { line } });

	it('has a title in a few words, with the number of the entry, and keeps its message for programs', async () => {
		const { title, text, message } = await shown(
			create({
				number: 'INV-7',
				...lines({ account: '6110', debit: '100' }, { account: '1930', credit: '90' }),
			}),
		);
		expect(title).toBe('INV-7: The entry does not balance');
		expect(text).toMatch(/10\.00 too much in debit/);
		expect(message).toMatch(/does not balance.*10\.00 too much in debit/);
	});

	it('has a title also where its message names no field, and is described by something else than its message', async () => {
		const entry = create({ number: 'INV-8', ...lines({ account: '6110', debit: '1' }, { account: '1930', credit: '1' }) });
		const narrow = await startWorld({ scopes: ['companyinformation'] });
		const refused = await narrow.run(entry);
		await narrow.close();
		const unreachable = await narrow.run(entry);
		for (const [{ error }, title] of [
			[refused, 'INV-8: Fortnox refused access'],
			[unreachable, 'INV-8: Fortnox did not answer'],
		] as const) {
			expect(error?.context?.messageTemplate).toBe(title);
			expect(error?.description).not.toBe(error?.message);
		}
		// What Fortnox answered is said once.
		expect(String(refused.error?.context?.descriptionTemplate).split('2000663')).toHaveLength(2);
		expect(String(unreachable.error?.context?.descriptionTemplate)).toMatch(/API Base URL of the credential/);
	});

	it('names no entry by an expression that stands there as text', async () => {
		const both = lines({ account: '6110', debit: '1' }, { account: '1930', credit: '1' });
		const { title } = await shown(create({ number: '{{ $json.id }}', ...both }));
		expect(title).toBe('A value does not fit');
	});

	it('calls fields as the form does, each problem on a line of its own', async () => {
		const { title, text } = await shown(
			create({
				...lines({ account: '6110', debit: '1.2.3' }, { account: '1930', credit: '90', tax_info: { tax_code: 'I 25', tax_amount: 'x' } }),
			}),
		);
		expect(title).toMatch(/^A value does not fit \(and \d+ more\)$/);
		expect(text).toMatch(/^<ul><li>Line 1, Debit: .*<\/li><li>Line 2, VAT Amount: /);
		expect(text).not.toMatch(/lines\[|tax_amount/);
	});

	it.each<[string, INodeParameters, RegExp]>([
		[
			'an option',
			create({ ...lines({ account: '6110', debit: '1' }, { account: '1930', credit: '1' }), options: { dryRun: '={{ "ja" }}' } }),
			/Validate Only: /,
		],
		[
			'the head',
			create({ ...lines({ account: '6110', debit: '1' }, { account: '1930', credit: '1' }), currency: 'EUR' }),
			/Currency(?: Exchange Rate)?: /,
		],
		['a locator', { resource: 'account', operation: 'get', accountNumber: '19' }, /^Account: /],
		[
			'the VAT of a line, which has a field of the same name as the line',
			create({
				...lines({ account: '6110', debit: '1', tax_info: { tax_code: 'moms', tax_amount: '1' } }, { account: '1930', credit: '2' }),
			}),
			/Line 1, VAT Code: /,
		],
		[
			'the code that is compared with the account',
			create({
				...lines({ account: '6110', debit: '1', tax_code: 'MP1', tax_info: { tax_code: 'I 25' } }, { account: '1930', credit: '1,25' }),
			}),
			/Line 1, VAT Code of Account: /,
		],
	])('names %s as the form does', async (_what, parameters, text) => {
		expect((await shown(parameters)).text).toMatch(text);
	});

	it("keeps JSON's own names for JSON, and counts rows of input items", async () => {
		const bad = [
			{ account: '6110', debit: 'x' },
			{ account: '1930', credit: '90' },
		];
		expect((await shown(create({ linesSource: 'json', linesJson: JSON.stringify(bad) }))).text).toMatch(/lines\[0\]\.debit/);
		expect((await shown(create({ linesSource: 'inputItems', allItems: true }), bad)).text).toMatch(/Row 1, debit/);
	});

	it('adds what Fortnox said, and escapes what users wrote', async () => {
		const { title, text } = await shown({ resource: 'journalEntry', operation: 'get', journalEntryId: 'A-99999-4' });
		expect(title).toBe('No such entry');
		expect(text).toMatch(/^<ul><li>Entry: there is no entry A 99999.*<li>Fortnox answered: /);
		expect(
			(
				await shown(
					create({
						date: '<b>x</b>',
						...lines({ account: '6110', debit: '1' }, { account: '1930', credit: '1' }),
					}),
				)
			).text,
		).toMatch(/&lt;b&gt;/);
	});
});
