import type { INodeProperties } from 'n8n-workflow';
import { today } from '../../../shared/ledger/dates';
import { readTwelveDigits } from '../../../shared/ledger/organisationNumber';
import { LedgerError } from '../../../shared/ledger/problems';
import { writeEskd } from '../../../shared/ledger/vat';
import { toVatReturnItem } from '../../../shared/books/vat/output';
import {
	readVatPeriod,
	readVatReturn,
	vatPeriodField,
	type VatPeriod,
	type VatReturnInBooks,
} from '../../../shared/books/vat/readVatReturn';
import { optionsField } from '../../../shared/n8n/fields';
import { readFiles, type Operation } from '../../../shared/n8n/operation';
import { collectionParameter } from '../../../shared/n8n/parameters';
import type { Run } from '../../../shared/n8n/run';
import { plainText } from '../../../shared/unified/readObject';

const options: INodeProperties[] = [
	{
		displayName: 'Information',
		name: 'information',
		type: 'string',
		default: '',
		description: 'What to tell Skatteverket of the return, in the eSKD file',
	},
	{
		displayName: 'Output File',
		name: 'outputFile',
		type: 'options',
		options: [
			{
				name: 'eSKD File',
				value: 'eskd',
				description: "The file that Skatteverket's e-service takes, in the field 'data'; nothing is filed",
			},
			{ name: 'None', value: 'none' },
		],
		default: 'none',
		description: 'Whether to add the return as a file',
	},
];

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get VAT return',
	description: 'Compute the boxes of a VAT return by the VAT codes of the accounts, and check them; nothing is filed',
	fields: [vatPeriodField, optionsField(options)],
	execute: readFiles(async (run, item) => {
		const { outputFile, information } = collectionParameter(run, 'options', item);
		const period = await readVatPeriod(run, item);
		const books = await readVatReturn(run, period);
		const json = toVatReturnItem(period, books);
		if (outputFile !== 'eskd') return [{ json }];
		const { fileName, content } = await eskdFile(run, { period, books, information: plainText(information) });
		return [{ json, binary: { [FIELD]: await run.context.helpers.prepareBinaryData(content, fileName, 'application/xml') } }];
	}),
};

/** The binary field that the file comes in. */
const FIELD = 'data';

interface Declared {
	period: VatPeriod;
	books: VatReturnInBooks;
	information: string;
}

async function eskdFile(run: Run, { period, books, information }: Declared): Promise<{ fileName: string; content: Buffer }> {
	const { OrganizationNumber: given } = await run.fortnox.company();
	const number = readTwelveDigits(given ?? '', today());
	if (number.problem !== undefined) {
		const message = `outputFile: the company's settings in Fortnox have no organisation number that the file can name: ${number.problem}`;
		throw new LedgerError({ code: 'ERROR_DATA_VALIDATION', field: 'outputFile', message });
	}
	const { days } = period;
	const { boxes } = books.figures;
	const content = writeEskd({ organisationNumber: number.value, lastDay: days.to, boxes, ...(information !== '' && { information }) });
	return { fileName: `moms_${days.from}_${days.to}.xml`, content };
}
