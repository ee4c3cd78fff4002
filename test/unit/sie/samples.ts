import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Ore } from '../../../nodes/shared/ledger/money';
import { SieError, type SieFile, hasBalances, parseSie } from '../../../nodes/shared/ledger/sie';

/** Third-party files for checks only; they are no part of the project and need not be there. */
export const SAMPLES = path.resolve(__dirname, '../../../../shared/data/sie-samples');

/** What the reader makes of a sample file. */
export interface SampleVerdict {
	file: string;
	type: string;
	encoding: string;
	vouchers: number | string;
	rows: number | string;
	warnings: number | string;
	/** `read`, or `refused: reason, line n`. */
	verdict: string;
	/** Whether the file's balances agree with each other and with its vouchers or month balances. */
	balances: string;
}

export function samplesExist(): boolean {
	return existsSync(SAMPLES);
}

export function judgeSamples(): SampleVerdict[] {
	return readdirSync(SAMPLES)
		.sort()
		.map((file) => judge(file, readFileSync(path.join(SAMPLES, file))));
}

function judge(name: string, bytes: Buffer): SampleVerdict {
	let file: SieFile;
	let verdict = 'read';
	try {
		file = parseSie(bytes);
	} catch (error) {
		if (!(error instanceof SieError)) throw error;
		verdict = `refused: ${error.reason}, line ${error.line}`;
		if (error.reason !== 'unbalanced_voucher') {
			return {
				file: name,
				type: '-',
				encoding: '-',
				vouchers: '-',
				rows: '-',
				warnings: '-',
				verdict,
				balances: '-',
			};
		}
		file = parseSie(bytes, { allowUnbalanced: true });
		verdict += ` (${file.vouchers.filter(({ difference }) => difference !== 0).length} such)`;
	}
	return {
		file: name,
		type: `${file.type}${file.type < 4 ? '' : hasBalances(file) ? 'E' : 'I'}`,
		encoding: file.encoding,
		vouchers: file.vouchers.length,
		rows: file.vouchers.reduce((count, { rows }) => count + rows.length, 0),
		warnings: file.warnings.length,
		verdict,
		balances: agreement(file),
	};
}

type Sums = Map<string, Ore>;

function add(sums: Sums, account: string, amount: Ore): void {
	sums.set(account, (sums.get(account) ?? 0) + amount);
}

/** Opening balance + movements = closing balance, and movements = result, for the accounts of the current year. */
function agreement(file: SieFile): string {
	if (!hasBalances(file)) return 'none in file';
	if (file.type === 1) return 'whole years only';
	const stated: Sums = new Map();
	for (const { year, account, amount } of [...file.closingBalances, ...file.results]) if (year === 0) add(stated, account, amount);

	const differing = differences(file, stated, false);
	if (differing.length === 0) return `agree (${stated.size} accounts)`;
	if (file.type === 3 && differences(file, stated, true).length === 0) {
		return `agree (${stated.size} accounts; those of objects are not in those of accounts)`;
	}
	return `differ on ${differing.length} accounts: ${differing.slice(0, 3).join(', ')}${differing.length > 3 ? ', …' : ''}`;
}

function differences(file: SieFile, stated: Sums, withObjects: boolean): string[] {
	const computed: Sums = new Map();
	for (const { year, account, amount } of file.openingBalances) if (year === 0) add(computed, account, amount);
	if (file.type === 4) {
		for (const { rows } of file.vouchers) for (const { account, amount } of rows) add(computed, account, amount);
	} else {
		for (const { year, account, objects, amount } of file.periodBalances) {
			if (year === 0 && (withObjects || objects.length === 0)) add(computed, account, amount);
		}
	}
	return [...new Set([...computed.keys(), ...stated.keys()])]
		.filter((account) => (computed.get(account) ?? 0) !== (stated.get(account) ?? 0))
		.sort();
}
