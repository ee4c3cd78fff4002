import { defaultSettings } from '../../../sandbox';
import { startWorld } from '../support/world';

/** Everything else runs on a clock that is fast for all parts alike; here Fortnox's five seconds are those of the machine. */
it('keeps the limit of 25 requests per 5 seconds in real time, and uses it', async () => {
	const world = await startWorld({ settings: { limit: defaultSettings().limit } });
	const start = process.hrtime.bigint();
	const result = await world.run(
		{
			resource: 'journalEntry',
			operation: 'create',
			journalId: 'A',
			date: '2026-06-01',
			number: '={{ $json.number }}',
			linesSource: 'json',
			linesJson: '[{"account":"1930","debit":1},{"account":"3004","credit":1}]',
		},
		{ input: Array.from({ length: 60 }, (_, index) => ({ number: `REAL-${index}` })) },
	);
	const seconds = Number(process.hrtime.bigint() - start) / 1e9;
	const requests = world.requests();
	await world.close();
	expect(result.json()).toHaveLength(60);
	expect(requests.filter(({ status }) => status === 429)).toEqual([]);
	const windows = Math.ceil(requests.length / 25) - 1;
	expect(seconds).toBeGreaterThanOrEqual(windows * 5);
	expect(seconds).toBeLessThan((windows + 1) * 5);
});
