import fc from 'fast-check';
import { decodeCp437 } from '../../../nodes/shared/ledger/sie/cp437';
import { encodeCp437 } from '../../../sandbox/company/sie/cp437';
import { decodeText, detectEncoding } from '../../../nodes/shared/ledger/sie/encoding';
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

	it('uses the encoding that it is given', () => {
		const bytes = Buffer.from([...Buffer.from('#FNAMN a'), 0xe5, 0xf6]);
		expect(parseSie(bytes, { encoding: 'cp437' }).company.name).toBe('aσ÷');
	});
});
