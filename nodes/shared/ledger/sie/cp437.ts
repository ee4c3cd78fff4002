/** The characters of the bytes 0x80–0xFF in IBM code page 437, which SIE calls PC8. */
const HIGH_CHARACTERS =
	'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»' +
	'░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
	'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

const BYTE_OF_CHARACTER = new Map(Array.from(HIGH_CHARACTERS, (character, index) => [character, 0x80 + index]));

/** Turns a string with one character per byte (as Node's `latin1` makes it) into what the bytes mean in CP437. */
export function decodeCp437(latin1: string): string {
	return latin1.replace(/[\u0080-\u00ff]/g, (byte) => HIGH_CHARACTERS.charAt(byte.charCodeAt(0) - 0x80));
}

/** The CP437 bytes of a text. A character that the code page lacks becomes `?`. */
export function encodeCp437(text: string): Buffer {
	const bytes: number[] = [];
	for (const character of text) {
		const code = character.charCodeAt(0);
		bytes.push(code < 0x80 ? code : (BYTE_OF_CHARACTER.get(character) ?? 0x3f));
	}
	return Buffer.from(bytes);
}
