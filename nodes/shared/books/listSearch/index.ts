import type { ILoadOptionsFunctions } from 'n8n-workflow';
import type { FortnoxApi } from '../../fortnox/api';
import { accountTypeOf, isBankOrCash } from '../../ledger/accountTypes';
import { formatEntryId } from '../../ledger/formats';
import { chosenYear } from './chosenYear';
import { searchIn, type Choice, type Search } from './search';
import { searchedVat } from './vat';

/** A choice that is known by its code and called by its description. */
function coded(code: string, description: string | null | undefined): Choice {
	return { name: `${code} ${description ?? ''}`.trim(), value: code };
}

/** Operations whose entries go to a journal: Fortnox accepts them in manual ones only. */
const POSTS = ['create', 'correct', 'importSie', 'reverse', 'settle', 'spread'];

function posts(context: ILoadOptionsFunctions): boolean {
	const operation = context.getCurrentNodeParameter('operation');
	return context.getCurrentNodeParameter('resource') !== 'journal' && POSTS.some((one) => one === operation);
}

async function accounts(fortnox: FortnoxApi, form: ILoadOptionsFunctions): Promise<Choice[]> {
	const year = await chosenYear(form, fortnox);
	const chart = year ? await fortnox.chart(year.Id) : [];
	return chart
		.filter(({ Active }) => Active)
		.map(({ Number: number, Description: name }) => ({
			name: `${number} ${name} (${accountTypeOf(number).replace('_', ' ')})`,
			value: String(number),
		}));
}

export const listSearch: Record<string, Search> = {
	searchAccounts: searchIn(accounts),

	searchBankAccounts: searchIn(async (fortnox, form) => (await accounts(fortnox, form)).filter(({ value }) => isBankOrCash(Number(value)))),

	searchJournals: searchIn(async (fortnox, form) => {
		const year = await chosenYear(form, fortnox);
		const series = await fortnox.voucherSeries(year?.Id);
		return series
			.filter(({ Manual }) => Manual || !posts(form))
			.sort((one, other) => Number(other.Manual) - Number(one.Manual))
			.map(({ Code, Description, Manual }) => ({
				name: `${Code} ${Description}${Manual ? '' : ' (not manual)'}`,
				value: Code,
			}));
	}),

	/** The newest entries first: they are what a person looks for. */
	searchEntries: searchIn(async (fortnox, form) => {
		const year = await chosenYear(form, fortnox);
		const vouchers = year ? await fortnox.vouchers({ financialYear: year.Id }) : [];
		return [...vouchers]
			.sort((one, other) => other.TransactionDate.localeCompare(one.TransactionDate) || other.VoucherNumber - one.VoucherNumber)
			.map((voucher) => ({
				name: `${voucher.VoucherSeries} ${voucher.VoucherNumber}, ${voucher.TransactionDate}: ${voucher.Description ?? ''}`,
				value: formatEntryId({ series: voucher.VoucherSeries, number: voucher.VoucherNumber, yearId: voucher.Year }),
			}));
	}),

	searchFinancialYears: searchIn(async (fortnox) =>
		[...(await fortnox.financialYears())]
			.reverse()
			.map(({ Id, FromDate, ToDate }) => ({ name: `${FromDate} – ${ToDate}`, value: String(Id) })),
	),

	searchCostCenters: searchIn(async (fortnox) =>
		(await fortnox.costCenters()).filter(({ Active }) => Active).map(({ Code, Description }) => coded(Code, Description)),
	),

	searchProjects: searchIn(async (fortnox) =>
		(await fortnox.projects())
			.filter(({ Status }) => Status !== 'COMPLETED')
			.map(({ ProjectNumber, Description }) => coded(ProjectNumber, Description)),
	),

	searchVat: searchIn(async (fortnox, context) => await searchedVat(fortnox, context, (await chosenYear(context, fortnox))?.Id)),

	searchCurrencies: searchIn(async (fortnox) => [
		coded('SEK', 'Svensk krona'),
		...(await fortnox.currencies()).filter(({ Code }) => Code !== 'SEK').map(({ Code, Description }) => coded(Code, Description)),
	]),
};
