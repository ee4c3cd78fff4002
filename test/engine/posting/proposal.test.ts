import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import type { INode, INodeParameters } from 'n8n-workflow';

import { countVouchers, startWorld, type World } from '../support/world';

const lines = (amount: number) =>
	JSON.stringify([
		{ account: '6310', debit: amount },
		{ account: '1930', credit: amount },
	]);
const entry = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'API',
	date: '2026-10-05',
	description: 'Insurance',
	linesSource: 'json',
	linesJson: lines(100),
	...more,
});

describe('a proposal that is approved before it is posted', () => {
	let world: World;
	let before: number;
	let count = 0;
	const added = (): number => countVouchers(world.sandbox) - before;
	const freshNumber = (): string => `PR-${++count}`;

	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(() => {
		world.sandbox.company(1001).setLocked('2025-12-31');
		world.reconnect();
		before = countVouchers(world.sandbox);
	});
	afterAll(async () => {
		await world.close();
	});

	async function propose(parameters: INodeParameters): Promise<string> {
		const [item] = (await world.run({ ...parameters, options: { dryRun: true } })).json();
		expect(added()).toBe(0);
		return String(item?.proposal);
	}
	async function objection(parameters: INodeParameters, proposal: string) {
		const { error } = await world.run({ ...parameters, options: { proposal } });
		expect(added()).toBe(0);
		return `${String(error?.context?.error_code)} ${error?.message ?? ''}`;
	}

	it.each([
		['the option is empty', { proposal: '' }, 'ERROR_DATA_VALIDATION'],
		['an expression in it gives nothing', { proposal: '={{ $json.proposal }}' }, 'ERROR_EXPRESSION_EMPTY'],
	])('is missed where %s, and nothing is posted', async (_, options, code) => {
		const { error } = await world.run({ ...entry({ number: freshNumber() }), options });
		expect(error?.message).toMatch(/proposal/i);
		expect(error?.context?.error_code).toBe(code);
		expect(added()).toBe(0);
	});

	it('is posted as it was proposed, and once', async () => {
		const parameters = entry({ number: freshNumber() });
		const proposal = await propose(parameters);
		const posted = await world.run({ ...parameters, options: { proposal } });
		expect(posted.error).toBeUndefined();
		expect(added()).toBe(1);
		const again = await world.run({ ...parameters, options: { proposal } });
		expect(again.json()[0]).toMatchObject({ id: posted.json()[0]?.id, already_posted: true });
		expect(added()).toBe(1);
	});

	describe('without a number', () => {
		const parameters = entry({ number: '', description: 'Approved' });

		it.each(['the same process', 'a new process'])('is posted once under a proposal, in %s too', async (process) => {
			const options = { proposal: await propose(parameters) };
			const posted = await world.run({ ...parameters, options });
			expect(posted.error).toBeUndefined();
			if (process === 'a new process') world.reconnect();
			const again = await world.run({ ...parameters, options });
			expect(again.json()[0]).toMatchObject({ id: posted.json()[0]?.id, already_posted: true });
			expect(added()).toBe(1);
		});

		it('is posted under each of two proposals of the same content', async () => {
			const first = await propose(parameters);
			const second = await propose(parameters);
			for (const proposal of [first, second]) expect((await world.run({ ...parameters, options: { proposal } })).error).toBeUndefined();
			expect(added()).toBe(2);
		});

		it('is one entry under a proposal, not one per item', async () => {
			const options = { proposal: await propose(parameters) };
			const { error } = await world.run({ ...parameters, options }, { input: [{}, {}] });
			expect(error?.context?.error_code).toBe('ERROR_NUMBER_ALREADY_USED');
			expect(added()).toBe(0);
		});

		it('is refused with other content, once its proposal was posted', async () => {
			const options = { proposal: await propose(parameters) };
			await world.run({ ...parameters, options });
			const { error } = await world.run({ ...parameters, linesJson: lines(7), options });
			expect(error?.message).toMatch(/was already posted as .* with other content.* have the new proposal approved/);
			expect(added()).toBe(1);
		});
	});

	it('covers the reversal and the months behind an entry', async () => {
		const parameters = entry({ number: freshNumber(), additionalFields: { reverseOn: '2026-11-01' } });
		const proposal = await propose(parameters);
		expect(await objection({ ...parameters, additionalFields: { reverseOn: '2026-11-02' } }, proposal)).toMatch(
			/PROPOSAL_CHANGED.*the date of entry 2 was 2026-11-01 and is 2026-11-02/,
		);
		expect((await world.run({ ...parameters, options: { proposal } })).error).toBeUndefined();
		expect(added()).toBe(2);
	});

	it('is refused where something differs, which is named', async () => {
		const number = freshNumber();
		const proposal = await propose(entry({ number }));
		expect(await objection(entry({ number, linesJson: lines(120) }), proposal)).toMatch(
			/ERROR_PROPOSAL_CHANGED.*row 1 was 6310 100\.00 and is 6310 120\.00; row 2/,
		);
		expect(await objection(entry({ number, date: '2026-10-06' }), proposal)).toMatch(/the date was 2026-10-05 and is 2026-10-06/);
		expect(await objection(entry({ number, description: 'Rent' }), proposal)).toMatch(/the text was Insurance and is Rent/);
		const account = world.sandbox.company(1001).year('2026-10-05').accounts.get(6310);
		if (account === undefined) throw new Error('no account 6310');
		const { description } = account;
		account.description = 'Another name';
		expect(await objection(entry({ number }), proposal)).toMatch(/account 6310 was .* and is Another name/);
		account.description = description;
		world.sandbox.company(1001).setLocked('2026-01-31');
		expect(await objection(entry({ number }), proposal)).toMatch(/the last locked day was 2025-12-31 and is 2026-01-31/);
	});

	it('is passed on by the example as it was approved', async () => {
		const { nodes } = JSON.parse(readFileSync(resolve(__dirname, '../../../examples/approve-then-post.json'), 'utf8')) as {
			nodes: INode[];
		};
		const parametersOf = (name: string) => nodes.find((node) => node.name === name)?.parameters ?? {};
		const [propose, post] = [parametersOf('Propose'), parametersOf('Post')];
		expect(post).toEqual({ ...propose, options: { proposal: "={{ $('Propose').first().json.proposal }}" } });
		const linesJson = JSON.stringify({ number: freshNumber(), date: '2026-10-05', items: JSON.parse(lines(80)) as unknown });
		const [proposed] = (await world.run({ ...propose, linesJson })).json();
		const posted = await world.run({ ...post, linesJson, options: { proposal: String(proposed?.proposal) } });
		expect(posted.error).toBeUndefined();
		expect(added()).toBe(1);
	});

	it('of another company is refused, and so is half of one', async () => {
		const number = freshNumber();
		const proposal = await propose(entry({ number }));
		const [start = '', body = '', check = ''] = proposal.split('.');
		const sealed = JSON.parse(Buffer.from(body, 'base64url').toString()) as { c: number };
		expect(sealed.c).toBe(1001);
		expect(await objection(entry({ number }), `${start}.${body.slice(0, -4)}.${check}`)).toMatch(
			/ERROR_DATA_VALIDATION proposal: this is not a whole proposal/,
		);
		expect(await objection(entry({ number }), 'approved')).toMatch(/not a whole proposal/);
	});
});
