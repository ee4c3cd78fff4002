import { BlankingTransport } from '../../../nodes/shared/fortnox/blankingTransport';
import { Secrets } from '../../../nodes/shared/fortnox/secrets';
import type { Sending, Transport } from '../../../nodes/shared/fortnox/transport';
import { CredentialFailure } from '../../../nodes/shared/fortnox/transport';

const TOKEN = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from('{"tenantId":1001,"exp":1900000000,"jti":"öö/++??"}').toString('base64url')}.c2lnbmF0dXJlL29mL3RoZSt0b2tlbg`;
const FIELDS = {
	clientId: 'app-1234',
	clientSecret: 'qZ7/kP+2w=',
	oauthTokenData: { access_token: TOKEN, refresh_token: '9f8e7d6c5b4a39281706f5e4d3c2b1a0' },
};
const SECRETS: Array<[string, string]> = [
	['access token', TOKEN],
	['refresh token', FIELDS.oauthTokenData.refresh_token],
	['client secret', FIELDS.clientSecret],
	['Basic header', Buffer.from(`${FIELDS.clientId}:${FIELDS.clientSecret}`).toString('base64')],
];
function hexOf(character: string): string {
	return character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase();
}

/** Percent-encoded, letters and digits as well. */
function everyByte(secret: string): string {
	return [...secret].map((character) => `%${hexOf(character)}`).join('');
}

const FORMS: Array<[string, (secret: string) => string]> = [
	['plain', (secret) => secret],
	['URL-encoded', encodeURIComponent],
	['base64', (secret) => Buffer.from(secret).toString('base64')],
	['base64url', (secret) => Buffer.from(secret).toString('base64url')],
	['base64 behind one byte', (secret) => Buffer.from(`x${secret}`).toString('base64')],
	['base64 behind two bytes', (secret) => Buffer.from(`xy${secret}`).toString('base64')],
	['URL-encoded base64', (secret) => encodeURIComponent(Buffer.from(secret).toString('base64'))],
	['with escaped slashes', (secret) => secret.replaceAll('/', '\\/')],
	['URL-encoded in lower case', (secret) => encodeURIComponent(secret).replaceAll(/%../g, (escape) => escape.toLowerCase())],
	['URL-encoded twice', (secret) => encodeURIComponent(encodeURIComponent(secret))],
	['URL-encoded to the last character', everyByte],
	['URL-encoded twice to the last character', (secret) => encodeURIComponent(everyByte(secret))],
	['base64url behind two bytes', (secret) => Buffer.from(`xy${secret}`).toString('base64url')],
	['URL-encoded base64 in lower case', (secret) => encodeURIComponent(Buffer.from(secret).toString('base64')).replaceAll('%3D', '%3d')],
	['with JSON’s escapes by number', (secret) => secret.replaceAll(/[^a-z0-9]/gi, (one) => `\\u00${hexOf(one)}`)],
	['as JSON in JSON', (secret) => JSON.stringify(secret.replaceAll('/', '\\/')).slice(1, -1)],
	['with HTML’s escapes by number', (secret) => secret.replaceAll(/[^a-z0-9]/gi, (one) => `&#${one.charCodeAt(0)};`)],
	['with HTML’s escapes in hex', (secret) => secret.replaceAll(/[^a-z0-9]/gi, (one) => `&#x${hexOf(one)};`)],
	['with HTML’s escapes by name', (secret) => secret.replaceAll('/', '&sol;').replaceAll('+', '&plus;').replaceAll('=', '&equals;')],
	['URL-encoded in HTML', (secret) => everyByte(secret).replaceAll('%', '&#37;')],
];

function secrets(): Secrets {
	const all = new Secrets();
	all.remember(FIELDS);
	return all;
}

/** The longest piece of `secret` that the text still has. */
function longestLeft(text: string, secret: string): number {
	let longest = 0;
	for (let from = 0; from < secret.length; from++) {
		while (from + longest < secret.length && text.includes(secret.slice(from, from + longest + 1))) longest++;
	}
	return longest;
}

describe.each(SECRETS)('the %s', (_, secret) => {
	test.each(FORMS)('is blanked %s, in a text and in a file', async (__, form) => {
		const written = form(secret);
		for (const around of ['', ' ', '"', 'Bearer ', '/x/', 'abc=', 'å']) {
			const blanked = secrets().blank(`Ogiltig: ${around}${written}${around}.`);
			expect(longestLeft(blanked, written)).toBeLessThan(8);
			expect(blanked).toContain('(secret)');
		}
		const bytes = Buffer.from(`#VER A 1 20260101 "${written}"\n`);
		const { length } = bytes;
		await secrets().blankBytes(bytes);
		expect(longestLeft(bytes.toString(), written)).toBeLessThan(8);
		expect(bytes).toHaveLength(length);
	});
});

test('a piece of a token is blanked, wherever it was cut', () => {
	for (let from = 0; from + 20 < TOKEN.length; from += 7) {
		const piece = TOKEN.slice(from, from + 20);
		expect(secrets().blank(`Token ${piece}…`)).toBe('Token (secret)…');
	}
});

test('the shortest piece is blanked, wherever it stands among other characters', () => {
	const secret = FIELDS.oauthTokenData.refresh_token;
	for (let from = 0; from + 12 <= secret.length; from++) {
		for (const before of ['', 'x', 'xx', 'xxx', 'xxxx', 'xxxxx', 'xxxxxx', 'xxxxxxx']) {
			expect(secrets().blank(`${before}${secret.slice(from, from + 12)}xyz`)).toBe(`${before}(secret)xyz`);
		}
	}
});

