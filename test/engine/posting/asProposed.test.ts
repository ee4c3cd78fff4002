import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { readComments } from '../../../nodes/shared/ledger/readMark';
import { isObject } from '../../../nodes/shared/unified/readObject';
import type { SandboxVoucher } from '../../../sandbox';
import { operationsOfNode, probesOf } from '../input/parameters';
import { itemWith, preSystemFile, voucher } from '../sie/files';
import { book } from '../vat/support';
import { COMPANY, startWorld, type World } from '../support/world';

interface Writing {
	parameters: INodeParameters;
	input?: INodeExecutionData[];
	/** Prepares the ledger, and gives what depends on it. */
	before?: (world: World) => Promise<INodeParameters>;
}

const entry = (lines: object[], more: INodeParameters = {}): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'create',
	date: '2026-10-05',
	description: 'Köp – “prov”',
	linesSource: 'json',
	linesJson: JSON.stringify(lines),
	number: 'AP-1',
	...more,
});
const bank = (credit: number) => ({ account: '1930', credit });
const withFile = (content = 'kvitto'): INodeExecutionData => ({
	json: {},
	binary: { data: { data: Buffer.from(content).toString('base64'), mimeType: 'application/pdf', fileName: 'kvitto.pdf' } },
});
const post = async (world: World, lines: object[]): Promise<string> => {
	const { error, json } = await world.run(entry(lines, { number: 'BEFORE-1', journalId: 'API' }));
	if (error) throw new Error(error.message);
	return String(json()[0]?.id);
};
const SALE = [
	{ account: '1930', debit: 100 },
	{ account: '3004', credit: 100, description: 'Rad' },
];
const PARTNER = { account_type: 'supplier_account', account: '7', force_general_account: '2440', credit: 33.33, description: 'Rad' };

const ACCRUAL: Writing = {
	parameters: entry(
		[
			{ account: '6310', debit: 90 },
			{ account: '2990', credit: 90 },
		],
		{ additionalFields: { reverseOn: '2026-11-01' } },
	),
};

/** Of each operation that posts, one entry for each thing that an entry can have. */
const WRITING: Record<string, Record<string, Writing>> = {
	'journalEntry.create': {
		'texts, a partner and dimensions': {
			parameters: entry([{ account: '6310', debit: 33.33, cost_center: 'BUTIK' }, PARTNER], {
				additionalFields: { reference: 'R-1', comments: 'Egen\ntext' },
			}),
		},
		'VAT and a file': {
			parameters: entry(
				[
					{ account: '1930', debit: 125 },
					{ account: '3001', credit: 100, tax_info: { tax_code: 'MP1', tax_amount: 25 } },
				],
				{ additionalFields: { binaryPropertyName: 'data' } },
			),
			input: [withFile()],
		},
		'another currency': {
			parameters: entry([{ account: '6310', debit: 9.99 }, bank(9.99)], { currency: 'EUR', currencyExchangeRate: 11.056 }),
		},
		'no number': { parameters: entry([{ account: '6310', debit: 5 }, bank(5)], { number: '' }) },
		'Reverse On': ACCRUAL,
		months: { parameters: entry([{ account: '6310', debit: 100, start_date: '2026-10-01', end_date: '2026-12-31' }, bank(100)]) },
		'a balancing account': { parameters: entry([{ account: '6310', debit: 77.7 }], { additionalFields: { balancingAccount: '1930' } }) },
	},
	'journalEntry.correct': {
		'another amount': {
			parameters: entry([{ account: '6310', debit: 12 }, bank(12)], { operation: 'correct', number: '' }),
			before: async (world) => ({ journalEntryId: await post(world, SALE) }),
		},
	},
	'journalEntry.reverse': {
		'a day of its own': {
			parameters: { resource: 'journalEntry', operation: 'reverse', date: '2026-10-06', journalId: 'A' },
			before: async (world) => ({ journalEntryId: await post(world, SALE) }),
		},
	},
	'journalEntry.spread': {
		'an amount': {
			parameters: {
				resource: 'journalEntry',
				operation: 'spread',
				amount: 100,
				resultAccount: '6310',
				balanceAccount: '1730',
				firstMonth: '2026-10',
				lastMonth: '2026-12',
				number: 'AP-2',
				description: 'Försäkring',
			},
		},
		'a line': {
			parameters: {
				resource: 'journalEntry',
				operation: 'spread',
				spreadSource: 'entryLine',
				balanceAccount: '1730',
				firstMonth: '2026-10',
				lastMonth: '2026-11',
			},
			before: async (world) => ({
				journalEntryId: await post(world, [{ account: '6310', debit: 100, cost_center: 'BUTIK' }, bank(100)]),
			}),
		},
	},
	'journalEntry.importSie': {
		'two vouchers': {
			parameters: { resource: 'journalEntry', operation: 'importSie', binaryPropertyName: 'data', journalId: 'A' },
			input: [itemWith(preSystemFile(`${voucher('L 1')}${voucher('L 2', '20260626', '55.50')}`))],
		},
	},
	'financialEntry.create': {
		'money out': {
			parameters: entry([{ account: '6570', amount: -5.5, description: 'Avgift' }], {
				resource: 'financialEntry',
				financialCounterpartAccount: '1930',
			}),
		},
		'another currency': {
			parameters: entry([{ account: '1510', amount: 99.99 }], {
				resource: 'financialEntry',
				financialCounterpartAccount: '1930',
				currency: 'EUR',
				currencyExchangeRate: 11.056,
			}),
		},
	},
	'vatReturn.settle': {
		'a month': {
			parameters: { resource: 'vatReturn', operation: 'settle', period: '2029-03' },
			before: async (world) => {
				const company = world.sandbox.company(COMPANY);
				company.addYear('2029-01-01', '2029-12-31', { like: company.yearsNewestFirst()[0] });
				book(company, '2029-03-10', [
					[1930, 1250.9],
					[3001, -1000.72],
					[2611, -250.18],
				]);
				world.reconnect();
				return {};
			},
		},
	},
};

