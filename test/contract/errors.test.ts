import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { startSandbox, type Sandbox } from '../../sandbox';
import { clientOf, voucher, type Call } from '../sandbox/client';

/** A refusal whose number and text are public, and a request that Fortnox answers with it. */
interface PublicError {
	code: number;
	status: number;
	message: string | RegExp;
	path: string;
	call?: Call;
	/** What the company or the sandbox is like then. */
	given?: (sandbox: Sandbox) => void;
}

const row = (overrides: object) => ({
	VoucherRows: [
		{ Account: 6110, Debit: 1, ...overrides },
		{ Account: 1930, Credit: 1 },
	],
});
const post = (path: string, body: unknown): Pick<PublicError, 'path' | 'call'> => ({ path, call: { method: 'POST', body } });
const voucherOf = (overrides: Record<string, unknown>) => post('/3/vouchers?financialyear=4', voucher(overrides));

const PUBLIC_ERRORS: readonly PublicError[] = [
	{ code: 2000423, status: 404, message: 'Kan inte hitta kontot.', path: '/3/accounts/9999' },
	{ code: 2000433, status: 404, message: 'Kan inte hitta kunden.', path: '/3/customers/K9' },
	{ code: 2000434, status: 404, message: 'Kan inte hitta fakturan.', path: '/3/invoices/9' },
	{ code: 2001161, status: 404, message: 'Kan inte hitta projektet.', path: '/3/projects/none' },
	{ code: 2000762, status: 404, message: 'No such route', path: '/3/nosuchthing' },
	{ code: 2000729, status: 400, message: 'A valid identifier was not provided.', path: '/3/accounts/abc' },
	{ code: 2000729, status: 400, message: 'A valid identifier was not provided.', path: '/3/vouchers/A/x?financialyear=4' },
	{ code: 2000729, status: 400, message: 'A valid identifier was not provided.', path: '/3/financialyears/2026-01-01' },
	{ code: 2000587, status: 400, message: 'Ett ogiltigt filter har använts.', path: '/3/invoices/?filter=x' },
	{ code: 2000588, status: 400, message: 'Ogiltig parameter i anropet.', path: '/3/accounts?limit=many' },
	{ code: 1000030, status: 400, message: 'Invalid response type', path: '/3/accounts', call: { headers: { accept: 'application/pdf' } } },
	{
		code: 1000031,
		status: 400,
		message: 'Invalid content type',
		path: '/3/vouchers',
		call: { body: '{}', headers: { 'content-type': 'text/csv' } },
	},
	{ code: 2001392, status: 400, message: 'Ingen eller felaktig typ av data.', ...post('/3/vouchers', '') },
	{ code: 2001392, status: 400, message: 'Ingen eller felaktig typ av data.', ...post('/3/vouchers', { Vouchers: [] }) },
	{ code: 2002115, status: 400, message: 'Error deserializing JSON: JSON_ERROR_SYNTAX', ...post('/3/vouchers', '{') },
	{ code: 2001399, status: 400, message: 'Felaktigt fältnamn', ...voucherOf({ Currency: 'SEK' }) },
	{ code: 2000321, status: 400, message: 'Fältet Year är endast läsbart.', ...voucherOf({ Year: 4 }) },
	{ code: 2000359, status: 400, message: 'Värdet innehåller ej tillåtna tecken. (Så här…)', ...voucherOf({ Description: 'Så här…' }) },
	{
		code: 2000106,
		status: 400,
		message: 'Värdet måste vara alfanumeriskt (Å-1)',
		...post('/3/voucherseries', { VoucherSeries: { Code: 'Å-1' } }),
	},
	{ code: 2000108, status: 400, message: 'Värdet måste vara numeriskt (mycket)', ...voucherOf(row({ Debit: 'mycket' })) },
	{
		code: 2000134,
		status: 400,
		message: 'Värdet måste vara en boolean (ja)',
		path: '/3/accounts/1930',
		call: { method: 'PUT', body: { Account: { Active: 'ja' } } },
	},
	{ code: 2001304, status: 400, message: 'Kunde inte hitta konto', ...voucherOf(row({ Account: 6666 })) },
	{
		code: 2000204,
		status: 400,
		message: 'Kunde inte hämta/hitta kund (kundnummer)',
		...post('/3/invoices', { Invoice: { CustomerNumber: 'K9' } }),
	},
	{
		code: 2000755,
		status: 400,
		message: 'Leverantörsfakturan balanserar inte',
		...post('/3/supplierinvoices', {
			SupplierInvoice: { SupplierNumber: 'L1', Total: 125, SupplierInvoiceRows: [{ Account: 6110, Debit: 1 }] },
		}),
	},
	{
		code: 2000663,
		status: 400,
		message: 'Har inte behörighet för scope.',
		path: '/3/accounts',
		given: ({ faults }) => faults.add({ kind: 'scopeMissing' }),
	},
	{
		code: 2001101,
		status: 400,
		message: 'Det finns ingen aktiv licens för önskat scope',
		path: '/3/currencies',
		given: (sandbox) => sandbox.company().profile.unlicensedScopes.push('currency'),
	},
	{
		code: 2001103,
		status: 400,
		message: 'Api-licens saknas.',
		path: '/3/accounts',
		given: (sandbox) => (sandbox.company().profile.apiLicence = false),
	},
	{
		code: 2000401,
		status: 400,
		message: /^.+ har låst perioden t\.o\.m\. 2025-12-31\. Lås upp perioden för att fortsätta\.$/,
		...post('/3/vouchers', voucher({ TransactionDate: '2025-12-31' })),
	},
	{ code: 2001339, status: 400, message: 'Verifikationsserien är inte manuell', ...voucherOf({ VoucherSeries: 'B' }) },
	{ code: 2000946, status: 400, message: 'Kostnadsställe är obligatoriskt på konto: 3041', ...voucherOf(row({ Account: 3041 })) },
	{ code: 2000947, status: 400, message: 'Angivet kostnadsställe "GAMLA" är inte aktivt.', ...voucherOf(row({ CostCenter: 'GAMLA' })) },
	{
		code: 2002363,
		status: 400,
		message: 'Fråndatumet ligger utanför aktuellt räkenskapsår',
		path: '/3/vouchers?financialyear=4&fromdate=2025-12-31',
	},
];

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox({ settings: { limit: 'off' } });
});
afterEach(async () => await sandbox.close());

