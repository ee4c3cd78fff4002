import { atSpeed } from '../../clock/fastTime';
import { startWorld, type World } from '../support/world';

const READ = { resource: 'journal', operation: 'getAll' };

/** Tokens do not name their company, so that Fortnox is asked for it. */
describe('the question for the company', () => {
	let world: World;
	beforeEach(async () => {
		world = await startWorld({ settings: { tenantClaim: 'absent' } });
	});
	afterEach(async () => {
		await world.close();
	});

	const questions = () => world.requests('GET', /^\/3\/companyinformation$/);

	it('ends where Fortnox refuses every token', async () => {
		world.sandbox.faults.add({ kind: 'noEnvelope', status: 401, path: 'companyinformation' });
		const result = await world.run(READ);
		expect(result.error?.message).toMatch(/did not accept the access token, also after it was renewed/);
		expect(questions()).toHaveLength(3);
		expect(world.requests('POST', /token$/)).toHaveLength(1);
	});

	it('is asked again after an answer that may pass, as all that is read', async () => {
		world.sandbox.faults.add({ kind: 'gateway5xx', status: 503, path: 'companyinformation', times: 2 });
		expect((await world.run(READ)).error?.message).toBeUndefined();
		expect(questions()).toHaveLength(3);
	});

	it('does not blame the scope where Fortnox is out of order', async () => {
		world.sandbox.faults.add({ kind: 'gateway5xx', status: 503, path: 'companyinformation' });
		const { error } = await world.run(READ);
		expect(error?.message).toMatch(/did not answer that question \(HTTP 503\)\. Try again later/);
		expect(questions()).toHaveLength(4);
	});

	it('goes on for the others where the execution that asked it is stopped', async () => {
		const late = world.sandbox.faults.add({ kind: 'latency', ms: 2000, path: 'companyinformation', times: 1 });
		const stop = new AbortController();
		await atSpeed(1, async () => {
			const stopped = world.run(READ, { signal: stop.signal }).catch(() => undefined);
			while (late.struck === 0) await new Promise((resolve) => setImmediate(resolve));
			const others = [world.run(READ), world.run(READ)];
			await new Promise((resolve) => setTimeout(resolve, 300));
			stop.abort();
			const results = await Promise.all(others);
			expect(results.map(({ error }) => error?.message)).toEqual([undefined, undefined]);
			await stopped;
		});
	});
});