/** The entries of an item, those that follow it and its reversal included. */
const entriesIn = ({ reversal, spread_entries, ...item }: IDataObject): IDataObject[] =>
	[item, reversal, ...(Array.isArray(spread_entries) ? spread_entries : [])].filter((one): one is IDataObject => isObject(one));

/** What both runs can know: no voucher numbers, names and links. */
const shown = (item: IDataObject) => ({
	date: item.date,
	journal: item.journal_id,
	number: item.number,
	reference: /^[0-9A-Z]+-\d+-\d+$/.test(String(item.reference)) ? null : item.reference,
	text: unnumbered(String(item.description)),
	comments: item.comments,
	currency: [item.original_currency, item.original_exchange_rate],
	files: ((item.attachments_info as IDataObject | undefined)?.attachments as IDataObject[] | undefined)?.map(({ filename }) => filename),
	rows: (item.items as IDataObject[]).map(({ id: _id, account_name: _name, cost_center_name: _center, ...row }) => row),
});
const unnumbered = (text: string) => text.replace(/^Reversal of (\w+) (?:\d+|…) /, 'Reversal of $1 … ');

/** A voucher of the ledger, and a sealed entry, as the same text. */
const ofLedger = (one: SandboxVoucher) =>
	[
		one.series,
		one.date,
		readComments(one.comments).mark?.number ?? '',
		unnumbered(one.description),
		readComments(one.comments).text,
		...one.rows.map((row) => [row.account, row.debit - row.credit, row.costCenter, row.project, row.transactionInformation].join('|')),
	].join('\n');
interface Sealed {
	s: string;
	d: string;
	n: string;
	t: string;
	k: string;
	f?: string;
	r: Array<Array<string | number>>;
}
const sealedIn = (proposal: string): Sealed[] =>
	(JSON.parse(Buffer.from(proposal.split('.')[1] ?? '', 'base64url').toString()) as { e: Sealed[] }).e;
const ofProposal = ({ s, d, n, t, k, r }: Sealed) => [s, d, n, unnumbered(t), k, ...r.map((row) => row.slice(0, 5).join('|'))].join('\n');

