import { isBankOrCash } from '../ledger/accountTypes';
import {
	convertCounterparts,
	convertLines,
	type Conversion,
	type ConvertedLines,
	type Rate,
	type ResidualTarget,
} from '../ledger/currency';
import { MAX_COMMENTS } from '../ledger/formats';
import { roomForComments, type Mark } from '../ledger/mark';
import { formatOre, MAX_ORE, sumOre, type Ore } from '../ledger/money';
import { lengthOf } from '../ledger/text';
import { MAX_TRANSACTION_INFORMATION, writeTransactionInformation, type RowFacts } from '../ledger/transactionInformation';
import type { VatBox } from '../ledger/vat';
import { balancingRow } from './balancingRow';
import { divide } from './divide';
import type { DraftLine, EntryDraft, VoucherDraft, VoucherRow } from './entryDraft';
import { Findings } from './readObject';
import { append } from '../lists';
import { TextFitter } from './textFitter';
import { vatBaseOf, vatOf } from './vatOfLine';

/** What building a voucher needs to know beyond the entry itself. */
export interface BuildFacts {
	/** SEK for 1 unit of the entry's currency; absent where the entry is in SEK. */
	rate?: Rate;
	/** The company's predefined accounts by name; empty where none is needed, absent where the credential is not allowed to read them. */
	predefinedAccounts?: ReadonlyMap<string, number | null>;
	residual: ResidualTarget;
	unsupportedCharacters: 'replace' | 'fail';
	/** The entry's mark, which shares the comments with the user's own text. */
	mark: Mark;
}

/** A row on its way: in the entry's currency first, in SEK at last. */
interface Row {
	field: string;
	account: number;
	amount: Ore;
	/** The field that names the account, where that is not the line's own. */
	accountField?: string;
	line?: DraftLine;
	text?: string;
	vatBox?: VatBox;
}

export interface BuiltVoucher {
	/** Absent where there are problems. */
	voucher?: VoucherDraft;
	findings: Findings;
}

const PARTNER_KINDS = { customer_account: 'C', supplier_account: 'S', employee_account: 'E' } as const;

/**
 * Makes the voucher that an entry becomes: VAT rows, the bank row of a financial entry, conversion to SEK, division
 * over cost centers and projects, and texts in Fortnox's characters. Pure, and in small steps: an entry may have thousands of
 * rows.
 */
export function* buildVoucherInSteps(draft: EntryDraft, facts: BuildFacts): Generator<undefined, BuiltVoucher> {
	const findings = new Findings();
	const rows: Row[] = [];
	for (const line of draft.lines) {
		append(rows, rowsOfLine(line, facts, findings));
		yield;
	}
	if (draft.balancingAccount !== undefined) append(rows, balancingRow(draft.balancingAccount, rows, facts, findings));
	if (findings.problems.length > 0) return { findings };
	const balanced = draft.kind === 'financial' ? withBankRow(draft, rows, facts, findings) : convertedEntry(draft, rows, facts, findings);
	if (balanced === undefined) return { findings };
	const text = new TextFitter(facts.unsupportedCharacters, findings);
	const voucherRows: VoucherRow[] = [];
	for (const { row, sek } of balanced) {
		append(voucherRows, finishedRows(row, sek, { facts, text, findings }));
		yield;
	}
	const voucher: VoucherDraft = {
		date: draft.date,
		description: text.fit(draft.description ?? defaultDescription(draft), 'description', 200),
		// A list that grew has room for 17 rows; a hundred thousand of them are kept.
		rows: voucherRows.slice(),
		...(draft.journalId !== undefined && { journalId: draft.journalId }),
	};
	if (draft.comments !== undefined) {
		const room = roomForComments(facts.mark);
		const comments = text.fit(draft.comments, 'comments', MAX_COMMENTS);
		if (lengthOf(comments) > room) {
			findings.add(
				'ERROR_DATA_VALIDATION',
				'comments',
				`comments: ${room} characters fit beside the mark that keeps the entry from being posted twice; this has ${lengthOf(comments)}.`,
			);
		}
		voucher.comments = comments;
	}
	return findings.problems.length > 0 ? { findings } : { voucher, findings };
}

