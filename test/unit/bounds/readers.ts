import { refusedBy, unreadable } from '../../../nodes/shared/fortnox/errors';
import { jsonObjectOf } from '../../../nodes/shared/fortnox/refusal';
import { usableBaseUrl } from '../../../nodes/shared/fortnox/baseUrl';
import { visibleText } from '../../../nodes/shared/fortnox/visibleText';
import { readBankNumber } from '../../../nodes/FortnoxAccounting/resources/bankAccount/readBankNumber';
import { readIban } from '../../../nodes/shared/ledger/bankNumbers';
import { readRate } from '../../../nodes/shared/ledger/currency';
import { readDate, readInstant, readMonth } from '../../../nodes/shared/ledger/dates';
import {
	readAccountNumber,
	readCurrencyCode,
	readDescription,
	readEntryId,
	readJournalCode,
	readPercentage,
	readPrefixes,
} from '../../../nodes/shared/ledger/formats';
import { readComments } from '../../../nodes/shared/ledger/readMark';
import { readAmount } from '../../../nodes/shared/ledger/money';
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
	'SIE line': sieWith,
	'SIE row with a quantity': (text) => sieWith(`#TRANS 1930 {} 1 20260101 "x" ${text}`),
	'SIE object list': (text) => sieWith(`#TRANS 1930 {${text}} 1`),
	'SIE text': (text) => sieWith(`#TRANS 1930 {} 1 20260101 "${text}"`),
};
