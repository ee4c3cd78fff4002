import { isVat } from './accountTypes';
import { formatOre, MAX_ORE, sumOre, type Ore } from './money';
import type { Reading } from './problems';

/**
 * What 1 unit of a currency costs in SEK, as an exact decimal such as `11.2345`: no sign, no exponent, never zero.
 * A text, so that no rate is ever rounded to a double, and so that it can be stored and compared.
 */
export type Rate = string;

/** A row of an entry: + debit, − credit. In the entry's currency before the conversion, in SEK after it. */
export interface CurrencyLine {
	account: number;
	amount: Ore;
}

/** Where the öre go that rounding every row by itself leaves over: into the largest row, or into a row of their own. */
export type ResidualTarget = 'largestRow' | 'roundingAccount';

export interface ConvertedLines {
	/** SEK, one for each line, in the lines' order. */
	amounts: Ore[];
	/** The line that took the residual, and by how much that moved it. */
	adjusted?: { index: number; by: Ore };
	/** With `roundingAccount`: the amount of the additional row on the company's rounding account. */
	rounding?: Ore;
}

export interface ConvertedCounterparts extends ConvertedLines {
	/** The bank row: the net of the lines with the opposite sign, converted and rounded once. 0: no row is needed. */
	bank: Ore;
}

/** What is wrong with the conversion of one line, or (without an index) of the entry. A whole sentence. */
export interface ConversionProblem {
	index?: number;
	message: string;
}

export type Conversion<T> = { value: T } | { problems: ConversionProblem[] };

/** A decimal number as digits and the number of those behind the point. */
interface Decimal {
	digits: bigint;
	scale: number;
}

/**
 * Reads an exchange rate, a number or a text such as `11.2345` or `11,2345`; a single comma or point is always the
 * decimal one, since rates have many decimals and no thousands. From 0.000001 to 1,000,000 SEK.
 */
export function readRate(value: unknown): Reading<Rate> {
	const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	const [, whole = '', decimals = ''] = /^\+?(\d{1,7})(?:[.,](\d{1,30}))?$/.exec(text) ?? [];
	if (whole === '') {
		return { problem: `"${text}" is not an exchange rate; give the price of 1 unit in SEK, such as 11.2345.` };
	}
	const rate = canonical({ digits: BigInt(whole + decimals), scale: decimals.length });
	if (compare(rate, '0.000001') < 0 || compare(rate, '1000000') > 0) {
		return { problem: `The exchange rate ${text} is out of range; give the price of 1 unit in SEK.` };
	}
	return { value: rate };
}

/**
 * An amount in SEK: exact, rounded half away from zero.
 * Throws a RangeError where the result has more than the 14 digits that Fortnox takes.
 */
export function convert(amount: Ore, rate: Rate): Ore {
	const reading = fitting(amount, rate);
	if ('problem' in reading) throw new RangeError(reading.problem);
	return reading.value;
}

function fitting(amount: Ore, rate: Rate): Reading<Ore> {
	const { digits, scale } = decimalOf(rate);
	const magnitude = roundedQuotient(BigInt(Math.abs(amount)) * digits, 10n ** BigInt(scale));
	if (magnitude > BigInt(MAX_ORE)) {
		return { problem: `${formatOre(amount)} at the rate ${rate} is more than 14 digits of SEK. Split the amount.` };
	}
	return { value: Number(amount < 0 ? -magnitude : magnitude) };
}

/**
 * The lines of a balanced entry in SEK, balanced again. Each line is converted and rounded by itself; what that leaves
 * over goes to the largest row of a result account (3000–8999); else to the largest row that nothing outside the ledger
 * is compared with; to a bank, VAT, receivable or payable row only where no other can take it without changing its
 * sign; of equally large rows to the first.
 *
 * Throws a RangeError where the lines don't balance, or one is zero: both are the caller's to find first.
 */
export function convertLines(
	lines: readonly CurrencyLine[],
	rate: Rate,
	target: ResidualTarget = 'largestRow',
): Conversion<ConvertedLines> {
	if (sumOre(lines.map(({ amount }) => amount)) !== 0) throw new RangeError('The lines of the entry do not balance.');
	return settle(lines, rate, target);
}

/**
 * As `convertLines`, for a financial entry: the lines are the counterparts and their VAT; the bank row is added,
 * converted once, and does not move. What rounding leaves over goes to the largest counterpart row, whatever its account;
 * to a row of VAT only where there is no other.
 */
export function convertCounterparts(
	lines: readonly CurrencyLine[],
	rate: Rate,
	target: ResidualTarget = 'largestRow',
): Conversion<ConvertedCounterparts> {
	const net = -sumOre(lines.map(({ amount }) => amount));
	const bank = convertOrExplain(net, rate);
	if ('problem' in bank) return { problems: [{ message: bank.problem }] };
	const settled = settle(lines, rate, target, bank.value);
	return 'problems' in settled ? settled : { value: { ...settled.value, bank: bank.value } };
}

