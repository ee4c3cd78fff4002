import { checkAgainstModel } from './ledger';

it('the ledger is what the model says after every step', async () => {
	await checkAgainstModel({ runs: 12, steps: 10, seed: 7 });
});
