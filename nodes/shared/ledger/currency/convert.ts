import { isVat } from '../accountTypes';
import { formatOre, MAX_ORE, sumOre, type Ore } from '../money';
import type { Reading } from '../problems';
import { decimalOf, roundedQuotient, type Rate } from './rate';

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

export type Conversion<T> = Reading<T, ConversionProblem[]>;

/**
 * An amount in SEK: exact, rounded half away from zero.
 * Throws a RangeError where the result has more than the 14 digits that Fortnox takes.
 */
export function convert(amount: Ore, rate: Rate): Ore {
	const reading = fitting(amount, rate);
	if (reading.problem !== undefined) throw new RangeError(reading.problem);
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
	if (bank.problem !== undefined) return { problem: [{ message: bank.problem }] };
	const settled = settle(lines, rate, target, bank.value);
	return settled.problem !== undefined ? settled : { value: { ...settled.value, bank: bank.value } };
}

/** Converts the lines; `bank` is the row of a financial entry beside them, in SEK, which must not move. */
function settle(lines: readonly CurrencyLine[], rate: Rate, target: ResidualTarget, bank?: Ore): Conversion<ConvertedLines> {
	const problems: ConversionProblem[] = [];
	const amounts = lines.map(({ amount }, index) => {
		if (amount === 0) throw new RangeError('A line without an amount can not be converted.');
		const converted = convertOrExplain(amount, rate);
		if (converted.problem === undefined) return converted.value;
		problems.push({ index, message: converted.problem });
		return 0;
	});
	if (problems.length > 0) return { problem: problems };

	const residual = -(sumOre(amounts) + (bank ?? 0));
	if (residual === 0) return { value: { amounts } };
	if (target === 'roundingAccount') return { value: { amounts, rounding: residual } };
	const index = rowForResidual({ lines, amounts, residual, ranks: bank === undefined ? RANKS : COUNTERPART_RANKS });
	if (index === undefined) {
		return {
			problem: [
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
	if (reading.problem === undefined && reading.value === 0 && amount !== 0) {
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
