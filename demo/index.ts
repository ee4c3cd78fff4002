import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import type { NodeTypeClass } from '../engine';
import { book, openBooks, type Books } from './books';
import { FileError, readCsv, type CsvRow } from './csv';
import { generalLedger, incomeStatement, trialBalance, vatReturn } from './print';
import { readReports } from './reports';

const HELP = `Books a month from a CSV file in a local Fortnox, by a workflow on n8n's own engine.

npm run demo -- [options]
  --csv FILE  another file than demo/bookkeeping.csv, with the columns number (of the entry), date, account, debit,
              credit, and where wanted entry (its text), description (of the line), cost_center, project; a row per
              line of an entry, dates of one calendar year
  --help
`;

/** The node as it is published: what n8n would load. */
const BUILT_NODE = join(__dirname, '../dist/nodes/FortnoxAccounting/FortnoxAccounting.node.js');

const PROGRESS_EVERY_MS = 1000;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: { csv: { type: 'string' }, help: { type: 'boolean', default: false } },
	});
	if (values.help) return print(HELP);
	// npm starts the script in the project's folder, wherever it was called.
	const file = values.csv === undefined ? join(__dirname, 'bookkeeping.csv') : resolve(process.env.INIT_CWD ?? '.', values.csv);
	const rows = readCsv(readFileSync(file));
	const entries = new Set(rows.map(({ fields }) => fields.number)).size;
	const { FortnoxAccounting } = (await import(BUILT_NODE)) as { FortnoxAccounting: NodeTypeClass };
	const books = await openBooks(rows, FortnoxAccounting);
	try {
		print(`${entries} entries in ${rows.length} rows of ${relative(process.cwd(), file)}`);
		print(`${books.sandbox.company().profile.name} in a sandbox of Fortnox, which takes 25 requests per 5 seconds\n`);
		await bookAndPrint(books, rows, entries);
	} finally {
		await books.sandbox.close();
	}
}

async function bookAndPrint(books: Books, rows: readonly CsvRow[], entries: number): Promise<void> {
	const {
		posted,
		entries: readBack,
		hints,
	} = await measured(books, 'The first run', async () => {
		const stop = showProgress(books, entries);
		return await book(books, rows).finally(stop);
	});
	print(`\nGENERAL LEDGER\n\n${generalLedger(readBack)}\n\nTRIAL BALANCE\n\n${trialBalance(readBack)}\n`);
	const reports = await readReports(books, rows);
	print(`INCOME STATEMENT ${reports.period}\n\n${incomeStatement(reports.incomeStatement)}\n`);
	print(`VAT RETURN ${reports.period}\n\n${vatReturn(reports.vatReturn)}\n`);
	for (const hint of hints) print(`Hint: ${hint}`);
	const again = await measured(books, 'The same run again', async () => await book(books, rows));
	print(`It posted ${again.posted} entries: all ${again.alreadyPosted} of ${posted} were there already.`);
}

/** Runs something and prints its requests, those that were too many, and its time. */
async function measured<T>({ sandbox }: Books, name: string, work: () => Promise<T>): Promise<T> {
	const before = sandbox.log.length;
	const start = performance.now();
	const result = await work();
	const requests = sandbox.log.slice(before);
	const refused = requests.filter(({ status }) => status === 429).length;
	const seconds = ((performance.now() - start) / 1000).toFixed(1);
	print(`${name}: ${requests.length} requests, ${refused} answered 429, ${seconds} s`);
	return result;
}

function showProgress({ sandbox }: Books, entries: number): () => void {
	let shown = -1;
	const show = (): void => {
		const posted = sandbox.company().vouchers().length;
		if (posted !== shown) print(`posted ${posted}/${entries}`);
		shown = posted;
	};
	const timer = setInterval(show, PROGRESS_EVERY_MS);
	return () => {
		clearInterval(timer);
		show();
	};
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof FileError ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
