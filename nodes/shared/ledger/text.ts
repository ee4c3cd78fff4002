/**
 * Fortnox refuses texts with characters outside one set (error 2000359). The set is the regular expression of
 * Fortnox's page "Formats and encoding": letters of every script, but of combining marks only diaeresis and ring.
 */
const ALLOWED = /^[\p{L}\u0308\u030a0-9 –:.`´’,;^¤#%§£$€¢¥©™°&/()=+\-*_!?²³®½@\\\u00a0\n\r]$/u;

/**
 * What a refused character becomes. Characters that are not named here become, in this order: their compatibility form
 * (`①` is 1, `№` is No), a space or line break if they are white space of some kind, nothing if they are invisible or
 * belong to the character before (marks, joiners, control characters), and else `?` (emoji, a whole sequence one `?`).
 */
export const REPLACEMENTS: Readonly<Record<string, string>> = {
	// quotation marks and primes
	'"': '’',
	"'": '’',
	'“': '’',
	'”': '’',
	'„': '’',
	'‟': '’',
	'‘': '’',
	'‚': '’',
	'‛': '’',
	'«': '’',
	'»': '’',
	'‹': '’',
	'›': '’',
	'′': '’',
	'″': '’',
	// brackets
	'<': '(',
	'[': '(',
	'{': '(',
	'>': ')',
	']': ')',
	'}': ')',
	// dashes, dots and strokes
	'…': '...',
	'—': '–',
	'―': '–',
	'‒': '–',
	'‐': '-',
	'‑': '-',
	'−': '-',
	'~': '-',
	'·': '-',
	'•': '-',
	'‧': '-',
	'|': '/',
	'¦': '/',
	'⁄': '/',
	'÷': '/',
	'×': 'x',
	'±': '+/-',
	'→': '-',
	'←': '-',
	'¿': '?',
	'¡': '!',
	// white space
	'\t': ' ',
	'\v': '\n',
	'\f': '\n',
	'\u0085': '\n',
	'\u2028': '\n',
	'\u2029': '\n',
};

/** One character as a person sees it, as far as it takes to give an emoji sequence or a flag a single `?`. */
const CHARACTERS = /\p{RI}{2}|\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier}|\u200d\p{Extended_Pictographic})*|[^]/gu;

interface Replaced {
	from: string;
	to: string;
}

/**
 * The text as Fortnox accepts it, and which characters were replaced by what, each once, in the order in which they occur.
 * Letters with separate accents are composed first (NFC), which changes no letter and is not reported.
 */
export function replaceUnsupported(text: string): { text: string; replaced: Replaced[] } {
	const replaced = new Map<string, string>();
	const result = text.normalize('NFC').replace(CHARACTERS, (character) => {
		const to = replacementOf(character);
		if (to !== character) replaced.set(character, to);
		return to;
	});
	// What an invisible character kept apart can be composed once it is gone.
	return { text: result.normalize('NFC'), replaced: [...replaced].map(([from, to]) => ({ from, to })) };
}

function replacementOf(character: string): string {
	if (ALLOWED.test(character)) return character;
	const listed = REPLACEMENTS[character];
	if (listed !== undefined) return listed;
	// An allowed sign with a variation selector behind it, such as the emoji form of ©.
	const [first = ''] = character;
	if (ALLOWED.test(first)) return first;
	const compatible = character.normalize('NFKC');
	if (compatible !== character) return Array.from(compatible, replacementOf).join('');
	if (/^\p{Zs}$/u.test(character)) return ' ';
	if (/^[\p{C}\p{M}\p{Emoji_Modifier}]$/u.test(character) && !/^\p{Cs}$/u.test(character)) return '';
	return '?';
}

/** The length that Fortnox's limits count: code points. */
export function lengthOf(text: string): number {
	return Array.from(text).length;
}

/** At most `max` code points of the text; never half of a surrogate pair. */
export function cutText(text: string, max: number): string {
	return lengthOf(text) <= max ? text : Array.from(text).slice(0, max).join('');
}
