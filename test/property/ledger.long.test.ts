import { checkAgainstModel } from './ledger';

jest.setTimeout(30 * 60_000);

it('the ledger is what the model says after every step of many long sequences', async () => {
	await checkAgainstModel({ runs: 150, steps: 30 });
});
