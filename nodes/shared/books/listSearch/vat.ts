import type { ILoadOptionsFunctions } from 'n8n-workflow';
import type { FortnoxApi } from '../../fortnox/api';
import type { FortnoxAccount } from '../../fortnox/wire';
import { readAmount } from '../../ledger/money';
import { normalizedVatCode, VAT_CHOICES, VAT_TABLE } from '../../ledger/vat';
import { isObject, locatorValue } from '../../unified/readObject';
import type { Choice } from './search';

type Line = Readonly<Record<string, unknown>>;

/**
 * VAT in words. What fits the line's account comes first (the account's own code; Fortnox reports by it), then what fits
 * its side, then the rest, and the company's own codes.
 */
function vatChoices(chart: readonly FortnoxAccount[], line: Line): Choice[] {
	const number = Number(locatorValue(line.account));
	const own = normalizedVatCode(chart.find((account) => account.Number === number)?.VATCode ?? '');
	const side = sideOf(line);
	const weight = ({ code, side: usual }: (typeof VAT_CHOICES)[number]): number =>
		code === own ? 0 : side === undefined || usual === side ? 1 : 2;
	const known = [...VAT_CHOICES]
		.sort((one, other) => weight(one) - weight(other))
		.map(({ name, value, inSwedish }) => ({ name, value, alsoCalled: inSwedish }));
	return [...known, ...ownCodes(chart)];
}

function ownCodes(chart: readonly FortnoxAccount[]): Choice[] {
	const codes = new Set(chart.map(({ VATCode }) => VATCode ?? '').filter((code) => code !== '' && !VAT_TABLE.has(normalizedVatCode(code))));
	return [...codes].sort().map((code) => ({ name: `${code} (a code of the company's own)`, value: code }));
}

/** Which side the line is on, as far as its form says; of a financial entry, money into the bank is credit. */
function sideOf({ debit, credit, amount }: Line): 'debit' | 'credit' | undefined {
	const ore = (given: unknown): number => {
		const reading = readAmount(given);
		return reading.problem === undefined ? reading.value : 0;
	};
	const balance = ore(debit) - ore(credit) - ore(amount);
	if (balance === 0) return undefined;
	return balance > 0 ? 'debit' : 'credit';
}

/** The line whose VAT is chosen: n8n tells a list the place of its field (`parameters.lines.line[0].tax_info.tax_code`). */
function lineOf(context: ILoadOptionsFunctions): Line {
	const path = 'path' in context && typeof context.path === 'string' ? context.path : '';
	const [, place] = /^parameters\.(lines\.line\[\d{1,6}\])\./.exec(path) ?? [];
	const line: unknown = place === undefined ? undefined : context.getCurrentNodeParameter(place);
	return isObject(line) ? line : {};
}

export async function searchedVat(fortnox: FortnoxApi, context: ILoadOptionsFunctions, yearId: number | undefined): Promise<Choice[]> {
	return vatChoices(yearId === undefined ? [] : await fortnox.chart(yearId), lineOf(context));
}
