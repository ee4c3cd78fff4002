import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Books } from './books';
import type { CsvRow } from './csv';

/** What the node says of the file's time: rows of the income statement (groups and results), and the VAT return. */
interface Reports {
	/** A month (`2026-10`), or the year where the file has more than one. */
	period: string;
	incomeStatement: IDataObject[];
	vatReturn: IDataObject;
}

export async function readReports({ engine }: Books, rows: readonly CsvRow[]): Promise<Reports> {
	const months = [...new Set(rows.map(({ fields }) => (fields.date ?? '').slice(0, 7)))];
	const [month = ''] = months;
	const period = months.length === 1 ? month : month.slice(0, 4);
	const read = async (parameters: INodeParameters): Promise<IDataObject[]> => {
		const result = await engine.runNode({ parameters: { ...parameters, period } });
		if (result.error) throw new Error(result.error.message);
		return result.json();
	};
	const options = { includeAccounts: false, language: 'en' };
	const incomeStatement = await read({ resource: 'report', operation: 'incomeStatement', options });
	const [vatReturn = {}] = await read({ resource: 'vatReturn', operation: 'get' });
	return { period, incomeStatement, vatReturn };
}
