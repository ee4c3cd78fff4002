import { atSpeed } from '../../clock/fastTime';
import { SOON, until } from '../support/waiting';
import { startWorld, type World } from '../support/world';

/** Requests that Fortnox takes in five seconds. */
const LIMIT = 25;

const company = { resource: 'company', operation: 'get' };

describe('the code of an error that no answer of Fortnox tells', () => {
	let world: World;

	beforeAll(async () => {
		world = await startWorld();
	});
	beforeEach(() => {
		world.reconnect();
	});
	afterAll(async () => {
		await world.close();
	});

	it('is that of the credential where the consent was revoked', async () => {
		world.sandbox.revoke(1001);
		const { error } = await world.run(company);
		expect(error?.context).toMatchObject({ error_code: 'ERROR_CONNECTOR_AUTHENTICATION' });
	});

	it('is that of the limit where a request waits longer than it may', async () => {
		const entry = {
			resource: 'journalEntry',
			operation: 'create',
			date: '2026-06-01',
			number: '={{ $json.number }}',
			linesSource: 'json',
			linesJson: [
				{ account: '1930', debit: 1 },
				{ account: '3004', credit: 1 },
			],
			options: { maxWait: 1 },
		};
		const input = Array.from({ length: 40 }, (_, index) => ({ number: `WAIT-${index}` }));
		// The limit must be reached before its first slots are free again.
		const { running } = await atSpeed(1, async () => {
			const started = { running: world.run(entry, { input, onError: 'continueRegularOutput' }) };
			await until(() => world.requests().length >= LIMIT, SOON);
			return started;
		});
		const result = await running;
		const codes = result.json().flatMap(({ error_code }) => (error_code === undefined ? [] : [error_code]));
		expect([...new Set(codes)]).toEqual(['ERROR_RATE_LIMIT']);
		expect(result.json()).toHaveLength(40);
	});
});