/** A voucher must have a text; what the entry is known by is the best one where the user gave none. */
function defaultDescription(draft: EntryDraft): string {
	const fromLines = draft.lines.find(({ description }) => description !== undefined)?.description;
	return draft.reference ?? fromLines ?? draft.number ?? (draft.kind === 'financial' ? 'Financial entry' : 'Journal entry');
}

function rowsOfLine(line: DraftLine, facts: BuildFacts, findings: Findings): Row[] {
	const own: Row = {
		field: line.field,
		account: line.account,
		amount: line.amount,
		...(line.partnerId !== undefined && { accountField: `${line.field}.force_general_account` }),
		line,
		...(line.description !== undefined && { text: line.description }),
	};
	if (line.tax === undefined) return [own];
	const vat = vatOf(line, line.tax, facts.predefinedAccounts);
	if (vat.problem !== undefined) {
		const field = `${line.field}.tax_info.${vat.problem.field ?? 'tax_code'}`;
		findings.add(vat.problem.code, field, `${field}: ${vat.problem.message}`);
		return [own];
	}
	const { rows, hints, net } = vat.value;
	append(findings.hints, hints);
	own.amount = net;
	const text = line.tax.description ?? line.description;
	return [
		own,
		...rows.map(({ account, amount, box }): Row => ({
			field: `${line.field}.tax_info`,
			accountField: `${line.field}.tax_info.vat_account`,
			account,
			amount,
			...(text !== undefined && { text }),
			...(box && { vatBox: box }),
		})),
	];
}

type Balanced = Array<{ row: Row; sek: Ore }>;

function convertedEntry(draft: EntryDraft, rows: Row[], facts: BuildFacts, findings: Findings): Balanced | undefined {
	const difference = sumOre(rows.map(({ amount }) => amount));
	if (difference !== 0) {
		const debit = sumOre(rows.map(({ amount }) => Math.max(amount, 0)));
		const credit = sumOre(rows.map(({ amount }) => Math.max(-amount, 0)));
		findings.add(
			'ERROR_ENTRY_NOT_BALANCED',
			'lines',
			`lines: the entry does not balance. Debit is ${formatOre(debit)} and credit ${formatOre(credit)} ${draft.currency}, VAT included: ${formatOre(Math.abs(difference))} too much in ${difference > 0 ? 'debit' : 'credit'}.`,
		);
		return undefined;
	}
	if (facts.rate === undefined) return rows.map((row) => ({ row, sek: row.amount }));
	return settled(rows, convertLines(rows, facts.rate, facts.residual), facts, findings);
}

/** The rows of a financial entry and the one bank row that balances them; none where they balance by themselves. */
function withBankRow(draft: EntryDraft, rows: Row[], facts: BuildFacts, findings: Findings): Balanced | undefined {
	const counterpart = draft.counterpart ?? 0;
	if (!isBankOrCash(counterpart)) {
		findings.add(
			'ERROR_ACCOUNT_NUMBER_NOT_GOOD_SCOPE',
			'financial_counterpart_account',
			`financial_counterpart_account: ${counterpart} is not a bank or cash account (1910–1999).`,
		);
		return undefined;
	}
	const net = -sumOre(rows.map(({ amount }) => amount));
	const name = 'financial_counterpart_account';
	const bank: Row = { field: name, accountField: name, account: counterpart, amount: net };
	if (Math.abs(net) > MAX_ORE) {
		findings.add(
			'ERROR_DATA_VALIDATION',
			'lines',
			`lines: the amounts net to ${formatOre(net)}, more than the 14 digits that Fortnox accepts on the bank row. Divide the entry.`,
		);
		return undefined;
	}
	if (net === 0) findings.hints.push('The amounts net to zero, so the entry has no row on the bank account.');
	const withBank = (sek: Ore): Balanced => (net === 0 ? [] : [{ row: bank, sek }]);
	if (facts.rate === undefined) return [...withBank(net), ...rows.map((row) => ({ row, sek: row.amount }))];
	const converted = convertCounterparts(rows, facts.rate, facts.residual);
	const counterparts = settled(rows, converted, facts, findings);
	return counterparts && converted.problem === undefined ? [...withBank(converted.value.bank), ...counterparts] : undefined;
}

