import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { FortnoxApi } from '../../fortnox/api';
import { connect } from '../../fortnox/n8nTransport';
import { accountTypeOf, isBankOrCash } from '../../ledger/accountTypes';
import { formatEntryId } from '../../ledger/formats';
import { companyOf } from '../../n8n/company';
import { toNodeError } from '../../n8n/errors';
import { chosenYear } from './chosenYear';

type Search = (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) => Promise<INodeListSearchResult>;

interface Choice {
	name: string;
	value: string;
}

/** How many choices a list shows at once; the rest comes when the user scrolls. */
const PAGE = 100;

/** A choice that is known by its code and called by its description. */
function coded(code: string, description: string | null | undefined): Choice {
	return { name: `${code} ${description ?? ''}`.trim(), value: code };
}

/** A searchable list: all choices come from a register, the filter is any part of the name, in capitals or not. */
function searchIn(choices: (fortnox: FortnoxApi, form: ILoadOptionsFunctions) => Promise<Choice[]>): Search {
	return async function (this: ILoadOptionsFunctions, filter, paginationToken) {
		try {
			const wanted = (filter ?? '').trim().toLocaleLowerCase('sv');
			const all = await choices(await connect(this, await companyOf(this)), this);
			const matching = all.filter(({ name }) => name.toLocaleLowerCase('sv').includes(wanted));
			const from = Number(paginationToken ?? 0);
			return {
				results: matching.slice(from, from + PAGE),
				...(matching.length > from + PAGE && { paginationToken: String(from + PAGE) }),
			};
		} catch (error) {
			throw toNodeError(this.getNode(), error, 0);
		}
	};
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

	searchBankAccounts: searchIn(async (fortnox, form) =>
		(await accounts(fortnox, form)).filter(({ value }) => isBankOrCash(Number(value))),
	),

	searchJournals: searchIn(async (fortnox, form) => {
		const year = await chosenYear(form, fortnox);
		const series = await fortnox.voucherSeries(year?.Id);
		return [...series]
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
		(await fortnox.costCenters())
			.filter(({ Active }) => Active)
			.map(({ Code, Description }) => coded(Code, Description)),
	),

	searchProjects: searchIn(async (fortnox) =>
		(await fortnox.projects())
			.filter(({ Status }) => Status !== 'COMPLETED')
			.map(({ ProjectNumber, Description }) => coded(ProjectNumber, Description)),
	),

	searchCurrencies: searchIn(async (fortnox) => [
		coded('SEK', 'Svensk krona'),
		...(await fortnox.currencies())
			.filter(({ Code }) => Code !== 'SEK')
			.map(({ Code, Description }) => coded(Code, Description)),
	]),
};
