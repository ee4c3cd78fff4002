/** Characters in the escapes of URLs, JSON and JavaScript, and HTML; `%C3%B6` is one character of two bytes. */
const ESCAPES = /(?:%[0-9a-f]{2})+|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\[/"'\\]|&#x[0-9a-f]{1,6};|&#\d{1,7};|&[a-z]{2,6};/gi;

const NAMED: Readonly<Record<string, string>> = {
	amp: '&',
	apos: "'",
	colon: ':',
	equals: '=',
	gt: '>',
	hyphen: '-',
	lowbar: '_',
	lt: '<',
	num: '#',
	percnt: '%',
	period: '.',
	plus: '+',
	quot: '"',
	sol: '/',
};

/** A text with its escapes read, and where each character of it stood in the text that it was made of. */
export interface Unescaped {
	text: string;
	/** By character: where it began, and where it ended. */
	from: Uint32Array;
	to: Uint32Array;
}

/** Escaping may be done once more by each program on the way; nobody does it more often than this. */
const MOST_LEVELS = 4;

/** The text as each level of escapes shows it; none where it has no escapes. */
export function* unescapedLevels(text: string): Generator<Unescaped> {
	let last: Unescaped | undefined;
	for (let level = 0; level < MOST_LEVELS; level++) {
		last = unescaped(text, last);
		if (last === undefined) return;
		yield last;
	}
}

/** @param before what `text` was made of, where it was made of something */
function unescaped(original: string, before: Unescaped | undefined): Unescaped | undefined {
	const given = before?.text ?? original;
	const parts: string[] = [];
	const from = new Uint32Array(given.length);
	const to = new Uint32Array(given.length);
	let [length, read] = [0, 0];
	const put = (part: string, place: (index: number) => [first: number, end: number]): void => {
		parts.push(part);
		for (let index = 0; index < part.length; index++) {
			const [first, end] = place(index);
			from[length] = before === undefined ? first : (before.from[first] ?? 0);
			to[length] = before === undefined ? end : (before.to[end - 1] ?? 0);
			length++;
		}
	};
	for (const match of given.matchAll(ESCAPES)) {
		const [escape] = match;
		const [start, end] = [match.index, match.index + escape.length];
		const meant = characterOf(escape);
		if (meant === undefined) continue;
		const gap = read;
		put(given.slice(gap, start), (index) => [gap + index, gap + index + 1]);
		// Bytes of one character each stand where they stand; what has several bytes, where all of them do.
		const isBytes = escape.startsWith('%') && meant.length * 3 === escape.length;
		put(meant, (index) => (isBytes ? [start + index * 3, start + index * 3 + 3] : [start, end]));
		read = end;
	}
	if (read === 0) return undefined;
	const rest = read;
	put(given.slice(rest), (index) => [rest + index, rest + index + 1]);
	return { text: parts.join(''), from, to };
}

/** Undefined where the escape is none. Never longer than the escape. */
function characterOf(escape: string): string | undefined {
	if (escape.startsWith('%')) return Buffer.from(escape.replaceAll('%', ''), 'hex').toString('utf8');
	if (escape.startsWith('\\')) return escape.length === 2 ? escape.slice(1) : String.fromCharCode(Number.parseInt(escape.slice(2), 16));
	if (!escape.startsWith('&#')) return NAMED[escape.slice(1, -1).toLowerCase()];
	const isHex = escape[2]?.toLowerCase() === 'x';
	const code = Number.parseInt(escape.slice(isHex ? 3 : 2), isHex ? 16 : 10);
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
