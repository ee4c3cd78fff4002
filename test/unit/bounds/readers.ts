import { refusedBy, unreadable } from '../../../nodes/shared/fortnox/errors';
import { holdsError, jsonObjectOf, readRefusal } from '../../../nodes/shared/fortnox/refusal';
import { readToken } from '../../../nodes/shared/fortnox/serviceAccountToken';
import { readMessage } from '../../../nodes/shared/fortnox/socket/messages';
import { usableBaseUrl } from '../../../nodes/shared/fortnox/baseUrl';
import { visibleText } from '../../../nodes/shared/fortnox/visibleText';
import { readBankNumber } from '../../../nodes/FortnoxAccounting/resources/bankAccount/readBankNumber';
import { readIban } from '../../../nodes/shared/ledger/bankNumbers';
import { readRate } from '../../../nodes/shared/ledger/currency';
import { readDate, readInstant, readMonth, type Month } from '../../../nodes/shared/ledger/dates';
import {
	formatEntryId,
	type EntryId,
	readAccountNumber,
	readCurrencyCode,
	readDescription,
	readEntryId,
	readJournalCode,
	readPercentage,
	readPrefixes,
} from '../../../nodes/shared/ledger/formats';
import { readComments } from '../../../nodes/shared/ledger/readMark';
import { formatOre, readAmount } from '../../../nodes/shared/ledger/money';
import { currencyIn, plainFor } from '../../../nodes/shared/books/posting/sheet/currencies';
import { plain } from '../../../nodes/shared/books/posting/sheet/headings';
import { sideOf } from '../../../nodes/shared/books/posting/sheet/sides';
import { readStatementRow } from '../../../nodes/shared/books/posting/sheet/statementRow';
import { parseSie } from '../../../nodes/shared/ledger/sie';
import { SieError } from '../../../nodes/shared/ledger/sie/sieError';
import { replaceUnsupported } from '../../../nodes/shared/ledger/text';
import { readTransactionInformation } from '../../../nodes/shared/ledger/transactionInformation';

/** Everything that reads a text from outside. What it gives back is compared between two readings. */
export type Reader = (text: string) => unknown;

/** A SIE file around one line, or why it can't be read: a reason of the reader is an answer, any other error is not. */
function sieWith(line: string): unknown {
	try {
		return parseSie(Buffer.from(`#FLAGGA 0\n#SIETYP 4\n#RAR 0 20260101 20261231\n#VER A 1 20260101 "x"\n{\n${line}\n}\n`, 'latin1'));
	} catch (error) {
		if (error instanceof SieError) return { reason: error.reason, line: error.line };
		throw error;
	}
}

function jsonValueOf(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return text;
	}
}

const answer = (body: unknown) => ({ status: 400, headers: {}, body });

export const READERS: Readonly<Record<string, Reader>> = {
	amount: readAmount,
	rate: readRate,
	date: (text) => readDate(text),
	instant: (text) => readInstant(text),
	month: (text) => readMonth(text),
	'account number': readAccountNumber,
	'journal code': readJournalCode,
	description: readDescription,
	'currency code': readCurrencyCode,
	'entry id': readEntryId,
	percentage: readPercentage,
	prefixes: readPrefixes,
	'bank number': readBankNumber,
	'Bankgiro number': (text) => readBankNumber(`bg ${text}`),
	IBAN: readIban,
	'base URL': (text) => [usableBaseUrl(text, true), usableBaseUrl(`https://a/${text}`, false)],
	'unsupported characters': replaceUnsupported,
	comments: readComments,
	'transaction information': readTransactionInformation,
	'error body': (text) => ({ ...refusedBy(answer(text), '/3/vouchers', 0) }),
	'error body as bytes': (text) => ({ ...unreadable(answer(Buffer.from(text)), 'file') }),
	'error envelope': (text) => ({ ...refusedBy(answer({ ErrorInformation: { Message: text, Code: text } }), '/3/vouchers', 0) }),
	page: visibleText,
	JSON: jsonObjectOf,
	'JSON body of a refusal': (text) => readRefusal(jsonValueOf(text)),
	'JSON body of a success': (text) => holdsError(jsonValueOf(text)),
	'JSON body of a token endpoint': (text) => readToken({ status: 400, body: text }, { clientId: 'app', clientSecret: 'secret-secret' }),
	'websocket message': readMessage,
	'heading of a column': plain,
	'heading of an amount': (text) => [plainFor('amount', text), currencyIn('amount', text)],
	'heading of a statement': (text) => readStatementRow({ [text]: '1' }),
	'debit or credit': sideOf,
	'SIE line': sieWith,
	'SIE row with a quantity': (text) => sieWith(`#TRANS 1930 {} 1 20260101 "x" ${text}`),
	'SIE object list': (text) => sieWith(`#TRANS 1930 {${text}} 1`),
	'SIE text': (text) => sieWith(`#TRANS 1930 {} 1 20260101 "${text}"`),
};

/** How what was read is written by this package: read again, it means the same. */
export const WRITERS: Readonly<Record<string, (value: unknown) => string>> = {
	amount: (ore) => formatOre(Number(ore)),
	date: String,
	month: (month) => formatMonth(month),
	'account number': String,
	'journal code': String,
	description: String,
	'currency code': String,
	'entry id': (id) => formatId(id),
	percentage: String,
	IBAN: String,
};

function formatMonth(value: unknown): string {
	const { year, month } = value as Month;
	return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

function formatId(value: unknown): string {
	return formatEntryId(value as EntryId);
}
