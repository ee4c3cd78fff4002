/**
 * The VAT codes that Fortnox ships (`VATCode` of an account) and the boxes of the VAT return (SKV 4700) that they feed.
 *
 * Fortnox names its codes after the boxes and reports by the code of the *account*. Sources: Fortnox's default codes as
 * public integrations quote them (accounted), BAS numbers as five public charts agree on them (accounted, Odoo, LsjBok,
 * PSLedger, Björn Lundén). Which of UOS, UEU and UTFU feeds which of the boxes 30–32 is not public: the account decides.
 */

/** The rates of Swedish VAT, in per cent. */
export const VAT_RATES = [25, 12, 6] as const;
export type VatRate = (typeof VAT_RATES)[number];

/** A box of the VAT return, two digits as the form prints them. 49 is the sum; the others are filled from accounts. */
export const VAT_BOXES = [
	'05',
	'06',
	'07',
	'08',
	'10',
	'11',
	'12',
	'20',
	'21',
	'22',
	'23',
	'24',
	'30',
	'31',
	'32',
	'35',
	'36',
	'37',
	'38',
	'39',
	'40',
	'41',
	'42',
	'48',
	'49',
	'50',
	'60',
	'61',
	'62',
] as const;
export type VatBox = (typeof VAT_BOXES)[number];

export interface VatCode {
	/** What accounts with this code are for, in a few words. */
	meaning: string;
	/** The box of the base. Absent for codes of VAT accounts and of the settlement. */
	base?: VatBox;
	/** The box of the VAT that is owed, by rate. Absent for codes of transactions without output VAT. */
	owed?: Partial<Record<VatRate, VatBox>>;
	/** The box of the VAT that is deducted. */
	deducted?: '48';
	/** Of codes that have no base of their own: codes of the accounts on which their base may stand. */
	baseCodes?: readonly string[];
	/** Accounts with this code hold the settlement of the return, and belong to no box of it. */
	settlement?: true;
}

const OUTPUT: Record<VatRate, VatBox> = { 25: '10', 12: '11', 6: '12' };
const REVERSE_CHARGE: Record<VatRate, VatBox> = { 25: '30', 12: '31', 6: '32' };

/** Purchases on which the buyer owes the VAT. */
const REVERSE_CHARGE_BASES = ['IVEU', 'ITEU', 'ITGLOB', 'IV', 'IT'] as const;

function sale(meaning: string, base: VatBox, ...rates: VatRate[]): VatCode {
	return { meaning, base, owed: Object.fromEntries(rates.map((rate) => [rate, OUTPUT[rate]])) };
}

function reverseCharge(meaning: string, base: VatBox): VatCode {
	return { meaning, base, owed: REVERSE_CHARGE, deducted: '48' };
}

function owedVat(meaning: string): VatCode {
	return { meaning, owed: REVERSE_CHARGE, deducted: '48', baseCodes: REVERSE_CHARGE_BASES };
}

function withoutVat(meaning: string, base: VatBox): VatCode {
	return { meaning, base };
}

/** By code: each beside its like, which is how docs/vat.md lists them. */
export const VAT_TABLE: ReadonlyMap<string, VatCode> = new Map<string, VatCode>([
	['MP1', sale('sales at 25 %', '05', 25)],
	['MP2', sale('sales at 12 %', '05', 12)],
	['MP3', sale('sales at 6 %', '05', 6)],
	['UT', sale('own withdrawals', '06', 25, 12, 6)],
	['BVMB', sale('margin scheme', '07', 25, 12, 6)],
	['HFS', sale('rent with voluntary VAT', '08', 25, 12, 6)],
	['U1', { meaning: 'VAT on sales at 25 %', owed: { 25: '10' }, baseCodes: ['MP1', 'UT', 'BVMB', 'HFS'] }],
	['U2', { meaning: 'VAT on sales at 12 %', owed: { 12: '11' }, baseCodes: ['MP2', 'UT', 'BVMB', 'HFS'] }],
	['U3', { meaning: 'VAT on sales at 6 %', owed: { 6: '12' }, baseCodes: ['MP3', 'UT', 'BVMB', 'HFS'] }],
	['IVEU', reverseCharge('goods bought from the EU', '20')],
	['ITEU', reverseCharge('services bought from the EU', '21')],
	['ITGLOB', reverseCharge('services bought from outside the EU', '22')],
	['IV', reverseCharge('goods bought in Sweden with reverse charge', '23')],
	['IT', reverseCharge('services bought in Sweden with reverse charge', '24')],
	['UOS', owedVat('VAT owed with reverse charge in Sweden')],
	['UEU', owedVat('VAT owed on purchases from the EU')],
	['UTFU', owedVat('VAT owed on purchases from abroad')],
	['VTEU', withoutVat('goods sold to the EU', '35')],
	['E', withoutVat('goods sold outside the EU', '36')],
	['3VEU', withoutVat('middleman’s purchase in triangular trade', '37')],
	['3FEU', withoutVat('middleman’s sale in triangular trade', '38')],
	['FTEU', withoutVat('services sold to the EU', '39')],
	['ÖTEU', withoutVat('other services sold outside Sweden', '40')],
	['OTTU', withoutVat('sales with reverse charge in Sweden', '41')],
	['MF', withoutVat('other sales without VAT', '42')],
	['I', { meaning: 'VAT on purchases', deducted: '48' }],
	['BI', withoutVat('basis of import VAT', '50')],
	['UI25', { meaning: 'VAT on imported goods at 25 %', owed: { 25: '60' }, deducted: '48', baseCodes: ['BI'] }],
	['UI12', { meaning: 'VAT on imported goods at 12 %', owed: { 12: '61' }, deducted: '48', baseCodes: ['BI'] }],
	['UI6', { meaning: 'VAT on imported goods at 6 %', owed: { 6: '62' }, deducted: '48', baseCodes: ['BI'] }],
	['R1', { meaning: 'settlement of VAT', settlement: true }],
	['R2', { meaning: 'settlement of VAT', settlement: true }],
]);

