import { cancelled, waitedTooLong } from '../../../nodes/shared/fortnox/errors';
import { Proofs } from '../../../nodes/shared/fortnox/proofs';
import { claimsOf, fingerprintOf, scopesIn, tenantIn, tenantKeyOf, tenantOf } from '../../../nodes/shared/fortnox/tenant';
import { jwt } from './support';

describe('a tenant ID', () => {
	it.each([
		['1001', 1001],
		['01001', 1001],
		[' 1001 ', 1001],
		['1', 1],
		['999999999999999', 999_999_999_999_999],
	])('%j is %d', (written, id) => {
		expect(tenantOf(written)).toBe(id);
	});

	it.each([
		'',
		'0',
		'000',
		'1000000000000000',
		'-1',
		'1.5',
		'1e3',
		'1001 AB',
		'x1001',
		'10 01',
		' '.repeat(101) + '1001x',
		'0'.repeat(85) + '1'.repeat(15) + '2',
		'1'.repeat(200),
	])('%j is none', (written) => {
		expect(tenantOf(written)).toBeUndefined();
	});

	it('keeps companies and servers apart', () => {
		expect(tenantKeyOf('https://api.fortnox.se', 1001)).toBe('https://api.fortnox.se 1001');
	});
});

describe('what a token says of itself', () => {
	it('is read without its signature', () => {
		expect(claimsOf(jwt({ tenantId: 1001, exp: 20, iat: 10, scope: 'a b' }))).toEqual({ tenantId: '1001', exp: 20, iat: 10, scope: 'a b' });
		expect(claimsOf(jwt({ tenantId: '01001' }))).toEqual({ tenantId: '01001' });
		expect(claimsOf(jwt({ tenantId: true, exp: '20', iat: null }))).toEqual({});
		expect(tenantIn(jwt({ tenantId: '01001' }))).toBe(1001);
	});

	it.each([
		'',
		'opaque',
		'a.b.c',
		`a.${Buffer.from('null').toString('base64url')}.c`,
		`a.${Buffer.from('17').toString('base64url')}.c`,
		jwt({}),
	])('is nothing in %j', (token) => {
		expect(claimsOf(token)).toEqual({});
		expect(tenantIn(token)).toBeUndefined();
		expect(scopesIn(token)).toBeUndefined();
	});

	it('is read once as long as it is among the last sixteen tokens', () => {
		const token = (number: number) => jwt({ tenantId: 1001, number });
		const first = claimsOf(token(0));
		for (let number = 1; number <= 15; number++) claimsOf(token(number));
		expect(claimsOf(token(0))).toBe(first);
		claimsOf(token(16));
		expect(claimsOf(token(0))).not.toBe(first);
		expect(claimsOf(token(0))).toEqual(first);
	});

	it('lists its scopes, as one text or as a list', () => {
		expect(scopesIn(jwt({ scope: 'bookkeeping  settings ' }))).toEqual(['bookkeeping', 'settings']);
		expect(scopesIn(jwt({ scope: ['bookkeeping', 7] }))).toEqual(['bookkeeping', '7']);
		expect(scopesIn(jwt({ scope: {} }))).toBeUndefined();
	});
});

describe('what a process knows of tokens', () => {
	it('is what they say, or what Fortnox said when it was asked, once', async () => {
		const proofs = new Proofs();
		expect(proofs.companyOf(jwt({ tenantId: 7 }))).toBe(7);
		expect(proofs.companyOf('opaque')).toBeUndefined();
		let asked = 0;
		const ask = async (): Promise<number> => {
			asked++;
			return 7;
		};
		const question = proofs.ask('opaque', ask);
		await Promise.all([question, proofs.asking('opaque')]);
		expect(proofs.asking('opaque')).toBeUndefined();
		expect([asked, proofs.companyOf('opaque'), proofs.companyOf('another')]).toEqual([1, 7, undefined]);
	});

	it('is nothing where no answer came; it is asked again then', async () => {
		const proofs = new Proofs();
		const failing = proofs.ask('opaque', async () => await Promise.reject(new Error('gone')));
		await expect(proofs.asking('opaque')).rejects.toThrow('gone');
		await expect(failing).rejects.toThrow('gone');
		expect(proofs.companyOf('opaque')).toBeUndefined();
		await proofs.ask('opaque', async () => 9);
		expect(proofs.companyOf('opaque')).toBe(9);
	});

	it.each([
		['was stopped', cancelled()],
		['waits no longer', waitedTooLong(1000, 'limit')],
	])('is left open for the others where the one that asks %s', async (_why, failure) => {
		const proofs = new Proofs();
		const stopped = proofs.ask('opaque', async () => await Promise.reject(failure));
		await expect(proofs.asking('opaque')).resolves.toBeUndefined();
		await expect(stopped).rejects.toBe(failure);
	});

	it('is forgotten for the oldest of more than a thousand, and never holds the token itself', async () => {
		const proofs = new Proofs();
		for (let index = 0; index <= 1000; index++) await proofs.ask(`token ${index}`, async () => index);
		expect([proofs.companyOf('token 0'), proofs.companyOf('token 1'), proofs.companyOf('token 1000')]).toEqual([undefined, 1, 1000]);
		await proofs.ask('token 1', async () => 1);
		await proofs.ask('token 1001', async () => 1001);
		expect([proofs.companyOf('token 1'), proofs.companyOf('token 2')]).toEqual([1, undefined]);
		expect(fingerprintOf('token 1')).not.toContain('token');
	});

	it('has the names of companies', () => {
		const proofs = new Proofs();
		proofs.noteName('server 7', 'Old name');
		proofs.noteName('server 7', 'Bolaget AB');
		expect([proofs.nameOf('server 7'), proofs.nameOf('server 8')]).toEqual(['Bolaget AB', undefined]);
	});
});