/** Converts the lines; `bank` is the row of a financial entry beside them, in SEK, which must not move. */
function settle(lines: readonly CurrencyLine[], rate: Rate, target: ResidualTarget, bank?: Ore): Conversion<ConvertedLines> {
	const problems: ConversionProblem[] = [];
	const amounts = lines.map(({ amount }, index) => {
		if (amount === 0) throw new RangeError('A line without an amount can not be converted.');
		const converted = convertOrExplain(amount, rate);
		if ('value' in converted) return converted.value;
		problems.push({ index, message: converted.problem });
		return 0;
	});
	if (problems.length > 0) return { problems };

	const residual = -(sumOre(amounts) + (bank ?? 0));
	if (residual === 0) return { value: { amounts } };
	if (target === 'roundingAccount') return { value: { amounts, rounding: residual } };
	const index = rowForResidual({ lines, amounts, residual, ranks: bank === undefined ? RANKS : COUNTERPART_RANKS });
	if (index === undefined) {
		return {
			problems: [
				{
					message:
						`Rounding to whole öre leaves ${formatOre(residual)} SEK, more than any row can take. ` +
						'Book the difference on the rounding account, or give the entry in SEK.',
				},
			],
		};
	}
	return {
		value: {
			amounts: amounts.map((amount, position) => (position === index ? amount + residual : amount)),
			adjusted: { index, by: residual },
		},
	};
}

function convertOrExplain(amount: Ore, rate: Rate): Reading<Ore> {
	const reading = fitting(amount, rate);
	if ('value' in reading && reading.value === 0 && amount !== 0) {
		return {
			problem:
				`${formatOre(amount)} at the rate ${rate} is 0.00 SEK, and a row can't be empty. ` +
				'Leave the line out, or add it to another one.',
		};
	}
	return reading;
}

/** Which accounts take a residual, the first kind first. */
type Ranks = ReadonlyArray<(account: number) => boolean>;

const RANKS: Ranks = [isResultAccount, (account) => !isComparedToTheOre(account), isComparedToTheOre];
const COUNTERPART_RANKS: Ranks = [(account) => !isVat(account), isVat];

interface Residual {
	lines: readonly CurrencyLine[];
	amounts: readonly Ore[];
	residual: Ore;
	ranks: Ranks;
}

function rowForResidual({ lines, amounts, residual, ranks }: Residual): number | undefined {
	const largest = (among: (account: number) => boolean): number | undefined => {
		let best: { index: number; size: Ore } | undefined;
		for (const [index, line] of lines.entries()) {
			const amount = amounts[index] ?? 0;
			const size = Math.abs(amount);
			const keepsSign = Math.sign(amount + residual) === Math.sign(amount);
			if (among(line.account) && keepsSign && size > (best?.size ?? 0)) best = { index, size };
		}
		return best?.index;
	};
	for (const among of ranks) {
		const index = largest(among);
		if (index !== undefined) return index;
	}
	return undefined;
}

function isResultAccount(account: number): boolean {
	return account >= 3000 && account <= 8999;
}

/**
 * Accounts that something outside the ledger is compared with: a bank's statement (19xx), the VAT return (26xx, 165x), a
 * sub-ledger or a counterparty (15xx, 16xx, 24xx).
 */
function isComparedToTheOre(account: number): boolean {
	return [15, 16, 19, 24].includes(Math.floor(account / 100)) || isVat(account);
}

/** The price of a currency as a register has it: `Unit` units cost `BuyRate` or `SellRate` SEK. */
export interface RegisterRates {
	BuyRate?: number | null;
	SellRate?: number | null;
	Unit?: number | null;
}

export interface RegisterRate {
	/** For 1 unit. */
	rate: Rate;
	source: 'BuyRate' | 'SellRate';
}

/** Which of the register's rates is taken: the bank's buying rate, its selling rate, or the mean of the two. */
export const REGISTER_RATES = ['buy', 'sell', 'middle'] as const;
export type RegisterRateChoice = (typeof REGISTER_RATES)[number];

/**
 * The rate that a company with these rows wants: what it owes (24xx) or pays (4000–7999) it buys the currency for, at
 * the bank's selling rate; what it earns it sells at the buying rate. Fortnox does the same for supplier and customer
 * invoices [support.fortnox.se, Inställningar – Valuta].
 */
export function registerRateFor(accounts: readonly number[]): 'buy' | 'sell' {
	return accounts.some((account) => Math.floor(account / 100) === 24 || (account >= 4000 && account <= 7999)) ? 'sell' : 'buy';
}

/**
 * The register's rate for 1 unit; the mean only where both are there. Where the register lacks the wanted one, the other
 * is no substitute: undefined.
 */
