import { daysBetween } from '../../ledger/dates';
import { rateDeviation, registerRate, registerRateFor, type Rate, type RegisterRateChoice } from '../../ledger/currency';
import type { ErrorCode } from '../../ledger/errorCodes';
import type { Problem, Reading } from '../../ledger/problems';
import { unlessNotAllowed } from '../../fortnox/tolerate';
import type { FortnoxCurrency } from '../../fortnox/wire';
import type { EntryDraft } from '../../unified/entryDraft';
import type { Run } from '../../n8n/run';
import type { EntryOptions } from './options';

/** How far the register's date may be from the entry's, in days. */
const REGISTER_DAYS = 7;

/** A currency as the company's register has it, or undefined where it lacks it. */
type Register = Reading<FortnoxCurrency | undefined, 'not allowed'>;

interface EffectiveRate {
	/** Absent for SEK. */
	rate?: Rate;
	/** Why nothing is posted with it; of no account where the entry is in the ledger already. */
	objection?: Problem;
}

/** The rate to convert with, compared with the company's register or taken from it. */
export async function readEffectiveRate(run: Run, draft: EntryDraft, options: EntryOptions): Promise<Reading<EffectiveRate, Problem>> {
	if (draft.currency === 'SEK') return { value: {} };
	const register = await readRegister(run, draft.currency);
	if (draft.rate === undefined) return rateFromRegister(run, draft, register, options.registerRate);
	const given = { value: { rate: draft.rate } };
	if (register.problem !== undefined) {
		run.hint(
			'The credential is not allowed to read the currency register (scope currency), so the exchange rate was not compared with it.',
		);
		return given;
	}
	const deviation = register.value && rateDeviation(draft.rate, register.value);
	if (deviation === undefined) {
		run.hint(`The company's currency register has no rate for ${draft.currency}, so the exchange rate was not compared with it.`);
		return given;
	}
	if (deviation.verdict === 'near' || options.acceptRate) return given;
	const reason = {
		inverse: ` It looks like the price of 1 SEK; its inverse is the price of 1 ${draft.currency}.`,
		perUnits: ` The register's price is for ${register.value?.Unit ?? 1} ${draft.currency}; give the price of 1.`,
		leftOverOne: ' It looks like a default that was left over.',
		far: '',
	}[deviation.verdict];
	return refuse(
		'ERROR_EXCHANGE_RATE_NOT_PLAUSIBLE',
		`1 ${draft.currency} = ${draft.rate} SEK is ${deviation.percent} % from the company's register (${deviation.register.rate}).${reason} Correct the rate, or turn on 'Accept Rate'.`,
	);
}

async function readRegister(run: Run, currency: string): Promise<Register> {
	const currencies = await unlessNotAllowed(run.fortnox.currencies(), () => undefined);
	return currencies === undefined ? { problem: 'not allowed' } : { value: currencies.find(({ Code }) => Code === currency) };
}

const RATE_NAMES: Record<RegisterRateChoice, string> = {
	buy: 'buying rate',
	sell: 'selling rate',
	middle: 'mean of buying and selling rate',
};

function rateFromRegister(
	run: Run,
	draft: EntryDraft,
	{ problem, value: register }: Register,
	wanted: RegisterRateChoice | undefined,
): Reading<EffectiveRate, Problem> {
	if (problem !== undefined) {
		return notFound(
			'the credential is not allowed to read the currency register (scope currency). Add the scope and reconnect, or give the exchange rate.',
		);
	}
	const byRows = registerRateFor(draft.lines);
	const choice = wanted ?? byRows.choice;
	const name = RATE_NAMES[choice];
	const found = register && registerRate(register, choice);
	if (!register || found === undefined) {
		return notFound(
			`the company's register in Fortnox has no ${name} for ${draft.currency}. Add it there, choose another under 'Register Rate', or give the exchange rate.`,
		);
	}
	const age = register.Date ? Math.abs(daysBetween(register.Date, draft.date)) : undefined;
	if (age === undefined || age > REGISTER_DAYS) {
		const { problem: objection } = refuse(
			'ERROR_EXCHANGE_RATE_TOO_OLD',
			`the register's rate for ${draft.currency} is of ${register.Date ?? 'an unknown date'}, and the entry of ${draft.date}; more than ${REGISTER_DAYS} days lie between. Update the rate in Fortnox, or give it yourself.`,
		);
		return { value: { rate: found, objection } };
	}
	const why = wanted === undefined ? ` It was chosen by the rows: ${byRows.reason}. 'Register Rate' chooses another.` : '';
	run.hint(
		`Exchange rate taken from the company's register: 1 ${draft.currency} = ${found} SEK, the ${name} of ${register.Date ?? ''}.${why}`,
	);
	return { value: { rate: found } };
}

function notFound(message: string): { problem: Problem } {
	return { problem: { code: 'ERROR_CURRENCY_NOT_FOUND', field: 'currency', message: `currency: ${message}` } };
}

function refuse(code: ErrorCode, message: string): { problem: Problem } {
	const field = 'currency_exchange_rate';
	return { problem: { code, field, message: `${field}: ${message}` } };
}
