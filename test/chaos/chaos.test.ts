import { runChaos } from './chaos';

jest.setTimeout(300_000);

describe('through a network and a server that fail in every way', () => {
	it('entries are posted exactly once and in order', async () => {
		const report = await runChaos({ entries: 100, seed: 1, limit: true });
		expect(report).toMatchObject({ lost: 0, doubled: 0, wrong: 0, inOrder: true });
		expect(report.faults).toBeGreaterThan(3);
	});

	it('and through people who edit, delete, reverse and insert, a clock that strays and a year that ends', async () => {
		const report = await runChaos({ entries: 60, seed: 2, limit: false, hands: true });
		expect(report).toMatchObject({ lost: 0, doubled: 0, wrong: 0, silentEnds: 0 });
		// Which hands find something to do depends on the moment.
		expect(Object.values(report.hands ?? {}).filter((count) => count > 0).length).toBeGreaterThan(1);
	});
});
