import { decodeCp437 } from './cp437';

/** A year's figures as a SIE file gives them, in öre. */
export interface SieYear {
	fromDate: string;
	toDate: string;
	/** Account → öre. */
	opening: Map<number, number>;
	closing: Map<number, number>;
	result: Map<number, number>;
	periods: SiePeriod[];
	/** `#PBUDGET`. */
	budgets: SiePeriod[];
}

/** `#PSALDO`, what moved on an account in a month, or `#PBUDGET`: as a whole or on one object. */
export interface SiePeriod {
	/** YYYYMM. */
	month: string;
	account: number;
	costCenter: string;
	project: string;
	ore: number;
}

export interface SieRow {
	kind: 'plain' | 'removed' | 'added';
	account: number;
	costCenter: string;
	project: string;
	ore: number;
	text: string;
	quantity: number | null;
	/** The person who removed or added it; null where the file doesn't say. */
	by: string | null;
}

export interface SieVoucher {
	series: string;
	number: number;
	date: string;
	text: string;
	/** When it was booked; the voucher's date where the file doesn't say. */
	bookedOn: string;
	rows: SieRow[];
}

export interface SieFile {
	name: string;
	organizationNumber: string;
	/** `#FNR` where it is a number, as Fortnox's tenant id is. */
	tenantId: number | undefined;
	/** Contact, street, zip code and city, phone. */
	address: readonly string[];
	accounts: Map<number, { name: string; sru: number }>;
	costCenters: Array<{ code: string; name: string }>;
	projects: Array<{ code: string; name: string }>;
	/** By the file's index: 0 is its year, -1 the one before. */
	years: Map<number, SieYear>;
	vouchers: SieVoucher[];
}

const COST_CENTERS = '1';
const PROJECTS = '6';

/** Texts keep their value without quotation marks; `{…}` is a list of them. */
type Token = string | string[];

/** Reads what Fortnox writes into SIE 1–4. Throws, naming the line, where it finds what Fortnox doesn't write. */
export function readSie(content: Buffer): SieFile {
	const lines = decodeCp437(content).split(/\r?\n/);
	const reader = new SieReader();
	lines.forEach((line, index) => {
		try {
			reader.read(line);
		} catch (error) {
			throw new Error(`SIE, line ${index + 1} (${line}): ${error instanceof Error ? error.message : String(error)}`);
		}
	});
	return reader.finished();
}

class SieReader {
	private readonly file: SieFile = {
		name: '',
		organizationNumber: '',
		tenantId: undefined,
		address: [],
		accounts: new Map(),
		costCenters: [],
		projects: [],
		years: new Map(),
		vouchers: [],
	};
	private voucher: SieVoucher | undefined;
	/** An added row stands in the file twice: as #RTRANS, and once more as #TRANS for programs that know only that. */
	private awaited: string | undefined;

	read(line: string): void {
		if (line.trim() === '' || line === '{') return;
		if (line === '}') {
			this.checkAwaited();
			this.voucher = undefined;
			return;
		}
		const [label = '', ...values] = tokens(line);
		if (String(label).endsWith('TRANS')) this.readRow(String(label), line, values);
		else this.readHead(String(label), values);
	}

	finished(): SieFile {
		if (!this.file.years.has(0)) throw new Error('SIE: the file names no financial year (#RAR 0)');
		return this.file;
	}

	private readHead(label: string, values: Token[]): void {
		const { file } = this;
		const text = (index: number): string => asText(values[index] ?? '');
		switch (label) {
			case '#FNAMN':
				file.name = text(0);
				break;
			case '#ORGNR':
				file.organizationNumber = text(0);
				break;
			case '#FNR':
				file.tenantId = /^\d+$/.test(text(0)) ? Number(text(0)) : undefined;
				break;
			case '#ADRESS':
				file.address = values.map(asText);
				break;
			case '#RAR':
				file.years.set(wholeNumber(text(0)), emptyYear(date(text(1)), date(text(2))));
				break;
			case '#KONTO':
				file.accounts.set(wholeNumber(text(0)), { name: text(1), sru: 0 });
				break;
			case '#SRU':
				this.account(text(0)).sru = wholeNumber(text(1));
				break;
			case '#OBJEKT':
				this.readObject(text(0), { code: text(1), name: text(2) });
				break;
			case '#IB':
				this.year(text(0)).opening.set(wholeNumber(text(1)), ore(text(2)));
				break;
			case '#UB':
				this.year(text(0)).closing.set(wholeNumber(text(1)), ore(text(2)));
				break;
			case '#RES':
				this.year(text(0)).result.set(wholeNumber(text(1)), ore(text(2)));
				break;
			case '#PSALDO':
				this.year(text(0)).periods.push(period(values));
				break;
			case '#PBUDGET':
				this.year(text(0)).budgets.push(period(values));
				break;
			case '#VER':
				this.voucher = {
					series: text(0),
					number: wholeNumber(text(1)),
					date: date(text(2)),
					text: text(3),
					bookedOn: date(text(4) === '' ? text(2) : text(4)),
					rows: [],
				};
				file.vouchers.push(this.voucher);
				break;
			default:
			// Of the program and the file itself, not of the books.
		}
	}

