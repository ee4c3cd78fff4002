/** Texts that no person writes: what a program makes of a value that it does not have. */

/** As whole words: `INV-undefined`, but not `Annullering`. */
const WORDS_FOR_NOTHING = /(?:^|[^\p{L}\p{N}])(undefined|null|NaN)(?:$|[^\p{L}\p{N}])/u;

/** As the whole text: what databases, programs and spreadsheets write for nothing. */
const NOTHING = /^(?:null|undefined|nan)$|^[([<](?:null|none|undefined)[)\]>]$/i;
const NOTHING_AS_WRITTEN = ['None', 'nil', 'N/A', 'n/a'];

/** A spreadsheet's error in place of a value, in English and Swedish: `#N/A`, `#REF!`, `#NAMN?`, `#SAKNAS!`. */
const SPREADSHEET_ERROR = /^#(?:N\/A|DIV\/0!|DIVISION\/0!|\p{Lu}{3,15}[!?])$/u;

/** Unicode's classes of characters that are not shown, such as zero-width blanks and joiners, and control characters. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/u;

const ONLY_INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\p{Cc}\s]+$/u;

/** What a program writes for an object. */
const AN_OBJECT = '[object Object]';

/** Why a text can't be a number, a name or an id; undefined where it can. Half a sentence, to follow the field's name. */
export function whyNoName(text: string): string | undefined {
	const whole = text.trim();
	if (SPREADSHEET_ERROR.test(whole)) return `"${whole}" is the error of a spreadsheet in place of a value. Correct the cell.`;
	if (NOTHING.test(whole) || NOTHING_AS_WRITTEN.includes(whole)) {
		return `"${whole}" is what a program writes for a value that is missing. Correct what makes it.`;
	}
	return wordForNothing(text) ?? whyNoText(text);
}

/** What to say of a text with a word in it that stands for nothing; undefined where it has none. */
export function wordForNothing(text: string): string | undefined {
	const word = WORDS_FOR_NOTHING.exec(text)?.[1];
	if (word === undefined) return undefined;
	return `"${text.trim()}" has the word ${word} in it, which a program writes for a value that is missing. Correct what makes it.`;
}

/** Why a text can't be meant, not even as a free text. */
export function whyNoText(text: string): string | undefined {
	if (text.trim() !== '' && ONLY_INVISIBLE.test(text)) return 'it has only characters that are not shown. Write a text, or leave it empty.';
	return text.includes(AN_OBJECT)
		? `"${text.trim()}" has an object in it where a text was meant. Name the object's field that you mean.`
		: undefined;
}

/** Why a text can't be a number or an id that is compared with others; undefined where it can. */
export function whyNoId(text: string): string | undefined {
	const [character] = INVISIBLE.exec(text.trim()) ?? [];
	if (character === undefined) return whyNoName(text);
	const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? '';
	return `"${text.trim()}" has a character in it that is not shown (U+${code}), which makes it another one than it looks like. Remove the character.`;
}