export function registerRate(register: RegisterRates, choice: RegisterRateChoice): Rate | undefined {
	const rates = registerRates(register);
	const of = (source: RegisterRate['source']): Rate | undefined => rates.find((found) => found.source === source)?.rate;
	const [buy, sell] = [of('BuyRate'), of('SellRate')];
	if (choice !== 'middle') return choice === 'buy' ? buy : sell;
	return buy === undefined || sell === undefined ? undefined : mean(buy, sell);
}

function mean(one: Rate, other: Rate): Rate {
	const [a, b] = [decimalOf(one), decimalOf(other)];
	const scale = Math.max(a.scale, b.scale);
	const sum = a.digits * 10n ** BigInt(scale - a.scale) + b.digits * 10n ** BigInt(scale - b.scale);
	return canonical({ digits: sum * 5n, scale: scale + 1 });
}

/** How a given rate stands to the register's. */
export interface RateDeviation {
	/**
	 * `near`: at most 25 % off. `inverse`: the given rate is the price of 1 SEK. `perUnits`: it is for the register's
	 * Unit and not for 1. `leftOverOne`: a default of 1 that nobody changed. `far`: anything else.
	 */
	verdict: 'near' | 'inverse' | 'perUnits' | 'leftOverOne' | 'far';
	/** The register's rate that is nearest to the given one. */
	register: RegisterRate;
	/** For messages: how far the given rate is from the register's, in whole percent of the register's. */
	percent: number;
}

/** Compares a given rate with the register's, the nearer of the two; nothing where the register has none. */
export function rateDeviation(given: Rate, register: RegisterRates): RateDeviation | undefined {
	const candidates = registerRates(register).map((candidate) => ({
		register: candidate,
		percent: Math.round(Math.abs(Number(given) / Number(candidate.rate) - 1) * 100),
	}));
	const nearest = candidates.sort((one, other) => one.percent - other.percent)[0];
	if (nearest === undefined) return undefined;
	const rates = candidates.map((candidate) => candidate.register.rate);
	return { ...nearest, verdict: verdictOn(given, rates, register.Unit ?? 1) };
}

function verdictOn(given: Rate, rates: readonly Rate[], unit: number): RateDeviation['verdict'] {
	const { digits, scale } = decimalOf(given);
	const one = 10n ** BigInt(scale);
	if (rates.some((rate) => isNear(digits, one, rate))) return 'near';
	if (compare(given, '1') === 0) return 'leftOverOne';
	if (rates.some((rate) => isNear(one, digits, rate))) return 'inverse';
	if (unit > 1 && rates.some((rate) => isNear(digits, one * BigInt(unit), rate))) return 'perUnits';
	return 'far';
}

/** Whether numerator ÷ denominator is at most 25 % away from the rate. Exact, so that the limit itself is near. */
function isNear(numerator: bigint, denominator: bigint, rate: Rate): boolean {
	const { digits, scale } = decimalOf(rate);
	const given = numerator * 10n ** BigInt(scale);
	const register = digits * denominator;
	const distance = given > register ? given - register : register - given;
	return distance * 4n <= register;
}

function registerRates({ BuyRate, SellRate, Unit }: RegisterRates): RegisterRate[] {
	const unit = Unit ?? 1;
	if (!Number.isInteger(unit) || unit < 1) return [];
	const found: RegisterRate[] = [];
	for (const [source, price] of [['BuyRate', BuyRate], ['SellRate', SellRate]] as const) {
		const reading = readRate(price ?? 0);
		if ('value' in reading) found.push({ source, rate: perUnit(reading.value, unit) });
	}
	return found;
}

/** Exact for the units that registers have (1, 10, 100, 1000); else to 12 more decimals than the rate has. */
function perUnit(rate: Rate, unit: number): Rate {
	const { digits, scale } = decimalOf(rate);
	return canonical({ digits: roundedQuotient(digits * 10n ** 12n, BigInt(unit)), scale: scale + 12 });
}

/** Rounded half up; for a magnitude that is half away from zero. */
function roundedQuotient(magnitude: bigint, divisor: bigint): bigint {
	return (2n * magnitude + divisor) / (2n * divisor);
}

function decimalOf(rate: Rate): Decimal {
	const [whole = '', decimals = ''] = rate.split('.');
	return { digits: BigInt(whole + decimals), scale: decimals.length };
}

function canonical({ digits, scale }: Decimal): Rate {
	const text = String(digits).padStart(scale + 1, '0');
	const point = text.length - scale;
	let end = text.length;
	while (end > point && text.endsWith('0', end)) end--;
	const decimals = text.slice(point, end);
	const whole = text.slice(0, point);
	return scale === 0 || decimals === '' ? whole : `${whole}.${decimals}`;
}

function compare(one: Rate, other: Rate): number {
	const [a, b] = [decimalOf(one), decimalOf(other)];
	const difference = a.digits * 10n ** BigInt(b.scale) - b.digits * 10n ** BigInt(a.scale);
	return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
