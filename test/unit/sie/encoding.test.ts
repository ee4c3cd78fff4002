import fc from 'fast-check';
import { decodeCp437 } from '../../../nodes/shared/ledger/sie/cp437';
import { encodeCp437 } from '../../../sandbox/company/sie/cp437';
import { decodeText, detectEncoding, hasByteOrderMark } from '../../../nodes/shared/ledger/sie/encoding';
import { runSteps } from '../../../nodes/shared/steps';
import { parseSie } from '../../../nodes/shared/ledger/sie';

const detect = (bytes: Uint8Array) => runSteps(detectEncoding(bytes));

const EVERY_BYTE = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

function company(bytes: Buffer) {
	const file = parseSie(Buffer.concat([Buffer.from('#FLAGGA 0\n#FORMAT PC8\n#FNAMN '), bytes, Buffer.from('\n')]));
	return { encoding: file.encoding, name: file.company.name };
}

describe('CP437', () => {
	it('has the Swedish letters at the bytes that SIE files use', () => {
		expect([...encodeCp437('åäöÅÄÖéüÉ')]).toEqual([0x86, 0x84, 0x94, 0x8f, 0x8e, 0x99, 0x82, 0x81, 0x90]);
		expect(decodeCp437(Buffer.from([0x86, 0x84, 0x94, 0x8f, 0x8e, 0x99]).toString('latin1'))).toBe('åäöÅÄÖ');
	});

	it('decodes every byte to a character of its own, and encodes it back', () => {
		const text = decodeCp437(EVERY_BYTE.toString('latin1'));
		expect(new Set(text).size).toBe(256);
		expect(encodeCp437(text)).toEqual(EVERY_BYTE);
	});
});

describe('detectEncoding', () => {
	const text = 'Räksmörgås på Öland';

	it('tells the three encodings apart, whatever #FORMAT says', () => {
		expect(company(encodeCp437(`"${text}"`))).toEqual({ encoding: 'cp437', name: text });
		expect(company(Buffer.from(`"${text}"`, 'latin1'))).toEqual({ encoding: 'windows-1252', name: text });
		expect(company(Buffer.from(`"${text}"`, 'utf8'))).toEqual({ encoding: 'utf-8', name: text });
	});

	it('takes a byte order mark for UTF-8 and drops it', () => {
		const file = parseSie(Buffer.from('\ufeff#FLAGGA 0\r\n#FNAMN "Bolaget AB"\r\n'));
		expect(file.encoding).toBe('utf-8');
		expect(file.company.name).toBe('Bolaget AB');
		expect(file.unknownLabels.size).toBe(0);
	});

	it('takes plain ASCII for CP437, as the label says', () => {
		expect(detect(Buffer.from('#FNAMN "Bolaget AB"'))).toBe('cp437');
	});

	it('is not misled by curly quotes and dashes, which are letters in CP437', () => {
		const bytes = Buffer.from([0x93, ...Buffer.from('Fås på köpet', 'latin1'), 0x94, 0x96, 0x92]);
		expect(detect(bytes)).toBe('windows-1252');
		expect(decodeText(bytes.toString('latin1'), 'windows-1252')).toBe('“Fås på köpet”–’');
	});

	it('needs one Swedish letter only', () => {
		fc.assert(
			fc.property(fc.constantFrom(...'åäöÅÄÖ'), (letter) => {
				expect(detect(encodeCp437(letter))).toBe('cp437');
				expect(detect(Buffer.from(letter, 'latin1'))).toBe('windows-1252');
				expect(detect(Buffer.from(letter, 'utf8'))).toBe('utf-8');
			}),
		);
	});

	const BESIDE = 0xe9; // é in Windows-1252, no letter in CP437

	it.each([...'ÇüéâàçêëèïîÉæÆôòûùÜá'])('takes %s in CP437 for as much as a letter in Windows-1252', (letter) => {
		expect(detect(Buffer.from([...encodeCp437(letter), BESIDE]))).toBe('cp437');
		expect(detect(Buffer.from([...encodeCp437(letter), BESIDE, BESIDE]))).toBe('windows-1252');
	});

	it.each([...'ÆÉØÜàáæçèéêëóôøúü'])('takes %s alone for a letter in Windows-1252', (letter) => {
		expect(detect(Buffer.from(letter, 'latin1'))).toBe('windows-1252');
	});

	it.each([...'åäöÅÄÖ'])('takes %s for as much as ten other letters', (letter) => {
		const inCp437 = (others: number) => detect(Buffer.from([...encodeCp437(letter), ...Array<number>(others).fill(BESIDE)]));
		expect([inCp437(10), inCp437(11)]).toEqual(['cp437', 'windows-1252']);
		const inWindows = (others: number) => detect(Buffer.concat([encodeCp437('é'.repeat(others)), Buffer.from(letter, 'latin1')]));
		expect([inWindows(9), inWindows(10)]).toEqual(['windows-1252', 'cp437']);
	});

	it.each<[string, number[], string]>([
		['a character of two bytes', [0xc2, 0x80], 'utf-8'],
		['the last one of two bytes', [0xdf, 0xbf], 'utf-8'],
		['a character of three bytes', [0xe0, 0xa0, 0x80], 'utf-8'],
		['the last one of three bytes', [0xef, 0xbf, 0xbd], 'utf-8'],
		['a character of four bytes', [0xf0, 0x9f, 0x98, 0x80], 'utf-8'],
		['the last one of four bytes', [0xf4, 0x8f, 0xbf, 0xbf], 'utf-8'],
		['one that the end cuts off, behind a whole one', [0xc3, 0xa5, 0xe2, 0x82], 'utf-8'],
		['nothing but one that the end cuts off', [0xe2, 0x82], 'cp437'],
		['a lead byte that UTF-8 does not have', [0xc3, 0xa5, 0xc1, 0x80], 'cp437'],
		['a lead byte beyond Unicode', [0xc3, 0xa5, 0xf5, 0x80, 0x80, 0x80], 'cp437'],
		['a byte that continues nothing', [0xc3, 0xa5, 0x80], 'cp437'],
		['a character that ASCII breaks off', [0xc3, 0xa5, 0xe2, 0x82, 0x41], 'cp437'],
		['a character that another one breaks off', [0xc3, 0xa5, 0xe2, 0xc3, 0xa5], 'cp437'],
	])('sees in %s: %j', (_, bytes, encoding) => {
		// å as UTF-8 is no letter in either code page; Ç, as which 0x80 counts, is one of CP437.
		expect(detect(Buffer.from(bytes))).toBe(encoding);
	});

	it('knows a byte order mark by all its bytes', () => {
		const marks = [
			[0xef, 0xbb, 0xbf],
			[0xee, 0xbb, 0xbf],
			[0xef, 0xba, 0xbf],
			[0xef, 0xbb, 0xbe],
		];
		expect(marks.map((bytes) => hasByteOrderMark(Buffer.from(bytes)))).toEqual([true, false, false, false]);
	});

	it('decodes all symbols of Windows-1252', () => {
		const bytes = Buffer.from([0x80, 0x82, 0x85, 0x89, 0x8a, 0x8e, 0x91, 0x96, 0x99, 0x9e, 0x9f, 0xa0, 0xff]);
		expect(decodeText(bytes.toString('latin1'), 'windows-1252')).toBe('€‚…‰ŠŽ‘–™žŸ\u00a0ÿ');
	});

	it('uses the encoding that it is given', () => {
		const bytes = Buffer.from([...Buffer.from('#FNAMN a'), 0xe5, 0xf6]);
		expect(parseSie(bytes, { encoding: 'cp437' }).company.name).toBe('aσ÷');
	});
});