describe('what Validate Only shows, what its proposal seals, and what is posted then', () => {
	let world: World;
	beforeEach(async () => {
		world = await startWorld();
		const company = world.sandbox.company(COMPANY);
		company.setLocked(null);
		for (const currency of company.currencies) currency.date = '2026-10-05';
	});
	afterEach(async () => await world.close());

	it('are compared for every operation that has proposals', () => {
		const withProposal = operationsOfNode().filter(({ fields }) => probesOf(fields).some(({ path }) => path === 'options.proposal'));
		expect(withProposal.map(({ resource, operation }) => `${resource}.${operation}`).sort()).toEqual(Object.keys(WRITING).sort());
	});

	const cases = Object.entries(WRITING).flatMap(([operation, ways]) =>
		Object.entries(ways).map(([way, writing]): [string, string, Writing] => [operation, way, writing]),
	);
	it.each(cases)('are the same: %s, %s', async (_, __, { parameters, input, before }) => {
		const vouchers = () => world.sandbox.company(COMPANY).vouchers();
		const whole = { ...parameters, ...(await before?.(world)) };
		const known = new Set(vouchers());
		const run = async (options: INodeParameters) => {
			const result = await world.run({ ...whole, options }, input ? { input } : {});
			expect(result.error?.message).toBeUndefined();
			return result.json();
		};
		const dry = await run({ dryRun: true });
		expect(vouchers().filter((one) => !known.has(one))).toEqual([]);
		const posted = await run({ proposal: String(dry[0]?.proposal) });
		const added = vouchers().filter((one) => !known.has(one));

		expect(added.length).toBeGreaterThan(0);
		const sealed = sealedIn(String(dry[0]?.proposal));
		expect(sealed.map(ofProposal).sort()).toEqual(added.map(ofLedger).sort());
		const [ofDry, ofPosted] = [dry, posted].map((items) => items.flatMap(entriesIn));
		const isCorrection = whole.operation === 'correct';
		expect(ofDry?.length).toBe(added.length);
		expect((isCorrection ? ofDry?.slice(0, 1) : ofDry)?.map(shown)).toEqual(ofPosted?.map(shown));
		expect(sealed.filter(({ f }) => f !== undefined)).toHaveLength(whole.additionalFields && input ? 1 : 0);

		// Run again under the same proposal, all of it is found.
		const again = (await run({ proposal: String(dry[0]?.proposal) })).flatMap(entriesIn);
		expect(again.map(({ id, already_posted }) => [id, already_posted])).toEqual(ofPosted?.map(({ id }) => [id, true]));
	});

	it('are not, where another file or reference would be posted: it is refused', async () => {
		const file = (content: string) => ({ input: [withFile(content)] });
		const whole = entry([{ account: '6310', debit: 5 }, bank(5)], { additionalFields: { binaryPropertyName: 'data', reference: 'R-1' } });
		const [dry] = (await world.run({ ...whole, options: { dryRun: true } }, file('kvitto'))).json();
		const options = { proposal: String(dry?.proposal) };
		const count = world.sandbox.company(COMPANY).vouchers().length;
		const swapped = await world.run({ ...whole, options }, file('another'));
		expect(swapped.error?.message).toMatch(/^proposal: .*the file was kvitto\.pdf .* and is kvitto\.pdf/);
		const other = { ...whole, additionalFields: { binaryPropertyName: 'data', reference: 'R-2' } };
		expect((await world.run({ ...other, options }, file('kvitto'))).error?.message).toMatch(/the reference was R-1 and is R-2/);
		expect(world.sandbox.company(COMPANY).vouchers()).toHaveLength(count);
		expect((await world.run({ ...whole, options }, file('kvitto'))).error?.message).toBeUndefined();
	});

	it('hold where a run broke off between an entry and its reversal: it goes on under the same proposal', async () => {
		const { parameters: whole } = ACCRUAL;
		const [dry] = (await world.run({ ...whole, options: { dryRun: true } })).json();
		const body = { ErrorInformation: { error: 1, message: 'Nej', code: 2000946 } };
		const second = { method: 'POST', path: '^/3/vouchers$', skip: 1, times: 1 } as const;
		world.sandbox.faults.add({ kind: 'otherAnswer', when: 'before', status: 400, body, ...second });
		const options = { proposal: String(dry?.proposal) };
		expect((await world.run({ ...whole, options })).error).toBeDefined();
		expect((await world.run({ ...whole, options })).json()[0]).toMatchObject({ already_posted: true, reversal: { date: '2026-11-01' } });
	});
});
