/** IBM code page 437, from 0x80 on: what SIE calls PC8. */
const UPPER =
	'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

const CODE_OF = new Map(Array.from(UPPER).map((char, index) => [char.charCodeAt(0), 0x80 + index]));

/** A character that the code page lacks becomes a question mark. */
export function encodeCp437(text: string): Buffer {
	const bytes = Buffer.allocUnsafe(text.length);
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		bytes[i] = code < 0x80 ? code : (CODE_OF.get(code) ?? 0x3f);
	}
	return bytes;
}

export function decodeCp437(bytes: Buffer): string {
	let text = '';
	for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : (UPPER[byte - 0x80] ?? '?');
	return text;
}
