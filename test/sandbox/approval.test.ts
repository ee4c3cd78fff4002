import { startSandbox, type Sandbox } from '../../sandbox';
import { clientOf, voucher, type Call, type Reply } from './client';

let sandbox: Sandbox;
let call: (path: string, call?: Call) => Promise<Reply>;
let control: (path: string, body: unknown) => Promise<Response>;

beforeEach(async () => {
	sandbox = await startSandbox({ settings: { limit: 'off' } });
	call = clientOf(sandbox);
	control = async (path, body) =>
		await fetch(`${sandbox.url}/_sandbox/companies/1001/${path}`, { method: 'POST', body: JSON.stringify(body) });
});
afterEach(() => sandbox.close());

const APPROVER = 'Eva Attest';
const post = () => call('/3/vouchers?financialyear=4', { body: voucher({ VoucherSeries: 'API' }) });
const stateOf = async (path: string) => JSON.stringify((await call(path)).json).match(/"ApprovalState":(\d)/g);

describe('Approval of vouchers', () => {
	it('begins where a series has an approver in that year, and ends when the approver approves', async () => {
		await post();
		await control('approver', { series: 'API', yearId: 4, approver: APPROVER });
		expect((await call('/3/voucherseries/API?financialyear=4')).json).toMatchObject({
			VoucherSeries: { Approver: { Id: expect.any(Number), Name: 'Eva Attest' } },
		});
		expect((await call('/3/voucherseries/API?financialyear=3')).json).toMatchObject({ VoucherSeries: { Approver: null } });

		await post();
		expect(await stateOf('/3/vouchers?financialyear=4&voucherseries=API')).toEqual(['"ApprovalState":0', '"ApprovalState":2']);
		expect((await control('approve', { series: 'API', number: 2, yearId: 4 })).status).toBe(200);
		expect(await stateOf('/3/vouchers/API/2?financialyear=4')).toEqual(['"ApprovalState":3']);
		expect(await stateOf('/3/vouchers?financialyear=4&voucherseries=API')).toEqual(['"ApprovalState":0', '"ApprovalState":3']);
	});

	it('can begin as "not ready", and is refused where nobody approves', async () => {
		sandbox.settings.newVoucherApproval = 1;
		sandbox.company().setApprover(4, 'API', APPROVER);
		await post();
		expect(await stateOf('/3/vouchers/API/1?financialyear=4')).toEqual(['"ApprovalState":1']);
		expect((await control('approve', { series: 'A', number: 1, yearId: 4 })).status).toBe(500);
	});
});
