import { ACCOUNTING_NODE, createEngine, fortnoxCredential, type Engine } from '../../../engine';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { COMPANY, currentYear, startWorld, type World } from '../support/world';

describe('what a register answered', () => {
	let world: World;
	beforeAll(async () => {
		world = await startWorld();
	});
	afterAll(async () => {
		await world.close();
	});

	/** A connection to the same address and company, whose token has these scopes. */
	function engineWith(...scopes: string[]): Engine {
		const [app] = world.sandbox.clients;
		if (app === undefined) throw new Error('The sandbox has no client');
		return createEngine({
			nodeTypes: { [ACCOUNTING_NODE]: FortnoxAccounting },
			credentials: {
				fortnox: fortnoxCredential({
					url: `${world.sandbox.url}/via-90001`,
					clientId: app.id,
					clientSecret: app.secret,
					oauthTokenData: world.sandbox.issueTokens({ clientId: app.id, tenantId: COMPANY, scopes }),
				}),
			},
		});
	}

	it('is no answer for a credential of other scopes', async () => {
		const list = async (engine: Engine): Promise<number> => {
			const parameters = { authentication: 'oAuth2' };
			const { results } = await engine.listSearch(ACCOUNTING_NODE, 'searchCostCenters', { parameters });
			return results.length;
		};
		expect(await list(engineWith('bookkeeping', 'costcenter'))).toBeGreaterThan(0);
		await expect(list(engineWith('bookkeeping'))).rejects.toThrow(/scope/);
	});

	it('is asked for anew by the operation that reads it', async () => {
		const parameters = { resource: 'account', operation: 'getAll', returnAll: true };
		const before = (await world.run(parameters)).json();
		currentYear(world).removeAccount(1910);
		const after = (await world.run(parameters)).json();
		expect(before.map(({ number }) => number)).toContain('1910');
		expect(after.map(({ number }) => number)).not.toContain('1910');
	});
});