	private readRow(label: string, line: string, values: Token[]): void {
		if (!this.voucher) throw new Error('a row outside a voucher');
		if (label === '#TRANS' && this.awaited !== undefined) {
			if (!this.awaited.startsWith(line.slice(1))) throw new Error('#RTRANS without its #TRANS');
			this.awaited = undefined;
			return;
		}
		this.checkAwaited();
		const text = (index: number): string => asText(values[index] ?? '');
		const quantity = Number(text(5));
		this.voucher.rows.push({
			kind: label === '#BTRANS' ? 'removed' : label === '#RTRANS' ? 'added' : 'plain',
			account: wholeNumber(text(0)),
			...objects(values[1]),
			ore: ore(text(2)),
			text: text(4),
			quantity: quantity === 0 ? null : quantity,
			by: text(6) || null,
		});
		if (label === '#RTRANS') this.awaited = line.slice(2);
	}

	private checkAwaited(): void {
		if (this.awaited !== undefined) throw new Error('#RTRANS without its #TRANS');
	}

	private readObject(dimension: string, object: { code: string; name: string }): void {
		if (dimension === COST_CENTERS) this.file.costCenters.push(object);
		else if (dimension === PROJECTS) this.file.projects.push(object);
		else throw new Error(`Fortnox has no dimension ${dimension}`);
	}

	private year(index: string): SieYear {
		const year = this.file.years.get(wholeNumber(index));
		if (!year) throw new Error(`there is no #RAR ${index}`);
		return year;
	}

	private account(number: string): { name: string; sru: number } {
		const account = this.file.accounts.get(wholeNumber(number));
		if (!account) throw new Error(`there is no #KONTO ${number}`);
		return account;
	}
}

const emptyYear = (fromDate: string, toDate: string): SieYear => ({
	fromDate,
	toDate,
	opening: new Map(),
	closing: new Map(),
	result: new Map(),
	periods: [],
	budgets: [],
});

const asText = (token: Token): string => (Array.isArray(token) ? token.join(' ') : token);

function period([, month = '', account = '', on, amount = '']: Token[]): SiePeriod {
	return { month: asText(month), account: wholeNumber(asText(account)), ...objects(on), ore: ore(asText(amount)) };
}

const TOKEN = /"((?:\\.|[^"\\])*)"|\{([^}]*)\}|(\S+)/g;

function tokens(line: string): Token[] {
	return [...line.matchAll(TOKEN)].map(([, quoted, list, plain]) => {
		if (list !== undefined) return tokens(list).map(asText);
		return quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1');
	});
}

function objects(token: Token | undefined): { costCenter: string; project: string } {
	const list = Array.isArray(token) ? token : [];
	const found = { costCenter: '', project: '' };
	for (let i = 0; i < list.length; i += 2) {
		if (list[i] === COST_CENTERS) found.costCenter = list[i + 1] ?? '';
		else if (list[i] === PROJECTS) found.project = list[i + 1] ?? '';
		else throw new Error(`Fortnox has no dimension ${list[i]}`);
	}
	return found;
}

function wholeNumber(text: string): number {
	if (!/^-?\d+$/.test(text)) throw new Error(`"${text}" is not a whole number`);
	return Number(text);
}

function ore(text: string): number {
	const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text);
	if (!match) throw new Error(`"${text}" is not an amount`);
	const [, sign = '', kronor = '', decimals = ''] = match;
	return (sign === '-' ? -1 : 1) * Number(kronor + decimals.padEnd(2, '0')) || 0;
}

function date(text: string): string {
	if (!/^\d{8}$/.test(text)) throw new Error(`"${text}" is not a date`);
	return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}
