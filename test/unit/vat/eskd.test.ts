import type { VatBox } from '../../../nodes/shared/ledger/vat';
import { writeEskd } from '../../../nodes/shared/ledger/vat/eskd';

function file(boxes: Array<[VatBox, number]>, information?: string): string {
	const content = { organisationNumber: '165561234567', lastDay: '2026-03-31', boxes: new Map(boxes) };
	return writeEskd({ ...content, ...(information !== undefined && { information }) }).toString('latin1');
}

/** What the file has as its text to Skatteverket. */
function told(information: string): string | undefined {
	return /<TextUpplysningMoms>(.*)<\/TextUpplysningMoms>/s.exec(file([], information))?.[1];
}

describe('the file of a VAT return', () => {
	it('is what Skatteverket’s DTD wants, line for line', () => {
		expect(
			file(
				[
					['05', 1000],
					['10', 250],
					['48', 25],
					['49', 225],
				],
				'Rättelse',
			).split('\r\n'),
		).toEqual([
			'<?xml version="1.0" encoding="ISO-8859-1"?>',
			'<!DOCTYPE eSKDUpload PUBLIC "-//Skatteverket, Sweden//DTD Skatteverket eSKDUpload-DTD Version 6.0//SV" "https://www1.skatteverket.se/demoeskd/eSKDUpload_6p0.dtd">',
			'<eSKDUpload Version="6.0">',
			'<OrgNr>165561234567</OrgNr>',
			'<Moms>',
			'<Period>202603</Period>',
			'<ForsMomsEjAnnan>1000</ForsMomsEjAnnan>',
			'<MomsUtgHog>250</MomsUtgHog>',
			'<MomsIngAvdr>25</MomsIngAvdr>',
			'<MomsBetala>225</MomsBetala>',
			'<TextUpplysningMoms>Rättelse</TextUpplysningMoms>',
			'</Moms>',
			'</eSKDUpload>',
			'',
		]);
	});

	it('names every box, in the order of the DTD', () => {
		const boxes: VatBox[] = [
			'05',
			'06',
			'07',
			'08',
			'20',
			'21',
			'22',
			'23',
			'24',
			'50',
			'35',
			'36',
			'37',
			'38',
			'39',
			'40',
			'41',
			'42',
			'10',
			'11',
			'12',
			'30',
			'31',
			'32',
			'60',
			'61',
			'62',
			'48',
			'49',
		];
		const names = [...file(boxes.map((box) => [box, 1])).matchAll(/<(\w+)>1</g)].map(([, name]) => name);
		expect(names).toEqual([
			'ForsMomsEjAnnan',
			'UttagMoms',
			'UlagMargbesk',
			'HyrinkomstFriv',
			'InkopVaruAnnatEg',
			'InkopTjanstAnnatEg',
			'InkopTjanstUtomEg',
			'InkopVaruSverige',
			'InkopTjanstSverige',
			'MomsUlagImport',
			'ForsVaruAnnatEg',
			'ForsVaruUtomEg',
			'InkopVaruMellan3p',
			'ForsVaruMellan3p',
			'ForsTjSkskAnnatEg',
			'ForsTjOvrUtomEg',
			'ForsKopareSkskSverige',
			'ForsOvrigt',
			'MomsUtgHog',
			'MomsUtgMedel',
			'MomsUtgLag',
			'MomsInkopUtgHog',
			'MomsInkopUtgMedel',
			'MomsInkopUtgLag',
			'MomsImportUtgHog',
			'MomsImportUtgMedel',
			'MomsImportUtgLag',
			'MomsIngAvdr',
			'MomsBetala',
		]);
		const order = file(boxes.map((box, index) => [box, index + 1]));
		expect([...order.matchAll(/<\w+>(\d{1,2})</g)].map(([, amount]) => Number(amount))).toEqual(boxes.map((_, index) => index + 1));
	});

	it('leaves boxes of 0 out, but never box 49, and keeps negative ones', () => {
		expect(
			file([
				['05', 0],
				['10', -3],
			]),
		).not.toContain('ForsMomsEjAnnan');
		expect(file([['10', -3]])).toContain('<MomsUtgHog>-3</MomsUtgHog>\r\n<MomsBetala>0</MomsBetala>');
		expect(file([])).not.toContain('TextUpplysning');
	});

	it.each([
		['markup', 'a<b>&c', 'a&#60;b&#62;&#38;c'],
		['letters of ISO-8859-1', '\u00a0åÿ', '\u00a0åÿ'],
		['what ISO-8859-1 lacks', '\u0100€', '&#256;&#8364;'],
		['what lies between its halves', '~\u007f\u009f', '~&#127;&#159;'],
		['an emoji', '😀', '&#128512;'],
		['tabs and ends of lines', 'a\tb\nc\rd', 'a\tb\nc\rd'],
		['characters that XML can’t have', 'a\u0000\u001fb\ud800c\ufffed\uffffe', 'abcde'],
		['the last half of a pair by itself, and what follows the halves', '\udfff\ue000\ud7ff', '&#57344;&#55295;'],
	])('writes %s', (_, given, written) => {
		expect(told(given)).toBe(written);
	});
});
