import { startWorld } from '../engine/support/world';
import { describeContract, validateExchange } from './openapi';
import { missingOperations, runAllOperations } from './operations';

it('the list of operations to check lacks none of the node', () => {
	expect(missingOperations()).toEqual([]);
});

describeContract("every request that the node makes fits Fortnox's OpenAPI document", () => {
	it('in all its operations', async () => {
		const world = await startWorld();
		try {
			await runAllOperations(world);
			expect(world.sandbox.log.flatMap((exchange) => validateExchange(exchange))).toEqual([]);
			expect(new Set(world.sandbox.log.map(({ path }) => path.split('/')[2])).size).toBeGreaterThan(12);
		} finally {
			await world.close();
		}
	});
});
