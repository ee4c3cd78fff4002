import type { RunNodeOptions } from '../../engine';
import type { BoundsTask } from './task';

const MB = 1024 * 1024;

export type WorkRun = Pick<RunNodeOptions, 'parameters' | 'input' | 'onError'>;

const DRY = { options: { dryRun: true } };

const YEAR = { dateFrom: '2026-01-01', dateTo: '2026-12-31' };

const ENTRY = { resource: 'journalEntry', operation: 'create', journalId: 'A', date: '2026-06-01', ...DRY };

/** How the node is run for each work. */
export const RUNS: Record<BoundsTask['work'], () => WorkRun> = {
	'read accounts': () => ({ parameters: { resource: 'account', operation: 'getAll', returnAll: true } }),
	'read 100,000 vouchers': () => ({
		parameters: { resource: 'journalEntry', operation: 'getAll', returnAll: true, filters: YEAR },
	}),
	'list 100,000 vouchers': () => ({
		parameters: { resource: 'journalEntry', operation: 'getAll', returnAll: true, filters: YEAR, options: { includeItems: false } },
	}),
	'read the balances of a year': () => ({
		parameters: { resource: 'account', operation: 'getBalances', start: '2026-01', end: '2026-12' },
	}),
	'read an income statement': () => ({
		parameters: { resource: 'report', operation: 'incomeStatement', period: '2026', options: { columns: 'months' } },
	}),
	'import a SIE file of 2 MB': () => sieImport(vouchersOf(2)),
	'import a SIE file of 200 MB': () => sieImport(vouchersOf(200)),
	'import a SIE file of 100,000 vouchers': () => sieImport(vouchersOf(9.63)),
	'refuse 100,000 vouchers of a SIE file': () => ({
		...sieImport(vouchersOf(9.63).replaceAll('TRANS 3001', 'TRANS 3998')),
		onError: 'continueRegularOutput',
	}),
	'refuse 100,000 vouchers of a SIE file, each for a reason of its own': () => ({
		...sieImport(withOwnCostCenters(vouchersOf(9.63))),
		onError: 'continueRegularOutput',
	}),
	'import a SIE file of 32 MB': () => sieImport(vouchersOf(31.9, 8)),
	'import a SIE quantity of 80 kB': () => sieImport(`#VER L 1 20260625 "Bench"\n{\n#TRANS 1930 {} 1.00 "" "" ${'1'.repeat(80_000)}x\n}\n`),
	'check 20,000 items': checks,
	'check 20,000 items of two companies at once': checks,
	'check an entry of 10,000 rows': () => ({
		parameters: { ...ENTRY, number: 'B', linesSource: 'inputItems', allItems: true },
		input: Array.from({ length: 10_000 }, (_, index) => ({
			account: index % 2 ? '1930' : '3001',
			[index % 2 ? 'debit' : 'credit']: (index >> 1) + 1,
		})),
	}),
	'check a sheet of 10,000 rows in EUR': () => ({
		parameters: {
			...ENTRY,
			number: 'S',
			currency: 'EUR',
			currencyExchangeRate: 11.2345,
			options: { dryRun: true, acceptRate: true },
			linesSource: 'inputItems',
			allItems: true,
		},
		input: Array.from({ length: 10_000 }, (_, index) => ({
			Konto: index % 2 ? 1930 : 3001,
			Belopp: `${(index >> 1) + 1},33`,
			'D/K': index % 2 ? 'D' : 'K',
			Text: `Rad ${index}`,
			...Object.fromEntries(Array.from({ length: 24 }, (__, column) => [`Kolumn ${column}`, `värde ${index}`])),
		})),
	}),
	'reconcile 20,000 rows of one amount': () => ({
		parameters: { resource: 'report', operation: 'reconcile', accountNumber: '1930', options: { maxDaysApart: 31 } },
		input: Array.from({ length: 20_000 }, (_, index) => ({
			date: `2026-${String((index % 12) + 1).padStart(2, '0')}-15`,
			amount: 100,
			text: 'Swish',
		})),
	}),
};

function checks(): WorkRun {
	return {
		parameters: {
			...ENTRY,
			number: '={{ $json.number }}',
			linesSource: 'json',
			linesJson: '={{ [{ account: "1930", debit: $json.amount }, { account: "3001", credit: $json.amount }] }}',
		},
		input: Array.from({ length: 20_000 }, (_, index) => ({ number: `B-${index}`, amount: index + 1 })),
	};
}

function sieImport(vouchers: string): WorkRun {
	const head = '#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#RAR 0 20260101 20261231\n';
	const data = Buffer.from(head + vouchers).toString('base64');
	return {
		parameters: { resource: 'journalEntry', operation: 'importSie', journalId: 'A', ...DRY },
		input: [{ json: {}, binary: { data: { data, mimeType: 'text/plain', fileName: 'bench.se' } } }],
	};
}

function withOwnCostCenters(vouchers: string): string {
	let center = 0;
	return vouchers.replaceAll('TRANS 3001 {}', () => `TRANS 3001 {1 "K${center++}"}`);
}

function vouchersOf(megabytes: number, rowsEach = 2): string {
	const pair = '#TRANS 1930 {} 100.00 "" "Bench"\n#TRANS 3001 {} -100.00 "" "Bench"\n';
	const rows = `{\n${pair.repeat(rowsEach / 2)}}\n`;
	const vouchers: string[] = [];
	for (let number = 1, size = 0; size < megabytes * MB; number++) {
		const voucher = `#VER L ${number} 20260625 "Bench"\n${rows}`;
		vouchers.push(voucher);
		size += voucher.length;
	}
	return vouchers.join('');
}