/** The VAT codes that Fortnox ships, in the order of the table. */
export const VAT_CODES: readonly string[] = [...VAT_TABLE.keys()];

/** A code as the table writes it: capitals, and `Ö` as one character, which can come as two. */
export function normalizedVatCode(code: string): string {
	return code.normalize('NFC').trim().toUpperCase();
}

/**
 * The box that the balance of an account with this code goes to; undefined for the settlement, for a company's own
 * codes, and where a code of three rates stands on an account whose BAS number names none.
 */
export function boxOfVatCode(code: string, account: number): VatBox | undefined {
	const known = VAT_TABLE.get(normalizedVatCode(code));
	if (known === undefined) return undefined;
	if (known.base !== undefined) return known.base;
	const owed = Object.values(known.owed ?? {});
	if (owed.length === 0) return known.deducted;
	if (owed.length === 1) return owed[0];
	const byNumber = boxOfBasNumber(account);
	return owed.find((box) => box === byNumber) ?? owedAt(known, rateOfVatAccount(account));
}

function owedAt({ owed }: VatCode, rate: VatRate | undefined): VatBox | undefined {
	return rate === undefined ? undefined : owed?.[rate];
}

/** In BAS output VAT has a decade of numbers for each rate: 2610–2619 for 25 %, 2620–2629 for 12 %, 2630–2639 for 6 %. */
function rateOfVatAccount(account: number): VatRate | undefined {
	return VAT_RATES[Math.floor(account / 10) - 261];
}

/**
 * The VAT code that an account of BAS has by its number; undefined where BAS leaves the box, or the code within the box,
 * open (which of UOS, UEU and UTFU stands for 2614).
 */
export function vatCodeOfBasNumber(account: number): string | undefined {
	const sale = { 3001: 'MP1', 3002: 'MP2', 3003: 'MP3' }[account];
	if (sale !== undefined) return sale;
	const box = boxOfBasNumber(account);
	if (box === undefined) return undefined;
	const codes = [...VAT_TABLE].filter(([, { base, owed, deducted }]) =>
		account < 3000 ? base === undefined && (owed === undefined ? deducted === box : Object.values(owed).includes(box)) : base === box,
	);
	const [only] = codes;
	return codes.length === 1 && only !== undefined ? only[0] : undefined;
}

/** First and last account of each box: what BAS numbers say where an account has no VAT code. */
const BOXES_BY_NUMBER: ReadonlyArray<readonly [box: VatBox, ...ranges: ReadonlyArray<readonly [from: number, to: number]>]> = [
	['10', [2610, 2613], [2616, 2616], [2618, 2618]],
	['11', [2620, 2623], [2626, 2626], [2628, 2628]],
	['12', [2630, 2633], [2636, 2636], [2638, 2638]],
	['30', [2614, 2614]],
	['31', [2624, 2624]],
	['32', [2634, 2634]],
	['48', [2640, 2642], [2645, 2647], [2649, 2649]],
	['60', [2615, 2615]],
	['61', [2625, 2625]],
	['62', [2635, 2635]],
	['05', [3000, 3003]],
	['06', [3401, 3403]],
	['36', [3105, 3105]],
	['39', [3308, 3308]],
	['40', [3305, 3305]],
	['41', [3231, 3233]],
	['42', [3004, 3004], [3100, 3100], [3404, 3404], [3980, 3980], [3994, 3994]],
	['20', [4515, 4517]],
	['21', [4535, 4537]],
	['22', [4531, 4533]],
	['23', [4415, 4417]],
	['24', [4425, 4427]],
	['50', [4545, 4547]],
];

/**
 * The box that BAS gives an account by its number, for accounts without a VAT code. Sources disagree on the boxes 35,
 * 37, 38, 07 and 08: there only a code counts.
 */
export function boxOfBasNumber(account: number): VatBox | undefined {
	return BOXES_BY_NUMBER.find(([, ...ranges]) => ranges.some(([from, to]) => from <= account && account <= to))?.[0];
}
