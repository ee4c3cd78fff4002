interface Connected {
	access_token: string;
	refresh_token?: string;
	clientId: string;
	clientSecret: string;
}

/** How programs write a text into a URL, JSON or HTML, each character or only those that must be. */
const ESCAPES: ReadonlyArray<(text: string) => string> = [
	encodeURIComponent,
	(text) => everyCharacter(text, (code) => `%${code.padStart(2, '0')}`),
	(text) => encodeURIComponent(everyCharacter(text, (code) => `%${code.padStart(2, '0').toUpperCase()}`)),
	(text) => everyCharacter(text, (code) => `\\u${code.padStart(4, '0')}`),
	(text) => JSON.stringify(everyCharacter(text, (code) => `\\u${code.padStart(4, '0')}`)).slice(1, -1),
	(text) => everyCharacter(text, (code) => `\\x${code.padStart(2, '0')}`),
	(text) => everyCharacter(text, (code) => `&#x${code};`),
	(text) => encodeURIComponent(everyCharacter(text, (code) => `&#${Number.parseInt(code, 16)};`)),
];

/** What a server may have put before a secret that it encodes: base64 of the same differs by how many bytes that is. */
const BEFORE = ['', '"', 'r='];

function everyCharacter(text: string, escape: (hexCode: string) => string): string {
	return [...text].map((character) => escape(character.charCodeAt(0).toString(16))).join('');
}

/** Of a long secret a server may echo a piece. */
const PIECE = 48;

/**
 * The forms in which a server can send back the secrets of a connection, the short ones first: plain, base64-encoded, and
 * the beginning of each in the escapes of URLs, JSON and HTML, also twice over.
 */
export function formsOf({ access_token: token, refresh_token: refresh = '', clientId, clientSecret }: Connected): string[] {
	const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
	const plain = [token, refresh, clientSecret, basic].filter((secret) => secret !== '');
	const base64 = plain.map((secret) => Buffer.from(secret).toString('base64'));
	const pieces = plain.map((secret) => secret.slice(0, PIECE));
	const moved = pieces.flatMap((piece) => BEFORE.map((before) => Buffer.from(before + piece)));
	const encoded = moved.flatMap((bytes) => [bytes.toString('base64'), bytes.toString('base64url')]);
	const escaped = [...pieces, ...encoded.slice(0, 1)].flatMap((piece) => ESCAPES.map((escape) => escape(piece)));
	return [...new Set([...plain, ...base64, ...pieces, ...encoded, ...escaped, token.slice(0, 24)])].sort(
		(one, other) => one.length - other.length,
	);
}

/** The middle of a shorter form may be anything. */
const SHORTEST_CUT = 36;

/** The forms of which a text holds the middle: what is left of a secret that is blanked in part is one, too. */
export function leftIn(kept: string, forms: readonly string[]): string[] {
	const middle = ({ length }: string): [from: number, to: number] =>
		length < SHORTEST_CUT ? [0, length] : [Math.floor(length / 3), Math.ceil((length * 2) / 3)];
	return forms.filter((form) => kept.includes(form.slice(...middle(form))));
}

/** Everything that can be reached, as n8n stores or logs it; files are read. */
export function everythingIn(value: unknown, seen = new Set<unknown>()): string {
	if (typeof value === 'string') return `${value}\n${/^[\w+/=]{40,}$/.test(value) ? Buffer.from(value, 'base64').toString('latin1') : ''}`;
	if (typeof value !== 'object' || value === null || seen.has(value)) return '';
	seen.add(value);
	return Object.getOwnPropertyNames(value)
		.map((name) => `${name}: ${everythingIn(Object.getOwnPropertyDescriptor(value, name)?.value, seen)}`)
		.join('\n');
}
