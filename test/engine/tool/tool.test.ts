import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { countVouchers, startWorld, type World } from '../support/world';

/** What an agent is given to post entries: the model fills the number, the text, the lines, and whether only to validate. */
const POST_ENTRY = {
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'A',
	date: "={{ $fromAI('date', 'Accounting date, YYYY-MM-DD', 'string') }}",
	number: "={{ $fromAI('number', 'Unique number of the entry', 'string') }}",
	description: "={{ $fromAI('description', 'What the entry is for', 'string') }}",
	linesSource: 'json',
	linesJson: "={{ $fromAI('lines', 'JSON array of lines with account, debit or credit, description', 'json') }}",
	options: { dryRun: "={{ $fromAI('validateOnly', 'True to see what would be posted without posting', 'boolean') }}" },
};

describe("the node as an AI agent's tool", () => {
	let world: World;

	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(() => world.reconnect());
	afterAll(async () => {
		await world.close();
	});

	async function call(parameters: INodeParameters, ...args: IDataObject[]): Promise<string[]> {
		const result = await world.engine.runTool({ parameters, args });
		expect(result.error).toBeUndefined();
		return result.json().map(({ response }) => String(response));
	}

	const lines = [
		{ account: '6110', debit: 100 },
		{ account: '1930', credit: 100 },
	];

	it('can show an entry to a person before it is posted, then post it once', async () => {
		const before = countVouchers(world.sandbox);
		const entry = { date: '2026-06-01', number: 'AGENT-1', description: 'Kaffe', lines };
		const [shown, posted, repeated] = await call(
			POST_ENTRY,
			{ ...entry, validateOnly: true },
			{ ...entry, validateOnly: false },
			{ ...entry, validateOnly: false },
		);
		expect(shown).toMatch(/"dry_run":true/);
		expect(posted).toMatch(/"id":"A-\d+-4"/);
		expect(posted).not.toMatch(/already_posted/);
		expect(repeated).toMatch(/"already_posted":true/);
		expect(countVouchers(world.sandbox)).toBe(before + 1);
	});

	it('posts two entries without numbers that a model makes in one turn, and not the same one twice', async () => {
		const before = countVouchers(world.sandbox);
		const parameters = { ...POST_ENTRY, number: '', options: {} };
		const coffee = { date: '2026-06-02', description: 'Kaffe', lines };
		const answers = await call(parameters, coffee, { ...coffee, description: 'Te' }, coffee);
		expect(answers.map((answer) => answer.includes('"already_posted":true'))).toEqual([false, false, true]);
		expect(countVouchers(world.sandbox)).toBe(before + 2);
	});

	it('tells the model what is wrong and how to put it right', async () => {
		const unbalanced = [
			{ account: '6110', debit: 100 },
			{ account: '1930', credit: 90 },
		];
		const { error } = await world.engine.runTool({
			parameters: POST_ENTRY,
			args: [{ date: '2026-06-01', number: 'AGENT-2', description: 'Kaffe', lines: unbalanced, validateOnly: false }],
		});
		expect(error?.message).toMatch(/does not balance.*10\.00 too much in debit/);
	});

	it('tells the model all that is wrong in the message, which alone reaches it', async () => {
		const { error } = await world.engine.runTool({
			parameters: POST_ENTRY,
			args: [
				{
					date: '2026-02-30',
					number: 'AGENT-2',
					description: 'Kaffe',
					lines: [lines[0], { account: '1', credit: 100 }],
					validateOnly: false,
				},
			],
		});
		// The engine's own tools add the description behind "Details".
		const [message] = error?.message.split('Details:') ?? [];
		expect(message).toMatch(/"2026-02-30" is not a day/);
		expect(message).toMatch(/"1" is not an account number/);
	});

	it('answers without the fields that say nothing', async () => {
		const [response] = await call({ resource: 'journalEntry', operation: 'get', journalEntryId: 'A-2-4' }, {});
		expect(response).toMatch(/"account_number":"6110"/);
		expect(response).not.toMatch(/null|\[\]/);
	});
});