function settled(rows: Row[], converted: Conversion<ConvertedLines>, facts: BuildFacts, findings: Findings): Balanced | undefined {
	if (converted.problem !== undefined) {
		for (const { index, message } of converted.problem) {
			const field = (index === undefined ? undefined : rows[index]?.field) ?? 'currency_exchange_rate';
			findings.add('ERROR_DATA_VALIDATION', field, `${field}: ${message}`);
		}
		return undefined;
	}
	const { amounts, rounding, adjusted } = converted.value;
	const moved = adjusted && rows[adjusted.index];
	if (moved)
		findings.hints.push(
			`${moved.field}: rounding each row to whole öre left ${formatOre(adjusted.by)} SEK, which this row on ${moved.account} took.`,
		);
	const balanced = rows.map((row, index) => ({ row, sek: amounts[index] ?? 0 }));
	if (rounding === undefined) return balanced;
	const account = facts.predefinedAccounts?.get('ROUNDOFF');
	if (!account) {
		const reason = facts.predefinedAccounts
			? 'the company has chosen no account for rounding (predefined account ROUNDOFF). Choose one in Fortnox'
			: 'the credential is not allowed to read which account the company has chosen for rounding (scope settings). Add the scope and reconnect';
		const message = `options.residual: ${reason}, or let the largest row take the öre.`;
		findings.add('ERROR_ACCOUNT_NUMBER_NOT_FOUND', 'options.residual', message);
		return undefined;
	}
	return [...balanced, { row: { field: 'rounding', accountField: 'residual', account, amount: 0 }, sek: rounding }];
}

/** What rows are made with, and where it is said what is wrong with them. */
interface Making {
	facts: BuildFacts;
	text: TextFitter;
	findings: Findings;
}

/** The rows that one row becomes when it is divided, with their texts. */
function finishedRows(row: Row, sek: Ore, making: Making): VoucherRow[] {
	const centers = row.line?.costCenters ?? [{ percentage: 100 }];
	const projects = row.line?.projects ?? [{ percentage: 100 }];
	const divided = divide({ sek, original: row.amount }, centers).flatMap((part) =>
		divide(part.amounts, projects).map((piece) => ({ amounts: piece.amounts, costCenter: part.code, project: piece.code })),
	);
	const booked = divided.filter(({ amounts }) => amounts.sek !== 0);
	if (booked.length < divided.length) {
		making.findings.hints.push(
			`${row.field}.analytic_distribution: ${divided.length - booked.length} of the shares come to 0.00 SEK and have no row.`,
		);
	}
	const vatBase = row.line && vatBaseOf(row.line);
	return booked.map(({ amounts, costCenter, project }): VoucherRow => {
		const information = informationOf(row, amounts.original, making);
		return {
			field: row.field,
			...(row.accountField !== undefined && { fields: { account: row.accountField } }),
			account: row.account,
			amount: amounts.sek,
			...(costCenter !== undefined && { costCenter }),
			...(project !== undefined && { project }),
			...(information !== '' && { information }),
			...(vatBase && { vatBase }),
			...(row.vatBox && { vatBox: row.vatBox }),
			...(row.line?.quantity !== undefined && { quantity: row.line.quantity }),
			...(row.line?.period && { period: row.line.period }),
		};
	});
}

function informationOf(row: Row, original: Ore, { facts, text, findings }: Making): string {
	const rowFacts: RowFacts = {};
	if (row.line?.partnerId !== undefined && row.line.accountType !== 'general_account') {
		rowFacts.partner = { kind: PARTNER_KINDS[row.line.accountType], id: row.line.partnerId };
	}
	if (facts.rate !== undefined && row.amount !== 0) rowFacts.originalAmount = original;
	if (row.text !== undefined) rowFacts.text = text.allowed(row.text, `${row.field}.description`);
	const written = writeTransactionInformation(rowFacts);
	if (written === undefined) {
		findings.add(
			'ERROR_DATA_VALIDATION',
			`${row.field}.account`,
			`${row.field}.account: the partner's id is too long to be kept on the row; ${MAX_TRANSACTION_INFORMATION} characters fit in all.`,
		);
		return '';
	}
	if (written.cut) findings.hints.push(`${row.field}.description: cut to fit the 100 characters of a row's transaction information.`);
	return written.information;
}
