import { encodeCp437 } from '../../../sandbox/company/sie/cp437';
import type { SieBalance, SieFile, SieObjectReference, SiePeriodBalance, SieRow, SieVoucher } from '../../../nodes/shared/ledger/sie';
import { formatSieAmount } from '../../../nodes/shared/ledger/sie/values';

/**
 * Writes a SIE file as the standard has it: CP437, one label per line, lines ended by CRLF.
 *
 * What the format can't hold is changed: a character that CP437 lacks becomes `?`, a control character a blank.
 * Backslashes are doubled, as Fortnox doubles them.
 */
export function writeSie(file: SieFile): Buffer {
	return encodeCp437([...headLines(file), ...balanceLines(file), ...file.vouchers.flatMap(voucherLines)].join('\r\n') + '\r\n');
}

function headLines(file: SieFile): string[] {
	const { company, generated, program } = file;
	const lines: string[] = [line('#FLAGGA', file.imported ? '1' : '0')];
	const add = (label: string, ...fields: Array<string | undefined>) => {
		if (fields.some((field) => field !== undefined)) lines.push(line(label, ...fields));
	};
	add('#PROGRAM', program?.name, program?.version);
	lines.push('#FORMAT PC8');
	add('#GEN', generated && (compactDate(generated.date) ?? ''), generated?.sign);
	add('#SIETYP', String(file.type));
	add('#ORGNR', company.organisationNumber);
	add('#FNAMN', company.name);
	for (const { index, from, to } of file.years) add('#RAR', String(index), compactDate(from), compactDate(to));
	add('#VALUTA', file.currency);
	for (const account of file.accounts.values()) {
		add('#KONTO', account.number, account.name);
		for (const code of account.sru) add('#SRU', account.number, code);
	}
	for (const { number, name, parent } of file.dimensions) {
		if (parent === undefined) add('#DIM', String(number), name);
		else add('#UNDERDIM', String(number), name, String(parent));
	}
	for (const { dimension, object, name } of file.objects) add('#OBJEKT', String(dimension), object, name);
	return lines;
}

function balanceLines(file: SieFile): string[] {
	const balance = (label: string) => (entry: SieBalance) =>
		line(label, String(entry.year), entry.account, formatSieAmount(entry.amount), formatQuantity(entry.quantity));
	const objectBalance = (label: string) => (entry: SieBalance) =>
		withObjects([label, String(entry.year), entry.account], entry.objects, [formatSieAmount(entry.amount), formatQuantity(entry.quantity)]);
	const periodBalance = (label: string) => (entry: SiePeriodBalance) =>
		withObjects([label, String(entry.year), entry.month.replace('-', ''), entry.account], entry.objects, [
			formatSieAmount(entry.amount),
			formatQuantity(entry.quantity),
		]);
	return [
		...file.openingBalances.map(balance('#IB')),
		...file.closingBalances.map(balance('#UB')),
		...file.openingObjectBalances.map(objectBalance('#OIB')),
		...file.closingObjectBalances.map(objectBalance('#OUB')),
		...file.results.map(balance('#RES')),
		...file.periodBalances.map(periodBalance('#PSALDO')),
		...file.periodBudgets.map(periodBalance('#PBUDGET')),
	];
}

function voucherLines(voucher: SieVoucher): string[] {
	const { series, number, date, text, registered, sign } = voucher;
	return [
		line('#VER', series, number, compactDate(date), text, compactDate(registered), sign),
		'{',
		...voucher.removed.map((row) => rowLine('#BTRANS', row)),
		// The standard has an added row repeated, for programs that know only #TRANS.
		...voucher.rows.flatMap((row) => (row.added ? [rowLine('#RTRANS', row), rowLine('#TRANS', row)] : [rowLine('#TRANS', row)])),
		'}',
	];
}

function rowLine(label: string, row: SieRow): string {
	const { account, objects, amount, date, text, quantity, sign } = row;
	return withObjects([label, account], objects, [formatSieAmount(amount), compactDate(date), text, formatQuantity(quantity), sign]);
}

type Fields = [first: string, ...rest: Array<string | undefined>];

function withObjects(before: Fields, objects: readonly SieObjectReference[], after: Fields): string {
	return `${line(...before)} ${objectList(objects)} ${line(...after)}`;
}

function objectList(objects: readonly SieObjectReference[]): string {
	return `{${objects.map(({ dimension, object }) => `${dimension} ${quote(object)}`).join(' ')}}`;
}

/** The first field as it is, the others quoted where they need it. Missing ones are left out at the end, else `""`. */
function line(...[first, ...fields]: Fields): string {
	const written = fields.findLastIndex((field) => field !== undefined) + 1;
	return [first, ...fields.slice(0, written).map((field) => quote(field ?? ''))].join(' ');
}

function quote(text: string): string {
	const printable = text.replace(/\p{Cc}/gu, ' ');
	if (/^[^ "{}]+$/.test(printable)) return printable;
	return `"${printable.replace(/["\\]/g, '\\$&')}"`;
}

/** Without an exponent, which `toString` gives very small and very large numbers. */
function formatQuantity(quantity: number | undefined): string | undefined {
	return quantity?.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
}

function compactDate(date: string | undefined): string | undefined {
	return date?.replaceAll('-', '');
}
