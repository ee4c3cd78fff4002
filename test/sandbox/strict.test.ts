import { startSandbox, type Sandbox } from '../../sandbox';
import { clientOf, voucher, type Call, type Reply } from './client';

let sandbox: Sandbox;
let call: (path: string, call?: Call) => Promise<Reply>;

beforeEach(async () => {
	sandbox = await startSandbox({ settings: { limit: 'off' } });
	call = clientOf(sandbox);
});
afterEach(async () => await sandbox.close());

const refusal = (code: number) => ({ ErrorInformation: { error: 1, message: expect.any(String), code } });

describe('the year that is asked for', () => {
	it.each(['fromdate=2025-12-31', 'todate=2027-01-01'])('refuses %s', async (days) => {
		const reply = await call(`/3/vouchers?financialyear=4&${days}`);
		expect([reply.status, reply.json]).toEqual([400, refusal(2002363)]);
		sandbox.settings.datesOutsideYear = 'filter';
		expect((await call(`/3/vouchers?financialyear=4&${days}`)).status).toBe(200);
	});

	it('of a voucher posted without one is that of its date', async () => {
		sandbox.company().setLocked(null);
		const reply = await call('/3/vouchers', { body: voucher({ TransactionDate: '2024-05-06' }) });
		expect([reply.status, reply.json]).toMatchObject([201, { Voucher: { Year: 1 } }]);
		const nowhere = await call('/3/vouchers', { body: voucher({ TransactionDate: '2023-05-06' }) });
		expect(nowhere.status).toBe(400);
	});
});

it('JSON has no charset', async () => {
	expect((await call('/3/accounts')).headers.get('content-type')).toBe('application/json');
});

it('read-only fields are refused, naming the field', async () => {
	const reply = await call('/3/vouchers?financialyear=4', { body: voucher({ Year: 4 }) });
	expect([reply.status, reply.json]).toEqual([
		400,
		{ ErrorInformation: { error: 1, message: 'Fältet Year är endast läsbart.', code: 2000321 } },
	]);
	sandbox.settings.readOnlyFields = 'ignore';
	expect((await call('/3/vouchers?financialyear=4', { body: voucher({ Year: 4 }) })).status).toBe(201);
});

it('accounts are empty texts where nothing is', async () => {
	expect((await call('/3/accounts/6110')).json).toMatchObject({
		Account: { CostCenter: '', Project: '', VATCode: '', TransactionInformation: '' },
	});
	sandbox.settings.emptyAccountFields = 'null';
	expect((await call('/3/accounts/6110')).json).toMatchObject({ Account: { VATCode: null } });
});

it('a new project is ongoing', async () => {
	const reply = await call('/3/projects', { body: { Project: { Description: 'Nytt' } } });
	expect(reply.headers.get('location')).toBe('project');
	expect(reply.json).toMatchObject({ Project: { Status: 'ONGOING' } });
});

it('a currency that nobody has is refused', async () => {
	const add = async (Code: string) => (await call('/3/currencies', { body: { Currency: { Code, Description: 'Ny' } } })).status;
	expect([await add('QQX'), await add('CHF')]).toEqual([400, 201]);
});

it('balances are carried when a year is created, and stale afterwards', async () => {
	const company = sandbox.company();
	const last = company.yearsNewestFirst()[0];
	if (last === undefined) throw new Error('The company has no financial year');
	const next = Number(last.toDate.slice(0, 4)) + 1;
	const reply = await call('/3/financialyears', { body: { FinancialYear: { FromDate: `${next}-01-01`, ToDate: `${next}-12-31` } } });
	expect(reply.status).toBe(201);
	const year = company.year(`${next}-06-01`);
	expect(year.accounts.get(1930)?.broughtForward).toBe(company.balance(1930, last.id));
	expect([...year.accounts.values()].reduce((sum, { broughtForward }) => sum + broughtForward, 0)).toBe(0);
	const before = company.balance(1930, year.id);
	await call(`/3/vouchers?financialyear=${last.id}`, { body: voucher({ TransactionDate: last.fromDate }) });
	expect(company.balance(1930, last.id)).not.toBe(before);
	expect(company.balance(1930, year.id)).toBe(before);
	const changed = await call(`/3/accounts/1930?financialyear=${year.id}`, {
		method: 'PUT',
		body: { Account: { BalanceBroughtForward: 12.5 } },
	});
	expect(changed.json).toMatchObject({ Account: { BalanceBroughtForward: 12.5 } });
});

