/** The characters of the bytes 0x80–0xFF in IBM code page 437, which SIE calls PC8. */
const HIGH_CHARACTERS =
	'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»' +
	'░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
	'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** Turns a string with one character per byte (as Node's `latin1` makes it) into what the bytes mean in CP437. */
export function decodeCp437(latin1: string): string {
	return latin1.replace(/[\u0080-\u00ff]/g, (byte) => HIGH_CHARACTERS.charAt(byte.charCodeAt(0) - 0x80));
}