it.each(PUBLIC_ERRORS.map((error) => [`${error.code} ${error.path}`, error] as const))('%s', async (_name, error) => {
	const { code, status, message, path, call, given } = error;
	const ask = clientOf(sandbox);
	given?.(sandbox);
	const reply = await ask(path, call);
	const text = typeof message === 'string' ? message : expect.stringMatching(message);
	// 404 has capital keys, 400 has not: in all recordings.
	const information = status === 404 ? { Error: 1, Message: text, Code: code } : { error: 1, message: text, code };
	expect([reply.status, reply.json]).toEqual([status, { ErrorInformation: information }]);
	expect(reply.headers.get('content-type')).toBe('application/json');
});

/** Compiled from public pages and recordings; beside the repository, and no part of it. */
const LIST = join(__dirname, '..', '..', '..', 'shared', 'data', 'fortnox-errors.json');

/** Numbers of that list that nothing in the sandbox can bring about, with why. */
const NOT_HERE: Readonly<Record<string, readonly number[]>> = {
	'registers that the sandbox lacks: articles, units, terms of payment, offers, orders': [
		2000428, 2000429, 2000432, 2000439, 2001302, 2000013, 2001243, 2000499, 2003124, 2003125, 2003126,
	],
	'the warehouse': [2003127, 2003241, 2003277, 2003399],
	'tax reductions, reversed VAT and EasyVat of invoices': [2004021, 2002980, 2003157, 2003095, 2003115, 2004052, 2004167, 2001265, 2002462],
	'VAT numbers, and numbers of deleted customers': [2004194, 2000637],
	'what a user, not an app, has the right to': [2003275],
	'XML, and the tokens of before OAuth': [2001740, 2000310, 2000311],
	'a failure of Fortnox itself': [1000003],
	'nobody quotes a text or says what brings them': [2000570, 2001795],
};

interface Listed {
	code: number | null;
	message: string | null;
	http_status: number | null;
}

const listed = (): Listed[] => (JSON.parse(readFileSync(LIST, 'utf8')) as { api_errors: Listed[] }).api_errors;

if (!existsSync(LIST)) console.info('Public error numbers: skipped, since their list is not beside the repository');
(existsSync(LIST) ? describe : describe.skip)('the list of public error numbers', () => {
	it('has none that the sandbox should know and does not', () => {
		const known = new Set([...PUBLIC_ERRORS.map(({ code }) => code), ...Object.values(NOT_HERE).flat()]);
		expect(listed().flatMap(({ code }) => (code === null || known.has(code) ? [] : [code]))).toEqual([]);
	});

	it('has the texts and states that the sandbox answers', () => {
		for (const { code, message, http_status: status } of listed()) {
			const mine = PUBLIC_ERRORS.filter((error) => error.code === code);
			for (const error of mine) {
				if (status !== null) expect([code, error.status]).toEqual([code, status]);
				if (message === null || typeof error.message !== 'string') continue;
				const pattern = message.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '.+');
				expect([code, error.message]).toEqual([code, expect.stringMatching(new RegExp(`^${pattern}$`))]);
			}
		}
	});
});