it('access tokens are long, and name user, company, app and scopes', () => {
	for (const scopes of [['bookkeeping'], undefined]) {
		const token = sandbox.issueTokens({ ...(scopes && { scopes }) }).access_token;
		expect(token.length).toBeGreaterThan(2500);
		expect(token.length).toBeLessThan(3500);
		const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
		expect(claims).toMatchObject({ userId: 11, tenantId: 1001, clientId: 'sandbox-client', scope: expect.any(String) });
		if (scopes) expect(claims).toMatchObject({ scope: 'bookkeeping', scopes: ['bookkeeping'] });
	}
});

describe('files', () => {
	const upload = async (area: string) => {
		const form = new FormData();
		form.append('file', new Blob(['%PDF-1.4'], { type: 'application/pdf' }), 'kvitto.pdf');
		const reply = await call(area, { method: 'POST', body: form });
		const { File } = JSON.parse(reply.text) as { File: { Id: string; ArchiveFileId: string } };
		return File;
	};
	const connect = async (FileId: string) =>
		(
			await call('/3/voucherfileconnections?financialyear=4', {
				body: { VoucherFileConnection: { FileId, VoucherSeries: 'A', VoucherNumber: '1' } },
			})
		).status;

	it('of the archive have an Id for the path, and another one for everything else', async () => {
		const { Id, ArchiveFileId } = await upload('/3/archive');
		expect(Id).not.toBe(ArchiveFileId);
		expect((await call(`/3/archive/${Id}`)).text).toBe('%PDF-1.4');
		expect((await call(`/3/archive/${ArchiveFileId}`)).status).toBe(404);
		for (const area of ['archive', 'inbox']) expect((await call(`/3/${area}?fileid=${ArchiveFileId}`)).text).toBe('%PDF-1.4');
		expect([await connect(Id), await connect(ArchiveFileId)]).toEqual([404, 201]);
	});

	it('of the inbox are connected by their Id', async () => {
		const { Id, ArchiveFileId } = await upload('/3/inbox?path=Inbox_v');
		expect([await connect(ArchiveFileId), await connect(Id)]).toEqual([404, 201]);
		const root = JSON.parse((await call('/3/inbox')).text) as { Folder: { Folders: unknown[] } };
		expect(root.Folder.Folders).toHaveLength(9);
	});
});

it('an app of another integration can be added', async () => {
	const add = async () =>
		await fetch(`${sandbox.url}/_sandbox/clients`, {
			method: 'POST',
			body: JSON.stringify({ id: 'mine', secret: 'hush', scopes: ['bookkeeping'] }),
		});
	expect([(await add()).status, (await add()).status]).toEqual([200, 500]);
	const token = sandbox.issueTokens({ clientId: 'mine' }).access_token;
	expect((await call('/3/vouchers', { token })).status).toBe(200);
	expect((await call('/3/projects', { token })).json).toEqual(refusal(2000663));
});

it('every VAT code of the default chart is on an account', () => {
	const codes = new Set([...sandbox.company().year(4).accounts.values()].map(({ vatCode }) => vatCode));
	const expected =
		'MP1 MP2 MP3 UT BVMB HFS U1 U2 U3 IVEU ITEU ITGLOB IV IT UOS UEU UTFU BI UI25 UI12 UI6 VTEU E 3VEU 3FEU FTEU ÖTEU OTTU MF I R1 R2';
	for (const code of expected.split(' ')) expect([code, codes.has(code)]).toEqual([code, true]);
});

it('predefined accounts are those that the company was reported to have', async () => {
	const names = sandbox.company().predefinedAccounts.map(({ name }) => name);
	expect(names).toEqual(expect.arrayContaining(['CONSTRUCTION_DEB', 'CONSTRUCTION_CRE', 'SALESEUVAT2']));
	for (const name of ['OUTVAT_MP4', 'SALES', 'SALES2']) expect((await call(`/3/predefinedaccounts/${name}`)).status).toBe(404);
});
