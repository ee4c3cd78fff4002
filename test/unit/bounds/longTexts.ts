/** What a regular expression may start anew at, or take in two ways. */
const PIECES = [
	...[' ', '\t', '\n', '0', '9', '1 ', '1,', '1.', '-', '/', '<', '<a', '<script', '<script>', '</style', '>', '"', '\\"', '{', '}'],
	...[
		'%',
		'+',
		':',
		'=',
		'*',
		'(',
		'(1',
		'konto',
		'verifikationsserie',
		'inte ',
		'1 000',
		'1,000',
		'8000-',
		'å',
		'a\u0308',
		'😀',
		'\ud83d',
	],
	...['{"a":', '[', '#', '1 2 ', '*C1 ', '*=1.00 ', 'n8n:', '\r\n', '8', 'SE45', '2026-01-01'],
];
/** What makes a match fail at its end. */
const ENDS = ['', 'x', '!', '\u0000'];

/** A text that a regular expression may read for long, and what it is made of. */
interface LongText {
	text: string;
	madeOf: string;
}

/** Texts of `length` characters: the same piece over and over, with each end. */
export function* longTexts(length: number): Generator<LongText> {
	for (const piece of PIECES) {
		const repeated = piece.repeat(Math.ceil(length / piece.length));
		for (const end of ENDS) yield { text: repeated + end, madeOf: `${JSON.stringify(piece)} … ${JSON.stringify(end)}` };
	}
}
