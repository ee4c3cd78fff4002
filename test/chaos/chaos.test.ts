import { runChaos } from './chaos';

jest.setTimeout(300_000);

describe('through a network and a server that fail in every way', () => {
	it('entries are posted exactly once and in order', async () => {
		const report = await runChaos({ entries: 100, seed: 1, limit: true });
		expect(report).toMatchObject({ lost: 0, doubled: 0, wrong: 0, inOrder: true });
		expect(report.faults).toBeGreaterThan(3);
	});
});
