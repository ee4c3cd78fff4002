import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { decodeCp437 } from '../../sandbox/company/sie/cp437';

/** SIE files that Fortnox itself wrote, where they lie beside the repository. They are not part of the project. */
const EXPORTS = join(__dirname, '..', '..', '..', 'shared', 'data', 'fortnox-exports');

const names = existsSync(EXPORTS) ? readdirSync(EXPORTS).filter((name) => name.endsWith('.se')) : [];

/** Jest's `describe` for each export; one skipped block, with a note, where there are none. */
export function describeExports(name: string, tests: (content: Buffer) => void): void {
	if (names.length > 0) {
		describe.each(names)(`${name}: %s`, (file) => {
			tests(readFileSync(join(EXPORTS, file)));
		});
		return;
	}
	console.info(`${name}: skipped, since no exports of Fortnox are beside the repository`);
	describe.skip(name, () => {
		it('needs an export of Fortnox', () => undefined);
	});
}

/** A file's own figures in öre, read line by line and by nothing of the node's or the sandbox's. */
export interface SieFigures {
	/** Year 0 and -1: first and last day. */
	years: Map<number, { from: string; to: string }>;
	/** `#UB` and `#RES`, by year and account. */
	closing: Map<number, Map<number, number>>;
	opening: Map<number, Map<number, number>>;
	/** `#PSALDO {}`, by `YYYYMM account`. */
	periods: Map<string, number>;
}

export function figuresOf(content: Buffer): SieFigures {
	const figures: SieFigures = { years: new Map(), closing: new Map(), opening: new Map(), periods: new Map() };
	const note = (of: Map<number, Map<number, number>>, year: number, account: number, ore: number): void => {
		const accounts = of.get(year) ?? new Map<number, number>();
		of.set(year, accounts.set(account, ore));
	};
	for (const line of linesOf(content)) {
		const [, year = '', from = '', to = ''] = /^#RAR (-?\d+) (\d{8}) (\d{8})$/.exec(line) ?? [];
		if (from !== '') figures.years.set(Number(year), { from: dashed(from), to: dashed(to) });
		const balance = /^#(IB|UB|RES) (-?\d+) (\d{4}) (-?[\d.]+) 0$/.exec(line);
		if (balance) {
			const [, label = '', index, account, amount] = balance;
			note(label === 'IB' ? figures.opening : figures.closing, Number(index), Number(account), toOre(amount));
		}
		const period = /^#PSALDO -?\d+ (\d{6}) (\d{4}) \{\} (-?[\d.]+) 0$/.exec(line);
		if (period) figures.periods.set(`${period[1]} ${period[2]}`, toOre(period[3]));
	}
	return figures;
}

export const linesOf = (content: Buffer): string[] => decodeCp437(content).split('\r\n');

const toOre = (amount = ''): number => Math.round(Number(amount) * 100);
const dashed = (date: string): string => `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
