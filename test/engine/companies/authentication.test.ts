import { ACCOUNTING_NODE, ACCOUNTING_TRIGGER } from '../../../engine';
import { ENTRY, interleaved, meantFor, startFirm, type Firm } from '../support/firm';

/** The firm's OAuth2 credential leads to company 1001; its service account reaches every company. */
describe('how to connect, given by an expression', () => {
	let firm: Firm;
	beforeEach(async () => {
		firm = await startFirm(2);
	});
	afterEach(async () => {
		await firm.close();
	});

	const parameters = { ...ENTRY, authentication: '={{ $json.way }}', tenantId: '={{ $json.tenant }}' };

	it.each([
		[
			'a word that is none of the choices',
			'service_account',
			'ERROR_DATA_VALIDATION',
			/^authentication: "service_account" is not one of the choices\. Use oAuth2, serviceAccount\./,
		],
		['nothing', null, 'ERROR_EXPRESSION_EMPTY', /^authentication: the expression \{\{ \$json\.way \}\} gives nothing/],
		['an empty text', '', 'ERROR_EXPRESSION_EMPTY', /^authentication: /],
		['something that is no word', 1, 'ERROR_DATA_VALIDATION', /^authentication: 1 is not one of the choices/],
	])('is refused where it gives %s, and nothing is sent', async (_, way, code, words) => {
		const items = interleaved([1002], 2).map((item, index) => ({ ...item, way: index === 1 ? way : 'serviceAccount' }));
		const { error } = await firm.run(parameters, { input: items });
		expect(error).toMatchObject({ context: { error_code: code, itemIndex: 1 } });
		expect(error?.message).toMatch(words);
		expect(firm.sandbox.log).toEqual([]);
		// Where the run may go on, only that item fails.
		const result = await firm.run(parameters, { input: items, onError: 'continueRegularOutput' });
		expect(result.json().map(({ tenant_id, error_code }) => [tenant_id, error_code ?? null])).toEqual([
			[1002, null],
			[null, code],
		]);
		expect([firm.ledger(1001), firm.ledger(1002)]).toEqual([[], meantFor(1002, items.slice(0, 1))]);
	});

	it('counts for each item by itself', async () => {
		const connected = { ...interleaved([1001], 1)[0], way: 'oAuth2' };
		const service = { ...interleaved([1002], 1)[0], way: 'SERVICEACCOUNT' };
		const result = await firm.run(parameters, { input: [service, connected] });
		expect(result.error).toBeUndefined();
		expect(result.json().map(({ tenant_id }) => tenant_id)).toEqual([1002, 1001]);
		expect(firm.ledger(1001)).toEqual(meantFor(1001, [connected]));
		expect(firm.ledger(1002)).toEqual(meantFor(1002, [service]));
	});

	it('is refused in the lists of the editor and by the triggers, too', async () => {
		const list = async (authentication: string) =>
			await firm.engine.listSearch(ACCOUNTING_NODE, 'searchJournals', { parameters: { authentication, tenantId: '1002' } });
		await expect(list('service')).rejects.toThrow(/^authentication: "service" is not one of the choices/);
		await expect(list('={{ $json.way }}')).rejects.toThrow(/^authentication: .* has no value in the editor yet/);
		const poll = firm.engine.poll(ACCOUNTING_TRIGGER, { authentication: 'service', tenantId: '1002', triggerOn: 'newEntry' });
		await expect(poll).rejects.toThrow(/^authentication: "service" is not one of the choices/);
		expect(firm.sandbox.log).toEqual([]);
	});
});
