import type { INodeParameters } from 'n8n-workflow';

import { startWorld, type World } from '../support/world';

describe('the order of entries', () => {
	let world: World;

	beforeAll(async () => {
		world = await startWorld({ settings: { latencyMs: 400 } });
	});
	beforeEach(() => world.reconnect());
	afterAll(async () => {
		await world.close();
	});

	const entries: INodeParameters = {
		resource: 'journalEntry',
		operation: 'create',
		journalId: 'API',
		date: '2026-06-01',
		number: '={{ $json.number }}',
		linesSource: 'json',
		linesJson: '={{ [{ account: "1930", debit: $json.amount }, { account: "3004", credit: $json.amount }] }}',
	};
	const input = (prefix: string) => Array.from({ length: 30 }, (_, index) => ({ number: `${prefix}-${index}`, amount: index + 1 }));

	it('is that of the items, and a hint says what that costs where answers are slow', async () => {
		const result = await world.run(entries, { input: input('ORDER') });
		const numbers = result.json().map(({ voucher_number }) => Number(voucher_number));
		expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
		expect(result.hints().join(' ')).toMatch(/Turn on 'Post Side by Side'/);
	});

	it('is that of the items in the output also where entries are posted side by side', async () => {
		const result = await world.run({ ...entries, options: { postSideBySide: true } }, { input: input('SIDE') });
		expect(result.json().map(({ number }) => number)).toEqual(input('SIDE').map(({ number }) => number));
		expect(new Set(result.json().map(({ id }) => id)).size).toBe(30);
		expect(result.hints().join(' ')).not.toMatch(/Post Side by Side/);
	});
});