test('a secret at the seam of two windows of a file is blanked', async () => {
	for (const before of [65_536 - 100, 65_536 - 1, 65_536]) {
		const bytes = Buffer.from(`${' '.repeat(before)}${TOKEN}${' '.repeat(70_000)}`);
		await secrets().blankBytes(bytes);
		expect(longestLeft(bytes.toString(), TOKEN)).toBeLessThan(8);
	}
});

test('a piece of a secret is blanked at every place of a file, and nothing else', async () => {
	const secret = FIELDS.oauthTokenData.refresh_token;
	for (let before = 0; before < 16; before++) {
		for (const length of [12, 13, secret.length]) {
			const piece = secret.slice(secret.length - length);
			const around = '#TRANS 1930 {} -100.00\n'.repeat(3);
			const bytes = Buffer.from(`${around}${' '.repeat(before)}"${piece}"${around}`);
			await secrets().blankBytes(bytes);
			expect(bytes.toString()).toBe(`${around}${' '.repeat(before)}"${'*'.repeat(length)}"${around}`);
		}
	}
});

test('a short secret is blanked in a file', async () => {
	const all = new Secrets();
	all.remember({ clientSecret: 'abc123XYZ9' });
	const bytes = Buffer.from('#PROSA "abc123XYZ9 abc123XYZ8 abc123XYZ9"');
	await all.blankBytes(bytes);
	expect(bytes.toString()).toBe(`#PROSA "${'*'.repeat(10)} abc123XYZ8 ${'*'.repeat(10)}"`);
});

test('secrets that the credential had before stay blanked', () => {
	const all = secrets();
	all.remember({ ...FIELDS, oauthTokenData: { access_token: 'another-token-of-today' } });
	expect(all.blank(`${TOKEN} another-token-of-today`)).toBe('(secret) (secret)');
});

test('secrets in a row, and one that is as long as two looks, leave nothing', () => {
	const all = secrets();
	for (const text of [TOKEN.repeat(1000), `${TOKEN} `.repeat(1000), everyByte(TOKEN).repeat(500), `${'x'.repeat(65_530)} ${TOKEN} y`]) {
		const blanked = all.blank(text);
		expect(longestLeft(blanked, TOKEN)).toBeLessThan(8);
		expect(blanked).toContain('(secret)');
	}
	expect(all.blank(`${TOKEN} `.repeat(1000))).toBe('(secret) '.repeat(1000));
});

test('a text of 8 MB without a blank is looked through, in pieces', async () => {
	const text = 'a'.repeat(8_000_000);
	expect(await secrets().blankLong(text)).toBe(text);
	const blanked = await secrets().blankLong(`${text}.${TOKEN}`);
	expect(blanked.slice(-20)).toBe('aaaaaaaaaaa.(secret)');
});

test('a secret of letters that are no ASCII is blanked, URL-encoded as well', () => {
	const all = new Secrets();
	all.remember({ clientSecret: 'lösenordet på åtta' });
	const encoded = encodeURIComponent('lösenordet på åtta');
	for (const form of ['lösenordet på åtta', encoded, encoded.toLowerCase()]) {
		expect(all.blank(`got ${form}.`)).toBe('got (secret).');
	}
});

test('other texts stay as they are', async () => {
	const texts = [
		'100 % &amp; mer, 50%25 \\u00e5 %C3%A5 %zz &#99999999; &#0; C:\\\\x\\y',
		'Hyra januari 2026',
		'{"@url":"https://api.fortnox.se/3/vouchers/A/1?financialyear=3"}',
		'SE4550000000058398257466',
		'app-1234',
		'',
	];
	for (const text of texts) expect(secrets().blank(text)).toBe(text);
	const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
	await secrets().blankBytes(bytes);
	expect([...bytes]).toEqual(Array.from({ length: 256 }, (_, byte) => byte));
});

describe('BlankingTransport', () => {
	const sending: Sending = { method: 'GET', url: '', expects: 'json', timeoutMs: 1, token: TOKEN };
	const blanking = (transport: Transport) => {
		const known = new Secrets();
		const read = async () => known.remember(FIELDS);
		return new BlankingTransport(transport, known, read, () => false);
	};
	const through = (body: unknown) => {
		const transport = { send: async () => ({ status: 200, headers: {}, body }) };
		return blanking(transport).send(sending);
	};

	test('blanks names and values at every depth', async () => {
		const { body } = await through({ a: [{ [TOKEN]: { b: `x ${TOKEN}` } }], n: 1 });
		expect(body).toEqual({ a: [{ '(secret)': { b: 'x (secret)' } }], n: 1 });
	});

	test('refuses an answer that is nested too deeply, without overflowing the stack', async () => {
		const deep: unknown = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
		await expect(through(deep)).rejects.toMatchObject({ code: 'TOO_DEEP', reason: expect.stringContaining('100 levels') });
	});

	test('blanks the sentences of failures', async () => {
		const transport = {
			send: async () => {
				throw new CredentialFailure('refused', 'invalid_grant', `No ${FIELDS.clientSecret}`);
			},
		};
		const send = blanking(transport).send(sending);
		await expect(send).rejects.toMatchObject({ kind: 'refused', oauthError: 'invalid_grant', reason: 'No (secret)' });
	});
});

test('a secret with other characters than tokens have is blanked as a whole', () => {
	const secrets = new Secrets();
	secrets.remember({ clientId: 'app', clientSecret: 'p@ss word!' });
	expect(secrets.blank('got p@ss word! and app:p@ss word!')).not.toContain('p@ss word!');
});
