import type { Ore } from '../money';
import type { Reading } from '../problems';
import { normalizedVatCode, VAT_RATES, VAT_TABLE, type VatCode, type VatRate } from './table';

/** VAT as a person chooses it: a code and, where the code has several rates, which of them. */
export interface VatChoice {
	/** What is stored and read: `MP1`, or `I 25` where the code does not tell the rate. */
	value: string;
	/** In words, with code and box: `Purchase, 25 % (I, box 48)`. */
	name: string;
	code: string;
	/** Where its line usually stands. */
	side: 'debit' | 'credit';
	/** What Swedish bookkeepers call it, to find it by. */
	inSwedish: string;
}

/** A sale's VAT is a share of its margin: no rate of the line's amount. */
const MARGIN_SCHEME = 'BVMB';

const IN_WORDS: Readonly<Record<string, string>> = { MP1: 'Sale', MP2: 'Sale', MP3: 'Sale', I: 'Purchase' };

/** By the words of the Swedish VAT return (SKV 4700) and of Fortnox's own list. */
const IN_SWEDISH: Readonly<Record<string, string>> = {
	MP1: 'försäljning utgående',
	MP2: 'försäljning utgående',
	MP3: 'försäljning utgående',
	UT: 'uttag',
	BVMB: 'vinstmarginalbeskattning begagnat',
	HFS: 'hyra frivillig skattskyldighet lokal',
	IVEU: 'inköp varor EU unionsinternt förvärv omvänd skattskyldighet',
	ITEU: 'inköp tjänster EU omvänd skattskyldighet',
	ITGLOB: 'inköp tjänster utanför EU omvänd skattskyldighet import',
	IV: 'inköp varor Sverige omvänd skattskyldighet',
	IT: 'inköp tjänster Sverige omvänd skattskyldighet byggtjänster',
	VTEU: 'försäljning varor EU',
	E: 'försäljning varor utanför EU export',
	'3VEU': 'inköp mellanman trepartshandel EU',
	'3FEU': 'försäljning mellanman trepartshandel EU',
	FTEU: 'försäljning tjänster EU',
	ÖTEU: 'försäljning tjänster utanför EU utomlands',
	OTTU: 'försäljning omvänd skattskyldighet Sverige byggtjänster',
	MF: 'försäljning momsfri utan undantagen',
	I: 'inköp ingående',
	BI: 'inköp import beskattningsunderlag',
};

/** The codes that a line of an entry can name, in the order in which people need them. */
export const VAT_CHOICES: readonly VatChoice[] = [...VAT_TABLE]
	.filter(([, facts]) => facts.settlement !== true && facts.baseCodes === undefined)
	.flatMap(([code, facts]) => choicesOf(code, facts))
	.sort((one, other) => weight(one) - weight(other));

/** Purchases and sales in Sweden come first. */
function weight({ code }: VatChoice): number {
	return code in IN_WORDS ? 0 : 1;
}

function choicesOf(code: string, facts: VatCode): VatChoice[] {
	const rates = ratesOf(code);
	const own = IN_WORDS[code] ?? `${facts.meaning.charAt(0).toUpperCase()}${facts.meaning.slice(1)}`;
	const box = facts.base ?? facts.deducted ?? '';
	const isPurchase = facts.deducted !== undefined || facts.base === '50' || facts.base === '37';
	const common = { code, side: isPurchase ? ('debit' as const) : ('credit' as const), inSwedish: `moms ${IN_SWEDISH[code] ?? ''}` };
	if (rates.length === 0) return [{ ...common, value: code, name: `${own} (${code}, box ${box})` }];
	return rates.map((rate) => ({
		...common,
		value: rates.length === 1 ? code : `${code} ${rate}`,
		name: `${own}, ${rate} % (${code}, box ${box})`,
	}));
}

/** The rates at which a line with a code of the table can be; none where its amount does not tell the VAT. */
function ratesOf(code: string): readonly VatRate[] {
	const facts = VAT_TABLE.get(code);
	if (facts === undefined || code === MARGIN_SCHEME) return [];
	if (facts.owed === undefined) return facts.deducted === undefined ? [] : VAT_RATES;
	return VAT_RATES.filter((rate) => facts.owed?.[rate] !== undefined);
}

/**
 * Reads what `VAT_CHOICES` stores: a code, and a rate behind it where the code is one of several rates (`I 25`, `I 25 %`).
 * Any other text is a code as it stands, such as a company's own; but one of Fortnox's has no rate that is not its.
 */
export function readVatChoice(text: string): Reading<{ code: string; rate?: VatRate }> {
	const [, written = '', percent = ''] = /^(\S{1,20}) +(\d{1,2}) ?%?$/.exec(text.trim()) ?? [];
	const code = normalizedVatCode(written);
	if (!VAT_TABLE.has(code)) return { value: { code: text } };
	const rates = ratesOf(code);
	const rate = rates.find((one) => String(one) === percent);
	if (rate !== undefined) return { value: { code: written, rate } };
	return {
		problem:
			rates.length === 0
				? `VAT code ${code} stands for no rate. Give the code alone, without ${percent}.`
				: `VAT code ${code} is for ${rates.join(', ')} %, and ${percent} stands behind it. Correct the rate, or use the code of that rate.`,
	};
}

/**
 * The VAT that a line's amount tells by itself, in öre and without a sign: 0 with a code of transactions without VAT;
 * undefined where the code has several rates and none was chosen.
 *
 * @param gross the amount contains the VAT
 */
export function impliedVat({ code, rate }: { code: string; rate?: VatRate }, lineAmount: Ore, gross: boolean): Ore | undefined {
	const facts = VAT_TABLE.get(normalizedVatCode(code));
	if (facts !== undefined && facts.owed === undefined && facts.deducted === undefined) return 0;
	const rates = ratesOf(normalizedVatCode(code));
	const chosen = rate ?? (rates.length === 1 ? rates[0] : undefined);
	if (chosen === undefined) return undefined;
	const size = Math.abs(lineAmount);
	return Math.round((size * chosen) / (gross ? 100 + chosen : 100));
}
