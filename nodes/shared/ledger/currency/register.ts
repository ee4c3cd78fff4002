import { sumOre } from '../money';
import type { CurrencyLine } from './convert';
import { canonical, compare, decimalOf, readRate, roundedQuotient, type Rate } from './rate';

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

/** What an entry is, as far as it wants one of the register's rates: by its accounts, and the reason in a few words. */
interface Kind {
	has: (account: number) => boolean;
	choice: 'buy' | 'sell';
	reason: string;
}

const CUSTOMERS: Kind = {
	has: (account) => isWithin(account, 1500, 1599),
	choice: 'buy',
	reason: 'what customers owe or pay (15xx) weighs most',
};
const DEBTS: Kind = {
	has: (account) => isWithin(account, 2400, 2499),
	choice: 'sell',
	reason: 'what is owed or paid to suppliers (24xx) weighs most',
};
const SALES: Kind = {
	has: (account) => isWithin(account, 3000, 3999) || isWithin(account, 8000, 8399),
	choice: 'buy',
	reason: 'income (3000–3999, 8000–8399) weighs most',
};
const PURCHASES: Kind = {
	has: (account) => isWithin(account, 4000, 7999),
	choice: 'sell',
	reason: 'costs (4000–7999) weigh most',
};

/** The first pair that the entry has rows of decides. Of a pair, what an entry owes goes before, where both weigh the same. */
const PAIRS: ReadonlyArray<readonly [Kind, Kind]> = [
	[DEBTS, CUSTOMERS],
	[PURCHASES, SALES],
];

/**
 * The rate that an entry wants: what a company owes or pays it buys the currency for, at the bank's selling rate; what it
 * earns it sells at the buying rate. Fortnox does the same for supplier and customer invoices [support.fortnox.se,
 * Inställningar – Valuta]. Receivables and debts say what the entry is, before income and costs, and the larger sum
 * before the smaller: a fee in a customer's payment does not make a purchase of it.
 */
export function registerRateFor(lines: readonly CurrencyLine[]): { choice: 'buy' | 'sell'; reason: string } {
	const weight = ({ has }: Kind): number => sumOre(lines.filter(({ account }) => has(account)).map(({ amount }) => Math.abs(amount)));
	for (const [one, other] of PAIRS) {
		const [first, second] = [weight(one), weight(other)];
		if (first + second > 0) return first >= second ? one : other;
	}
	return { choice: 'buy', reason: 'no row is on 15xx, 24xx or a result account' };
}

function isWithin(account: number, first: number, last: number): boolean {
	return account >= first && account <= last;
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
	for (const [source, price] of [
		['BuyRate', BuyRate],
		['SellRate', SellRate],
	] as const) {
		const reading = readRate(price ?? 0);
		if (reading.problem === undefined) found.push({ source, rate: perUnit(reading.value, unit) });
	}
	return found;
}

/** Exact for the units that registers have (1, 10, 100, 1000); else to 12 more decimals than the rate has. */
function perUnit(rate: Rate, unit: number): Rate {
	const { digits, scale } = decimalOf(rate);
	return canonical({ digits: roundedQuotient(digits * 10n ** 12n, BigInt(unit)), scale: scale + 12 });
}
