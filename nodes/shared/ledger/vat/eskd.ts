import type { IsoDate } from '../dates';
import type { VatBox } from './table';

/**
 * The file in which Skatteverket accepts a VAT return (eSKDUpload 6.0). Its DTD is a sequence, in another order than the
 * form's. Sources: Skatteverket, "Lämna momsdeklaration via fil"; Microsoft, "VAT declaration for Sweden", which names
 * the box of each element.
 */
const ELEMENTS: ReadonlyArray<readonly [name: string, box: VatBox]> = [
	['ForsMomsEjAnnan', '05'],
	['UttagMoms', '06'],
	['UlagMargbesk', '07'],
	['HyrinkomstFriv', '08'],
	['InkopVaruAnnatEg', '20'],
	['InkopTjanstAnnatEg', '21'],
	['InkopTjanstUtomEg', '22'],
	['InkopVaruSverige', '23'],
	['InkopTjanstSverige', '24'],
	['MomsUlagImport', '50'],
	['ForsVaruAnnatEg', '35'],
	['ForsVaruUtomEg', '36'],
	['InkopVaruMellan3p', '37'],
	['ForsVaruMellan3p', '38'],
	['ForsTjSkskAnnatEg', '39'],
	['ForsTjOvrUtomEg', '40'],
	['ForsKopareSkskSverige', '41'],
	['ForsOvrigt', '42'],
	['MomsUtgHog', '10'],
	['MomsUtgMedel', '11'],
	['MomsUtgLag', '12'],
	['MomsInkopUtgHog', '30'],
	['MomsInkopUtgMedel', '31'],
	['MomsInkopUtgLag', '32'],
	['MomsImportUtgHog', '60'],
	['MomsImportUtgMedel', '61'],
	['MomsImportUtgLag', '62'],
	['MomsIngAvdr', '48'],
	['MomsBetala', '49'],
];

const DOCTYPE =
	'<!DOCTYPE eSKDUpload PUBLIC "-//Skatteverket, Sweden//DTD Skatteverket eSKDUpload-DTD Version 6.0//SV" "https://www1.skatteverket.se/demoeskd/eSKDUpload_6p0.dtd">';

interface EskdContent {
	/** Twelve digits. */
	organisationNumber: string;
	/** Last day of the period; the file names its month. */
	lastDay: IsoDate;
	/** Whole kronor. */
	boxes: ReadonlyMap<VatBox, number>;
	/** What the company wants to tell Skatteverket of the return. */
	information?: string;
}

/** The file's bytes, in ISO-8859-1. Boxes of 0 are left out, but never box 49. */
export function writeEskd({ organisationNumber, lastDay, boxes, information }: EskdContent): Buffer {
	const amounts = ELEMENTS.flatMap(([name, box]) => {
		const amount = boxes.get(box) ?? 0;
		return amount === 0 && box !== '49' ? [] : [element(name, String(amount))];
	});
	const lines = [
		'<?xml version="1.0" encoding="ISO-8859-1"?>',
		DOCTYPE,
		'<eSKDUpload Version="6.0">',
		element('OrgNr', organisationNumber),
		'<Moms>',
		element('Period', lastDay.slice(0, 7).replace('-', '')),
		...amounts,
		...(information === undefined ? [] : [element('TextUpplysningMoms', escaped(information))]),
		'</Moms>',
		'</eSKDUpload>',
	];
	return Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');
}

function element(name: string, content: string): string {
	return `<${name}>${content}</${name}>`;
}

/** Markup, and what ISO-8859-1 lacks, as character references. Characters that XML can't have are left out. */
function escaped(text: string): string {
	return [...text].map(escapedCharacter).join('');
}

function escapedCharacter(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	const isControl = code < 0x20 && character !== '\t' && character !== '\n' && character !== '\r';
	if (isControl || (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff) return '';
	const isPlain = code < 0x7f || (code >= 0xa0 && code <= 0xff);
	return isPlain && !'<>&'.includes(character) ? character : `&#${code};`;
}
